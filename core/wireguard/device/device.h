// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bounded_queue.h"
#include "core/base/callback.h"
#include "core/base/clock.h"
#include "core/base/poller.h"
#include "core/crypto/random_source.h"
#include "core/platform/tun_device.h"
#include "core/transport/udp_path.h"
#include "core/wireguard/control/control_target.h"
#include "core/wireguard/device/known_sources.h"
#include "core/wireguard/device/packet_loop.h"
#include "core/wireguard/session/engine.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace weft::wireguard {

class DeviceDoor;

/// What a device is made of. All of it is used on the packet loop alone from then on.
struct DeviceParts {
    std::unique_ptr<platform::TunDevice> tun;
    std::unique_ptr<transport::UdpPath> udp;
    std::unique_ptr<base::Poller> poller;
};

struct DeviceOptions {
    EngineOptions engine;
    /// Threads for the cipher; by default as the load and the cores of the machine ask for.
    ParallelOptions parallel;
    /// Makes a bound of handshake stamps durable, anywhere, and then calls back, on any thread.
    /// Needed when `engine.storesStamps`.
    std::function<void(Tai64n, StatusCallback)> storeStamp;
    /// Called once on the packet loop when the interface was taken away by somebody else or cannot
    /// be waited for any more; packets do not flow from then on.
    std::function<void(const Status&)> lost;
    /// What became of a peer. On the packet loop: copy and leave.
    std::function<void(const Event&, const PeerKey&)> happened;
    /// For tests whose clock does not run like the system's: the poller waits no longer than this.
    std::optional<Duration> longestWait;
};

/// Everything that is known of a device at one moment.
struct DeviceSnapshot {
    EngineStatistics engine;
    std::optional<PeerKey> publicKey;
    std::uint16_t listenPort = 0;
    platform::TunCounters tun;
    transport::PathCounters udp;
    ParallelFigures parallel;
    std::vector<PeerSnapshot> peers;
};

/// A WireGuard interface at work: a tunnel device, datagram paths, an engine, and the thread that
/// moves packets between them. It starts up and without a key.
///
/// Thread: any, except where noted. The calls of ControlTarget, `snapshot` and `run` wait for the
/// packet loop, which never blocks for long, so they must not be called on it.
class Device final : public ControlTarget {
public:
    /// Tasks for the loop that wait; further ones are refused.
    static constexpr std::size_t kMostTasks = 1024;
    /// Of the packet loop, where the system allows it: 28 times the share of an ordinary thread.
    static constexpr int kNice = -15;

    /// Errors: those of base::Poller::add, kResourceExhausted when there is no thread. `clock`
    /// outlives the device.
    static StatusOr<std::unique_ptr<Device>> start(
        DeviceOptions options, DeviceParts parts, const base::Clock& clock);
    /// Ends the thread, closes paths and device: the interface is gone when this returns. Tasks
    /// that wait are told that there is no engine.
    ~Device() override;

    /// Runs on the packet loop: quick, no I/O. The engine is nullptr when the device has ended.
    using Task = std::function<void(Engine*, Moment)>;
    /// False when it was refused: too many wait, or the device has ended.
    bool post(Task task);
    /// The same, and waits. Errors: kCancelled when the device has ended, those of `task`.
    Status run(std::function<Status(Engine&, Moment)> task);

    /// The name of the interface.
    const std::string& name() const { return name_; }
    /// With `wantsPeers` every peer is in it. Errors: kCancelled.
    StatusOr<DeviceSnapshot> snapshot(bool wantsPeers);
    /// Errors: kCancelled, kInvalidArgument, kPermissionDenied, kUnavailable.
    Status setMtu(std::size_t bytes);

    // ControlTarget
    Status applyInterface(InterfaceSettings settings) override;
    Status applyPeers(std::vector<PeerChange> changes) override;
    StatusOr<InterfaceState> interfaceState() override;
    StatusOr<PeerPage> peers(std::uint64_t cursor) override;

private:
    Device(DeviceOptions options, DeviceParts parts, const base::Clock& clock);
    Status prepare();
    Status addPeers(std::vector<PeerSnapshot>& to);

    // On the packet loop.
    void work();
    void runTasks();
    void lookAfterStamps();
    void tellEvents();
    /// Notes where the peer is, after a handshake or a move, or when it is called.
    void expectFrom(const Event& event, const PeerKey& key);
    void tellWhomToExpect();
    std::optional<Duration> longestWait() const;
    void end(const Status& why);
    Status moveToPort(std::uint16_t port);
    Status applyInterfaceHere(const InterfaceSettings& settings, Moment at);
    Status applyPeersHere(std::span<const PeerSettings> steps, Moment at);
    /// Returns where the next page starts; 0 when this was the last.
    std::uint64_t readPage(std::uint64_t cursor, std::vector<PeerSnapshot>& to) const;

    const DeviceOptions options_;
    DeviceParts parts_;
    const base::Clock& clock_;
    const std::string name_;
    crypto::SystemRandom random_;
    Engine engine_;
    PacketLoop loop_;
    KnownSources known_{transport::UdpPath::kMostExpected};
    /// As many peers had been removed when those who are known were all there.
    std::uint64_t removedPeers_ = 0;
    std::uint32_t mark_ = 0;
    /// The bound that is being made durable.
    std::optional<Tai64n> storing_;
    base::BoundedQueue<Task> tasks_;
    std::atomic<bool> stopping_{false};
    /// For answers that come after the device has gone.
    std::shared_ptr<DeviceDoor> door_;
    std::thread thread_;
};

}  // namespace weft::wireguard
