// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/daemon/sandbox/mesh_plan.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::daemon::sandbox {

/// WireGuard makes new keys so often while packets flow.
inline constexpr std::chrono::seconds kRekeyEvery{120};
/// And tries so often while nobody answers.
inline constexpr std::chrono::seconds kTryEvery{5};

/// A simulated tunnel with one node at one moment. Times count from where the simulation begins.
struct TunnelMoment {
    /// nullopt: there was none since the tunnel was configured.
    std::optional<Duration> lastHandshake;
    std::optional<Duration> lastHeard;
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
    std::uint64_t handshakes = 0;
    /// Those of them that went on with a session.
    std::uint64_t rekeys = 0;
};

/// How the tunnel of `self` with `node` stands at `now`, when it was configured at `since`. Pure:
/// what it says of one moment does not depend on when it was asked before.
TunnelMoment tunnelAt(
    const SimulatedNode& self, const SimulatedNode& node, Duration since, Duration now);

}  // namespace weft::daemon::sandbox
