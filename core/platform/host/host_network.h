// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/host/host_journal.h"
#include "core/platform/host_system.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::platform {

/// What one tunnel wants of the host. The interface exists as long as it is wanted.
struct TunnelWishes {
    std::string interface;
    /// Networks that are reached through the tunnel. One that lies within a network which this host
    /// reaches in another way is passed over, and told, unless it is among `agreed`.
    std::vector<net::IpPrefix> routes;
    std::vector<net::IpPrefix> agreed;
    /// Networks behind this host that the mesh may use through it.
    std::vector<net::IpPrefix> offered;
    /// This host passes packets on between its peers.
    bool betweenPeers = false;
    bool masquerade = true;
    /// Must stay reachable as they are now, whatever `routes` says: the peers' endpoints while a
    /// default route is among these.
    std::vector<net::IpAddress> kept;

    friend bool operator==(const TunnelWishes&, const TunnelWishes&) = default;
};

enum class HostPart { Journal, Routes, Collision, Forwarding, Firewall };

/// A part that could not be done; the others were.
struct HostProblem {
    HostPart part = HostPart::Journal;
    /// What it is about: "10.1.0.0/16", or empty for the whole part.
    std::string subject;
    Status status;
};

/// Routes, forwarding and filters of this host as the tunnels of this program want them, and how
/// they were before. Each change is on the disk before it is made: what is left of a program that
/// was killed is undone by the next `recover`. What somebody else changes meanwhile is left as it
/// is.
///
/// Thread: one at a time; calls wait for the system and the disk.
class HostNetwork {
public:
    /// `system` outlives this. `owner` names the rules of this program in the host's filter: lower
    /// case letters, digits and underscores.
    HostNetwork(HostSystem& system, std::filesystem::path journal, std::string owner);
    /// What is not undone by now is so by the next `recover`.
    ~HostNetwork() = default;
    HostNetwork(const HostNetwork&) = delete;
    HostNetwork& operator=(const HostNetwork&) = delete;

    /// Undoes what an earlier program left. Before anything else. What cannot be undone is told and
    /// stays in the journal.
    std::vector<HostProblem> recover();

    /// From now on the tunnel of this name wants this; the wishes of others stay as they are. What
    /// could not be done is tried again with the next call.
    std::vector<HostProblem> want(const TunnelWishes& wishes);
    /// It wants nothing any more. Its interface may be gone by now.
    std::vector<HostProblem> forget(const std::string& interface);
    /// Nobody wants anything any more.
    std::vector<HostProblem> forgetAll();

    /// Not undone yet, oldest first.
    const std::vector<HostChange>& changes() const { return done_.changes; }

private:
    using Problems = std::vector<HostProblem>;
    /// How the host shall be.
    struct Goal {
        FirewallRules rules;
        std::vector<ChangedSetting> settings;
        std::vector<AddedRoute> routes;

        /// Without the rules.
        std::set<HostChange> changes() const;
    };

    Goal goal(Problems& problems);
    void addForwarding(Goal& goal, const std::vector<ListedRoute>& routes, Problems& problems);
    void addSwitches(
        Goal& goal,
        net::Family family,
        const std::vector<std::string>& interfaces,
        Problems& problems);
    void addKept(Goal& goal, const std::vector<ListedRoute>& routes);
    void addRoutes(Goal& goal, const std::vector<ListedRoute>& routes, Problems& problems);
    void addSwitch(
        Goal& goal,
        const ForwardingSwitch& opening,
        const std::vector<HostSetting>& careful,
        Problems& problems);
    std::optional<ChangedSetting> changeFor(const HostSetting& wanted, Problems& problems);

    /// What stands between `network` and its way through a tunnel; ok: nothing.
    Status collision(const net::IpPrefix& network, const std::vector<ListedRoute>& routes) const;

    Problems reach();
    /// Everything that is changed, and that is about to be, on the disk.
    Status noteWith(const Goal& goal);
    Status setRules(const FirewallRules& rules);
    void make(const Goal& goal, Problems& problems);
    void undoAllBut(const Goal& goal, Problems& problems);
    Status undo(const HostChange& change);
    void note(Problems& problems);
    Goal asItIs() const;
    bool firewallIsSet() const;

    HostSystem& system_;
    HostJournal journal_;
    std::string owner_;
    std::map<std::string, TunnelWishes> wishes_;
    /// What was changed, in order.
    HostChanges done_;
    /// As it is on the disk.
    HostChanges noted_;
    FirewallRules rules_;
};

}  // namespace weft::platform
