// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_network.h"

#include "core/base/log.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace weft::platform {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("platform");
    return logger;
}

/// The first address of the network that a host can have.
net::IpAddress someHost(const net::IpPrefix& network) {
    const auto address = network.masked().address();
    if (network.length() + 1 >= address.bits()) {
        return address;
    }
    if (address.isV4()) {
        return net::IpAddress::v4(address.v4Value() + 1);
    }
    std::array<std::uint8_t, 16> bytes{};
    std::ranges::copy(address.bytes(), bytes.begin());
    bytes.back() |= 1;
    return net::IpAddress::v6(bytes);
}

template <typename Value>
void addOnce(std::vector<Value>& to, const Value& value) {
    if (std::ranges::find(to, value) == to.end()) {
        to.push_back(value);
    }
}

HostPart partOf(const HostChange& change) {
    if (std::holds_alternative<AddedRoute>(change)) {
        return HostPart::Routes;
    }
    return std::holds_alternative<SetFirewall>(change) ? HostPart::Firewall : HostPart::Forwarding;
}

std::string subjectOf(const HostChange& change) {
    if (const auto* route = std::get_if<AddedRoute>(&change)) {
        return route->route.destination.toString();
    }
    const auto* setting = std::get_if<ChangedSetting>(&change);
    return setting == nullptr ? std::string() : setting->name;
}

bool isGone(const Status& status) {
    return status.ok() || status.code() == StatusCode::kNotFound;
}

Status noWayTo(const net::IpPrefix& network) {
    return notFound(
        "this host has no way to {}, which it offers to the mesh: connect that network, or take the "
        "route back",
        network.toString());
}

Status isTaken(
    const net::IpPrefix& network, const std::string& interface, const std::string& other) {
    return alreadyExists(
        "{} is reached through {}, and cannot be through {} as well: disconnect one of the meshes, "
        "or have one of them use another range",
        network.toString(),
        interface,
        other);
}

void report(const std::vector<HostProblem>& problems) {
    for (const auto& problem : problems) {
        log().warn(
            "host network not as wanted subject={} reason={}",
            base::quoted(problem.subject),
            base::quoted(messageOf(problem.status)));
    }
}

}  // namespace

std::set<HostChange> HostNetwork::Goal::changes() const {
    std::set<HostChange> result(settings.begin(), settings.end());
    result.insert(routes.begin(), routes.end());
    return result;
}

HostNetwork::HostNetwork(HostSystem& system, std::filesystem::path journal, std::string owner)
    : system_(system), journal_(std::move(journal)), owner_(std::move(owner)) {
    done_.run = system_.runName();
}

std::vector<HostProblem> HostNetwork::recover() {
    Problems problems;
    const auto left = journal_.read();
    if (left.ok()) {
        noted_ = *left;
        if (left->run == done_.run) {
            done_.changes = left->changes;
        }
    } else if (left.status().code() == StatusCode::kDataLoss) {
        const auto aside = journal_.setAside();
        problems.push_back({HostPart::Journal, aside.ok() ? aside->string() : "", left.status()});
        // The one change of which we know without it.
        done_.changes.emplace_back(SetFirewall{owner_});
    } else {
        problems.push_back({HostPart::Journal, "", left.status()});
    }
    if (!done_.changes.empty()) {
        log().info("undoing what an earlier run left changes={}", done_.changes.size());
    }
    undoAllBut({}, problems);
    note(problems);
    report(problems);
    return problems;
}

std::vector<HostProblem> HostNetwork::want(const TunnelWishes& wishes) {
    wishes_.insert_or_assign(wishes.interface, wishes);
    return reach();
}

std::vector<HostProblem> HostNetwork::forget(const std::string& interface) {
    wishes_.erase(interface);
    return reach();
}

std::vector<HostProblem> HostNetwork::forgetAll() {
    wishes_.clear();
    return reach();
}

// --- What is wanted --------------------------------------------------------------------------

HostNetwork::Goal HostNetwork::goal(Problems& problems) {
    Goal goal;
    if (wishes_.empty()) {
        return goal;
    }
    auto routes = system_.routes();
    if (!routes.ok()) {
        // Not known whom a change would hurt.
        problems.push_back({HostPart::Routes, "", routes.status()});
        return asItIs();
    }
    addForwarding(goal, *routes, problems);
    addKept(goal, *routes);
    addRoutes(goal, *routes, problems);
    return goal;
}

