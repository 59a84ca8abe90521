// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/poller.h"
#include "core/base/status.h"
#include "core/platform/tun_device.h"
#include "core/wireguard/device/control_pace.h"
#include "core/wireguard/device/inbound_lane.h"
#include "core/wireguard/device/outbound_lane.h"
#include "core/wireguard/device/parallel/sealed_sender.h"
#include "core/wireguard/device/parallel/stage_switch.h"
#include "core/wireguard/device/path_set.h"
#include "core/wireguard/session/engine.h"

#include <cstdint>
#include <optional>

namespace weft::wireguard {

/// Moves the packets of one interface: waits, takes what came, hands it through the engine, sends,
/// and keeps the engine's time. Each packet goes from one system call to the other without a queue
/// or another thread in between, unless the load asks for more cores: then long runs are sealed and
/// opened by a CryptoStage, and come back in order. Everything that it is given outlives it.
///
/// Thread: confined to the packet loop.
class PacketLoop final : private JobTaker {
public:
    PacketLoop(
        platform::TunDevice& tun,
        Engine& engine,
        base::Poller& poller,
        const base::Clock& clock,
        const ParallelOptions& parallel = {});

    /// Watches what is to be read. Errors: those of base::Poller::add.
    Status watch();
    /// Adds a path under the next number. Errors: those of base::Poller::add.
    Status addPath(transport::DatagramPath& path);
    /// Around a change of a path's waitables.
    void unwatchPath(const transport::DatagramPath& path);
    Status rewatchPath(const transport::DatagramPath& path);

    /// Waits until there is something to do, `limit` at most or until the poller is woken, and does
    /// it. Errors: kFailedPrecondition when the interface is gone, those of base::Poller::wait.
    Status turn(std::optional<Duration> limit);
    /// Sends what the engine has to say after it was called from outside.
    void afterEngine() { outbound_.sendMessages(); }
    void setMtu(std::size_t bytes);

    Moment now() const { return {clock_.now(), clock_.wallNow()}; }
    const PathSet& paths() const { return paths_; }
    ParallelFigures parallelFigures() const { return parallel_.figures(); }
    /// Finishes what is under way and lets the threads go, when no turn follows.
    void endParallel() { parallel_.turnOff(now()); }
    /// Whether packets are under way between threads.
    bool isPacketUnderWay() { return parallel_.stage() != nullptr && !parallel_.stage()->isIdle(); }

private:
    std::uint32_t idOf(const transport::DatagramPath& path) const;
    void holdControlOf(const transport::DatagramPath& path, bool held);
    std::optional<Duration> timeToWait(std::optional<Duration> limit);
    void finish(std::span<Job* const> jobs, Moment at) override;
    void collect(Moment at);
    /// Both directions once, and no further before the poller is asked again: what comes meanwhile
    /// from the side that had nothing must not wait behind the other.
    Status serve(bool tunReady, std::uint32_t readyPaths, Moment at);
    /// Control datagrams wait until the step of the pace is over, and wake nobody.
    void holdControl(bool held);

    platform::TunDevice& tun_;
    Engine& engine_;
    base::Poller& poller_;
    const base::Clock& clock_;
    PathSet paths_;
    SealedSender sealed_;
    StageSwitch parallel_;
    InboundLane inbound_;
    OutboundLane outbound_;
    ControlPace pace_;
    bool isControlHeld_ = false;
};

}  // namespace weft::wireguard
