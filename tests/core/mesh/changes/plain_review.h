// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/pair_changes.h"
#include "core/mesh/changes/route_changes.h"

#include <vector>

namespace weft::mesh::changes::tests {

/// Asks the network about the pair.
Standing plainStanding(network::Network& network, const NodeId& left, const NodeId& right);

/// What `compare` is to say, found pair by pair.
PairChanges plainPairs(
    network::Network& before,
    network::Network& after,
    const std::vector<NodeId>& ids,
    const NodeId& first);

/// What compareRoutes() is to say, found node by node.
RouteChanges plainRoutes(
    network::Network& before, network::Network& after, const std::vector<NodeId>& ids);

/// What compareVanished() is to say, found by explaining each pair to a reference node; `route` is
/// left empty.
VanishedNodes plainVanished(
    const storage::Registry& before,
    const storage::Registry& after,
    const std::vector<NodeId>& ids);

void expectSame(const PairChanges& found, const PairChanges& expected);
void expectSame(const RouteChanges& found, const RouteChanges& expected);

}  // namespace weft::mesh::changes::tests
