// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_network.h"

#include "core/base/log.h"
#include "core/platform/host/lost_changes.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace weft::platform {
namespace {

/// Kept for settings and rules when many routes are wanted.
constexpr std::size_t kChangesBesideRoutes = 256;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("platform");
    return logger;
}

bool isGone(const Status& status) {
    return status.ok() || status.code() == StatusCode::kNotFound;
}

}  // namespace

HostNetwork::HostNetwork(HostSystem& system, std::filesystem::path journal, std::string owner)
    : system_(system), journal_(std::move(journal)), owner_(std::move(owner)) {
    done_.run = system_.runName();
}

std::vector<HostProblem> HostNetwork::recover(std::map<std::string, LockWishes> locks) {
    Problems problems;
    readLeft(problems);
    if (!done_.changes.empty()) {
        log().info("undoing what an earlier run left changes={}", done_.changes.size());
    }
    HostGoal goal;
    if (firewallIsSet() && !locks.empty()) {
        wishes_.locks = std::move(locks);
        goal = HostPlan(system_, done_, wishes_, {}).make(problems);
    }
    undoAllBut(goal, problems);
    // What could not be closed stays guarded.
    if (const Status replaced = setRules(guarded(goal.rules)); !replaced.ok()) {
        problems.push_back({HostPart::Firewall, "", replaced});
    }
    note(problems);
    problems_ = std::move(problems);
    report();
    return problems_;
}

void HostNetwork::readLeft(Problems& problems) {
    unread_ = okStatus();
    auto left = journal_.read();
    if (left.status().code() == StatusCode::kDataLoss) {
        problems.push_back({HostPart::Journal, "", left.status()});
        auto good = journal_.readGoodLines().value_or(HostChanges{});
        if (good.run != done_.run) {
            good = {done_.run, {}};
        }
        // The one change of which we know without it.
        std::erase(good.changes, HostChange(SetFirewall{owner_}));
        good.changes.insert(good.changes.begin(), SetFirewall{owner_});
        if (const auto aside = journal_.setAside(); aside.ok()) {
            problems.back().subject = aside->string();
        }
        left = std::move(good);
    } else if (!left.ok()) {
        unread_ = left.status();
        problems.push_back({HostPart::Journal, "", unread_});
        return;
    } else {
        noted_ = *left;
    }
    if (left->run == done_.run) {
        done_.changes = left->changes;
    }
}

std::vector<HostProblem> HostNetwork::want(const TunnelWishes& wishes) {
    claim(wishes);
    wishes_.tunnels.insert_or_assign(wishes.interface, wishes);
    reach();
    return problemsOf(wishes.interface);
}

std::vector<HostProblem> HostNetwork::forget(const std::string& interface) {
    TunnelWishes nothing;
    nothing.interface = interface;
    claim(nothing);
    wishes_.tunnels.erase(interface);
    reach();
    return problems_;
}

std::vector<HostProblem> HostNetwork::lock(const std::string& owner, const LockWishes& wishes) {
    wishes_.locks.insert_or_assign(owner, wishes);
    reach();
    return lockProblems();
}

void HostNetwork::unlock(const std::string& owner) {
    if (wishes_.locks.erase(owner) > 0) {
        reach();
    }
}

std::vector<HostProblem> HostNetwork::lockProblems() const {
    Problems result;
    const bool isLocked = rules_.lockdown && rulesAreKnown_;
    std::ranges::copy_if(problems_, std::back_inserter(result), [&](const HostProblem& each) {
        return !isLocked && (each.part == HostPart::Firewall || each.part == HostPart::Journal);
    });
    return result;
}

std::vector<HostProblem> HostNetwork::forgetAll() {
    wishes_ = {};
    reach();
    return problems_;
}

std::vector<HostProblem> HostNetwork::problemsOf(const std::string& interface) const {
    Problems result;
    std::ranges::copy_if(problems_, std::back_inserter(result), [&](const HostProblem& each) {
        return each.interface.empty() || each.interface == interface;
    });
    return result;
}

