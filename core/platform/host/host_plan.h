// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/host/host_journal.h"
#include "core/platform/host_system.h"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::platform {

/// What one tunnel wants of the host. The interface exists as long as it is wanted.
struct TunnelWishes {
    std::string interface;
    /// Networks that are reached through the tunnel, the most important first. One that lies within
    /// a network which this host reaches in another way, or that overlaps what another tunnel came
    /// for first, is passed over, and told; the former not when it is among `agreed`.
    std::vector<net::IpPrefix> routes;
    std::vector<net::IpPrefix> agreed;
    /// Those of `routes` that lead out into the world, as the way to everywhere does: they are in a
    /// table of their own, by which nothing is routed that carries kTunnelMark.
    std::vector<net::IpPrefix> outer;
    /// Networks behind this host that the mesh may use through it.
    std::vector<net::IpPrefix> offered;
    /// Packets of these families are passed on between peers.
    std::set<net::Family> betweenPeers;
    bool masquerade = true;
    /// What goes there is never routed by the outer table: where the mesh is joined, by sockets
    /// that nobody marks.
    std::vector<net::IpAddress> kept;

    friend bool operator==(const TunnelWishes&, const TunnelWishes&) = default;
};

/// What one mesh wants while it is to be connected, whether or not its interface is there.
struct LockWishes {
    /// Where this program goes to reach the mesh.
    std::vector<net::IpAddress> kept;
    /// The mesh's own networks: they are not looked for beside this host while there is no
    /// interface. Parts of them that are there all the same are reached as before.
    std::vector<net::IpPrefix> networks = {};

    friend bool operator==(const LockWishes&, const LockWishes&) = default;
};

/// Routes that one tunnel can have; the first are taken.
inline constexpr std::size_t kMostTunnelRoutes = 1024;
/// Networks beside this host within those of meshes that a locked host reaches; the first are.
inline constexpr std::size_t kMostNetworksBeside = 64;

enum class HostPart { Journal, Routes, Collision, Forwarding, Firewall };

/// A part that could not be done; the others were.
struct HostProblem {
    HostPart part = HostPart::Journal;
    /// What it is about: "10.1.0.0/16", or empty for the whole part.
    std::string subject;
    Status status;
    /// The tunnel that misses it; empty: all do.
    std::string interface = {};

    friend bool operator==(const HostProblem&, const HostProblem&) = default;
};

HostPart partOf(const HostChange& change);
std::string subjectOf(const HostChange& change);

/// A network that a tunnel came for.
struct RouteClaim {
    net::IpPrefix network;
    std::string interface;

    friend bool operator==(const RouteClaim&, const RouteClaim&) = default;
};

/// How the host shall be.
struct HostGoal {
    FirewallRules rules;
    std::vector<ChangedSetting> settings;
    std::vector<AddedRoute> routes;
    /// In the order in which they are made.
    std::vector<AddedLookup> lookups;
    /// Who misses a setting that cannot be had, by its name.
    std::map<std::string, std::set<std::string>> users;

    /// Without the rules.
    std::set<HostChange> changes() const;
};

/// What plans are made from.
struct HostWishes {
    std::map<std::string, TunnelWishes> tunnels;
    /// The oldest first.
    std::vector<RouteClaim> claims;
    /// By whoever wants the host locked.
    std::map<std::string, LockWishes> locks = {};

    bool empty() const { return tunnels.empty() && locks.empty(); }
};

/// Decides how the host shall be, from what is wanted and from how it is. Nothing is changed.
class HostPlan {
public:
    /// `done` is what was changed already. All outlive it.
    HostPlan(
        HostSystem& system,
        const HostChanges& done,
        const HostWishes& wishes,
        const std::vector<ListedRoute>& routes)
        : system_(system), done_(done), wishes_(wishes), routes_(routes) {}

    HostGoal make(std::vector<HostProblem>& problems);
    /// The settings that keep the tunnels' packets from being forwarded where nothing filters them.
    std::vector<ChangedSetting> closing(std::vector<HostProblem>& problems);

private:
    using Problems = std::vector<HostProblem>;

    void addClosing(
        net::Family family,
        const std::string& interface,
        std::vector<ChangedSetting>& settings,
        Problems& problems) const;
    void addTunnel(const TunnelWishes& wishes, Problems& problems);
    void addLockdown();
    void addTunnelsOnly(Lockdown& lockdown) const;
    void addSwitches(net::Family family, Problems& problems);
    void addSwitch(
        const ForwardingSwitch& opening,
        const std::vector<HostSetting>& careful,
        const std::set<std::string>& users,
        Problems& problems);
    void addRoutes(Problems& problems);
    void addClaim(const RouteClaim& claim, bool agreed, Problems& problems);
    /// What leads to the outer table, where that has routes.
    void addLookups(Problems& problems);
    void addDetours(const std::set<std::string>& users, Problems& problems);
    bool isOuter(const RouteClaim& claim) const;
    std::set<std::string> waysTo(const net::IpPrefix& network) const;
    bool isForwardedAnyway(const std::string& interface) const;
    std::optional<ChangedSetting> changeFor(
        const ForwardingSwitch& wanted, const std::set<std::string>& users, Problems& problems);
    bool isOurs(const std::string& setting, const std::string& value) const;
    void findForeign();
    bool isAgreed(const RouteClaim& claim) const;
    /// What another tunnel has of this network, or with it.
    std::optional<RouteClaim> takenBefore(const RouteClaim& claim) const;
    /// What stands between `network` and its way through a tunnel; ok: nothing.
    Status collision(const net::IpPrefix& network) const;

    HostSystem& system_;
    const HostChanges& done_;
    const HostWishes& wishes_;
    const std::vector<ListedRoute>& routes_;
    HostGoal goal_;
    /// The host's own ways to networks beside it, by network.
    std::map<net::IpPrefix, const HostRoute*> foreign_;
    std::map<std::string, std::set<net::IpPrefix>> taken_;
    /// Interfaces that have to forward, and the tunnels for which they do.
    std::map<net::Family, std::map<std::string, std::set<std::string>>> forwarding_;
};

/// Whether others turned on `setting.wider`, and with it what was ours.
bool isTakenOver(HostSystem& system, const ChangedSetting& setting);

}  // namespace weft::platform
