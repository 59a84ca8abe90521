// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/sandbox/draw.h"
#include "core/daemon/sandbox/world.h"
#include "core/mesh/host.h"

#include <chrono>
#include <optional>

namespace weft::daemon::sandbox {

/// A simulated node's part in direct ways, as DirectProbes has this node's: it tells the leader
/// where it sees its neighbours, and of those that it is to call whether they answer. Thread:
/// confined to the connection's loop.
class DirectSeeker {
public:
    /// From an offer to the answer at least, and at most.
    static constexpr std::chrono::milliseconds kSoonest{150};
    static constexpr std::chrono::milliseconds kLatest{700};

    /// All outlive it.
    struct Parts {
        base::Loop& loop;
        mesh::Host& host;
        const World& world;
        const SimulatedNode& node;
    };

    explicit DirectSeeker(const Parts& parts);

    /// Takes part while the node is there and of the mesh; what it sees may have changed.
    void look();

private:
    void onOffers(mesh::DirectOffers offers);
    void report();
    mesh::DirectReport reportNow() const;
    mesh::WayReport::State stateOf(const mesh::DirectOffer& offer) const;

    const Parts parts_;
    Draw draw_;
    mesh::DirectOffers offers_;
    std::optional<mesh::DirectReport> sent_;
    Subscription watch_;
    Subscription soon_;
};

}  // namespace weft::daemon::sandbox
