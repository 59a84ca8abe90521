// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/tun_device.h"
#include "core/wireguard/device/parallel/stage_switch.h"
#include "core/wireguard/device/run_builder.h"
#include "core/wireguard/session/engine.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::wireguard {

/// From the tunnel device to the paths: reads what the host sends, cuts super-packets, seals, and
/// sends in runs. Thread: confined to the packet loop.
class OutboundLane {
public:
    /// Packets between two looks at what came in: some three super-packets, a fifth of a
    /// millisecond.
    static constexpr std::size_t kMostPackets = 128;

    OutboundLane(
        platform::TunDevice& tun, Engine& engine, const PathSet& paths, StageSwitch& parallel);

    /// Padding never makes a packet longer.
    void setMtu(std::size_t bytes) { mtu_ = bytes; }

    /// Takes what the host has, up to about kMostPackets.
    /// Errors: kFailedPrecondition when the interface is gone.
    Status drain(Moment at);
    /// Sends what the engine itself has to say.
    void sendMessages() { builder_.sendMessages(); }

private:
    /// Returns how many packets it was.
    std::size_t take(const platform::ReadPacket& packet, Moment at);
    /// Where a packet of `bytes` that is cut into `count` goes; nullptr when it is sealed here.
    Job* jobFor(std::size_t bytes, std::size_t count, Moment at);

    platform::TunDevice& tun_;
    Engine& engine_;
    StageSwitch& parallel_;
    RunBuilder builder_;
    std::vector<std::uint8_t> buffer_;
    std::size_t mtu_ = 1420;
};

}  // namespace weft::wireguard
