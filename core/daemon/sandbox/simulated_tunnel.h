// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/sandbox/tunnel_moment.h"
#include "core/daemon/sandbox/world.h"
#include "core/daemon/tunnel.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace weft::daemon::sandbox {

/// Whatever name was asked for: no interface of the host is meant.
inline constexpr const char* kInterfaceName = "sandbox0";

/// One interface that is none. Its memory is bounded by the peers that it is given and the nodes of
/// the plan.
class SimulatedTunnel final : public Tunnel {
public:
    /// `loop` outlives it.
    SimulatedTunnel(TunnelSettings settings, base::Loop& loop, std::shared_ptr<World> world);

    void open(Callback<TunnelFacts> done) override;
    void setAddresses(std::vector<net::IpPrefix> addresses, StatusCallback done) override;
    void setPeers(std::vector<TunnelPeer> peers, StatusCallback done) override;
    void call(std::vector<crypto::WireGuardPublicKey> peers) override;
    void setFilter(std::shared_ptr<const net::PacketFilter> filter, StatusCallback done) override;
    void seekPeers() override;
    void setHost(
        platform::TunnelWishes wishes, Callback<std::vector<platform::HostProblem>> done) override;
    void watchHost(std::function<void(const std::vector<platform::HostProblem>&)> changed) override;
    void setResolver(
        std::optional<platform::LinkNames> names,
        std::function<void(const platform::ResolverState&)> told) override;
    void close(std::function<void()> done) override;
    StatusOr<std::unique_ptr<platform::EchoSocket>> openEcho(
        asio::io_context& context,
        const net::IpAddress& target,
        std::function<void(const platform::EchoAnswer&)> answered) override;
    void statistics(Callback<TunnelStatistics> done) override;

private:
    struct Peer {
        TunnelPeer settings;
        /// nullptr: a node that is not of the plan, which never answers.
        const SimulatedNode* node = nullptr;
        Duration since{};
    };

    void later(std::function<void()> task);
    Duration now() const { return world_->timeAt(loop_.clock().now()); }
    Peer peerOf(TunnelPeer settings);
    TunnelMoment momentOf(const Peer& peer) const;
    TunnelPeerStatistics statisticsOf(const Peer& peer, const TunnelMoment& moment) const;
    static void add(const TunnelMoment& moment, TunnelStatistics& sums);

    base::Loop& loop_;
    const std::shared_ptr<World> world_;
    TunnelFacts facts_;
    std::vector<net::IpPrefix> addresses_;
    std::map<crypto::WireGuardPublicKey, Peer> peers_;
    /// Whom it had before: they begin anew when they come back.
    std::set<const SimulatedNode*> met_;
    /// Of those that have gone.
    TunnelStatistics gone_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::daemon::sandbox
