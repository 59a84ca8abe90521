// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/mesh_tunnel.h"

#include "core/api/types.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/daemon/detail/connection_shell.h"
#include "core/daemon/detail/tunnel_messages.h"

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// While somebody looks.
constexpr std::chrono::seconds kWatchInterval{1};
/// The same with more peers than fit on any screen: a list of all of them is built each time.
constexpr std::chrono::seconds kLongWatchInterval{5};
constexpr std::size_t kManyPeers = 1000;
/// While peers are expected to answer, and nobody looks.
constexpr std::chrono::seconds kSettleInterval{5};
/// After the interface was lost or could not be had for a reason that may pass.
constexpr std::chrono::seconds kRetryInterval{30};
/// Nodes whose way to everywhere is told of, with nobody's answer: the list of routes has all.
constexpr std::size_t kMostAsked = 3;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

bool mayPass(const Status& status) {
    return status.code() != StatusCode::kPermissionDenied
           && status.code() != StatusCode::kInvalidArgument;
}

std::string ownProgram() {
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::string("PROGRAM") : path.string();
}

std::string remedyFor(const Status& status) {
    switch (status.code()) {
    case StatusCode::kPermissionDenied:
        return fmt::format(
            "Use the packaged service (systemctl enable --now weftd), or give this program the "
            "right: sudo setcap cap_net_admin+ep {}",
            ownProgram());
    case StatusCode::kNotFound:
        return "Load the module of tunnel devices (modprobe tun), or let the container have "
               "/dev/net/tun.";
    case StatusCode::kInvalidArgument:
    case StatusCode::kFailedPrecondition:
        return "Choose another wireguard.interface-name or wireguard.listen-port, or end the "
               "program that uses it; it is tried again by itself.";
    default:
        return "It is tried again by itself; the log has more.";
    }
}

}  // namespace

std::size_t MeshTunnel::KeyHash::operator()(const crypto::WireGuardPublicKey& key) const {
    // A public key is as good as random.
    std::size_t hash = 0;
    std::memcpy(&hash, key.bytes.data(), sizeof(hash));
    return hash;
}

MeshTunnel::MeshTunnel(Parts parts)
    : parts_(std::move(parts))
    , withoutIpv6_(parts_.ipv4 && parts_.ipv6 && !parts_.factory.hasIpv6())
    , peers_(
          {.ipv4 = parts_.ipv4,
           .ipv6 = parts_.ipv6 && !withoutIpv6_,
           .keepalive = parts_.options.effectiveKeepalive()})
    , host_(parts_.ipv4, parts_.ipv6 && !withoutIpv6_) {}

MeshTunnel::~MeshTunnel() {
    poll_.cancel();
    retry_.cancel();
    if (facts_) {
        parts_.gone();
    }
    tunnel_.reset();
    going_.reset();
    cancelWaiting();
    if (facts_) {
        log().info("tunnel closed profile={}", parts_.profileId);
    }
}

void MeshTunnel::setAddresses(
    const std::optional<net::IpPrefix>& ipv4, const std::optional<net::IpPrefix>& ipv6) {
    std::vector<net::IpPrefix> addresses;
    if (parts_.ipv4 && ipv4) {
        addresses.push_back(*ipv4);
    }
    // In a mesh without IPv4 the system says what is missing.
    if (parts_.ipv6 && ipv6 && (addresses.empty() || !withoutIpv6_)) {
        addresses.push_back(*ipv6);
    }
    if (addresses.empty() || addresses == addresses_) {
        return;
    }
    const bool first = addresses_.empty();
    addresses_ = std::move(addresses);
    if (first) {
        open();
    } else if (facts_) {
        tunnel_->setAddresses(addresses_, [this](const Status& status) {
            if (!status.ok()) {
                log().error("tunnel addresses not changed reason={}", messageOf(status));
            }
        });
    }
}

void MeshTunnel::setPeers(const mesh::PeerSet& peers) {
    takePeers(peers);
}

void MeshTunnel::setConsents(const RouteConsents& consents) {
    consents_ = consents;
    const bool isOfTheHost = host_.setAgreed(consents_.agreed());
    takePeers(peers_.given());
    // Who has an agreed network may have had it before.
    if (host_.setPeers(peers_.peers()) || isOfTheHost) {
        feedHost();
    }
    parts_.changed();
}

void MeshTunnel::setKept(std::vector<net::IpAddress> addresses) {
    if (host_.setKept(std::move(addresses))) {
        feedHost();
    }
}

