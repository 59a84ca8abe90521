// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/sandbox/draw.h"
#include "core/daemon/sandbox/world.h"
#include "core/mesh/host.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::daemon::sandbox {

/// A node of the sandbox that follows its peers while it is there, and says a moment after a change
/// what it has in effect. Thread: confined to the connection's loop.
class EffectTeller {
public:
    /// From a change to the word of it at least, and at most.
    static constexpr std::chrono::milliseconds kSoonest{250};
    static constexpr std::chrono::milliseconds kLatest{1500};

    /// All outlive it.
    struct Parts {
        base::Loop& loop;
        mesh::Host& host;
        const World& world;
        const SimulatedNode& node;
    };

    explicit EffectTeller(const Parts& parts);

    /// Takes part while the node is there and of the mesh.
    void look();
    /// The rules have changed.
    void noteRules() { tellSoon(); }

private:
    void tellSoon();
    void tell();

    const Parts parts_;
    Draw draw_;
    /// Of the peers that it was told last.
    std::optional<std::uint64_t> peers_;
    std::optional<mesh::EffectReport> sent_;
    Subscription stream_;
    Subscription soon_;
};

}  // namespace weft::daemon::sandbox
