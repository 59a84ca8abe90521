// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_plan.h"

#include "core/base/log.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace weft::platform {
namespace {

/// Half of all addresses, as programs route that mean a default route.
constexpr int kHalfLength = 1;

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

bool isDefaultLike(const net::IpPrefix& network) {
    return network.length() <= kHalfLength;
}

Status noWayTo(const net::IpPrefix& network) {
    return notFound("this host has no way to {}, which it offers to the mesh", network.toString());
}

Status isTaken(const net::IpPrefix& network, const RouteClaim& first, const std::string& other) {
    const auto part = network == first.network
                          ? std::string()
                          : fmt::format(" overlaps {}, which", first.network.toString());
    return alreadyExists(
        "{}{} is reached through {}, and cannot be through {} as well",
        network.toString(),
        part,
        first.interface,
        other);
}

/// A private range of this length that nothing here overlaps, for people to choose.
std::string freeRange(int length, const std::vector<ListedRoute>& routes) {
    constexpr std::uint32_t kFirst = 0x0A570000;  // 10.87.0.0
    constexpr std::uint32_t kStep = 0x00010000;
    constexpr int kTries = 150;
    for (std::uint32_t number = 0; number < kTries; ++number) {
        const net::IpPrefix range(
            net::IpAddress::v4(kFirst + number * kStep), std::max(length, 16));
        const bool isFree = std::ranges::none_of(routes, [&range](const ListedRoute& each) {
            return !isDefaultLike(each.route.destination) && each.route.destination.overlaps(range);
        });
        if (isFree) {
            return fmt::format("; {} is free", range.toString());
        }
    }
    return "";
}

}  // namespace

HostPart partOf(const HostChange& change) {
    if (std::holds_alternative<AddedRoute>(change) || std::holds_alternative<AddedLookup>(change)) {
        return HostPart::Routes;
    }
    return std::holds_alternative<SetFirewall>(change) ? HostPart::Firewall : HostPart::Forwarding;
}

std::string subjectOf(const HostChange& change) {
    if (const auto* route = std::get_if<AddedRoute>(&change)) {
        return route->route.destination.toString();
    }
    if (const auto* lookup = std::get_if<AddedLookup>(&change)) {
        return lookup->rule.family == net::Family::V4 ? "0.0.0.0/0" : "::/0";
    }
    const auto* setting = std::get_if<ChangedSetting>(&change);
    return setting == nullptr ? std::string() : setting->name;
}

bool isTakenOver(HostSystem& system, const ChangedSetting& setting) {
    if (setting.wider.empty()) {
        return false;
    }
    const auto wider = system.setting(setting.wider);
    return wider.ok() && *wider != "0";
}

std::set<HostChange> HostGoal::changes() const {
    std::set<HostChange> result(settings.begin(), settings.end());
    result.insert(routes.begin(), routes.end());
    result.insert(lookups.begin(), lookups.end());
    return result;
}

HostGoal HostPlan::make(Problems& problems) {
    findForeign();
    for (const auto& [name, wishes] : wishes_.tunnels) {
        addTunnel(wishes, problems);
    }
    addLockdown();
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        addSwitches(family, problems);
    }
    addRoutes(problems);
    addLookups(problems);
    return std::move(goal_);
}

std::vector<ChangedSetting> HostPlan::closing(Problems& problems) {
    std::vector<ChangedSetting> settings;
    for (const auto& [name, wishes] : wishes_.tunnels) {
        for (const auto family : {net::Family::V4, net::Family::V6}) {
            addClosing(family, name, settings, problems);
        }
    }
    // What is closed already stays so.
    for (const auto& change : done_.changes) {
        const auto* setting = std::get_if<ChangedSetting>(&change);
        if (setting != nullptr && !setting->opens && setting->after == "0") {
            addOnce(settings, *setting);
        }
    }
    return settings;
}