void MeshTunnel::takePeers(const mesh::PeerSet& peers) {
    auto defaults = consents_.defaults(peers);
    const bool isOther = peers_.set(peers, defaults);
    defaults_ = std::move(defaults);
    if (!isOther) {
        return;
    }
    const bool isOfTheHost = host_.setPeers(peers_.peers());
    if (facts_) {
        feed();
        if (isOfTheHost) {
            feedHost();
        }
    }
}

void MeshTunnel::setNetworks(std::vector<net::IpPrefix> networks) {
    if (host_.setNetworks(std::move(networks))) {
        // Which of their prefixes lie outside.
        host_.setPeers(peers_.peers());
        feedHost();
    }
}

void MeshTunnel::setOffered(std::vector<net::IpPrefix> networks) {
    if (host_.setOffered(std::move(networks))) {
        feedHost();
    }
}

void MeshTunnel::setTransit(bool isTransit) {
    if (host_.setTransit(isTransit)) {
        feedHost();
    }
}

void MeshTunnel::setFilter(std::shared_ptr<const net::PacketFilter> filter) {
    filter_ = std::move(filter);
    if (facts_) {
        tunnel_->setFilter(filter_);
    }
}

void MeshTunnel::setResolver(
    std::optional<platform::LinkNames> names,
    std::function<void(const platform::ResolverState&)> told) {
    if (facts_ && tunnel_) {
        tunnel_->setResolver(std::move(names), std::move(told));
    }
}

void MeshTunnel::retryNow() {
    if (!tunnel_ && !addresses_.empty()) {
        open();
    }
}

void MeshTunnel::seekPeers() {
    if (facts_) {
        tunnel_->seekPeers();
    }
}

void MeshTunnel::open() {
    retry_.cancel();
    if (const Status made = base::makeFolders(parts_.folder); !made.ok()) {
        missing(made);
        return;
    }
    const auto& options = parts_.options;
    TunnelSettings settings;
    settings.interfaceName = options.interfaceName;
    settings.mtu = options.mtu;
    settings.listenPort = options.listenPort;
    settings.portIsExplicit = parts_.portIsExplicit;
    settings.privateKey = parts_.privateKey.clone();
    settings.addresses = addresses_;
    settings.stateFolder = parts_.folder;
    tunnel_ = parts_.factory.make(
        std::move(settings), parts_.loop, [this](const Status& status) { onLost(status); });
    tunnel_->open([this](const StatusOr<TunnelFacts>& facts) { onOpened(facts); });
    parts_.changed();
}

void MeshTunnel::onOpened(const StatusOr<TunnelFacts>& facts) {
    if (!facts.ok()) {
        missing(facts.status());
        return;
    }
    facts_ = *facts;
    failure_ = okStatus();
    log().info(
        "tunnel open profile={} interface={} port={} mtu={}",
        parts_.profileId,
        facts_->interfaceName,
        facts_->listenPort,
        facts_->mtu);
    // Before there are peers.
    tunnel_->setFilter(filter_);
    feed();
    tunnel_->watchHost([this](const std::vector<platform::HostProblem>& problems) {
        host_.noteProblems(problems);
        parts_.changed();
    });
    feedHost();
    parts_.opened(*facts_);
    parts_.changed();
}

void MeshTunnel::onLost(const Status& status) {
    missing(annotate(status, "the interface has gone"));
}

void MeshTunnel::missing(const Status& status) {
    if (status != failure_) {
        log().error("tunnel not there profile={} reason={}", parts_.profileId, messageOf(status));
    }
    failure_ = status;
    if (std::exchange(facts_, std::nullopt)) {
        parts_.gone();
    }
    host_.forget();
    given_.reset();
    figures_.clear();
    freshBefore_ = 0;
    reading_ = false;
    poll_.cancel();
    cancelWaiting();
    // This may be one of its own callbacks.
    if (auto* tunnel = tunnel_.get()) {
        going_->emplace(tunnel, std::move(tunnel_));
        tunnel->close([going = std::weak_ptr(going_), tunnel] {
            if (const auto all = going.lock()) {
                all->erase(tunnel);
            }
        });
    }
    if (mayPass(status)) {
        retry_ = parts_.loop.after(kRetryInterval, [this] { open(); });
    }
    parts_.changed();
}

