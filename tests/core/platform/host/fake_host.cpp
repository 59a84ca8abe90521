// SPDX-License-Identifier: Apache-2.0
#include "tests/core/platform/host/fake_host.h"

#include <algorithm>

namespace weft::tests {

using platform::HostRoute;

net::IpPrefix prefix(const std::string& text) {
    return *net::IpPrefix::parse(text);
}

net::IpAddress address(const std::string& text) {
    return *net::IpAddress::parse(text);
}

FakeHost::FakeHost() {
    picture.settings["ipv4/all"] = "0";
    addInterface("lan0");
    addInterface("lan1");
    addInterface("wan0");
    picture.settings["ipv6/forwarding"] = "0";
    picture.settings["ipv4/wan0/rp_filter"] = "1";
    picture.settings["ipv6/lan0/accept_ra"] = "1";
    picture.foreignRoutes = {
        {prefix("192.168.1.0/24"), "lan0", {}},
        {prefix("192.168.2.0/24"), "lan1", {}},
        {prefix("fd01::/64"), "lan0", {}},
        {prefix("203.0.113.0/24"), "wan0", {}},
        {prefix("0.0.0.0/0"), "wan0", address("203.0.113.1")},
    };
}

void FakeHost::addInterface(const std::string& name) {
    interfaces_.insert(name);
    picture.settings["ipv4/" + name + "/forwarding"] = picture.settings["ipv4/all"];
}

void FakeHost::removeInterface(const std::string& name) {
    interfaces_.erase(name);
    picture.settings.erase("ipv4/" + name + "/forwarding");
    std::erase_if(picture.ourRoutes, [&](const HostRoute& each) { return each.interface == name; });
}

template <typename Change>
Status FakeHost::change(Change make) {
    const std::size_t number = changes++;
    if (beforeChange) {
        beforeChange();
    }
    if (killAt == number && !killAfter) {
        throw Killed{};
    }
    Status made = make();
    if (killAt == number) {
        throw Killed{};
    }
    return made;
}

Status FakeHost::addRoute(const HostRoute& route) {
    return change([&]() -> Status {
        if (!routeAnswer.ok()) {
            return routeAnswer;
        }
        if (!interfaces_.contains(route.interface)) {
            return notFound("no interface is called {}", route.interface);
        }
        // Foreign ones have another metric, and stand beside ours.
        const auto isThis = [&](const HostRoute& each) {
            return each.destination == route.destination && each.table == route.table;
        };
        if (std::ranges::any_of(picture.ourRoutes, isThis)) {
            return alreadyExists("{} is routed", route.destination.toString());
        }
        picture.ourRoutes.insert(route);
        return okStatus();
    });
}

Status FakeHost::removeRoute(const HostRoute& route) {
    return change([&] {
        return picture.ourRoutes.erase(route) == 0 ? notFound("no such route") : okStatus();
    });
}

StatusOr<std::vector<platform::ListedRoute>> FakeHost::routes() {
    std::vector<platform::ListedRoute> result;
    for (const auto& route : picture.foreignRoutes) {
        result.push_back({route, false, 100});
    }
    for (const auto& route : picture.ourRoutes) {
        result.push_back({route, true, 0});
    }
    return result;
}

Status FakeHost::addLookup(const platform::LookupRule& rule) {
    return change([&] {
        picture.lookups.insert(rule);
        return okStatus();
    });
}

Status FakeHost::removeLookup(const platform::LookupRule& rule) {
    return change(
        [&] { return picture.lookups.erase(rule) == 0 ? notFound("no such rule") : okStatus(); });
}

StatusOr<std::vector<platform::LookupRule>> FakeHost::lookups() {
    return std::vector<platform::LookupRule>(picture.lookups.begin(), picture.lookups.end());
}

StatusOr<std::vector<platform::HostSetting>> FakeHost::detourSettings(
    const std::vector<std::string>& interfaces) {
    std::vector<platform::HostSetting> result;
    for (const auto& name : interfaces) {
        const auto setting = "ipv4/" + name + "/rp_filter";
        if (picture.settings.contains(setting)) {
            result.push_back({setting, "2"});
        }
    }
    return result;
}

StatusOr<std::vector<platform::ForwardingSwitch>> FakeHost::forwardingSwitches(
    net::Family family, const std::vector<std::string>& interfaces) {
    std::vector<platform::ForwardingSwitch> result;
    if (family == net::Family::V6) {
        result.push_back({{"ipv6/lan0/accept_ra", "2"}, std::nullopt});
        result.push_back(
            {{"ipv6/forwarding", "1"}, platform::OpenedForwarding{family, std::string()}});
        return result;
    }
    for (const auto& name : interfaces) {
        result.push_back(
            {{"ipv4/" + name + "/forwarding", "1"},
             platform::OpenedForwarding{family, name},
             "ipv4/all"});
    }
    return result;
}

StatusOr<std::vector<platform::HostSetting>> FakeHost::closingSettings(
    net::Family family, const std::string& interface) {
    std::vector<platform::HostSetting> result;
    const auto name = "ipv4/" + interface + "/forwarding";
    if (family == net::Family::V6) {
        return picture.settings["ipv6/forwarding"] == "0"
                   ? StatusOr<std::vector<platform::HostSetting>>(result)
                   : failedPrecondition("all forward IPv6");
    }
    if (picture.settings.contains(name) && picture.settings[name] != "0") {
        result.push_back({name, "0"});
    }
    return result;
}

void FakeHost::changeRulesFromOutside(const std::string& owner) {
    picture.rules[owner] = {};
    ++rulesNumber_;
}

void FakeHost::forwardAll() {
    for (auto& [name, value] : picture.settings) {
        if (name.starts_with("ipv4/") && !name.ends_with("rp_filter")) {
            value = "1";
        }
    }
}

StatusOr<std::string> FakeHost::setting(const std::string& name) {
    const auto found = picture.settings.find(name);
    return found == picture.settings.end() ? StatusOr<std::string>(notFound("no {}", name))
                                           : found->second;
}

Status FakeHost::set(const platform::HostSetting& setting) {
    return change([&]() -> Status {
        if (!setAnswer.ok()) {
            return setAnswer;
        }
        if (!picture.settings.contains(setting.name)) {
            return notFound("no {}", setting.name);
        }
        picture.settings[setting.name] = setting.value;
        return okStatus();
    });
}

Status FakeHost::setFirewall(const std::string& owner, const platform::FirewallRules& rules) {
    return change([&]() -> Status {
        ++firewallLoads;
        if (!firewallAnswer.ok()) {
            return firewallAnswer;
        }
        ++rulesNumber_;
        if (rules.empty()) {
            picture.rules.erase(owner);
        } else {
            picture.rules[owner] = rules;
        }
        return okStatus();
    });
}

StatusOr<std::uint64_t> FakeHost::firewallState(const std::string& owner) {
    return picture.rules.contains(owner) ? StatusOr<std::uint64_t>(rulesNumber_)
                                         : notFound("no rules of {}", owner);
}

}  // namespace weft::tests