void HostPlan::addClosing(
    net::Family family,
    const std::string& interface,
    std::vector<ChangedSetting>& settings,
    Problems& problems) const {
    const auto closing = system_.closingSettings(family, interface);
    if (closing.status().code() == StatusCode::kFailedPrecondition) {
        problems.push_back({HostPart::Firewall, interface, closing.status(), interface});
    }
    for (const auto& each : closing.value_or(std::vector<HostSetting>())) {
        const auto now = system_.setting(each.name);
        if (now.ok() && !isOurs(each.name, *now)) {
            settings.push_back({each.name, *now, each.value});
        }
    }
}

void HostPlan::addTunnel(const TunnelWishes& wishes, Problems& problems) {
    const auto& name = wishes.interface;
    ForwardingRules rules;
    rules.tunnel = name;
    rules.betweenPeers = wishes.betweenPeers;
    rules.masquerade = wishes.masquerade;
    rules.answers = isForwardedAnyway(name);
    for (const auto& network : wishes.offered) {
        const auto ways = waysTo(network);
        if (ways.empty()) {
            problems.push_back({HostPart::Forwarding, network.toString(), noWayTo(network), name});
        }
        for (const auto& way : ways) {
            rules.offered.push_back({network.masked(), way});
            forwarding_[network.family()][name].insert(name);
            forwarding_[network.family()][way].insert(name);
        }
    }
    for (const auto family : wishes.betweenPeers) {
        forwarding_[family][name].insert(name);
    }
    goal_.rules.tunnels.push_back(std::move(rules));
}

void HostPlan::addLockdown() {
    if (wishes_.locks.empty()) {
        return;
    }
    auto& lockdown = goal_.rules.lockdown.emplace();
    for (const auto& [name, wishes] : wishes_.tunnels) {
        lockdown.tunnels.push_back(name);
    }
    std::set<net::IpAddress> kept;
    for (const auto& [owner, lock] : wishes_.locks) {
        kept.insert(lock.kept.begin(), lock.kept.end());
    }
    lockdown.kept.assign(kept.begin(), kept.end());
    addTunnelsOnly(lockdown);
}

void HostPlan::addTunnelsOnly(Lockdown& lockdown) const {
    std::set<net::IpPrefix> networks;
    for (const auto& [owner, lock] : wishes_.locks) {
        for (const auto& each : lock.networks) {
            // Where this host reaches it beside itself, the mesh does not have it.
            if (collision(each.masked()).ok()) {
                networks.insert(each.masked());
            }
        }
    }
    lockdown.tunnelsOnly.assign(networks.begin(), networks.end());
    for (const auto& [network, route] : foreign_) {
        const bool isWithin = std::ranges::any_of(
            networks, [&network = network](const auto& each) { return each.contains(network); });
        if (isWithin && lockdown.beside.size() < kMostNetworksBeside) {
            lockdown.beside.push_back(network);
        }
    }
}

std::set<std::string> HostPlan::waysTo(const net::IpPrefix& network) const {
    std::set<std::string> ways;
    const auto add = [&](const HostRoute& route) {
        // The way to everywhere leads to no network behind this host, nor does another tunnel.
        if (isDefaultLike(route.destination) == isDefaultLike(network)
            && !wishes_.tunnels.contains(route.interface)) {
            ways.insert(route.interface);
        }
    };
    if (const auto* const way = routeTo(someHost(network), routes_)) {
        add(*way);
    }
    for (const auto& each : routes_) {
        if (!each.isOurs && network.contains(each.route.destination)) {
            add(each.route);
        }
    }
    return ways;
}

bool HostPlan::isOurs(const std::string& setting, const std::string& value) const {
    return std::ranges::any_of(done_.changes, [&](const HostChange& change) {
        const auto* done = std::get_if<ChangedSetting>(&change);
        return done != nullptr && done->name == setting && done->after == value
               && !isTakenOver(system_, *done);
    });
}

bool HostPlan::isForwardedAnyway(const std::string& interface) const {
    const auto opensAll = [](const HostChange& change) {
        const auto* done = std::get_if<ChangedSetting>(&change);
        return done != nullptr && done->opens && done->opens->interface.empty();
    };
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        const auto closing = system_.closingSettings(family, interface);
        if (closing.status().code() == StatusCode::kFailedPrecondition
            && std::ranges::none_of(done_.changes, opensAll)) {
            return true;
        }
        for (const auto& each : closing.value_or(std::vector<HostSetting>())) {
            const auto now = system_.setting(each.name);
            if (now.ok() && !isOurs(each.name, *now)) {
                return true;
            }
        }
    }
    return false;
}