void MeshTunnel::feed() {
    expectedSince_ = parts_.loop.clock().now();
    // Before the first packet that comes by them. When the device does not take them, those before
    // count as well until it takes others.
    ++pathsNumber_;
    tellPaths();
    tunnel_->setPeers(peers_.peers(), [this, number = pathsNumber_](const Status& status) {
        if (status.ok()) {
            parts_.pathsSettled(number);
        } else {
            log().error("tunnel peers not taken reason={}", messageOf(status));
        }
    });
    arm();
}

void MeshTunnel::feedHost() {
    if (!facts_) {
        return;
    }
    auto wishes = host_.wishes();
    if (wishes == given_) {
        return;
    }
    given_ = wishes;
    tunnel_->setHost(
        wishes, [this, wishes](const StatusOr<std::vector<platform::HostProblem>>& answer) {
            if (answer.ok()) {
                host_.note(wishes, *answer);
                parts_.changed();
            }
        });
}

bool MeshTunnel::watch(bool wanted) {
    if (std::exchange(watched_, wanted) != wanted && wanted) {
        read();
    }
    return watched_ && reading_;
}

void MeshTunnel::refresh() {
    read();
}

void MeshTunnel::read() {
    if (!facts_ || std::exchange(reading_, true)) {
        return;
    }
    tunnel_->statistics([this](const StatusOr<TunnelStatistics>& now) { onFigures(now); });
}

void MeshTunnel::onFigures(const StatusOr<TunnelStatistics>& now) {
    reading_ = false;
    if (now.ok()) {
        figures_.clear();
        figures_.reserve(now->peers.size());
        for (const auto& peer : now->peers) {
            figures_.emplace(peer.key, peer);
        }
    }
    if (watched_) {
        parts_.figures();
    }
    if (std::exchange(freshBefore_, freshPeers()) != freshBefore_) {
        parts_.changed();
    }
    arm();
}

void MeshTunnel::arm() {
    if (!facts_) {
        return;
    }
    const auto known = peers_.peers().size();
    const bool settling =
        freshBefore_ < known && parts_.loop.clock().now() - expectedSince_ <= api::kFreshFor;
    if (watched_) {
        poll_ = parts_.loop.after(
            known > kManyPeers ? kLongWatchInterval : kWatchInterval, [this] { read(); });
    } else if (settling) {
        poll_ = parts_.loop.after(kSettleInterval, [this] { read(); });
    } else {
        poll_.cancel();
    }
}

std::size_t MeshTunnel::freshPeers() const {
    const auto now = parts_.loop.clock().wallNow();
    return static_cast<std::size_t>(std::ranges::count_if(figures_, [now](const auto& item) {
        return livenessOf(item.second, now) == api::Freshness::Fresh;
    }));
}

const TunnelPeerStatistics* MeshTunnel::statisticsOf(const mesh::NodeId& id) const {
    const auto* key = peers_.keyOf(id);
    const auto found = key == nullptr ? figures_.end() : figures_.find(*key);
    return found == figures_.end() ? nullptr : &found->second;
}

const TunnelPeer* MeshTunnel::peerFor(const net::IpAddress& address) const {
    // As the engine does: the longest prefix has it.
    const TunnelPeer* best = nullptr;
    int length = -1;
    for (const auto& peer : peers_.peers()) {
        for (const auto& prefix : peer.allowedIps) {
            if (prefix.length() > length && prefix.contains(address)) {
                best = &peer;
                length = prefix.length();
            }
        }
    }
    return best;
}

StatusOr<std::unique_ptr<platform::EchoSocket>> MeshTunnel::openEcho(
    asio::io_context& context,
    const net::IpAddress& target,
    std::function<void(const platform::EchoAnswer&)> answered) {
    if (!facts_) {
        return failedPrecondition("there is no tunnel interface");
    }
    return tunnel_->openEcho(context, target, std::move(answered));
}

void MeshTunnel::statistics(Callback<TunnelStatistics> done) {
    if (!facts_) {
        done(failedPrecondition("there is no tunnel interface"));
        return;
    }
    const auto number = nextWaiting_++;
    waiting_.emplace(number, std::move(done));
    tunnel_->statistics(
        [this, number](const StatusOr<TunnelStatistics>& now) { answerWaiting(number, now); });
}

void MeshTunnel::answerWaiting(std::uint64_t number, const StatusOr<TunnelStatistics>& with) {
    if (auto waiting = waiting_.extract(number)) {
        waiting.mapped()(with);
    }
}

void MeshTunnel::cancelWaiting() {
    for (const auto& [number, done] : std::exchange(waiting_, {})) {
        done(cancelled("the tunnel interface has gone"));
    }
}

