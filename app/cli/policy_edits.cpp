// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_edits.h"

#include "core/mesh/changes/object_diff.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {

using mesh::changes::Edit;

Document describe(const Edit& edit) {
    Document::List fields;
    for (const auto& field : mesh::changes::changesOf(edit)) {
        fields.push_back(Document::Members{
            {"field", field.field},
            {"removed", Document::listOf(field.removed)},
            {"added", Document::listOf(field.added)}});
    }
    return Document::Members{
        {"kind", std::string(mesh::kindName(edit.ref.kind))},
        {"name", mesh::nameOf(edit.ref)},
        {"created", !edit.before.has_value()},
        {"deleted", !edit.after.has_value()},
        {"fields", std::move(fields)}};
}

void print(Output& out, const std::vector<Edit>& edits) {
    for (const auto& edit : edits) {
        out.line(mesh::changes::summaryOf(edit));
        if (!edit.before || !edit.after) {
            continue;
        }
        for (const auto& field : mesh::changes::changesOf(edit)) {
            for (const auto& text : field.removed) {
                out.line(out.toned(fmt::format("  - {}: {}", field.field, safe(text)), Tone::Bad));
            }
            for (const auto& text : field.added) {
                out.line(out.toned(fmt::format("  + {}: {}", field.field, safe(text)), Tone::Good));
            }
        }
    }
}

Document describe(const std::vector<Edit>& edits) {
    Document::List list;
    for (const auto& edit : edits) {
        list.push_back(describe(edit));
    }
    return list;
}

}  // namespace weft::cli
