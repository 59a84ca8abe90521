// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/graph.h"
#include "core/mesh/policy/model.h"
#include "core/storage/registry/registry.h"

#include <cstdint>
#include <vector>

namespace weft::mesh::network {

/// The nodes that lead to the networks of a route, by id: the one that offers it, every member of a
/// group that does (`group:NAME`), or the route's next hop. Only nodes that take part count, and a
/// next hop only while somebody offers the route.
std::vector<NodeId> exitsOf(
    const storage::RouteRecord& route,
    const storage::Registry& registry,
    const std::vector<policy::Group>& groups);

/// Whether a network may lie behind a node: not if it overlaps the mesh's own, or lies in what
/// another node has as its address. A default route does neither.
bool liesOutside(const net::IpPrefix& network, const storage::Registry& registry);

/// The networks that the mesh reaches behind `node`, in order.
std::vector<net::IpPrefix> networksBehind(
    const NodeId& node,
    const storage::Registry& registry,
    const std::vector<policy::Group>& groups);

/// What the routes of a mesh come to, each route once: a group may have thousands of members, and
/// its route hundreds of networks.
struct Exits {
    struct Destination {
        net::IpPrefix network;
        /// Places in `offers`, ascending.
        std::vector<std::uint32_t> offers;

        friend bool operator==(const Destination&, const Destination&) = default;
    };

    /// In order, each once.
    std::vector<Destination> destinations;
    /// For each route, who leads there; by id.
    std::vector<std::vector<NodeNumber>> offers;

    friend bool operator==(const Exits&, const Exits&) = default;
};

Exits collectExits(
    const storage::Registry& registry,
    const Graph& graph,
    const std::vector<policy::Group>& groups);

}  // namespace weft::mesh::network