void HostNetwork::claim(const TunnelWishes& wishes) {
    std::set<net::IpPrefix> wanted;
    std::vector<net::IpPrefix> inOrder;
    for (const auto& network : wishes.routes) {
        if (wanted.size() < kMostTunnelRoutes && wanted.insert(network.masked()).second) {
            inOrder.push_back(network.masked());
        }
    }
    std::set<net::IpPrefix> had;
    std::erase_if(wishes_.claims, [&](const RouteClaim& each) {
        return each.interface == wishes.interface && !wanted.contains(each.network);
    });
    for (const auto& each : wishes_.claims) {
        if (each.interface == wishes.interface) {
            had.insert(each.network);
        }
    }
    for (const auto& network : inOrder) {
        if (!had.contains(network)) {
            wishes_.claims.push_back({network, wishes.interface});
        }
    }
}

void HostNetwork::addLimits(Problems& problems) const {
    for (const auto& [name, wishes] : wishes_.tunnels) {
        if (wishes.routes.size() > kMostTunnelRoutes) {
            problems.push_back(
                {HostPart::Routes,
                 "",
                 resourceExhausted(
                     "{} networks are to be reached through {}, and the first {} are",
                     wishes.routes.size(),
                     name,
                     kMostTunnelRoutes),
                 name});
        }
    }
}

// --- What is wanted --------------------------------------------------------------------------

HostGoal HostNetwork::goal(Problems& problems) {
    if (wishes_.empty()) {
        return {};
    }
    const auto routes = system_.routes();
    if (!routes.ok()) {
        // Not known whom a change would hurt.
        problems.push_back({HostPart::Routes, "", routes.status()});
        return asItIs();
    }
    addLimits(problems);
    auto goal = HostPlan(system_, done_, wishes_, *routes).make(problems);
    constexpr auto kMost = kMostHostChanges - kChangesBesideRoutes;
    if (goal.routes.size() > kMost) {
        for (auto each = goal.routes.begin() + kMost; each != goal.routes.end(); ++each) {
            problems.push_back(
                {HostPart::Routes,
                 each->route.destination.toString(),
                 resourceExhausted("{} routes of all meshes together are the most", kMost),
                 each->route.interface});
        }
        goal.routes.resize(kMost);
    }
    return goal;
}

// --- Getting there ---------------------------------------------------------------------------

void HostNetwork::reach() {
    Problems problems;
    if (!unread_.ok()) {
        readLeft(problems);
        undoAllBut({}, problems);
    }
    auto goal = this->goal(problems);
    if (const Status noted = noteWith(goal); !noted.ok()) {
        // Nothing is changed that nobody could undo.
        problems.push_back({HostPart::Journal, "", noted});
        const auto wanted = goal.changes();
        goal = asItIs();
        std::erase_if(goal.settings, [&](const auto& each) { return !wanted.contains(each); });
        std::erase_if(goal.routes, [&](const auto& each) { return !wanted.contains(each); });
        std::erase_if(goal.lookups, [&](const auto& each) { return !wanted.contains(each); });
    }
    // What is about to close stays guarded until it is closed.
    Status filtered = setRules(guarded(goal.rules));
    if (!filtered.ok()) {
        closeInstead(goal, problems);
    }
    undoAllBut(goal, problems);
    make(goal, problems);
    if (filtered.ok()) {
        filtered = setRules(guarded(goal.rules));
    }
    if (!filtered.ok()) {
        problems.push_back({HostPart::Firewall, "", filtered});
    }
    note(problems);
    const bool isNew = problems != problems_;
    problems_ = std::move(problems);
    if (isNew) {
        report();
    }
}

void HostNetwork::report() {
    for (const auto& problem : problems_) {
        log().warn(
            "host network not as wanted interface={} subject={} reason={}",
            problem.interface,
            base::quoted(problem.subject),
            base::quoted(messageOf(problem.status)));
    }
}

