// SPDX-License-Identifier: Apache-2.0
#include "app/cli/draft_session.h"

#include "app/cli/policy_document.h"
#include "app/cli/policy_edits.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_session.h"
#include "app/cli/propagation_wait.h"
#include "app/cli/wording.h"
#include "core/api/policy_words.h"
#include "core/mesh/changes/object_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::cli {
namespace {

using mesh::changes::FieldChange;

Document objectOrNull(const std::optional<api::PolicyObject>& object) {
    return object ? describe(*object, std::nullopt) : Document();
}

/// All fields of an object, as the ones that making it adds.
std::vector<FieldChange> fieldsOf(const std::optional<api::PolicyObject>& object) {
    if (!object) {
        return {};
    }
    auto made = toMesh(*object);
    return made.ok() ? mesh::changes::changesOf({mesh::refOf(*made), std::nullopt, *made})
                     : std::vector<FieldChange>();
}

std::string valueOf(const std::vector<FieldChange>& fields, const std::string& field) {
    const auto found = std::ranges::find(fields, field, &FieldChange::field);
    return found == fields.end() ? std::string("-")
                                 : fmt::format("{}", fmt::join(found->added, ", "));
}

}  // namespace

std::string wordFor(const api::ObjectRef& ref) {
    const auto kind = api::wordFor(ref.kind);
    return ref.kind == api::PolicyKind::Edge ? fmt::format("{}/{}/{}", kind, ref.name, ref.target)
                                             : fmt::format("{}/{}", kind, ref.name);
}

std::string makeQuestion(std::size_t edits) {
    return fmt::format("Make {}?", counted(edits, "edit"));
}

void showEdits(Context& context, const std::vector<mesh::changes::Edit>& edits) {
    if (!context.out.isStructured() && !context.out.quiet()) {
        print(context.out, edits);
    }
}

Document describe(const api::PlanConflict& conflict) {
    return Document::Members{
        {"kind", std::string(wordFor(conflict.ref.kind))},
        {"name", conflict.ref.name},
        {"target", conflict.ref.target},
        {"text", conflict.text},
        {"base", objectOrNull(conflict.base)},
        {"mine", objectOrNull(conflict.mine)},
        {"theirs", objectOrNull(conflict.theirs)}};
}

void print(Output& out, const api::PlanConflict& conflict) {
    out.line(out.toned(
        fmt::format("conflict: {}: {}", safe(describe(conflict.ref)), safe(conflict.text)),
        Tone::Bad));
    const std::array sides{
        std::pair{"base", fieldsOf(conflict.base)},
        std::pair{"mine", fieldsOf(conflict.mine)},
        std::pair{"theirs", fieldsOf(conflict.theirs)}};
    std::vector<std::string> fields;
    for (const auto& [name, side] : sides) {
        for (const auto& each : side) {
            if (std::ranges::find(fields, each.field) == fields.end()) {
                fields.push_back(each.field);
            }
        }
    }
    for (const auto& field : fields) {
        const std::string base = valueOf(sides[0].second, field);
        if (valueOf(sides[1].second, field) == base && valueOf(sides[2].second, field) == base) {
            continue;
        }
        out.line(fmt::format("  {}", field));
        for (const auto& [name, side] : sides) {
            out.line(fmt::format("    {:<8}{}", name, safe(valueOf(side, field))));
        }
    }
}

StatusOr<Document> documentOf(const api::Draft& draft) {
    WEFT_ASSIGN_OR_RETURN(const auto edits, toMesh(draft.edits));
    Document::List conflicts;
    for (const auto& conflict : draft.conflicts) {
        conflicts.push_back(describe(conflict));
    }
    return Document(Document::Members{
        {"number", draft.number},
        {"changedAt", timeDocument(draft.changedAt)},
        {"edits", describe(edits)},
        {"conflicts", std::move(conflicts)}});
}

Status putInDraft(Context& context, const api::ProfileId& id, const DraftChange& change) {
    WEFT_ASSIGN_OR_RETURN(
        const auto draft, context.session->call<api::Draft>([&](Callback<api::Draft> done) {
            context.session->controller().drafts().edit(
                id, change.edits, change.replace, change.base, std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        WEFT_ASSIGN_OR_RETURN(const auto document, documentOf(draft));
        out.write(document);
    } else if (out.quiet()) {
        out.line(std::to_string(draft.number));
    } else {
        out.line(fmt::format(
            "the draft has {} now: weftctl policy review tells what they would do",
            counted(draft.edits.size(), "edit")));
    }
    return okStatus();
}

Status applyEdits(
    Context& context,
    const Parsed& parsed,
    const api::ProfileId& id,
    const api::ChangeWish& wish,
    const std::vector<mesh::changes::Edit>& edits) {
    WEFT_ASSIGN_OR_RETURN(const auto wait, effectWishOf(parsed));
    showEdits(context, edits);
    WEFT_RETURN_IF_ERROR(confirm(context, parsed, makeQuestion(edits.size())));
    WEFT_ASSIGN_OR_RETURN(
        const auto applied, context.session->call<api::AppliedChange>([&](auto done) {
            context.session->controller().changes().apply(id, wish, std::move(done));
        }));
    return tellInEffect(context, id, applied, wait);
}

}  // namespace weft::cli
