// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/changes/merge.h"
#include "core/mesh/changes/policy_set.h"

#include <cstdint>
#include <string>
#include <vector>

/// Edits that somebody collects before they are made. Pure.
namespace weft::mesh::changes {

/// Whether an edit can be one: its objects are of that name, in the form in which stores have them,
/// and what it wants keeps the contents rules. Errors: kInvalidArgument, naming the object.
StatusOr<Edit> checked(Edit edit);

/// `more` after `draft`: one edit for each object, sorted by key. An edit that was made of what the
/// draft wants follows it, from the first `before` to the last `after`; one that was made of
/// another state takes its place. What comes out as it was is left out.
std::vector<Edit> combine(const std::vector<Edit>& draft, const std::vector<Edit>& more);

/// What becomes of conflicts; those that are in neither stay as they are.
struct Decisions {
    std::vector<ObjectRef> keepMine{};
    std::vector<ObjectRef> takeTheirs{};
};

/// The edits on top of what is there now. Sorted by key. Errors: kNotFound  a decision is about no
/// conflict; the text names it
StatusOr<std::vector<Edit>> rebase(
    const std::vector<Edit>& draft, const PolicySet& present, const Decisions& decisions);

/// What the edits come to now, conflicts as the edits want them. Sorted by key.
std::vector<Edit> forced(const Merge& merge);

/// "group laptops was changed meanwhile, in the same places: subjects".
std::string textOf(const Conflict& conflict);

/// What a change of the history did to one object. The texts are protojson as stored.
struct PastObject {
    ObjectRef ref;
    /// Empty: there was none.
    std::string before{};
};

struct PastChange {
    std::uint64_t id = 0;
    std::vector<PastObject> objects{};
    /// They were too large to be kept.
    bool withoutObjects = false;
};

/// The rules as they were after the change `id`, as far as the history knows: what wrote past it
/// stays as it is now. `history`: newest first.
/// Errors: kNotFound            the history does not have the change
///         kFailedPrecondition  a later one was too large to be kept, or does not read
StatusOr<PolicySet> rulesAfter(
    PolicySet present, const std::vector<PastChange>& history, std::uint64_t id);

}  // namespace weft::mesh::changes
