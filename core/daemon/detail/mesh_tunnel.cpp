// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/mesh_tunnel.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/daemon/detail/state_lines.h"
#include "core/daemon/detail/unanswered_routes.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// After the interface was lost or could not be had for a reason that may pass.
constexpr std::chrono::seconds kRetryInterval{30};

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

MeshTunnel::MeshTunnel(Parts parts)
    : parts_(std::move(parts))
    , withoutIpv6_(parts_.ipv4 && parts_.ipv6 && !parts_.factory.hasIpv6())
    , peers_(
          {.ipv4 = parts_.ipv4,
           .ipv6 = parts_.ipv6 && !withoutIpv6_,
           .keepalive = parts_.options.effectiveKeepalive()})
    , figures_(
          {.loop = parts_.loop,
           .peers = peers_,
           .changed = [this] { parts_.changed(); },
           .read = [this] { parts_.figures(); }})
    , host_(parts_.ipv4, parts_.ipv6 && !withoutIpv6_) {}

MeshTunnel::~MeshTunnel() {
    retry_.cancel();
    if (facts_) {
        parts_.gone();
    }
    tunnel_.reset();
    going_.reset();
    figures_.end();
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

bool MeshTunnel::setPeers(const mesh::PeerSet& peers) {
    return takePeers(peers);
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

bool MeshTunnel::takePeers(const mesh::PeerSet& peers) {
    auto defaults = consents_.defaults(peers);
    const bool isOther = peers_.set(peers, defaults);
    defaults_ = std::move(defaults);
    if (!isOther) {
        return false;
    }
    const bool isOfTheHost = host_.setPeers(peers_.peers());
    if (facts_) {
        feed();
        if (isOfTheHost) {
            feedHost();
        }
    }
    return true;
}

void MeshTunnel::setProbes(std::vector<mesh::WireGuardPeer> probes) {
    if (peers_.setProbes(std::move(probes)) && facts_) {
        feedPeers();
    }
}

void MeshTunnel::call(const std::vector<mesh::NodeId>& nodes) {
    std::vector<crypto::WireGuardPublicKey> keys;
    for (const auto& node : nodes) {
        if (const auto* key = peers_.keyOf(node)) {
            keys.push_back(*key);
        }
    }
    if (facts_ && !keys.empty()) {
        tunnel_->call(std::move(keys));
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
        feedFilter();
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
    figures_.begin(*tunnel_);
    // Before there are peers.
    feedFilter();
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
    figures_.end();
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
    feedPeers();
    figures_.expectAnswers();
}

void MeshTunnel::feedPeers() {
    // Before the first packet that comes by them. When the device does not take them, those before
    // count as well until it takes others.
    ++pathsNumber_;
    tellPaths();
    tunnel_->setPeers(peers_.forDevice(), [this, number = pathsNumber_](const Status& status) {
        if (!status.ok()) {
            log().error("tunnel peers not taken reason={}", messageOf(status));
            return;
        }
        peersTaken_ = number;
        parts_.pathsSettled(number);
        if (isSettled()) {
            parts_.settled();
        }
    });
}

void MeshTunnel::feedFilter() {
    ++filterNumber_;
    tunnel_->setFilter(filter_, [this, number = filterNumber_](const Status& status) {
        if (!status.ok()) {
            log().error("packet filter not taken reason={}", messageOf(status));
            return;
        }
        filterTaken_ = number;
        if (isSettled()) {
            parts_.settled();
        }
    });
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

const TunnelPeerStatistics* MeshTunnel::statisticsOf(const mesh::NodeId& id) const {
    const auto* key = peers_.keyOf(id);
    return key == nullptr ? nullptr : figures_.of(*key);
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
    figures_.describe(state, facts_->listenPort);
    addUnanswered(consents_, state);
}

const mesh::NodeId* MeshTunnel::defaultOf(const net::IpPrefix& network) const {
    const auto found = defaults_.find(network);
    return found == defaults_.end() ? nullptr : &found->second;
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
    degrade(state);
}

}  // namespace weft::daemon