void HostNetwork::addForwarding(
    Goal& goal, const std::vector<ListedRoute>& routes, Problems& problems) {
    std::map<net::Family, std::vector<std::string>> interfaces;
    for (const auto& [name, wishes] : wishes_) {
        if (wishes.offered.empty() && !wishes.betweenPeers) {
            continue;
        }
        goal.rules.tunnels.push_back(
            {name, wishes.offered, wishes.betweenPeers, wishes.masquerade});
        for (const auto& network : wishes.offered) {
            const auto* const way = routeTo(someHost(network), routes);
            // The way to everywhere leads to no network behind this host.
            if (way == nullptr || way->destination.isDefaultRoute()) {
                problems.push_back({HostPart::Forwarding, network.toString(), noWayTo(network)});
                continue;
            }
            addOnce(interfaces[network.family()], name);
            addOnce(interfaces[network.family()], way->interface);
        }
        if (wishes.betweenPeers) {
            addOnce(interfaces[net::Family::V4], name);
            addOnce(interfaces[net::Family::V6], name);
        }
    }
    for (const auto& [family, names] : interfaces) {
        addSwitches(goal, family, names, problems);
    }
}

void HostNetwork::addSwitches(
    Goal& goal,
    net::Family family,
    const std::vector<std::string>& interfaces,
    Problems& problems) {
    const auto switches = system_.forwardingSwitches(family, interfaces);
    if (!switches.ok()) {
        problems.push_back({HostPart::Forwarding, "", switches.status()});
        return;
    }
    // Those that keep other things as they are, for the next that opens.
    std::vector<HostSetting> careful;
    for (const auto& each : *switches) {
        if (!each.opens) {
            careful.push_back(each.setting);
            continue;
        }
        addSwitch(goal, each, careful, problems);
        careful.clear();
    }
}

void HostNetwork::addSwitch(
    Goal& goal,
    const ForwardingSwitch& opening,
    const std::vector<HostSetting>& careful,
    Problems& problems) {
    const auto change = changeFor(opening.setting, problems);
    if (!change) {
        return;
    }
    for (const auto& setting : careful) {
        if (const auto before = changeFor(setting, problems)) {
            addOnce(goal.settings, *before);
        }
    }
    addOnce(goal.settings, *change);
    if (!wishes_.contains(opening.opens->interface)) {
        addOnce(goal.rules.opened, *opening.opens);
    }
}

std::optional<ChangedSetting> HostNetwork::changeFor(
    const HostSetting& wanted, Problems& problems) {
    for (const auto& change : done_.changes) {
        const auto* setting = std::get_if<ChangedSetting>(&change);
        if (setting != nullptr && setting->name == wanted.name && setting->after == wanted.value) {
            return *setting;
        }
    }
    const auto now = system_.setting(wanted.name);
    if (!now.ok()) {
        problems.push_back({HostPart::Forwarding, wanted.name, now.status()});
        return std::nullopt;
    }
    // Somebody else has set it, and may count on it.
    return *now == wanted.value ? std::nullopt
                                : std::optional(ChangedSetting{wanted.name, *now, wanted.value});
}

void HostNetwork::addKept(Goal& goal, const std::vector<ListedRoute>& routes) {
    std::set<net::IpAddress> addresses;
    for (const auto& [name, wishes] : wishes_) {
        addresses.insert(wishes.kept.begin(), wishes.kept.end());
    }
    for (const auto& address : addresses) {
        if (const auto* const way = routeTo(address, routes)) {
            goal.routes.push_back({{net::IpPrefix::host(address), way->interface, way->gateway}});
        }
    }
}

Status HostNetwork::collision(
    const net::IpPrefix& network, const std::vector<ListedRoute>& routes) const {
    for (const auto& each : routes) {
        const auto& local = each.route.destination;
        // A wider network with a gateway behind it, such as the Internet, is there to be narrowed.
        const bool isFarther = each.route.gateway.has_value() || local.isDefaultRoute();
        if (!each.isOurs && !isFarther && local.contains(network)
            && !wishes_.contains(each.route.interface)) {
            return failedPrecondition(
                "{} of the mesh is where this host has its own network {} ({}): leave that network, "
                "have the mesh use another range, or agree to lose the way to it",
                network.toString(),
                local.toString(),
                each.route.interface);
        }
    }
    return okStatus();
}

