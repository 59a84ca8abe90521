// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/options.h"
#include "core/daemon/detail/route_consents.h"
#include "core/daemon/detail/tunnel_figures.h"
#include "core/daemon/detail/tunnel_host.h"
#include "core/daemon/detail/tunnel_peers.h"
#include "core/daemon/tunnel.h"

#include "weft/local/v1/local.pb.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {

/// The tunnel of one connection: opened once the addresses are known, fed with the peers, looked at
/// while somebody looks, and remembered as missing, with the reason, when it cannot be had. The
/// control plane does without it. Thread: confined to the connection's loop.
class MeshTunnel {
public:
    struct Parts {
        TunnelFactory& factory;
        base::Loop& loop;
        std::string profileId;
        const config::WireGuardOptions& options;
        bool portIsExplicit = false;
        bool ipv4 = true;
        bool ipv6 = true;
        crypto::SecretBytes privateKey;
        /// Made when it is missing.
        std::filesystem::path folder;
        /// What describe() says may have changed.
        std::function<void()> changed;
        /// Each time the interface has come up.
        std::function<void(const TunnelFacts&)> opened;
        /// The interface has gone, or goes now: its number may become another's.
        std::function<void()> gone;
        /// The device gets other peers next: from which of them packets of which addresses will
        /// come. `number` grows.
        std::function<void(std::uint64_t number, std::shared_ptr<const services::TunnelPaths>)>
            pathsExpected;
        /// It has taken them.
        std::function<void(std::uint64_t number)> pathsSettled;
        /// There are new figures of the peers, and somebody looks at them.
        std::function<void()> figures;
        /// All that was set is in effect: see isSettled().
        std::function<void()> settled = [] {};
    };

    explicit MeshTunnel(Parts parts);
    /// Takes the interface away.
    ~MeshTunnel();
    MeshTunnel(const MeshTunnel&) = delete;
    MeshTunnel& operator=(const MeshTunnel&) = delete;

    /// Opens the interface when they are given for the first time; families that are not in use
    /// are left out.
    void setAddresses(
        const std::optional<net::IpPrefix>& ipv4, const std::optional<net::IpPrefix>& ipv6);
    /// False when nothing differs.
    bool setPeers(const mesh::PeerSet& peers);
    /// Those that are called for a direct way; no packets go to who is no peer besides.
    void setProbes(std::vector<mesh::WireGuardPeer> probes);
    /// Calls these, who are to answer at once; sessions live on.
    void call(const std::vector<mesh::NodeId>& nodes);
    /// Whose key it is; nullptr: of nobody that the tunnel has.
    const mesh::NodeId* nodeOf(const crypto::WireGuardPublicKey& key) const {
        return peers_.nodeOf(key);
    }
    /// The mesh's own ranges, which are routed into the interface.
    void setNetworks(std::vector<net::IpPrefix> networks);
    /// What the mesh reaches behind this host.
    void setOffered(std::vector<net::IpPrefix> networks);
    /// Whether ways of others lead over this node.
    void setTransit(bool isTransit);
    /// What was said to the routes that others offer.
    void setConsents(const RouteConsents& consents);
    /// Where this program goes to reach the mesh.
    void setKept(std::vector<net::IpAddress> addresses);
    /// The peers that were set last, as the mesh told them.
    const mesh::PeerSet& given() const { return peers_.given(); }
    /// Whether the device has taken peers and filter as they were set last.
    bool isSettled() const {
        return facts_ && peersTaken_ == pathsNumber_ && filterTaken_ == filterNumber_;
    }
    /// What peers may send; nullptr: everything.
    void setFilter(std::shared_ptr<const net::PacketFilter> filter);
    /// As Tunnel::setResolver, while the interface is there.
    void setResolver(
        std::optional<platform::LinkNames> names,
        std::function<void(const platform::ResolverState&)> told);
    /// Tries again at once when the interface is not there.
    void retryNow();
    /// The way to the peers may be another: all are called at once.
    void seekPeers();
    /// Tells `pathsExpected` once more, for who was not there before.
    void tellPaths() const { parts_.pathsExpected(pathsNumber_, peers_.paths()); }
    /// Whether somebody looks at the peers' figures. True: `figures` follows at once.
    bool watch(bool wanted) { return figures_.watch(wanted); }
    /// Reads the figures once.
    void refresh() { figures_.read(); }

    /// The line of the checklist, the interface, and what is wrong. A connected state becomes
    /// degraded when the interface is missing, or when no peer answers.
    void describe(weft::local::v1::Connection& state) const;
    /// What the host does for it.
    const TunnelHost& host() const { return host_; }
    /// The node to which the tunnel sends what is for this way to everywhere; nullptr: nobody.
    const mesh::NodeId* defaultOf(const net::IpPrefix& network) const;
    /// As last read; nullptr for nodes that are no peers, and while nothing was read.
    const TunnelPeerStatistics* statisticsOf(const mesh::NodeId& id) const;
    /// The peer that packets to `address` go to; nullptr: they go nowhere.
    const TunnelPeer* peerFor(const net::IpAddress& address) const;
    /// What the host does not do, as last told.
    const std::vector<platform::HostProblem>& hostProblems() const { return host_.problems(); }
    bool offersNetworks() const { return !host_.wishes().offered.empty(); }
    /// Echo requests through the interface. Errors as platform::openEcho, and kFailedPrecondition
    /// there is no interface.
    StatusOr<std::unique_ptr<platform::EchoSocket>> openEcho(
        asio::io_context& context,
        const net::IpAddress& target,
        std::function<void(const platform::EchoAnswer&)> answered);
    /// As they are now. Errors: kFailedPrecondition there is no interface, kCancelled it went
    /// meanwhile.
    void statistics(Callback<TunnelStatistics> done) { figures_.ask(std::move(done)); }

private:
    void open();
    void onOpened(const StatusOr<TunnelFacts>& facts);
    void onLost(const Status& status);
    void missing(const Status& status);
    void feed();
    void feedPeers();
    void feedFilter();
    void feedHost();
    bool takePeers(const mesh::PeerSet& peers);
    void describeOpen(weft::local::v1::Connection& state) const;
    void describeMissing(weft::local::v1::Connection& state) const;

    Parts parts_;
    /// The host has none, and IPv4 is left.
    const bool withoutIpv6_;
    TunnelPeers peers_;
    TunnelFigures figures_;
    TunnelHost host_;
    RouteConsents consents_;
    std::map<net::IpPrefix, mesh::NodeId> defaults_;
    /// What the interface was told to have the host do.
    std::optional<platform::TunnelWishes> given_;
    std::shared_ptr<const net::PacketFilter> filter_;
    std::vector<net::IpPrefix> addresses_;
    std::unique_ptr<Tunnel> tunnel_;
    /// Those that go: to destroy one before it has gone is to wait.
    std::shared_ptr<std::map<const Tunnel*, std::unique_ptr<Tunnel>>> going_ =
        std::make_shared<std::map<const Tunnel*, std::unique_ptr<Tunnel>>>();
    std::optional<TunnelFacts> facts_;
    /// Why there is no interface, when that is known.
    Status failure_;
    std::uint64_t pathsNumber_ = 0;
    /// The one that the device took last; the same of filters.
    std::uint64_t peersTaken_ = 0;
    std::uint64_t filterNumber_ = 0;
    std::uint64_t filterTaken_ = 0;
    Subscription retry_;
};

}  // namespace weft::daemon
