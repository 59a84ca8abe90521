// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/sandbox/mesh_plan.h"
#include "core/mesh/changes/policy_set.h"
#include "core/mesh/policy_object.h"

#include <string>
#include <vector>

namespace weft::daemon::sandbox {

/// Names that the rules of a sandbox have, for tests and texts.
inline constexpr const char* kCameras = "cameras";
inline constexpr const char* kAdmins = "admins";

/// One change of a sandbox's history.
struct RuleChange {
    std::string note;
    std::vector<mesh::PolicyObject> puts;
    std::vector<mesh::ObjectRef> removals;
};

/// What is set before anybody joins: who may bring routes.
RuleChange rightsToJoin(const MeshPlan& plan);
/// What is set once all have joined, in this order: the tunnels as routers between leave them, then
/// groups, roles, access rules and routes. They work, and some of them are not what they seem, for
/// whoever looks for faults.
std::vector<RuleChange> startingRules(const MeshPlan& plan);

/// What leads from `now` to what the change wants; empty when all is so.
std::vector<mesh::changes::Edit> editsOf(
    const RuleChange& change, const mesh::changes::PolicySet& now);

}  // namespace weft::daemon::sandbox
