// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/tun_device.h"
#include "core/wireguard/device/parallel/stage_switch.h"
#include "core/wireguard/device/path_set.h"
#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/session/engine.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace weft::wireguard {

/// From a path to the tunnel device: hands runs to the engine and writes what comes out, joined
/// where the device takes super-packets. Thread: confined to the packet loop.
class InboundLane final : private InboundSink, private PacketSink {
public:
    InboundLane(platform::TunDevice& tun, Engine& engine, StageSwitch& parallel);

    /// Takes what the path gives at once. Returns how many of the datagrams were of control.
    std::size_t drain(transport::DatagramPath& path, std::uint8_t number, Moment at);
    /// Takes what came back from the stage; to be followed by flush() before the job goes back.
    void finish(Job& job, Moment at);
    void flush() { coalescer_.flush(); }
    /// Whether an authentic packet came out since this was asked last.
    bool takeHasDelivered() { return std::exchange(hasDelivered_, false); }

private:
    void take(transport::IncomingRun& run, std::uint8_t number, Moment at);
    void deliver(PeerIndex peer, std::span<std::uint8_t> inner, std::uint8_t outerClass) override;
    void write(const platform::TunPacket& packet) override;

    platform::TunDevice& tun_;
    Engine& engine_;
    StageSwitch& parallel_;
    Coalescer coalescer_;
    bool hasDelivered_ = false;
};

}  // namespace weft::wireguard
