// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"
#include "core/net/ip_prefix.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::platform {

/// The mark (SO_MARK) of the packets that tunnels send, and of what has to work without a tunnel:
/// they are routed as if there were none. "We".
inline constexpr std::uint32_t kTunnelMark = 0x5765;

enum class RouteTable : std::uint8_t {
    /// The one that everybody uses.
    Main,
    /// One of our own, which only `LookupRule`s lead to.
    Outer,
};

/// Where packets for a network go.
struct HostRoute {
    /// With all host bits zero.
    net::IpPrefix destination;
    std::string interface;
    /// nullopt: whoever has the address is reached on the interface itself.
    std::optional<net::IpAddress> gateway;
    RouteTable table = RouteTable::Main;

    friend bool operator==(const HostRoute&, const HostRoute&) = default;
    friend auto operator<=>(const HostRoute&, const HostRoute&) = default;
};

/// A route as the system lists it.
struct ListedRoute {
    HostRoute route;
    /// It was added by `HostSystem::addRoute`, of this process or of another.
    bool isOurs = false;
    /// Of several routes to one network the one with the least counts.
    std::uint32_t metric = 0;
};

/// Which packets of one family are routed by which table. In this order.
struct LookupRule {
    enum class Kind : std::uint8_t {
        /// What goes to `to` is routed by the main table.
        Kept,
        /// All is routed by the main table, but not by its way to everywhere.
        MainFirst,
        /// Then all that does not carry kTunnelMark is routed by the outer table.
        OuterNext,
    };

    net::Family family = net::Family::V4;
    Kind kind = Kind::Kept;
    std::optional<net::IpAddress> to = {};

    friend bool operator==(const LookupRule&, const LookupRule&) = default;
    friend auto operator<=>(const LookupRule&, const LookupRule&) = default;
};

/// A switch of the system, by the system's own name for it ("net/ipv4/conf/weft0/forwarding").
struct HostSetting {
    std::string name;
    std::string value;

    friend bool operator==(const HostSetting&, const HostSetting&) = default;
    friend auto operator<=>(const HostSetting&, const HostSetting&) = default;
};

/// A network that this host forwards to, and where it leaves for it.
struct ForwardedNetwork {
    net::IpPrefix network;
    std::string interface;

    friend bool operator==(const ForwardedNetwork&, const ForwardedNetwork&) = default;
    friend auto operator<=>(const ForwardedNetwork&, const ForwardedNetwork&) = default;
};

/// What may pass between one tunnel interface and the others of this host; all else that comes out
/// of the tunnel goes no further, and nothing passes between two tunnels. Packets of the host
/// itself are no part of it.
struct ForwardingRules {
    std::string tunnel;
    /// Networks behind this host that may be reached through the tunnel, and may answer and call
    /// through it.
    std::vector<ForwardedNetwork> offered;
    /// Packets of these families that came out of the tunnel may go back into it, to another peer.
    std::set<net::Family> betweenPeers;
    /// What goes to the offered networks carries this host's address there.
    bool masquerade = true;
    /// What others behind this host asked may be answered out of the tunnel, and what the host's
    /// own rules send to another address is let through. Costs that all connections are tracked; so
    /// do offered networks.
    bool answers = false;

    friend bool operator==(const ForwardingRules&, const ForwardingRules&) = default;
};

/// Packets that the host forwards only since we had it forwarded.
struct OpenedForwarding {
    net::Family family = net::Family::V4;
    /// Where they come in; empty: anywhere.
    std::string interface;

    friend bool operator==(const OpenedForwarding&, const OpenedForwarding&) = default;
    friend auto operator<=>(const OpenedForwarding&, const OpenedForwarding&) = default;
};

/// Nothing leaves this host but into tunnels, to the networks beside it, and what keeps both going:
/// packets with kTunnelMark, addresses by DHCP, neighbours by NDP.
struct Lockdown {
    /// The interfaces of the tunnels.
    std::vector<std::string> tunnels;
    /// Where this program itself may go besides.
    std::vector<net::IpAddress> kept;
    /// Reached through the tunnels or not at all, though they are private...
    std::vector<net::IpPrefix> tunnelsOnly = {};
    /// ... but for these networks beside this host.
    std::vector<net::IpPrefix> beside = {};

    friend bool operator==(const Lockdown&, const Lockdown&) = default;
};

