// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host_system.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::tests {

/// All of a host that a snapshot of its network shows.
struct HostPicture {
    std::map<std::string, std::string> settings;
    std::set<platform::HostRoute> foreignRoutes;
    std::set<platform::HostRoute> ourRoutes;
    std::map<std::string, platform::FirewallRules> rules;
    std::set<platform::LookupRule> lookups = {};

    friend bool operator==(const HostPicture&, const HostPicture&) = default;
};

/// Thrown in place of the end of the program.
struct Killed {};

/// A host in memory: two LANs, a way to the Internet, and whatever tunnels are added.
class FakeHost final : public platform::HostSystem {
public:
    FakeHost();

    HostPicture picture;
    std::string run = "run 1";
    /// Answers to come from `setFirewall`, `addRoute` and `set`.
    Status firewallAnswer;
    Status routeAnswer;
    Status setAnswer;
    std::size_t firewallLoads = 0;
    /// The program ends before the change with this number, or after it when `after`.
    std::optional<std::size_t> killAt;
    bool killAfter = false;
    /// Changes so far.
    std::size_t changes = 0;
    /// Called before each change.
    std::function<void()> beforeChange;

    void addInterface(const std::string& name);
    /// As a program for containers does it: IPv4 is forwarded between all interfaces.
    void forwardAll();
    void changeRulesFromOutside(const std::string& owner);
    void removeInterface(const std::string& name);

    std::string runName() override { return run; }
    Status addRoute(const platform::HostRoute& route) override;
    Status removeRoute(const platform::HostRoute& route) override;
    StatusOr<std::vector<platform::ListedRoute>> routes() override;
    Status addLookup(const platform::LookupRule& rule) override;
    Status removeLookup(const platform::LookupRule& rule) override;
    StatusOr<std::vector<platform::LookupRule>> lookups() override;
    StatusOr<std::vector<platform::HostSetting>> detourSettings(
        const std::vector<std::string>& interfaces) override;
    StatusOr<std::vector<platform::ForwardingSwitch>> forwardingSwitches(
        net::Family family, const std::vector<std::string>& interfaces) override;
    StatusOr<std::vector<platform::HostSetting>> closingSettings(
        net::Family family, const std::string& interface) override;
    StatusOr<std::string> setting(const std::string& name) override;
    Status set(const platform::HostSetting& setting) override;
    Status setFirewall(const std::string& owner, const platform::FirewallRules& rules) override;
    StatusOr<std::uint64_t> firewallState(const std::string& owner) override;

private:
    template <typename Change>
    Status change(Change make);

    std::set<std::string> interfaces_;
    std::uint64_t rulesNumber_ = 0;
};

net::IpPrefix prefix(const std::string& text);
net::IpAddress address(const std::string& text);

}  // namespace weft::tests
