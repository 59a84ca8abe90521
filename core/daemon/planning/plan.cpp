// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/plan.h"

#include "core/base/text.h"
#include "core/mesh/changes/scene.h"
#include "core/mesh/changes/scene_tests.h"

#include <utility>

namespace weft::daemon {

namespace changes = mesh::changes;

namespace {

bool isEdge(
    const changes::PolicySet& rules, const storage::NodeId& one, const storage::NodeId& other) {
    return rules.find({mesh::policy::ObjectKind::Edge, one.value(), other.value()}) != nullptr;
}

}  // namespace

StatusOr<Plan> planOf(const PlanInput& input) {
    Plan plan;
    plan.present = changes::PolicySet::of(*input.mesh.registry);
    if (input.afterChange) {
        WEFT_ASSIGN_OR_RETURN(
            plan.wanted, changes::rulesAfter(plan.present, input.history, *input.afterChange));
        plan.edits = difference(plan.present, plan.wanted);
        return plan;
    }
    auto merged = merge(input.edits, plan.present);
    plan.edits = forced(merged);
    plan.conflicts = std::move(merged.conflicts);
    plan.wanted = plan.present;
    plan.wanted.apply(plan.edits);
    return plan;
}

StatusOr<PlanReviewed> review(const PlanInput& input) {
    PlanReviewed reviewed;
    WEFT_ASSIGN_OR_RETURN(reviewed.plan, planOf(input));
    reviewed.review = changes::review(
        reviewed.plan.present, reviewed.plan.edits, *input.mesh.registry, input.mesh.editor);
    return reviewed;
}

StatusOr<changes::LintReport> lint(const PlanInput& input) {
    WEFT_ASSIGN_OR_RETURN(const auto plan, planOf(input));
    return changes::lint({plan.wanted, *input.mesh.registry, input.mesh.editor.identity.id});
}

StatusOr<std::vector<changes::PolicyTestResult>> runTests(
    const PlanInput& input, const std::vector<changes::PolicyTest>& tests) {
    WEFT_RETURN_IF_ERROR(validate(tests));
    WEFT_ASSIGN_OR_RETURN(const auto plan, planOf(input));
    changes::Scene scene(*input.mesh.registry, plan.wanted);
    return changes::run(tests, scene);
}

StatusOr<changes::Loss> lose(
    const PlanInput& input,
    const std::vector<storage::NodeId>& nodes,
    const std::vector<changes::Link>& links) {
    WEFT_ASSIGN_OR_RETURN(const auto plan, planOf(input));
    const changes::Scene scene(*input.mesh.registry, plan.wanted);
    for (const auto& node : nodes) {
        if (scene.registry().node(node) == nullptr) {
            return notFound("the mesh has no node {}", base::escapeForLine(node.value()));
        }
    }
    for (const auto& [one, other] : links) {
        if (!isEdge(plan.wanted, one, other)) {
            return notFound(
                "the mesh has no edge between {} and {}",
                base::escapeForLine(one.value()),
                base::escapeForLine(other.value()));
        }
    }
    return changes::WhatIf(scene.registry()).lose(nodes, links);
}

StatusOr<changes::BlastRadius> without(const PlanInput& input, const mesh::ObjectRef& ref) {
    WEFT_ASSIGN_OR_RETURN(const auto plan, planOf(input));
    const changes::Scene scene(*input.mesh.registry, plan.wanted);
    return changes::WhatIf(scene.registry()).without(ref);
}

StatusOr<mesh::policy::Explanation> explain(
    const PlanInput& input, const std::string& from, const std::string& to) {
    WEFT_ASSIGN_OR_RETURN(const auto plan, planOf(input));
    const changes::Scene scene(*input.mesh.registry, plan.wanted);
    return scene.explain(from, to);
}

}  // namespace weft::daemon