/// All that we filter and translate on this host.
struct FirewallRules {
    std::vector<ForwardingRules> tunnels;
    /// These may go into the tunnels, and nowhere else.
    std::vector<OpenedForwarding> opened;
    std::optional<Lockdown> lockdown = {};

    bool empty() const { return tunnels.empty() && opened.empty() && !lockdown; }
    friend bool operator==(const FirewallRules&, const FirewallRules&) = default;
};

/// A setting that forwarding takes.
struct ForwardingSwitch {
    HostSetting setting;
    /// What is forwarded because of it. nullopt: it keeps something else from getting worse by the
    /// next that opens, and is left alone where that one was on already.
    std::optional<OpenedForwarding> opens;
    /// The setting that turns this and all its kind on. Once it is on, others count on it. Empty:
    /// there is none.
    std::string wider = {};

    friend bool operator==(const ForwardingSwitch&, const ForwardingSwitch&) = default;
};

/// What can be changed at this host's network, one change at a time. Nothing is remembered here:
/// core/platform/host/host_network.h does that, and undoes it.
///
/// Errors of all: kNotFound          the interface, the route or the setting is not there
///                kPermissionDenied  this process may not do it; the text names the ways out
///                kInvalidArgument   the system finds that the value makes no sense
///                kUnavailable       anything else that the system reports, in its words
/// Thread: one at a time; each call waits for the system, `setFirewall` for a program.
class HostSystem {
public:
    HostSystem() = default;
    HostSystem(const HostSystem&) = delete;
    HostSystem& operator=(const HostSystem&) = delete;
    virtual ~HostSystem() = default;

    /// Which run of which system this is: routes, settings and filters are gone under another.
    virtual std::string runName() = 0;

    /// Errors besides: kAlreadyExists  somebody else routes exactly this network already.
    virtual Status addRoute(const HostRoute& route) = 0;
    /// Takes away only a route that `addRoute` has made.
    virtual Status removeRoute(const HostRoute& route) = 0;
    /// Those of the main table to other hosts, and ours of the outer one, in both families. Of a
    /// route with several ways the first is told.
    virtual StatusOr<std::vector<ListedRoute>> routes() = 0;
    /// No error when the same is there already from an earlier run.
    virtual Status addLookup(const LookupRule& rule) = 0;
    virtual Status removeLookup(const LookupRule& rule) = 0;
    /// Those that `addLookup` has made, of this process or of another.
    virtual StatusOr<std::vector<LookupRule>> lookups() = 0;
    /// What has to be set so that packets which come in at `interfaces` are taken although the way
    /// back to who sent them is another one.
    virtual StatusOr<std::vector<HostSetting>> detourSettings(
        const std::vector<std::string>& interfaces) = 0;
    /// What has to be set, in this order, so that packets which come in at `interfaces` are
    /// forwarded. Nothing is changed by asking.
    virtual StatusOr<std::vector<ForwardingSwitch>> forwardingSwitches(
        net::Family family, const std::vector<std::string>& interfaces) = 0;
    /// What has to be set so that nothing that comes in at `interface` is forwarded; empty: nothing
    /// is.
    /// Errors besides: kFailedPrecondition  only together with what others have forwarded.
    virtual StatusOr<std::vector<HostSetting>> closingSettings(
        net::Family family, const std::string& interface) = 0;
    virtual StatusOr<std::string> setting(const std::string& name) = 0;
    virtual Status set(const HostSetting& setting) = 0;

    /// In place of all rules that were set before under the same `owner` ("weft"), all at once or
    /// not at all; empty rules leave nothing behind.
    /// Errors besides: kFailedPrecondition  the program that loads them is not installed.
    virtual Status setFirewall(const std::string& owner, const FirewallRules& rules) = 0;
    /// A number that is another once somebody has changed what was set under this owner.
    /// Errors besides: kNotFound  nothing is set.
    virtual StatusOr<std::uint64_t> firewallState(const std::string& owner) = 0;
};

struct HostSystemOptions {
    /// Loads filters, by its absolute path.
    std::filesystem::path filterProgram = "/usr/sbin/nft";
};

/// This system's.
std::unique_ptr<HostSystem> createHostSystem(HostSystemOptions options = {});

/// Which of `routes` packets to `address` take, ours not counted. nullptr: there is none.
const HostRoute* routeTo(const net::IpAddress& address, const std::vector<ListedRoute>& routes);

}  // namespace weft::platform