void HostPlan::addSwitches(net::Family family, Problems& problems) {
    const auto& interfaces = forwarding_[family];
    if (interfaces.empty()) {
        return;
    }
    std::vector<std::string> names;
    std::set<std::string> all;
    for (const auto& [name, users] : interfaces) {
        names.push_back(name);
        all.insert(users.begin(), users.end());
    }
    const auto switches = system_.forwardingSwitches(family, names);
    if (!switches.ok()) {
        for (const auto& user : all) {
            problems.push_back({HostPart::Forwarding, "", switches.status(), user});
        }
        return;
    }
    // Those that keep other things as they are, for the next that opens.
    std::vector<HostSetting> careful;
    for (const auto& each : *switches) {
        if (!each.opens) {
            careful.push_back(each.setting);
            continue;
        }
        const auto users = interfaces.find(each.opens->interface);
        addSwitch(each, careful, users == interfaces.end() ? all : users->second, problems);
        careful.clear();
    }
}

void HostPlan::addSwitch(
    const ForwardingSwitch& opening,
    const std::vector<HostSetting>& careful,
    const std::set<std::string>& users,
    Problems& problems) {
    const auto change = changeFor(opening, users, problems);
    if (!change) {
        return;
    }
    for (const auto& setting : careful) {
        if (const auto before = changeFor({setting, std::nullopt}, users, problems)) {
            addOnce(goal_.settings, *before);
        }
    }
    addOnce(goal_.settings, *change);
    goal_.users[change->name].insert(users.begin(), users.end());
    if (!wishes_.tunnels.contains(opening.opens->interface)) {
        addOnce(goal_.rules.opened, *opening.opens);
    }
}

std::optional<ChangedSetting> HostPlan::changeFor(
    const ForwardingSwitch& wanted, const std::set<std::string>& users, Problems& problems) {
    const auto& [name, value] = wanted.setting;
    for (const auto& change : done_.changes) {
        const auto* setting = std::get_if<ChangedSetting>(&change);
        if (setting != nullptr && setting->name == name && setting->after == value) {
            return isTakenOver(system_, *setting) ? std::nullopt : std::optional(*setting);
        }
    }
    const auto now = system_.setting(name);
    if (!now.ok()) {
        for (const auto& user : users) {
            problems.push_back({HostPart::Forwarding, name, now.status(), user});
        }
        return std::nullopt;
    }
    // Somebody else has set it, and may count on it.
    if (*now == value) {
        return std::nullopt;
    }
    ChangedSetting change{name, *now, value, wanted.opens, wanted.wider};
    if (isTakenOver(system_, change)) {
        // On for all, and off here on purpose: it does not tell of others.
        change.wider.clear();
    }
    return change;
}

void HostPlan::addLookups(Problems& problems) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        std::set<std::string> users;
        for (const auto& each : goal_.routes) {
            if (each.route.table == RouteTable::Outer
                && each.route.destination.family() == family) {
                users.insert(each.route.interface);
            }
        }
        if (users.empty()) {
            continue;
        }
        std::set<net::IpAddress> kept;
        for (const auto& [name, wishes] : wishes_.tunnels) {
            kept.insert(wishes.kept.begin(), wishes.kept.end());
        }
        for (const auto& each : kept) {
            if (each.isV4() == (family == net::Family::V4)) {
                goal_.lookups.push_back({{family, LookupRule::Kind::Kept, each}});
            }
        }
        goal_.lookups.push_back({{family, LookupRule::Kind::MainFirst}});
        goal_.lookups.push_back({{family, LookupRule::Kind::OuterNext}});
        if (family == net::Family::V4) {
            addDetours(users, problems);
        }
    }
}