void HostNetwork::closeInstead(HostGoal& goal, Problems& problems) {
    // Nothing is forwarded that nobody filters.
    goal.settings.clear();
    if (wishes_.tunnels.empty()) {
        return;
    }
    goal.settings = HostPlan(system_, done_, wishes_, {}).closing(problems);
    if (const Status noted = noteWith(goal); !noted.ok()) {
        problems.push_back({HostPart::Journal, "", noted});
        goal.settings.clear();
    }
}

HostGoal HostNetwork::asItIs() const {
    HostGoal result;
    result.rules = rules_;
    for (const auto& change : done_.changes) {
        if (const auto* route = std::get_if<AddedRoute>(&change)) {
            result.routes.push_back(*route);
        } else if (const auto* lookup = std::get_if<AddedLookup>(&change)) {
            result.lookups.push_back(*lookup);
        } else if (const auto* setting = std::get_if<ChangedSetting>(&change)) {
            result.settings.push_back(*setting);
        }
    }
    return result;
}

bool HostNetwork::firewallIsSet() const {
    return std::ranges::any_of(done_.changes, [](const HostChange& change) {
        return std::holds_alternative<SetFirewall>(change);
    });
}

FirewallRules HostNetwork::guarded(FirewallRules rules) const {
    for (const auto& change : done_.changes) {
        const auto* setting = std::get_if<ChangedSetting>(&change);
        if (setting == nullptr || !setting->opens
            || wishes_.tunnels.contains(setting->opens->interface)) {
            continue;
        }
        if (std::ranges::find(rules.opened, *setting->opens) == rules.opened.end()
            && !isTakenOver(system_, *setting)) {
            rules.opened.push_back(*setting->opens);
        }
    }
    return rules;
}

Status HostNetwork::setRules(const FirewallRules& rules) {
    const bool isSet = firewallIsSet();
    if (rulesAreKnown_ && rules == rules_ && isSet != rules.empty()) {
        return okStatus();
    }
    if (rules.empty() && !isSet) {
        rules_ = {};
        return okStatus();
    }
    rulesAreKnown_ = false;
    WEFT_RETURN_IF_ERROR(system_.setFirewall(owner_, rules));
    rulesAreKnown_ = true;
    rules_ = rules;
    rulesState_.reset();
    if (rules.empty()) {
        std::erase(done_.changes, HostChange(SetFirewall{owner_}));
        return okStatus();
    }
    if (!isSet) {
        done_.changes.emplace_back(SetFirewall{owner_});
    }
    if (const auto state = system_.firewallState(owner_); state.ok()) {
        rulesState_ = *state;
    }
    return okStatus();
}

void HostNetwork::make(const HostGoal& goal, Problems& problems) {
    const auto tell = [&](const HostChange& change, const Status& why) {
        if (const auto* route = std::get_if<AddedRoute>(&change)) {
            problems.push_back({partOf(change), subjectOf(change), why, route->route.interface});
            return;
        }
        const auto users = goal.users.find(subjectOf(change));
        for (const auto& user :
             users == goal.users.end() ? std::set<std::string>{""} : users->second) {
            problems.push_back({partOf(change), subjectOf(change), why, user});
        }
    };
    const auto attempt = [&](const HostChange& change, const Status& made) {
        if (made.ok()) {
            done_.changes.push_back(change);
        } else {
            tell(change, made);
        }
    };
    const std::set<HostChange> done(done_.changes.begin(), done_.changes.end());
    for (const auto& setting : goal.settings) {
        if (!done.contains(setting)) {
            attempt(setting, system_.set({setting.name, setting.after}));
        }
    }
    for (const auto& route : goal.routes) {
        if (!done.contains(route)) {
            attempt(route, system_.addRoute(route.route));
        }
    }
    // The table is looked up once it is whole.
    for (const auto& lookup : goal.lookups) {
        if (!done.contains(lookup)) {
            attempt(lookup, system_.addLookup(lookup.rule));
        }
    }
}

