// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/tunnel.h"
#include "core/mesh/direct_ways.h"
#include "core/mesh/network/network.h"
#include "core/mesh/policy/policy.h"
#include "core/storage/registry/registry.h"

#include "weft/local/v1/network.pb.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace weft::daemon {

/// The first node of a way, as the tunnel has it.
struct FirstHop {
    /// What it was told.
    TunnelPeer peer;
    /// How it went; nullopt while nothing was read.
    std::optional<TunnelPeerStatistics> figures;
};

/// What this node knows of the ways to another.
struct PathFacts {
    const storage::Registry& registry;
    const mesh::policy::Policy& rules;
    storage::NodeId self;
    mesh::network::Trace trace;
    bool hasTunnel = false;
    /// nullopt: the tunnel has no peer for it.
    std::optional<FirstHop> first{};
    /// Some peer has answered since the interface came up.
    bool isAnybodyThere = false;
    /// Families in which this host has an address outside the mesh.
    std::set<net::Family> underlay{};
    /// What the leader says of a direct way to it.
    std::optional<mesh::DirectOffer> offer{};
    /// The leader says something of everybody who takes part in finding such ways.
    bool hasAllOffers = false;
    WallTime now;
};

/// The node that `text` means: by its id or its address.
/// Errors: kNotFound, kInvalidArgument (this node itself).
StatusOr<storage::NodeId> pathEnd(
    const storage::Registry& registry, const storage::NodeId& self, const std::string& text);

/// Which way packets take to `node`, which others there were, and why they were not taken. Pure.
weft::local::v1::PathExplanation explainPath(const PathFacts& facts, const storage::NodeId& node);

/// What to change; empty when that depends on nobody here.
std::string_view remedyFor(weft::local::v1::PathReason reason);

}  // namespace weft::daemon
