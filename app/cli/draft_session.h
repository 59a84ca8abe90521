// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/drafts.h"
#include "core/mesh/changes/policy_set.h"

#include <cstdint>
#include <optional>
#include <vector>

/// Edits on their way into a draft or into the mesh.
namespace weft::cli {

struct DraftChange {
    std::vector<api::PolicyEdit> edits;
    /// In place of all that the draft has.
    bool replace = false;
    /// Only the draft of that number.
    std::optional<std::uint64_t> base{};
};

/// Writes the caller's draft and tells what it has then. Errors: as Drafts::edit.
Status putInDraft(Context& context, const api::ProfileId& id, const DraftChange& change);

/// Shows `edits`, which are those of `wish`, asks, makes them as one change and tells of it.
/// Errors: as confirm and Changes::apply
Status applyEdits(
    Context& context,
    const Parsed& parsed,
    const api::ProfileId& id,
    const api::ChangeWish& wish,
    const std::vector<mesh::changes::Edit>& edits);

/// Shows edits before somebody is asked about them; not where a program reads.
void showEdits(Context& context, const std::vector<mesh::changes::Edit>& edits);
/// "Make 3 edits?"
std::string makeQuestion(std::size_t edits);

/// As `get` names an object for --object: "group/laptops", "edge/a/b".
std::string wordFor(const api::ObjectRef& ref);

/// A draft as programs read it.
StatusOr<Document> documentOf(const api::Draft& draft);
Document describe(const api::PlanConflict& conflict);
/// What two changed in ways that do not go together: each field as it was, as the draft wants it
/// and as it is now.
void print(Output& out, const api::PlanConflict& conflict);

}  // namespace weft::cli
