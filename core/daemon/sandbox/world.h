// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/daemon/sandbox/mesh_plan.h"
#include "core/net/ip_address.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace weft::daemon::sandbox {

/// The simulation has run for so long when it starts: there is something to see at once.
inline constexpr std::chrono::minutes kHistory{30};

/// What the tunnel and the nodes of a sandbox share: who there is, since when, and which way
/// packets go. Thread: confined to the connection's loop, but for the plan; of several connections
/// one after another, each of which has ended its mesh before the next is made.
class World {
public:
    /// The nodes on the way to whoever has an address, both ends with it; empty: packets get
    /// nowhere.
    using Ways = std::function<std::vector<mesh::NodeId>(const net::IpAddress&)>;

    /// Begins kHistory before `now`.
    World(MeshPlan plan, TimePoint now);

    const MeshPlan& plan() const { return plan_; }
    /// nullptr: nobody of the plan.
    const SimulatedNode* find(const mesh::NodeId& id) const;
    const SimulatedNode* find(const crypto::WireGuardPublicKey& key) const;

    /// Since the simulation began.
    Duration timeAt(TimePoint now) const { return now - begin_; }
    bool isThere(const SimulatedNode& node, TimePoint now) const {
        return node.presence.isThere(timeAt(now));
    }

    /// nullptr: there is no mesh now.
    void setWays(Ways ways) { ways_ = std::move(ways); }

    /// An echo request that comes back.
    struct Echo {
        Duration roundTrip;
        /// Nodes between the ends.
        std::size_t between = 0;
    };
    /// What becomes of the `count`-th echo request; nullopt: nobody answers.
    std::optional<Echo> echo(
        const net::IpAddress& target, std::uint64_t count, TimePoint now) const;

private:
    const MeshPlan plan_;
    const TimePoint begin_;
    std::map<mesh::NodeId, const SimulatedNode*> byId_;
    std::map<crypto::WireGuardPublicKey, const SimulatedNode*> byKey_;
    Ways ways_;
};

}  // namespace weft::daemon::sandbox
