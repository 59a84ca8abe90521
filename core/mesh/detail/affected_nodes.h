// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/change_record.h"
#include "core/mesh/policy/policy.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <vector>

namespace weft::mesh::detail {

/// Access rules that are looked at one by one for whom they name; with more a change is taken to
/// concern everybody.
inline constexpr std::size_t kMostNamingRules = 64;

/// The nodes that a change may concern, by the objects that it is about, sorted:
/// - an access rule: the nodes that it names at either end, before or after, whatever addresses it
///   asks for, and those that ways of others may lead over now, whose filters decide as well;
/// - a group: the same for every rule that names it or a group that it is in;
/// - a route, an edge, a group that a route names, a change whose objects are not kept: all nodes,
///   as anybody's ways may be others;
/// - roles, their bindings, a group that no rule names: `leader` alone, as servers decide by them.
/// Nodes that no object names, and whose ways lead elsewhere now, are not among them.
std::vector<NodeId> affectedNodes(
    const ChangeRecord& change,
    const storage::Registry& registry,
    const policy::Policy& policy,
    const NodeId& leader);

}  // namespace weft::mesh::detail
