// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/wireguard_interface.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/crypto/aead_timing.h"
#include "core/platform/interface_setup.h"
#include "core/platform/tun.h"
#include "core/transport/udp_path.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include <unistd.h>

namespace weft::daemon {
namespace {

constexpr const char* kStampFile = "handshake.stamp";
constexpr std::size_t kStepsAtOnce = 256;
/// How many further ports are tried when nobody chose one.
constexpr std::uint16_t kPortSteps = 100;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// "weft+" as the system wants it.
std::string patternOf(const std::string& name) {
    return name.ends_with('+') ? name.substr(0, name.size() - 1) + "%d" : name;
}

StatusOr<std::unique_ptr<transport::UdpPath>> openUdp(const TunnelSettings& settings) {
    transport::UdpOptions options;
    // Never into a tunnel, whatever is routed there.
    options.mark = platform::kTunnelMark;
    const std::uint16_t steps =
        settings.portIsExplicit || settings.listenPort == 0 ? 0 : kPortSteps;
    StatusOr<std::unique_ptr<transport::UdpPath>> path = unavailable("no port was tried");
    for (std::uint16_t step = 0; step <= steps; ++step) {
        options.port = static_cast<std::uint16_t>(settings.listenPort + step);
        path = transport::openUdpPath(options);
        if (path.ok() || path.status().code() != StatusCode::kFailedPrecondition) {
            break;
        }
    }
    return path;
}

std::optional<wireguard::Tai64n> readStamp(const std::filesystem::path& folder) {
    wireguard::Tai64n stamp;
    const auto text = base::readFile(folder / kStampFile, stamp.bytes.size() + 1);
    if (!text.ok() || text->size() != stamp.bytes.size()) {
        if (!text.ok() && text.status().code() != StatusCode::kNotFound) {
            log().warn("handshake stamp not read reason={}", messageOf(text.status()));
        }
        return std::nullopt;
    }
    std::ranges::copy(*text, stamp.bytes.begin());
    return stamp;
}

std::vector<TunnelDrops> dropsOf(const wireguard::DropCounters& counters) {
    std::vector<TunnelDrops> drops;
    for (std::size_t i = 0; i < wireguard::kDropReasons; ++i) {
        const auto reason = static_cast<wireguard::DropReason>(i);
        if (counters[reason] != 0) {
            drops.push_back({wireguard::nameOf(reason), counters[reason]});
        }
    }
    return drops;
}

TunnelPeerStatistics statisticsOf(wireguard::PeerSnapshot peer) {
    TunnelPeerStatistics result;
    result.key = peer.key;
    if (peer.endpoint) {
        result.endpoint = peer.endpoint->address.remote;
    }
    result.keepalive = std::chrono::seconds(peer.persistentKeepalive);
    result.allowedIps = std::move(peer.allowedIps);
    result.candidates.reserve(peer.candidates.size());
    for (const auto& place : peer.candidates) {
        result.candidates.push_back(place.address.remote);
    }
    result.lastHandshake = peer.statistics.lastHandshake;
    result.lastHeard = peer.statistics.lastHeard;
    result.receivedBytes = peer.statistics.receivedBytes;
    result.sentBytes = peer.statistics.sentBytes;
    result.handshakes = peer.statistics.handshakes;
    result.rekeys = peer.statistics.rekeys;
    result.drops = dropsOf(peer.statistics.drops);
    result.path = peer.endpoint ? "udp" : "";
    return result;
}

wireguard::PeerSettings settingsOf(const TunnelPeer& peer, const TunnelPeer* before) {
    wireguard::PeerSettings settings;
    settings.key = peer.key;
    // Where it is known to be is better than what is said: that may be behind somebody's router.
    if (peer.endpoint && before == nullptr) {
        settings.endpoint = wireguard::PathAddress{.address = {.remote = *peer.endpoint}};
    }
    settings.isSought =
        before != nullptr
        && (before->endpoint != peer.endpoint || before->candidates != peer.candidates);
    auto& candidates = settings.candidates.emplace();
    candidates.reserve(peer.candidates.size() + 1);
    if (peer.endpoint) {
        // Where it was said to be stays one of them when it has roamed.
        candidates.push_back({.address = {.remote = *peer.endpoint}});
    }
    for (const auto& place : peer.candidates) {
        candidates.push_back({.address = {.remote = place}});
    }
    settings.persistentKeepalive =
        static_cast<std::uint16_t>(std::clamp<std::int64_t>(peer.keepalive.count(), 0, 65'535));
    settings.replaceAllowedIps = true;
    settings.allowedIps = peer.allowedIps;
    return settings;
}

/// What helps when there is no control socket, in words.
std::string remedyFor(const Status& status, const std::filesystem::path& folder) {
    if (status.code() == StatusCode::kPermissionDenied) {
        return fmt::format(
            "let user {} write {}, as \"systemd-tmpfiles --create weft.conf\" does for the service, "
            "and connect again",
            ::geteuid(),
            folder.string());
    }
    return fmt::format("see what is wrong with {} and connect again", folder.string());
}

/// What of `these` is not in `those`.
std::vector<net::IpPrefix> without(
    const std::vector<net::IpPrefix>& these, const std::vector<net::IpPrefix>& those) {
    std::vector<net::IpPrefix> result;
    std::ranges::copy_if(these, std::back_inserter(result), [&those](const net::IpPrefix& each) {
        return std::ranges::find(those, each) == those.end();
    });
    return result;
}

Status applyAll(
    wireguard::Engine& engine,
    std::span<const wireguard::PeerSettings> steps,
    wireguard::Moment at) {
    for (const auto& step : steps) {
        if (const auto peer = engine.applyPeer(step, at); !peer.ok()) {
            return peer.status();
        }
    }
    return okStatus();
}

}  // namespace

WireGuardInterface::WireGuardInterface(
    TunnelSettings settings,
    base::Loop& work,
    const base::Clock& clock,
    HostKeeper* host,
    ResolverKeeper* resolver,
    std::function<void(const Status&)> lost)
    : settings_(std::move(settings))
    , work_(work)
    , clock_(clock)
    , host_(host)
    , resolver_(resolver)
    , lost_(std::move(lost)) {}

WireGuardInterface::~WireGuardInterface() = default;

StatusOr<TunnelFacts> WireGuardInterface::open() {
    if (device_) {
        return failedPrecondition("the interface is open already");
    }
    WEFT_ASSIGN_OR_RETURN(auto parts, openParts());
    facts_.interfaceName = parts.tun->name();
    facts_.listenPort = parts.udp->port();
    facts_.mtu = settings_.mtu;
    WEFT_ASSIGN_OR_RETURN(
        device_, wireguard::Device::start(deviceOptions(), std::move(parts), clock_));
    if (const Status up = bringUp(); !up.ok()) {
        close();
        return up;
    }
    log().info("interface up name={} port={}", facts_.interfaceName, facts_.listenPort);
    return facts_;
}

StatusOr<wireguard::DeviceParts> WireGuardInterface::openParts() {
    platform::TunOptions tun;
    tun.name = patternOf(settings_.interfaceName);
    tun.mtu = settings_.mtu;
    wireguard::DeviceParts parts;
    WEFT_ASSIGN_OR_RETURN(parts.tun, platform::openTun(tun));
    WEFT_ASSIGN_OR_RETURN(parts.udp, openUdp(settings_));
    WEFT_ASSIGN_OR_RETURN(parts.poller, base::createPoller());
    return parts;
}

wireguard::DeviceOptions WireGuardInterface::deviceOptions() {
    wireguard::DeviceOptions options;
    options.engine.aeadPlan = crypto::measureAead();
    options.engine.mtu = settings_.mtu;
    options.engine.storesStamps = true;
    // Nodes come and go, and hear of each other a moment after they begin to call.
    options.engine.callsSoon = true;
    options.engine.storedStamp = readStamp(settings_.stateFolder);
    options.storeStamp = [&work = work_, folder = settings_.stateFolder](
                             const wireguard::Tai64n& bound, StatusCallback done) {
        work.post([folder, bound, done = std::move(done)] {
            done(base::writeFileAtomically(
                folder / kStampFile, std::string(bound.bytes.begin(), bound.bytes.end())));
        });
    };
    options.lost = lost_;
    return options;
}

Status WireGuardInterface::bringUp() {
    wireguard::InterfaceSettings own;
    own.privateKey = settings_.privateKey.clone();
    WEFT_RETURN_IF_ERROR(device_->applyInterface(std::move(own)));
    WEFT_RETURN_IF_ERROR(setAddresses(settings_.addresses));
    WEFT_RETURN_IF_ERROR(platform::setUp(facts_.interfaceName, true));
    wireguard::ControlSocketOptions control;
    control.name = facts_.interfaceName;
    auto socket = wireguard::ControlSocket::create(control, *device_);
    if (socket.ok()) {
        control_ = std::move(*socket);
    } else {
        log().warn(
            "no control socket for wg(8), the tunnel works without name={} reason={} remedy={}",
            facts_.interfaceName,
            messageOf(socket.status()),
            remedyFor(socket.status(), control.folder));
    }
    return okStatus();
}

void WireGuardInterface::close() {
    if (device_) {
        log().info("interface down name={}", facts_.interfaceName);
    }
    if (device_ && resolver_ != nullptr) {
        // Before: nobody is to ask where nobody answers any more.
        resolver_->forget(facts_.interfaceName);
    }
    control_.reset();
    const bool wasOpen = std::exchange(device_, nullptr) != nullptr;
    if (wasOpen && host_ != nullptr) {
        // Not before: the filter stands as long as something can come out of the interface. What
        // could not be undone is in the log, and in the journal for the next start.
        host_->forget(facts_.interfaceName);
    }
    addresses_.clear();
    peers_.clear();
}

Status WireGuardInterface::setAddresses(const std::vector<net::IpPrefix>& addresses) {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    for (const auto& old : without(addresses_, addresses)) {
        WEFT_RETURN_IF_ERROR(platform::removeAddress(facts_.interfaceName, old));
        std::erase(addresses_, old);
    }
    for (const auto& address : without(addresses, addresses_)) {
        WEFT_RETURN_IF_ERROR(platform::addAddress(facts_.interfaceName, address));
        addresses_.push_back(address);
    }
    return okStatus();
}

Status WireGuardInterface::setPeers(const std::vector<TunnelPeer>& peers) {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    std::map<crypto::WireGuardPublicKey, TunnelPeer> wanted;
    for (const auto& peer : peers) {
        wanted.insert_or_assign(peer.key, peer);
    }
    std::vector<wireguard::PeerSettings> steps;
    for (const auto& [key, peer] : peers_) {
        if (!wanted.contains(key)) {
            auto& step = steps.emplace_back();
            step.key = key;
            step.remove = true;
        }
    }
    for (const auto& [key, peer] : wanted) {
        const auto before = peers_.find(key);
        if (before == peers_.end()) {
            steps.push_back(settingsOf(peer, nullptr));
        } else if (before->second != peer) {
            steps.push_back(settingsOf(peer, &before->second));
        }
    }
    WEFT_RETURN_IF_ERROR(apply(std::move(steps)));
    peers_ = std::move(wanted);
    return okStatus();
}

Status WireGuardInterface::apply(std::vector<wireguard::PeerSettings> steps) {
    for (auto rest = std::span(steps); !rest.empty();) {
        const auto some = rest.first(std::min(kStepsAtOnce, rest.size()));
        WEFT_RETURN_IF_ERROR(device_->run([some](wireguard::Engine& engine, wireguard::Moment at) {
            return applyAll(engine, some, at);
        }));
        rest = rest.subspan(some.size());
    }
    return okStatus();
}

Status WireGuardInterface::seekPeers() {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    return device_->run([](wireguard::Engine& engine, wireguard::Moment at) {
        engine.seekPeers(at);
        return okStatus();
    });
}

Status WireGuardInterface::call(const std::vector<crypto::WireGuardPublicKey>& peers) {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    std::vector<wireguard::PeerSettings> steps;
    for (const auto& key : peers) {
        auto& step = steps.emplace_back();
        step.key = key;
        step.updateOnly = true;
        step.isDoubted = true;
    }
    return apply(std::move(steps));
}

Status WireGuardInterface::setFilter(std::shared_ptr<const net::PacketFilter> filter) {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    return device_->run(
        [filter = std::move(filter)](wireguard::Engine& engine, wireguard::Moment /*at*/) {
            engine.setPacketFilter(filter);
            return okStatus();
        });
}

StatusOr<std::vector<platform::HostProblem>> WireGuardInterface::setHost(
    platform::TunnelWishes wishes) {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    if (host_ == nullptr) {
        return std::vector<platform::HostProblem>();
    }
    wishes.interface = facts_.interfaceName;
    return host_->want(
        wishes,
        {[changed = hostChanged_](const auto& problems) {
             if (changed) {
                 changed(problems);
             }
         },
         [this] { restoreAddresses(); }});
}

void WireGuardInterface::setResolver(
    std::optional<platform::LinkNames> names, ResolverKeeper::Told told) {
    if (!device_ || resolver_ == nullptr) {
        return;
    }
    if (!names) {
        resolver_->forget(facts_.interfaceName);
        return;
    }
    names->interface = facts_.interfaceName;
    resolver_->want(*names, std::move(told));
}

void WireGuardInterface::restoreAddresses() {
    const auto there = platform::addressesOf(facts_.interfaceName);
    if (!device_ || !there.ok()) {
        return;
    }
    for (const auto& address : without(addresses_, *there)) {
        const Status added = platform::addAddress(facts_.interfaceName, address);
        log().warn(
            "address put back name={} address={} result={}",
            facts_.interfaceName,
            address.toString(),
            added.ok() ? "ok" : messageOf(added));
    }
}

StatusOr<TunnelStatistics> WireGuardInterface::statistics() {
    if (!device_) {
        return failedPrecondition("the interface is not open");
    }
    WEFT_ASSIGN_OR_RETURN(auto snapshot, device_->snapshot(true));
    TunnelStatistics result;
    result.facts = facts_;
    result.facts.listenPort = snapshot.listenPort;
    result.publicKey = snapshot.publicKey.value_or(crypto::WireGuardPublicKey{});
    result.addresses = addresses_;
    result.receivedBytes = snapshot.udp.receivedBytes;
    result.sentBytes = snapshot.udp.sentBytes;
    result.handshakes = snapshot.engine.handshakesDone;
    result.handshakesStarted = snapshot.engine.handshakesStarted;
    result.cookiesSent = snapshot.engine.cookiesSent;
    result.drops = dropsOf(snapshot.engine.drops);
    result.peers.reserve(snapshot.peers.size());
    for (auto& peer : snapshot.peers) {
        result.peers.push_back(statisticsOf(std::move(peer)));
    }
    return result;
}

}  // namespace weft::daemon
