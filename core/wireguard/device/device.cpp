// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/device.h"

#include "core/base/log.h"
#include "core/base/mutex.h"
#include "core/base/thread_name.h"
#include "core/base/thread_priority.h"
#include "core/wireguard/device/settings_translation.h"
#include "core/wireguard/session/message_sorting.h"

#include <algorithm>
#include <future>
#include <span>
#include <utility>

namespace weft::wireguard {
namespace {

/// Peers of one page of the configuration protocol.
constexpr std::size_t kPagePeers = 256;
/// Tasks between two looks at packets.
constexpr int kTasksPerTurn = 64;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("wireguard");
    return logger;
}

/// Programs that have work without end get a core for milliseconds at a time, and whatever comes
/// meanwhile would wait for all of that. Who started us with a nice value has chosen one; where the
/// system refuses, packets flow all the same.
void goFirst(const std::string& name) {
    if (base::threadNice() == 0 && !base::setThreadNice(Device::kNice)) {
        log().debug("packet loop has the priority of other programs name={}", name);
    }
}

void addSnapshots(
    const Engine& engine, std::span<const PeerIndex> indices, std::vector<PeerSnapshot>& to) {
    for (const auto index : indices) {
        // Peers may have gone since their numbers were read.
        if (auto peer = engine.snapshot(index)) {
            to.push_back(std::move(*peer));
        }
    }
}

}  // namespace

/// The way to a device for those who may outlive it.
class DeviceDoor {
public:
    explicit DeviceDoor(Device& device) : device_(&device) {}

    void post(Device::Task task) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        if (device_ != nullptr) {
            device_->post(std::move(task));
        }
    }
    void close() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        device_ = nullptr;
    }

private:
    base::Mutex mutex_;
    Device* device_ WEFT_GUARDED_BY(mutex_);
};

StatusOr<std::unique_ptr<Device>> Device::start(
    DeviceOptions options, DeviceParts parts, const base::Clock& clock) {
    std::unique_ptr<Device> device(new Device(std::move(options), std::move(parts), clock));
    WEFT_RETURN_IF_ERROR(device->prepare());
    return device;
}

Device::Device(DeviceOptions options, DeviceParts parts, const base::Clock& clock)
    : options_(std::move(options))
    , parts_(std::move(parts))
    , clock_(clock)
    , name_(parts_.tun->name())
    , engine_(options_.engine, random_, Moment{clock.now(), clock.wallNow()})
    , loop_(*parts_.tun, engine_, *parts_.poller, clock, options_.parallel)
    , tasks_(kMostTasks, base::Overflow::Refuse)
    , door_(std::make_shared<DeviceDoor>(*this)) {}

Device::~Device() {
    door_->close();
    stopping_ = true;
    parts_.poller->wake();
    if (thread_.joinable()) {
        thread_.join();
    }
}

Status Device::prepare() {
    WEFT_RETURN_IF_ERROR(parts_.udp->sort(messageSorting(engine_.indexTag())));
    WEFT_RETURN_IF_ERROR(loop_.watch());
    WEFT_RETURN_IF_ERROR(loop_.addPath(*parts_.udp));
    if (const auto mtu = parts_.tun->mtu(); mtu.ok()) {
        loop_.setMtu(*mtu);
    }
    engine_.setUp(true, loop_.now());
    thread_ = std::thread([this] {
        base::setThreadName(name_);
        goFirst(name_);
        work();
    });
    return okStatus();
}

bool Device::post(Task task) {
    if (!tasks_.push(std::move(task))) {
        return false;
    }
    parts_.poller->wake();
    return true;
}

Status Device::run(std::function<Status(Engine&, Moment)> task) {
    auto promise = std::make_shared<std::promise<Status>>();
    auto future = promise->get_future();
    const bool accepted = post([promise, task = std::move(task)](Engine* engine, Moment at) {
        promise->set_value(
            engine == nullptr ? cancelled("the interface has ended") : task(*engine, at));
    });
    if (!accepted) {
        return cancelled("the interface has ended, or is too busy");
    }
    return future.get();
}

void Device::work() {
    Status status;
    while (!stopping_ && status.ok()) {
        status = loop_.turn(longestWait());
        runTasks();
        lookAfterStamps();
        tellEvents();
        tellWhomToExpect();
    }
    end(status);
}

