// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/clock.h"
#include "core/base/loop.h"
#include "core/base/subscription.h"
#include "core/crypto/node_key.h"
#include "core/crypto/secret_bytes.h"
#include "core/net/endpoint.h"
#include "core/net/ip_prefix.h"
#include "core/net/packet_filter.h"
#include "core/platform/echo.h"
#include "core/platform/host/host_network.h"
#include "core/platform/host_addresses.h"
#include "core/platform/resolver/host_resolver.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weft::daemon {

/// What it takes to bring an interface up.
struct TunnelSettings {
    /// A name that ends in '+' means the first free one with a number in its place ("weft+" is
    /// weft0, weft1, ...); any other name is meant exactly.
    std::string interfaceName = "weft+";
    std::uint16_t mtu = 1420;
    std::uint16_t listenPort = 51820;
    /// Otherwise a taken port steps to the next free one.
    bool portIsExplicit = false;
    /// 32 bytes, Curve25519.
    crypto::SecretBytes privateKey;
    /// With their prefix lengths as they were assigned: IPv4 /32, IPv6 /112.
    std::vector<net::IpPrefix> addresses;
    /// Exists, is private to this program and belongs to this node's key: for what must survive a
    /// restart, such as the upper bound of the handshake stamps that were sent.
    std::filesystem::path stateFolder;
};

/// One peer as the tunnel has it.
struct TunnelPeer {
    crypto::WireGuardPublicKey key;
    /// Where it was said to be. nullopt: it calls first.
    std::optional<net::Endpoint> endpoint;
    /// Where else it may be; all of them are called when nobody answers at the endpoint.
    std::vector<net::Endpoint> candidates;
    std::vector<net::IpPrefix> allowedIps;
    /// 0: off.
    std::chrono::seconds keepalive{0};

    friend bool operator==(const TunnelPeer&, const TunnelPeer&) = default;
};

/// What an interface turned out to be when it was opened.
struct TunnelFacts {
    std::string interfaceName;
    /// The real one.
    std::uint16_t listenPort = 0;
    std::uint16_t mtu = 0;

    friend bool operator==(const TunnelFacts&, const TunnelFacts&) = default;
};

/// Packets that went no further, for one reason. `reason` is of a fixed list, lower case with
/// underscores ("bad_mac1"), and lives as long as the program.
struct TunnelDrops {
    std::string_view reason;
    std::uint64_t packets = 0;

    friend bool operator==(const TunnelDrops&, const TunnelDrops&) = default;
};

/// Counted since the peer was configured.
struct TunnelPeerStatistics {
    crypto::WireGuardPublicKey key;
    /// Where its packets go at the moment; nullopt while that is unknown.
    std::optional<net::Endpoint> endpoint;
    std::chrono::seconds keepalive{0};
    std::vector<net::IpPrefix> allowedIps;
    /// Everywhere it is called while nobody answers.
    std::vector<net::Endpoint> candidates;
    /// nullopt: there was none.
    std::optional<WallTime> lastHandshake;
    /// When anything authentic came; nullopt: nothing did.
    std::optional<WallTime> lastHeard;
    std::int64_t protocolVersion = 1;
    /// WireGuard messages without UDP and IP headers.
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t handshakes = 0;
    std::uint64_t rekeys = 0;
    /// Only reasons that were met.
    std::vector<TunnelDrops> drops;
    /// Name of the way that packets take: "udp". Empty while there is none.
    std::string path;
};

/// One interface at one moment.
struct TunnelStatistics {
    TunnelFacts facts;
    /// For v1.InterfaceMetrics, in the word of reference nodes for what is not the kernel's.
    std::string type = "userspace";
    crypto::WireGuardPublicKey publicKey;
    std::vector<net::IpPrefix> addresses;
    /// Sums over all peers since the interface came up, also over those that have gone.
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t handshakes = 0;
    std::uint64_t handshakesStarted = 0;
    std::uint64_t cookiesSent = 0;
    /// Also what no peer can be blamed for. Only reasons that were met.
    std::vector<TunnelDrops> drops;
    std::vector<TunnelPeerStatistics> peers;
};

/// The interface of one connection: device, addresses, sockets and sessions, and what the host does
/// for it: routes, forwarding, filters.
///
/// Thread: confined to the loop that it was made for; callbacks run there. What may block happens
/// elsewhere. Calls before the interface is open, and after it was lost, answer
/// kFailedPrecondition.
class Tunnel {
public:
    Tunnel() = default;
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;
    /// Takes the interface away: it is gone when this returns. No callback runs after that but that
    /// of `close`; whoever still waits is not answered. Not from one of its own callbacks.
    virtual ~Tunnel() = default;

    /// Makes device and sockets, sets the addresses, brings the interface up. Once.
    /// Errors: kPermissionDenied    no CAP_NET_ADMIN; the text names both ways out
    ///         kFailedPrecondition  the name or the explicit port is taken
    ///         kNotFound            there is no /dev/net/tun
    ///         kInvalidArgument     the settings
    ///         kUnavailable         anything else the system reports
    virtual void open(Callback<TunnelFacts> done) = 0;

    /// Another set of addresses; those that stay are not touched.
    virtual void setAddresses(std::vector<net::IpPrefix> addresses, StatusCallback done) = 0;

