// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/planning/mesh_snapshot.h"
#include "core/mesh/changes/draft_edits.h"
#include "core/mesh/changes/lint.h"
#include "core/mesh/changes/policy_tests.h"
#include "core/mesh/changes/what_if.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Questions about rules that nobody has made yet, answered from a snapshot. Thread: any, each
/// question by itself.
namespace weft::daemon {

/// What a question is about, all of it gathered.
struct PlanInput {
    MeshSnapshot mesh;
    /// On top of the rules of the snapshot.
    std::vector<mesh::changes::Edit> edits{};
    /// In place of edits: the rules as they were after this change, by the history, newest first.
    std::optional<std::uint64_t> afterChange{};
    std::vector<mesh::changes::PastChange> history{};
};

/// Rules as they are, and as they would be or were.
struct Plan {
    mesh::changes::PolicySet present;
    mesh::changes::PolicySet wanted;
    /// From `present` to `wanted`.
    std::vector<mesh::changes::Edit> edits;
    std::vector<mesh::changes::Conflict> conflicts;
};

/// Errors: those of mesh::changes::rulesAfter.
StatusOr<Plan> planOf(const PlanInput& input);

struct PlanReviewed {
    Plan plan;
    mesh::changes::Review review;
};
StatusOr<PlanReviewed> review(const PlanInput& input);
StatusOr<mesh::changes::LintReport> lint(const PlanInput& input);
StatusOr<std::vector<mesh::changes::PolicyTestResult>> runTests(
    const PlanInput& input, const std::vector<mesh::changes::PolicyTest>& tests);
/// Errors: kNotFound  there is no such node or edge.
StatusOr<mesh::changes::Loss> lose(
    const PlanInput& input,
    const std::vector<storage::NodeId>& nodes,
    const std::vector<mesh::changes::Link>& links);
/// Errors: kNotFound  there is no such object.
StatusOr<mesh::changes::BlastRadius> without(const PlanInput& input, const mesh::ObjectRef& ref);
/// Errors: as policy::explain.
StatusOr<mesh::policy::Explanation> explain(
    const PlanInput& input, const std::string& from, const std::string& to);

}  // namespace weft::daemon
