// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/sightings.h"
#include "core/mesh/network/network.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <string>
#include <vector>

namespace weft::mesh::detail {

/// What the node `id` is told of its direct neighbours, of all that lies behind them and of servers
/// (webmesh.md 6.3, and 6.2 rows 18 and 19), in an order that depends on the records alone.
/// `seen`: where others see those whom nobody can call at a place of their own; nullptr: nothing is
/// known.
PeerSet computePeers(
    const storage::Registry& registry,
    network::Network& network,
    const NodeId& id,
    const Sightings* seen = nullptr);

/// What `to` is told of a node: its record, with the endpoint at which it is reached as the primary
/// one, and where others than `to` see it.
storage::NodeRecord toldRecord(
    const storage::NodeRecord& record, const NodeId& to, const Sightings* seen);

/// `ip:port` of every name server but `without`, sorted.
std::vector<std::string> dnsServers(const storage::Registry& registry, const NodeId& without);
/// `ip:port` of the public API of every node that passes ICE signals on but `without`, sorted.
std::vector<std::string> iceServers(const storage::Registry& registry, const NodeId& without);

/// Where the node is reached: the WireGuard endpoint with the address of the primary endpoint, else
/// the first one, else empty. Addresses are compared, not their texts: 10.0.0.1 is not 10.0.0.10.
std::string reachableEndpoint(const storage::NodeRecord& node);

}  // namespace weft::mesh::detail
