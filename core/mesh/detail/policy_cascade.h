// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/policy_plan.h"

#include <string>
#include <vector>

namespace weft::mesh::detail {

/// Adds to the removal of `ref` what would be left without it, so that nobody who later makes an
/// object of that name gets what the old one had:
/// a role takes its bindings along; a group its places in bindings, groups and access rules, and
/// those bindings and rules that would be left without any: they have come to nothing.
/// Errors: kFailedPrecondition names a record that would have to change and cannot be read: who
///         knows its fields, or mends it, would find the old name in it.
Status addCascade(const MeshView& view, const ObjectRef& ref, PolicyPlan& plan);

/// The same for a node: its places in groups and bindings. Access rules that name it stay and are
/// reported.
/// Errors: as addCascade, and kFailedPrecondition for the last administrator.
Status addNodeCascade(
    const MeshView& view,
    const NodeId& id,
    storage::Transaction& transaction,
    std::vector<std::string>& alsoChanged);

}  // namespace weft::mesh::detail
