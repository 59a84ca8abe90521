// SPDX-License-Identifier: Apache-2.0
// The rules of a mesh as a folder of files.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_folder.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_session.h"
#include "core/api/changes.h"
#include "core/mesh/changes/object_diff.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {
namespace {

using mesh::changes::Edit;
using mesh::changes::PolicySet;

/// What is there now, and what leads to what the folder says.
struct Comparison {
    api::ProfileId id;
    std::vector<Edit> edits;
};

void tellForeign(Context& context, const ForeignFiles& foreign) {
    for (const auto& path : foreign.named) {
        context.notes << "not a file of the rules: " << safe(path) << '\n';
    }
    if (foreign.more > 0) {
        context.notes << fmt::format("and {} more\n", foreign.more);
    }
}

StatusOr<PolicySet> folderOf(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto folder, readPolicyFolder(parsed.text("FOLDER")));
    tellForeign(context, folder.foreign);
    return mesh::changes::importFiles(folder.files);
}

/// What nodes bring with them when they join comes and goes by itself.
bool isOfANode(const mesh::PolicyObject& object) {
    const auto* route = std::get_if<storage::RouteRecord>(&object);
    return route != nullptr && route->name == route->node + "-auto";
}

/// Objects that the mesh itself stands on, and what nodes brought along, are no part of a folder
/// that leaves them out.
void keepOthers(const api::PolicyState& state, PolicySet& wanted) {
    for (const auto& stored : state.objects) {
        const auto object = toMesh(stored.object);
        if (object.ok() && (stored.isSystem || isOfANode(*object))
            && wanted.find(mesh::refOf(*object)) == nullptr) {
            wanted.put(*object);
        }
    }
}

void leaveOutEdges(PolicySet& set) {
    std::vector<mesh::ObjectRef> edges;
    for (const auto* edge : set.ofKind(mesh::policy::ObjectKind::Edge)) {
        edges.push_back(mesh::refOf(*edge));
    }
    for (const auto& ref : edges) {
        set.remove(ref);
    }
}

/// The rules of the mesh; its edges when they are asked for.
StatusOr<PolicySet> presentOf(const api::PolicyState& state, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(auto present, toMesh(state));
    if (!parsed.has("with-edges")) {
        leaveOutEdges(present);
    }
    return present;
}

StatusOr<Comparison> compare(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(auto wanted, folderOf(context, parsed));
    WEFT_ASSIGN_OR_RETURN(auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto present, presentOf(state, parsed));
    keepOthers(state, wanted);
    if (!parsed.has("with-edges")) {
        leaveOutEdges(wanted);
    }
    return Comparison{std::move(id), difference(present, wanted)};
}

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

void print(Context& context, const std::vector<Edit>& edits) {
    Output& out = context.out;
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

Document listOf(const std::vector<Edit>& edits) {
    Document::List list;
    for (const auto& edit : edits) {
        list.push_back(describe(edit));
    }
    return list;
}

StatusOr<api::ChangeWish> wishOf(const Parsed& parsed, const std::vector<Edit>& edits) {
    api::ChangeWish wish;
    for (const auto& edit : edits) {
        wish.edits.push_back(toApi(edit));
    }
    wish.note = parsed.text("note");
    WEFT_ASSIGN_OR_RETURN(const auto after, parsed.duration("auto-revert", Duration::zero()));
    wish.revertAfter = std::chrono::ceil<std::chrono::seconds>(after);
    return wish;
}

void tellApplied(Context& context, const api::AppliedChange& applied) {
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"change", applied.id},
            {"revision", applied.revision},
            {"revertAt", timeDocument(applied.revertAt)}});
        return;
    }
    if (out.quiet()) {
        out.line(std::to_string(applied.id));
        return;
    }
    out.line(fmt::format("made as change {}", applied.id));
    if (applied.revertAt) {
        out.line(fmt::format(
            "It goes back {} unless you keep it: weftctl policy confirm {}",
            relativeText(applied.revertAt, context.clock.wallNow()),
            applied.id));
    }
}

}  // namespace

Status runPolicyExport(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto present, presentOf(state, parsed));
    const std::string folder = parsed.text("FOLDER");
    WEFT_ASSIGN_OR_RETURN(
        const auto done, writePolicyFolder(folder, mesh::changes::exportFiles(present)));
    tellForeign(context, done.foreign);
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"folder", folder},
            {"written", std::uint64_t{done.written}},
            {"unchanged", std::uint64_t{done.unchanged}},
            {"removed", std::uint64_t{done.removed}}});
    } else if (!out.quiet()) {
        out.line(fmt::format(
            "{} files written, {} unchanged, {} removed",
            done.written,
            done.unchanged,
            done.removed));
    }
    return okStatus();
}

Status runPolicyDiff(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto comparison, compare(context, parsed));
    if (context.out.isStructured()) {
        context.out.write(listOf(comparison.edits));
    } else if (!context.out.quiet()) {
        print(context, comparison.edits);
    }
    if (comparison.edits.empty()) {
        return okStatus();
    }
    return failedPrecondition(
        "the folder differs from the mesh in {} object{}",
        comparison.edits.size(),
        comparison.edits.size() == 1 ? "" : "s");
}

Status runPolicyApply(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto comparison, compare(context, parsed));
    Output& out = context.out;
    if (comparison.edits.empty()) {
        if (out.isStructured()) {
            out.write(Document::Members{{"change", std::uint64_t{0}}});
        } else if (!out.quiet()) {
            out.line("the mesh is as the folder says already");
        }
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(const auto wish, wishOf(parsed, comparison.edits));
    if (!out.isStructured() && !out.quiet()) {
        print(context, comparison.edits);
    }
    WEFT_RETURN_IF_ERROR(confirm(
        context,
        parsed,
        fmt::format("Make {} edit{}?", wish.edits.size(), wish.edits.size() == 1 ? "" : "s")));
    WEFT_ASSIGN_OR_RETURN(
        const auto applied, context.session->call<api::AppliedChange>([&](auto done) {
            context.session->controller().changes().apply(comparison.id, wish, std::move(done));
        }));
    tellApplied(context, applied);
    return okStatus();
}

}  // namespace weft::cli
