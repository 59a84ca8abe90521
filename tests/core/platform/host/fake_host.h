// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host_system.h"

#include <compare>
#include <cstddef>
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
    void removeInterface(const std::string& name);

    std::string runName() override { return run; }
    Status addRoute(const platform::HostRoute& route) override;
    Status removeRoute(const platform::HostRoute& route) override;
    StatusOr<std::vector<platform::ListedRoute>> routes() override;
    StatusOr<std::vector<platform::ForwardingSwitch>> forwardingSwitches(
        net::Family family, const std::vector<std::string>& interfaces) override;
    StatusOr<std::string> setting(const std::string& name) override;
    Status set(const platform::HostSetting& setting) override;
    Status setFirewall(const std::string& owner, const platform::FirewallRules& rules) override;

private:
    template <typename Change>
    Status change(Change make);

    std::set<std::string> interfaces_;
};

net::IpPrefix prefix(const std::string& text);
net::IpAddress address(const std::string& text);

}  // namespace weft::tests