void Device::runTasks() {
    int done = 0;
    for (auto task = tasks_.tryPop(); task; task = tasks_.tryPop()) {
        (*task)(&engine_, loop_.now());
        loop_.afterEngine();
        if (++done == kTasksPerTurn) {
            // Packets first; the next turn comes at once.
            parts_.poller->wake();
            break;
        }
    }
}

void Device::lookAfterStamps() {
    const auto bound = engine_.stampToStore();
    if (!bound || storing_ == bound || !options_.storeStamp) {
        return;
    }
    storing_ = bound;
    options_.storeStamp(*bound, [door = door_, bound = *bound, this](const Status& status) {
        if (!status.ok()) {
            log().warn("handshake stamp not stored reason={}", messageOf(status));
        }
        // The device is there when a task of its runs.
        door->post([this, bound, ok = status.ok()](Engine* engine, Moment) {
            storing_.reset();
            if (engine != nullptr && ok) {
                engine->stampStored(bound);
            }
        });
    });
}

void Device::tellEvents() {
    for (const auto& event : engine_.takeEvents()) {
        const auto key = engine_.keyOf(event.peer);
        if (!key) {
            continue;
        }
        expectFrom(event, *key);
        if (options_.happened) {
            options_.happened(event, *key);
        }
    }
}

void Device::expectFrom(const Event& event, const PeerKey& key) {
    const auto* const endpoint = engine_.endpointOf(event.peer);
    if (endpoint == nullptr) {
        return;
    }
    const auto& remote = endpoint->address.remote;
    const net::Endpoint source{remote.address.unmapped(), remote.port};
    switch (event.kind) {
    case Event::Kind::HandshakeDone:
    case Event::Kind::EndpointChanged:
    case Event::Kind::EndpointSet:
        known_.note(key, source, loop_.now().now);
        break;
    case Event::Kind::Calling:
        known_.noteCall(key, source, loop_.now().now);
        break;
    case Event::Kind::HandshakeGivenUp:
    case Event::Kind::SessionLost:
        break;
    }
}

void Device::tellWhomToExpect() {
    if (const auto removed = engine_.removedPeers(); removed != removedPeers_) {
        removedPeers_ = removed;
        known_.forget([this](const PeerKey& key) { return !engine_.findPeer(key); });
    }
    if (known_.changeDue()) {
        const auto sources = known_.takeChange(loop_.now().now);
        if (sources && !parts_.udp->expect(*sources).ok()) {
            known_.tellAgain();
        }
    }
}

std::optional<Duration> Device::longestWait() const {
    const auto due = known_.changeDue();
    if (!due) {
        return options_.longestWait;
    }
    const auto left = std::max<Duration>(*due - loop_.now().now, Duration::zero());
    return options_.longestWait ? std::min(*options_.longestWait, left) : left;
}

void Device::end(const Status& why) {
    tasks_.close();
    loop_.endParallel();
    for (auto task = tasks_.tryPop(); task; task = tasks_.tryPop()) {
        (*task)(nullptr, loop_.now());
    }
    if (!why.ok()) {
        log().error("interface lost name={} reason={}", name_, messageOf(why));
        if (options_.lost) {
            options_.lost(why);
        }
    }
}

StatusOr<DeviceSnapshot> Device::snapshot(bool wantsPeers) {
    DeviceSnapshot result;
    WEFT_RETURN_IF_ERROR(run([&](Engine& engine, Moment) {
        result.engine = engine.statistics();
        result.publicKey = engine.publicKey();
        result.listenPort = parts_.udp->port();
        result.tun = parts_.tun->counters();
        result.udp = parts_.udp->counters();
        result.parallel = loop_.parallelFigures();
        return okStatus();
    }));
    if (wantsPeers) {
        WEFT_RETURN_IF_ERROR(addPeers(result.peers));
    }
    return result;
}

Status Device::addPeers(std::vector<PeerSnapshot>& to) {
    std::vector<PeerIndex> indices;
    WEFT_RETURN_IF_ERROR(run([&](Engine& engine, Moment) {
        engine.forEachPeer([&](PeerIndex index, const PeerKey&) { indices.push_back(index); });
        return okStatus();
    }));
    // A few at a time, so that packets never wait for long.
    for (auto rest = std::span(indices); !rest.empty();) {
        const auto some = rest.first(std::min(rest.size(), kPagePeers));
        WEFT_RETURN_IF_ERROR(run([&](Engine& engine, Moment) {
            addSnapshots(engine, some, to);
            return okStatus();
        }));
        rest = rest.subspan(some.size());
    }
    return okStatus();
}

