// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/scene.h"
#include "core/mesh/network/all_exits.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace weft::mesh::changes {

/// A network outside the mesh that a node reaches by another exit than before.
struct RouteChange {
    NodeId node;
    net::IpPrefix destination;
    /// nullopt: it did not, or will not, get there.
    std::optional<NodeId> before;
    std::optional<NodeId> after;

    friend bool operator==(const RouteChange&, const RouteChange&) = default;
};

struct RouteChanges {
    std::size_t gained = 0;
    std::size_t lost = 0;
    /// By another exit.
    std::size_t moved = 0;
    /// By destination, then by node; at most kMaxListedPairs.
    std::vector<RouteChange> listed;
};

/// A node that reference nodes lose sight of: a server of the reference withholds a node from
/// another one when the rules deny this one any of its routes, although they accept the node.
struct Vanished {
    NodeId from;
    NodeId node;
    /// A route that is denied.
    std::string route;

    friend bool operator==(const Vanished&, const Vanished&) = default;
};

struct VanishedNodes {
    std::size_t count = 0;
    /// By the node that vanishes, then by the one that loses sight; at most kMaxListedPairs.
    std::vector<Vanished> listed;
};

/// A mesh at one moment with what is known of all its pairs.
struct Moment {
    Scene& scene;
    network::AllPairs& pairs;
};

/// As Network::neighboursOf gives routes to the nodes `ids`. `onlyRoutes`: nothing but routes
/// differs between the two.
RouteChanges compareRoutes(
    const Moment& before, const Moment& after, const std::vector<NodeId>& ids, bool onlyRoutes);

/// Those that have newly vanished among `ids`.
VanishedNodes compareVanished(
    const Scene& before, const Scene& after, const std::vector<NodeId>& ids);

}  // namespace weft::mesh::changes
