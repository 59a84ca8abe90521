// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/host/host_journal.h"
#include "core/platform/host/host_plan.h"
#include "core/platform/host_system.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weft::platform {

/// Routes, forwarding and filters of this host as the tunnels of this program want them, and how
/// they were before. Each change is on the disk before it is made: what is left of a program that
/// was killed is undone by the next `recover`. What somebody else takes away meanwhile is put back
/// by `reconcile`; what somebody else turns on for more is theirs from then on.
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
    /// stays in the journal. Where filters are left, `locks` are in force in their place, without a
    /// moment between: see `lock`.
    std::vector<HostProblem> recover(std::map<std::string, LockWishes> locks = {});

    /// From now on the tunnel of this name wants this; the wishes of others stay as they are.
    /// Answers with what it misses. What could not be done is tried again with the next call.
    std::vector<HostProblem> want(const TunnelWishes& wishes);
    /// It wants nothing any more. Best when its interface is gone by now.
    std::vector<HostProblem> forget(const std::string& interface);
    /// From now on nothing leaves this host beside the tunnels (`Lockdown`), for as long as anybody
    /// wants that. `owner` is whoever names itself so. Answers with what stands in the way; no
    /// problems: it is so.
    std::vector<HostProblem> lock(const std::string& owner, const LockWishes& wishes);
    void unlock(const std::string& owner);
    /// What keeps the host from being locked now.
    std::vector<HostProblem> lockProblems() const;
    /// Nobody wants anything any more.
    std::vector<HostProblem> forgetAll();

    /// Compares what was done with what is there, and does again what is lost. Where the filter is
    /// lost, nothing is forwarded until it is back.
    void reconcile();

    /// What is not as wanted since the last call, for one tunnel: its own, and what all miss.
    std::vector<HostProblem> problemsOf(const std::string& interface) const;
    const std::vector<HostProblem>& problems() const { return problems_; }

    /// Not undone yet, oldest first.
    const std::vector<HostChange>& changes() const { return done_.changes; }

private:
    using Problems = std::vector<HostProblem>;

    HostGoal goal(Problems& problems);
    void claim(const TunnelWishes& wishes);
    void addLimits(Problems& problems) const;

    void reach();
    /// Everything that is changed, and that is about to be, on the disk.
    Status noteWith(const HostGoal& goal);
    Status setRules(const FirewallRules& rules);
    /// `rules`, and what is dropped for as long as something is open that they do not know of.
    FirewallRules guarded(FirewallRules rules) const;
    void closeInstead(HostGoal& goal, Problems& problems);
    void make(const HostGoal& goal, Problems& problems);
    void undoAllBut(const HostGoal& goal, Problems& problems);
    Status undo(const HostChange& change);
    void note(Problems& problems);
    void report();
    void readLeft(Problems& problems);
    bool firewallIsLost();
    HostGoal asItIs() const;
    bool firewallIsSet() const;

    HostSystem& system_;
    HostJournal journal_;
    std::string owner_;
    HostWishes wishes_;
    /// What was changed, in order.
    HostChanges done_;
    /// As it is on the disk.
    HostChanges noted_;
    /// The journal was there and could not be read: nothing is changed before it is.
    Status unread_;
    FirewallRules rules_;
    /// Of the rules as they were loaded; nullopt: not known, or not loaded.
    std::optional<std::uint64_t> rulesState_;
    bool rulesAreKnown_ = true;
    std::vector<HostProblem> problems_;
};

}  // namespace weft::platform
