// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/simulated_tunnel.h"

#include "core/daemon/sandbox/simulated_echo.h"

#include <utility>

namespace weft::daemon::sandbox {

SimulatedTunnel::SimulatedTunnel(
    TunnelSettings settings, base::Loop& loop, std::shared_ptr<World> world)
    : loop_(loop)
    , world_(std::move(world))
    , facts_{kInterfaceName, settings.listenPort, settings.mtu}
    , addresses_(std::move(settings.addresses)) {}

void SimulatedTunnel::later(std::function<void()> task) {
    loop_.post([alive = std::weak_ptr<bool>(alive_), task = std::move(task)] {
        if (!alive.expired()) {
            task();
        }
    });
}

void SimulatedTunnel::open(Callback<TunnelFacts> done) {
    later([done = std::move(done), facts = facts_] { done(facts); });
}

void SimulatedTunnel::setAddresses(std::vector<net::IpPrefix> addresses, StatusCallback done) {
    addresses_ = std::move(addresses);
    later([done = std::move(done)] { done(okStatus()); });
}

void SimulatedTunnel::setPeers(std::vector<TunnelPeer> peers, StatusCallback done) {
    std::map<crypto::WireGuardPublicKey, Peer> wanted;
    for (auto& settings : peers) {
        const auto known = peers_.find(settings.key);
        auto peer = known == peers_.end()
                        ? peerOf(std::move(settings))
                        : Peer{std::move(settings), known->second.node, known->second.since};
        const auto key = peer.settings.key;
        wanted.insert_or_assign(key, std::move(peer));
    }
    for (const auto& [key, peer] : peers_) {
        if (!wanted.contains(key)) {
            add(momentOf(peer), gone_);
        }
    }
    peers_ = std::move(wanted);
    later([done = std::move(done)] { done(okStatus()); });
}

SimulatedTunnel::Peer SimulatedTunnel::peerOf(TunnelPeer settings) {
    const auto* node = world_->find(settings.key);
    // Those that the mesh begins with have been there since the simulation began.
    const bool isFirst = node != nullptr && met_.insert(node).second;
    return {std::move(settings), node, isFirst ? Duration::zero() : now()};
}

void SimulatedTunnel::call(std::vector<crypto::WireGuardPublicKey> /*peers*/) {
    // Who is there has not fallen silent.
}

void SimulatedTunnel::setFilter(
    std::shared_ptr<const net::PacketFilter> /*filter*/, StatusCallback done) {
    // There are no packets.
    later([done = std::move(done)] { done(okStatus()); });
}

void SimulatedTunnel::seekPeers() {
    // They are where they were.
}

void SimulatedTunnel::setHost(
    platform::TunnelWishes /*wishes*/, Callback<std::vector<platform::HostProblem>> done) {
    later([done = std::move(done)] { done(std::vector<platform::HostProblem>()); });
}

void SimulatedTunnel::watchHost(
    std::function<void(const std::vector<platform::HostProblem>&)> /*changed*/) {
    // Nothing is asked of the host.
}

void SimulatedTunnel::setResolver(
    std::optional<platform::LinkNames> names,
    std::function<void(const platform::ResolverState&)> told) {
    if (names) {
        later([told = std::move(told)] {
            told(
                {.way = platform::ResolverWay::None,
                 .status = failedPrecondition("a sandbox leaves the host's resolver alone")});
        });
    }
}

void SimulatedTunnel::close(std::function<void()> done) {
    loop_.post(std::move(done));
}

StatusOr<std::unique_ptr<platform::EchoSocket>> SimulatedTunnel::openEcho(
    asio::io_context& /*context*/,
    const net::IpAddress& target,
    std::function<void(const platform::EchoAnswer&)> answered) {
    return std::make_unique<SimulatedEcho>(loop_, world_, target, std::move(answered));
}

TunnelMoment SimulatedTunnel::momentOf(const Peer& peer) const {
    return peer.node == nullptr ? TunnelMoment()
                                : tunnelAt(world_->plan().self(), *peer.node, peer.since, now());
}

void SimulatedTunnel::add(const TunnelMoment& moment, TunnelStatistics& sums) {
    sums.receivedBytes += moment.received;
    sums.sentBytes += moment.sent;
    sums.handshakes += moment.handshakes;
    sums.handshakesStarted += moment.handshakes;
}

TunnelPeerStatistics SimulatedTunnel::statisticsOf(
    const Peer& peer, const TunnelMoment& moment) const {
    const auto wallOf = [this](Duration time) {
        return loop_.clock().wallNow()
               - std::chrono::duration_cast<WallTime::duration>(now() - time);
    };
    TunnelPeerStatistics figures;
    figures.key = peer.settings.key;
    figures.endpoint = peer.settings.endpoint;
    figures.keepalive = peer.settings.keepalive;
    figures.allowedIps = peer.settings.allowedIps;
    figures.candidates = peer.settings.candidates;
    figures.receivedBytes = moment.received;
    figures.sentBytes = moment.sent;
    figures.handshakes = moment.handshakes;
    figures.rekeys = moment.rekeys;
    if (moment.lastHandshake) {
        figures.endpoint = placeOf(*peer.node, world_->plan().self());
        figures.lastHandshake = wallOf(*moment.lastHandshake);
        figures.lastHeard = wallOf(*moment.lastHeard);
        figures.path = "udp";
    }
    return figures;
}

void SimulatedTunnel::statistics(Callback<TunnelStatistics> done) {
    auto all = gone_;
    all.facts = facts_;
    all.type = "simulated";
    all.publicKey = world_->plan().self().wireguardKey;
    all.addresses = addresses_;
    for (const auto& [key, peer] : peers_) {
        const auto moment = momentOf(peer);
        add(moment, all);
        all.peers.push_back(statisticsOf(peer, moment));
    }
    later([done = std::move(done), all = std::move(all)] { done(all); });
}

}  // namespace weft::daemon::sandbox
