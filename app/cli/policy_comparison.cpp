// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_comparison.h"

#include "app/cli/connection_wait.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {

using mesh::changes::PolicySet;

namespace {

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

}  // namespace

void tellForeign(Context& context, const ForeignFiles& foreign) {
    for (const auto& path : foreign.named) {
        context.notes << "not a file of the rules: " << safe(path) << '\n';
    }
    if (foreign.more > 0) {
        context.notes << fmt::format("and {} more\n", foreign.more);
    }
}

StatusOr<PolicySet> presentOf(const api::PolicyState& state, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(auto present, toMesh(state));
    if (!parsed.has("with-edges")) {
        leaveOutEdges(present);
    }
    return present;
}

StatusOr<Comparison> compareFolder(Context& context, const Parsed& parsed) {
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

StatusOr<api::PlanSubject> planSubjectOf(const Parsed& parsed, api::PlanSubject otherwise) {
    if (parsed.has("draft") && parsed.has("after")) {
        return invalidArgument("--draft and --after are two questions: give one of them");
    }
    if (parsed.has("draft")) {
        return api::PlanSubject(api::DraftRules{});
    }
    if (parsed.has("after")) {
        WEFT_ASSIGN_OR_RETURN(const auto change, changeIdOf(parsed.text("after")));
        return api::PlanSubject(api::PastRules{change});
    }
    return otherwise;
}

StatusOr<PlanQuestion> planQuestionOf(
    Context& context, const Parsed& parsed, api::PlanSubject otherwise) {
    WEFT_ASSIGN_OR_RETURN(auto subject, planSubjectOf(parsed, std::move(otherwise)));
    if (!parsed.has("FOLDER")) {
        WEFT_RETURN_IF_ERROR(refuseWithEdges(parsed));
        WEFT_ASSIGN_OR_RETURN(auto id, requireConnected(context, parsed.text("profile")));
        return PlanQuestion{std::move(id), std::move(subject)};
    }
    if (parsed.has("draft") || parsed.has("after")) {
        return invalidArgument("FOLDER, --draft and --after are several questions: give one");
    }
    WEFT_ASSIGN_OR_RETURN(auto comparison, compareFolder(context, parsed));
    return PlanQuestion{std::move(comparison.id), api::EditedRules{toApi(comparison.edits)}};
}

Status refuseWithEdges(const Parsed& parsed) {
    if (parsed.has("with-edges")) {
        return invalidArgument("--with-edges is about a folder: give FOLDER");
    }
    return okStatus();
}

}  // namespace weft::cli
