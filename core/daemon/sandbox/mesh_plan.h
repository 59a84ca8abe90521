// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/crypto/node_key.h"
#include "core/daemon/sandbox/presence.h"
#include "core/daemon/sandbox/traffic.h"
#include "core/mesh/types.h"
#include "core/net/endpoint.h"
#include "core/net/ip_prefix.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::daemon::sandbox {

/// Nodes of a simulated mesh, this one included.
inline constexpr std::size_t kLeastNodes = 3;
inline constexpr std::size_t kMostNodes = 200;
inline constexpr std::size_t kUsualNodes = 30;

/// The node that the sandbox's daemon is.
inline constexpr std::string_view kSelf = "desk";
inline constexpr std::string_view kDomain = "sandbox.internal";

enum class NodeKind : std::uint8_t {
    Desktop,
    Laptop,
    Phone,
    Server,
    Nas,
    Camera,
    Device,
    Router,
    Relay,
    Exit,
};

/// What stands between a node and the others.
enum class Nat : std::uint8_t {
    None,       ///< a public address
    Cone,       ///< one port for everybody; called back by whom it has called
    Symmetric,  ///< another port for each destination
};

struct SimulatedNode {
    mesh::NodeId id;
    NodeKind kind = NodeKind::Laptop;
    /// Where it stands; empty: on the road.
    std::string zone;
    Nat nat = Nat::None;
    crypto::PublicKey key;
    crypto::WireGuardPublicKey wireguardKey;
    /// In its own network, and as others see it. The same without a router between.
    net::Endpoint inside;
    net::Endpoint outside;
    /// Offered when it joins.
    std::vector<net::IpPrefix> routes;
    /// It looks for direct ways, as nodes that run Weft do.
    bool seeksDirectWays = false;
    Presence presence;
    /// From the beginning of the simulation to its first handshake with this node.
    Duration firstHandshake{};
    /// Through its tunnel with this node, as this node counts.
    Traffic received;
    Traffic sent;
    /// What its line adds to a round trip.
    Duration delay{};
    /// Echo requests of a thousand that are lost on its line.
    std::uint64_t lostPerMille = 0;

    bool isPublic() const { return nat == Nat::None; }
};

/// All nodes of a simulated mesh; the first one is this one.
struct MeshPlan {
    std::uint64_t seed = 0;
    std::vector<SimulatedNode> nodes;

    const SimulatedNode& self() const { return nodes.front(); }
};

/// The same for the same numbers. `count` from kLeastNodes to kMostNodes.
MeshPlan planMesh(std::uint64_t seed, std::size_t count);
/// The key of a node, which is no secret: anybody can make it from the seed.
crypto::NodeKey keyOf(std::uint64_t seed, const mesh::NodeId& id);

/// Whether packets get from one to the other without somebody between.
bool canMeet(const SimulatedNode& one, const SimulatedNode& other);
/// Where `observer` sees packets of `node` come from.
net::Endpoint placeOf(const SimulatedNode& node, const SimulatedNode& observer);
/// A round trip between two that meet.
Duration roundTrip(const SimulatedNode& one, const SimulatedNode& other);

}  // namespace weft::daemon::sandbox