void HostNetwork::undoAllBut(const HostGoal& goal, Problems& problems) {
    const auto wanted = goal.changes();
    std::vector<HostChange> kept;
    for (; !done_.changes.empty(); done_.changes.pop_back()) {
        const auto& change = done_.changes.back();
        // Our rules are set as a whole, before and after.
        if (std::holds_alternative<SetFirewall>(change) || wanted.contains(change)) {
            kept.push_back(change);
        } else if (const Status undone = undo(change); !undone.ok()) {
            problems.push_back({partOf(change), subjectOf(change), undone});
            kept.push_back(change);
        }
    }
    done_.changes.assign(kept.rbegin(), kept.rend());
}

Status HostNetwork::undo(const HostChange& change) {
    if (const auto* route = std::get_if<AddedRoute>(&change)) {
        const Status removed = system_.removeRoute(route->route);
        return isGone(removed) ? okStatus() : removed;
    }
    if (const auto* lookup = std::get_if<AddedLookup>(&change)) {
        const Status removed = system_.removeLookup(lookup->rule);
        return isGone(removed) ? okStatus() : removed;
    }
    const auto& setting = std::get<ChangedSetting>(change);
    const auto now = system_.setting(setting.name);
    if (!now.ok()) {
        return isGone(now.status()) ? okStatus() : now.status();
    }
    if (*now != setting.after || isTakenOver(system_, setting)) {
        return okStatus();
    }
    const Status set = system_.set({setting.name, setting.before});
    return isGone(set) ? okStatus() : set;
}

Status HostNetwork::noteWith(const HostGoal& goal) {
    WEFT_RETURN_IF_ERROR(unread_);
    auto all = done_;
    std::set<HostChange> noted(all.changes.begin(), all.changes.end());
    const auto add = [&](const HostChange& change) {
        if (noted.insert(change).second) {
            all.changes.push_back(change);
        }
    };
    if (!goal.rules.empty()) {
        add(SetFirewall{owner_});
    }
    std::ranges::for_each(goal.settings, add);
    std::ranges::for_each(goal.routes, add);
    std::ranges::for_each(goal.lookups, add);
    if (all.changes.size() > kMostHostChanges) {
        return resourceExhausted(
            "{} changes to this host's network are asked for, and {} are the most",
            all.changes.size(),
            kMostHostChanges);
    }
    if (all != noted_) {
        WEFT_RETURN_IF_ERROR(journal_.write(all));
        noted_ = std::move(all);
    }
    return okStatus();
}

void HostNetwork::note(Problems& problems) {
    if (!unread_.ok() || done_ == noted_ || (done_.changes.empty() && noted_.changes.empty())) {
        return;
    }
    if (const Status written = journal_.write(done_); !written.ok()) {
        problems.push_back({HostPart::Journal, "", written});
        return;
    }
    noted_ = done_;
}

// --- As it really is -------------------------------------------------------------------------

void HostNetwork::reconcile() {
    if (wishes_.empty() && done_.changes.empty() && unread_.ok()) {
        return;
    }
    dropLostChanges(system_, done_.changes);
    if (firewallIsLost()) {
        log().warn("the filter was changed from outside, and is loaded again owner={}", owner_);
        Problems problems;
        auto closed = asItIs();
        std::erase_if(closed.settings, [](const ChangedSetting& each) { return !!each.opens; });
        undoAllBut(closed, problems);
        rulesAreKnown_ = false;
    }
    reach();
}

bool HostNetwork::firewallIsLost() {
    if (!firewallIsSet() || !rulesState_) {
        return false;
    }
    const auto state = system_.firewallState(owner_);
    return state.ok() ? *state != *rulesState_ : state.status().code() == StatusCode::kNotFound;
}

}  // namespace weft::platform