Status Device::setMtu(std::size_t bytes) {
    return run([this, bytes](Engine&, Moment) {
        WEFT_RETURN_IF_ERROR(parts_.tun->setMtu(bytes));
        loop_.setMtu(bytes);
        return okStatus();
    });
}

Status Device::applyInterface(InterfaceSettings settings) {
    return run([this, &settings](Engine&, Moment at) { return applyInterfaceHere(settings, at); });
}

Status Device::applyInterfaceHere(const InterfaceSettings& settings, Moment at) {
    if (settings.privateKey) {
        WEFT_RETURN_IF_ERROR(engine_.setPrivateKey(settings.privateKey->clone(), at));
    }
    if (settings.listenPort && *settings.listenPort != parts_.udp->port()) {
        WEFT_RETURN_IF_ERROR(moveToPort(*settings.listenPort));
    }
    if (settings.firewallMark && *settings.firewallMark != mark_) {
        WEFT_RETURN_IF_ERROR(parts_.udp->setMark(*settings.firewallMark));
        mark_ = *settings.firewallMark;
    }
    if (settings.replacePeers) {
        engine_.removeAllPeers();
    }
    return okStatus();
}

Status Device::moveToPort(std::uint16_t port) {
    loop_.unwatchPath(*parts_.udp);
    Status moved = parts_.udp->rebind(port);
    known_.tellAgain();
    WEFT_RETURN_IF_ERROR(loop_.rewatchPath(*parts_.udp));
    if (moved.code() == StatusCode::kFailedPrecondition) {
        return alreadyExists("port {} is in use", port);
    }
    return moved;
}

Status Device::applyPeers(std::vector<PeerChange> changes) {
    std::vector<PeerSettings> steps;
    steps.reserve(changes.size());
    Status understood;
    for (auto& change : changes) {
        auto step = settingsOf(std::move(change));
        if (!step.ok()) {
            // The client is told a number alone.
            log().warn("peer refused name={} reason={}", name_, messageOf(step.status()));
            understood = step.status();
            break;
        }
        steps.push_back(*std::move(step));
    }
    WEFT_RETURN_IF_ERROR(
        run([this, &steps](Engine&, Moment at) { return applyPeersHere(steps, at); }));
    return understood;
}

Status Device::applyPeersHere(std::span<const PeerSettings> steps, Moment at) {
    for (const auto& step : steps) {
        WEFT_RETURN_IF_ERROR(engine_.applyPeer(step, at).status());
    }
    return okStatus();
}

StatusOr<InterfaceState> Device::interfaceState() {
    InterfaceState state;
    WEFT_RETURN_IF_ERROR(run([&](Engine& engine, Moment) {
        if (auto key = engine.privateKey()) {
            state.privateKey = std::move(*key);
        }
        state.listenPort = parts_.udp->port();
        state.firewallMark = mark_;
        return okStatus();
    }));
    return state;
}

StatusOr<PeerPage> Device::peers(std::uint64_t cursor) {
    PeerPage page;
    std::vector<PeerSnapshot> found;
    WEFT_RETURN_IF_ERROR(run([&](Engine&, Moment) {
        page.next = readPage(cursor, found);
        return okStatus();
    }));
    for (auto& peer : found) {
        page.peers.push_back(stateOf(std::move(peer)));
    }
    return page;
}

std::uint64_t Device::readPage(std::uint64_t cursor, std::vector<PeerSnapshot>& to) const {
    std::vector<PeerIndex> found;
    engine_.forEachPeer([&](PeerIndex index, const PeerKey&) {
        if (static_cast<std::uint64_t>(index) >= cursor) {
            found.push_back(index);
        }
    });
    const auto count = std::min(found.size(), kPagePeers);
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(found.begin(), end, found.end());
    addSnapshots(engine_, std::span(found).first(count), to);
    return count < found.size() ? static_cast<std::uint64_t>(found[count - 1]) + 1 : 0;
}

}  // namespace weft::wireguard
