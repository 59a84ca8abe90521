// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/graph.h"
#include "core/mesh/policy/model.h"
#include "core/storage/registry/registry.h"

#include <vector>

namespace weft::mesh::network {

/// A network outside the mesh, and a node that leads there.
struct Exit {
    net::IpPrefix destination;
    NodeNumber node = kNoNode;

    friend bool operator==(const Exit&, const Exit&) = default;
};

/// What the routes of a mesh come to, by destination and then by the node's id: each network behind
/// the node that offers it, every member of a group that does (`group:NAME`), or the route's next
/// hop. Only nodes that take part count, and a next hop only while somebody offers the route.
std::vector<Exit> exitsOf(
    const storage::Registry& registry,
    const Graph& graph,
    const std::vector<policy::Group>& groups);

}  // namespace weft::mesh::network