void MeshTunnel::describe(local::Connection& state) const {
    if (facts_) {
        describeOpen(state);
    } else if (!failure_.ok()) {
        describeMissing(state);
    } else {
        addCheck(
            state,
            "tunnel",
            local::CheckItem::STATE_PENDING,
            addresses_.empty() ? "Waits for an address" : "Being opened");
    }
}

void MeshTunnel::describeOpen(local::Connection& state) const {
    auto* tunnel = state.mutable_tunnel();
    tunnel->set_interface_name(facts_->interfaceName);
    tunnel->set_listen_port(facts_->listenPort);
    tunnel->set_mtu(facts_->mtu);
    addCheck(
        state,
        "tunnel",
        local::CheckItem::STATE_OK,
        fmt::format("{} is up, UDP port {}", facts_->interfaceName, facts_->listenPort));
    if (withoutIpv6_) {
        addProblem(
            state,
            local::Problem::SEVERITY_WARN,
            "IPv6 is switched off on this host: the mesh is reached by IPv4 alone.",
            "Set net.ipv6.conf.default.disable_ipv6 to 0 and connect again, or leave IPv6 out with "
            "mesh.disable-ipv6.");
    }
    host_.describe(state, facts_->interfaceName);
    describePeers(state);
    describeConsents(state);
}

const mesh::NodeId* MeshTunnel::defaultOf(const net::IpPrefix& network) const {
    const auto found = defaults_.find(network);
    return found == defaults_.end() ? nullptr : &found->second;
}

void MeshTunnel::describeConsents(local::Connection& state) const {
    std::map<std::string, std::string> byNode;
    std::map<std::string, net::IpPrefix> first;
    for (const auto& offer : consents_.unanswered()) {
        auto& networks = byNode[offer.node.value()];
        networks += (networks.empty() ? "" : " and ") + offer.network.toString();
        first.try_emplace(offer.node.value(), offer.network);
    }
    std::size_t told = 0;
    for (const auto& [node, networks] : byNode) {
        if (++told > kMostAsked) {
            break;
        }
        const auto shown = base::escapeForLine(node);
        addProblem(
            state,
            local::Problem::SEVERITY_INFO,
            fmt::format(
                "{} offers the way to the Internet ({}), which is not used: nobody here has agreed to "
                "it.",
                shown,
                networks),
            fmt::format(
                "weftctl routes accept {0} --from {1} sends everything there, and weftctl routes "
                "refuse {0} --from {1} is not asked again.",
                first.at(node).toString(),
                shown));
    }
}

void MeshTunnel::describePeers(local::Connection& state) const {
    const auto known = peers_.peers().size();
    const auto fresh = std::min(freshPeers(), known);
    if (known == 0) {
        addCheck(state, "handshake", local::CheckItem::STATE_OFF, "Nobody to talk to yet");
        return;
    }
    if (fresh > 0) {
        addCheck(
            state,
            "handshake",
            local::CheckItem::STATE_OK,
            fmt::format("{} of {} peers answer", fresh, known));
        return;
    }
    const bool settling = parts_.loop.clock().now() - expectedSince_ <= api::kFreshFor;
    addCheck(
        state,
        "handshake",
        settling ? local::CheckItem::STATE_PENDING : local::CheckItem::STATE_WARN,
        "No peer answers yet");
    if (settling) {
        return;
    }
    addProblem(
        state,
        local::Problem::SEVERITY_WARN,
        "No peer has answered for three minutes: packets do not flow.",
        fmt::format(
            "Check that the other nodes run, and that UDP port {} is let through to one side.",
            facts_->listenPort));
    if (state.state() == local::Connection::STATE_CONNECTED) {
        state.set_state(local::Connection::STATE_DEGRADED);
    }
}

void MeshTunnel::describeMissing(local::Connection& state) const {
    const bool forbidden = failure_.code() == StatusCode::kPermissionDenied;
    addCheck(
        state,
        "tunnel",
        local::CheckItem::STATE_FAILED,
        forbidden ? "This program may not make a tunnel interface" : messageOf(failure_));
    addProblem(
        state,
        local::Problem::SEVERITY_ERROR,
        forbidden ? "Packets do not flow: this program may not make a tunnel interface."
                  : fmt::format("Packets do not flow: {}.", messageOf(failure_)),
        remedyFor(failure_));
    if (state.state() == local::Connection::STATE_CONNECTED) {
        state.set_state(local::Connection::STATE_DEGRADED);
    }
}

}  // namespace weft::daemon