void HostPlan::addDetours(const std::set<std::string>& users, Problems& problems) {
    // Answers to the tunnels' own packets come in where unmarked packets would not go out.
    std::set<std::string> ways;
    for (const auto& each : routes_) {
        if (!each.isOurs && isDefaultLike(each.route.destination)
            && each.route.destination.family() == net::Family::V4
            && !wishes_.tunnels.contains(each.route.interface)) {
            ways.insert(each.route.interface);
        }
    }
    const auto settings = system_.detourSettings({ways.begin(), ways.end()});
    for (const auto& each : settings.value_or(std::vector<HostSetting>())) {
        if (const auto change = changeFor({each, std::nullopt}, users, problems)) {
            addOnce(goal_.settings, *change);
            goal_.users[change->name].insert(users.begin(), users.end());
        }
    }
}

void HostPlan::findForeign() {
    for (const auto& each : routes_) {
        if (!each.isOurs && !isDefaultLike(each.route.destination)
            && !wishes_.tunnels.contains(each.route.interface)) {
            foreign_.emplace(each.route.destination, &each.route);
        }
    }
}

Status HostPlan::collision(const net::IpPrefix& network) const {
    for (int length = network.length(); length > kHalfLength; --length) {
        const auto found = foreign_.find(net::IpPrefix(network.address(), length).masked());
        if (found == foreign_.end()) {
            continue;
        }
        const auto& route = *found->second;
        return failedPrecondition(
            "{} of the mesh lies in {}, which this host reaches{} by {}{}",
            network.toString(),
            route.destination.toString(),
            route.gateway ? fmt::format(" through {}", route.gateway->toString()) : std::string(),
            route.interface,
            network.family() == net::Family::V4 ? freeRange(network.length(), routes_) : "");
    }
    return okStatus();
}

void HostPlan::addRoutes(Problems& problems) {
    // Who agreed to a network wins it from who only came first.
    for (const bool agreed : {true, false}) {
        for (const auto& claim : wishes_.claims) {
            if (isAgreed(claim) == agreed) {
                addClaim(claim, agreed, problems);
            }
        }
    }
}

void HostPlan::addClaim(const RouteClaim& claim, bool agreed, Problems& problems) {
    const auto& [network, name] = claim;
    if (Status hit = agreed ? okStatus() : collision(network); !hit.ok()) {
        problems.push_back({HostPart::Collision, network.toString(), std::move(hit), name});
        return;
    }
    const auto first = takenBefore(claim);
    if (first && (!agreed || first->network == network)) {
        problems.push_back(
            {HostPart::Routes, network.toString(), isTaken(network, *first, name), name});
        return;
    }
    taken_[name].insert(network);
    goal_.routes.push_back(
        {{network, name, std::nullopt, isOuter(claim) ? RouteTable::Outer : RouteTable::Main}});
}

bool HostPlan::isOuter(const RouteClaim& claim) const {
    const auto& outer = wishes_.tunnels.at(claim.interface).outer;
    return std::ranges::find(outer, claim.network) != outer.end();
}

bool HostPlan::isAgreed(const RouteClaim& claim) const {
    // Who agrees to a default route has not given up the networks beside this host.
    return std::ranges::any_of(
        wishes_.tunnels.at(claim.interface).agreed, [&claim](const net::IpPrefix& each) {
            return !isDefaultLike(each) && each.contains(claim.network);
        });
}

std::optional<RouteClaim> HostPlan::takenBefore(const RouteClaim& claim) const {
    const auto& network = claim.network;
    for (const auto& [interface, networks] : taken_) {
        if (interface == claim.interface) {
            continue;
        }
        // The wider network of another: a default route is there to be narrowed.
        const int least = isDefaultLike(network) ? network.length() : kHalfLength + 1;
        for (int length = network.length(); length >= least; --length) {
            const auto wider = net::IpPrefix(network.address(), length).masked();
            if (networks.contains(wider)) {
                return RouteClaim{wider, interface};
            }
        }
        // What somebody agreed to cut out of it is no reason to lose the rest.
        auto within = networks.lower_bound(network);
        while (within != networks.end() && network.contains(*within)
               && isAgreed({*within, interface})) {
            ++within;
        }
        if (!isDefaultLike(network) && within != networks.end() && network.contains(*within)) {
            return RouteClaim{*within, interface};
        }
    }
    return std::nullopt;
}

}  // namespace weft::platform