void HostNetwork::addRoutes(
    Goal& goal, const std::vector<ListedRoute>& routes, Problems& problems) {
    std::map<net::IpPrefix, std::string> taken;
    for (const auto& [name, wishes] : wishes_) {
        for (const auto& network : wishes.routes) {
            const auto destination = network.masked();
            const bool isAgreed = std::ranges::find(wishes.agreed, network) != wishes.agreed.end();
            if (Status hit = collision(destination, routes); !hit.ok() && !isAgreed) {
                problems.push_back({HostPart::Collision, destination.toString(), std::move(hit)});
                continue;
            }
            const auto [entry, isNew] = taken.emplace(destination, name);
            if (isNew) {
                goal.routes.push_back({{destination, name, std::nullopt}});
            } else if (entry->second != name) {
                problems.push_back(
                    {HostPart::Routes,
                     destination.toString(),
                     isTaken(destination, entry->second, name)});
            }
        }
    }
}

// --- Getting there ---------------------------------------------------------------------------

std::vector<HostProblem> HostNetwork::reach() {
    Problems problems;
    auto goal = this->goal(problems);
    if (const Status noted = noteWith(goal); !noted.ok()) {
        // Nothing is changed that nobody could undo.
        problems.push_back({HostPart::Journal, "", noted});
        const auto wanted = goal.changes();
        goal = asItIs();
        std::erase_if(goal.settings, [&](const auto& each) { return !wanted.contains(each); });
        std::erase_if(goal.routes, [&](const auto& each) { return !wanted.contains(each); });
    }
    // What is about to close stays guarded until it is closed.
    auto guarded = goal.rules;
    for (const auto& each : rules_.opened) {
        addOnce(guarded.opened, each);
    }
    Status filtered = setRules(guarded);
    if (!filtered.ok()) {
        // Nothing is forwarded that nobody filters.
        goal.settings.clear();
    }
    undoAllBut(goal, problems);
    make(goal, problems);
    if (filtered.ok()) {
        filtered = setRules(goal.rules);
    }
    if (!filtered.ok()) {
        problems.push_back({HostPart::Firewall, "", filtered});
    }
    note(problems);
    report(problems);
    return problems;
}

HostNetwork::Goal HostNetwork::asItIs() const {
    Goal result;
    result.rules = rules_;
    for (const auto& change : done_.changes) {
        if (const auto* route = std::get_if<AddedRoute>(&change)) {
            result.routes.push_back(*route);
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

Status HostNetwork::setRules(const FirewallRules& rules) {
    const bool isSet = firewallIsSet();
    if (rules == rules_ && isSet != rules.empty()) {
        return okStatus();
    }
    WEFT_RETURN_IF_ERROR(system_.setFirewall(owner_, rules));
    rules_ = rules;
    if (rules.empty()) {
        std::erase(done_.changes, HostChange(SetFirewall{owner_}));
    } else if (!isSet) {
        done_.changes.emplace_back(SetFirewall{owner_});
    }
    return okStatus();
}

void HostNetwork::make(const Goal& goal, Problems& problems) {
    const auto attempt = [&](const HostChange& change, const Status& made) {
        if (made.ok()) {
            done_.changes.push_back(change);
        } else {
            problems.push_back({partOf(change), subjectOf(change), made});
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
}

void HostNetwork::undoAllBut(const Goal& goal, Problems& problems) {
    const auto wanted = goal.changes();
    std::vector<HostChange> kept;
    for (; !done_.changes.empty(); done_.changes.pop_back()) {
        const auto& change = done_.changes.back();
        // Our rules are set as a whole, before and after.
        const bool isRules = std::holds_alternative<SetFirewall>(change) && !rules_.empty();
        if (isRules || wanted.contains(change)) {
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
    if (const auto* rules = std::get_if<SetFirewall>(&change)) {
        return system_.setFirewall(rules->owner, {});
    }
    const auto& setting = std::get<ChangedSetting>(change);
    const auto now = system_.setting(setting.name);
    if (!now.ok()) {
        return isGone(now.status()) ? okStatus() : now.status();
    }
    if (*now != setting.after) {
        return okStatus();
    }
    const Status set = system_.set({setting.name, setting.before});
    return isGone(set) ? okStatus() : set;
}

Status HostNetwork::noteWith(const Goal& goal) {
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
    if (all.changes.size() > kMostHostChanges) {
        return resourceExhausted(
            "{} changes to this host's network are asked for, and {} are the most: have the mesh "
            "offer fewer routes",
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
    if (done_ == noted_ || (done_.changes.empty() && noted_.changes.empty())) {
        return;
    }
    if (const Status written = journal_.write(done_); !written.ok()) {
        problems.push_back({HostPart::Journal, "", written});
        return;
    }
    noted_ = done_;
}

}  // namespace weft::platform