    /// Exactly these peers from now on. A peer that was there keeps its sessions and counters, and
    /// the endpoint where it was found: it is called at once everywhere when other places are given
    /// than before, and the first answer decides.
    /// Calls take effect in order; the newest wins.
    virtual void setPeers(std::vector<TunnelPeer> peers, StatusCallback done) = 0;

    /// Calls these peers, as far as they are there: who is reached answers at once. Sessions live
    /// on.
    virtual void call(std::vector<crypto::WireGuardPublicKey> peers) = 0;

    /// What peers may send to and over this node; nullptr: everything. In effect once `done` says
    /// so, in order with setPeers.
    virtual void setFilter(
        std::shared_ptr<const net::PacketFilter> filter, StatusCallback done) = 0;

    /// The way to the peers may be another: each is called at once, wherever it may be. Sessions
    /// live on.
    virtual void seekPeers() = 0;

    /// What the host shall do for this interface from now on; its name is filled in. Answers with
    /// what could not be done; the rest was. All of it is undone when the interface goes. Of
    /// several that wait the newest is done, and all are answered with what came of it.
    virtual void setHost(
        platform::TunnelWishes wishes, Callback<std::vector<platform::HostProblem>> done) = 0;
    /// From the next `setHost` on, `changed` runs each time what the host does not do has become
    /// another. At most one.
    virtual void watchHost(
        std::function<void(const std::vector<platform::HostProblem>&)> changed) = 0;

    /// From now on the host asks for these names over this interface, which is filled in; nullopt:
    /// it does not. `told` runs soon, and each time how that went has become another. At most one.
    /// Undone when the interface goes.
    virtual void setResolver(
        std::optional<platform::LinkNames> names,
        std::function<void(const platform::ResolverState&)> told) = 0;

    /// Takes the interface away without waiting; `done` once it has gone, also when this has gone
    /// before. The last call.
    virtual void close(std::function<void()> done) = 0;

    /// Echo requests through this interface: see platform::openEcho.
    virtual StatusOr<std::unique_ptr<platform::EchoSocket>> openEcho(
        asio::io_context& context,
        const net::IpAddress& target,
        std::function<void(const platform::EchoAnswer&)> answered) = 0;

    /// How things are now. Cheap enough for once a second with thousands of peers.
    virtual void statistics(Callback<TunnelStatistics> done) = 0;
};

/// Nothing leaves this host beside its tunnels (platform::Lockdown) for as long as one of these
/// lives, whether or not there is an interface. Thread: confined to the loop that it was made for.
class HostLock {
public:
    HostLock() = default;
    HostLock(const HostLock&) = delete;
    HostLock& operator=(const HostLock&) = delete;
    /// What it held is let go when this returns.
    virtual ~HostLock() = default;

    /// Where this program may go besides, to reach the mesh, and what of the mesh is not to be
    /// looked for elsewhere. Nothing is locked before this.
    virtual void keep(platform::LockWishes wishes) = 0;
};

/// What of this host's network has changed.
struct NetworkChange {
    /// Outward ones, as they are now.
    std::vector<platform::HostAddress> addresses;
    /// The machine has slept: nothing is as it was, though the addresses may be.
    bool hasSlept = false;
};

/// Makes tunnels. Outlives them. Tests have another one; a program without one runs meshes without
/// tunnels.
class TunnelFactory {
public:
    TunnelFactory() = default;
    TunnelFactory(const TunnelFactory&) = delete;
    TunnelFactory& operator=(const TunnelFactory&) = delete;
    virtual ~TunnelFactory() = default;

    /// Once, before the first tunnel: `stateFolder` exists and belongs to this program alone.
    /// Undoes what an earlier one left at the host; does not wait for it. What that one locked
    /// stays so for these owners, each until its first HostLock is in force or has gone.
    virtual void prepare(
        const std::filesystem::path& stateFolder, const std::set<std::string>& locked) = 0;

    /// Nothing is opened yet. `lost` runs at most once, on `loop`, when an interface that was open
    /// has gone without being asked to (deleted from outside, a socket that is beyond repair).
    /// `loop` outlives the tunnel. Thread: any.
    virtual std::unique_ptr<Tunnel> make(
        TunnelSettings settings, base::Loop& loop, std::function<void(const Status&)> lost) = 0;

    /// `told` runs on `loop` with what stands in the way of locking the host, after each `keep` and
    /// whenever that becomes another; nothing: it is locked. Those of one `owner` are each for
    /// themselves: the last one may go after the next was made.
    virtual std::unique_ptr<HostLock> lock(
        std::string owner,
        base::Loop& loop,
        std::function<void(const std::vector<platform::HostProblem>&)> told) = 0;

    /// Whether interfaces can have addresses of IPv6 on this host. Thread: any.
    virtual bool hasIpv6() const { return true; }

    /// The host's outward addresses (core/daemon/own_endpoints.h); none when the system does not
    /// tell. Asks it and waits, for microseconds. Thread: any.
    virtual std::vector<platform::HostAddress> addresses() = 0;
    /// `changed` runs on `loop` a moment after outward addresses or ways out have changed, and at
    /// once when the machine has slept. Thread: any; the handle is dropped on `loop`.
    [[nodiscard]] virtual Subscription watchNetwork(
        base::Loop& loop, std::function<void(const NetworkChange&)> changed) = 0;
};

}  // namespace weft::daemon
