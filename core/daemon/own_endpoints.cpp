// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/own_endpoints.h"

#include "core/net/endpoint.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

namespace weft::daemon {
namespace {

/// Ends of cables and bridges to what runs on this host, by the names that their programs give.
bool isInward(std::string_view interface) {
    constexpr std::array kPrefixes{"veth", "docker", "virbr", "vnet", "cni", "lxcbr", "podman"};
    if (std::ranges::any_of(
            kPrefixes, [interface](const char* prefix) { return interface.starts_with(prefix); })) {
        return true;
    }
    // Docker's further networks: "br-" and twelve digits.
    constexpr std::string_view kBridge = "br-";
    constexpr std::size_t kDigits = 12;
    const auto rest = interface.starts_with(kBridge) ? interface.substr(kBridge.size()) : "";
    return rest.size() == kDigits
           && rest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool isOutward(const platform::HostAddress& each) {
    const auto address = each.address.address();
    return each.isRunning && !each.isLoopback && !each.isPointToPoint && !isInward(each.interface)
           && !address.isLoopback() && !address.isLinkLocal() && !address.isMulticast()
           && !address.isUnspecified();
}

/// Whether somebody has said where WireGuard is to be reached, and did not leave it to the rest.
bool saysItself(const config::NodeOptions& options) {
    const auto origin = options.origins.find("wireguard.endpoints");
    return !options.wireguard.endpoints.empty()
           && (origin == options.origins.end() || !origin->second.starts_with("global."));
}

void addOnce(std::vector<std::string>& list, std::string text) {
    if (std::ranges::find(list, text) == list.end()) {
        list.push_back(std::move(text));
    }
}

}  // namespace

std::vector<platform::HostAddress> outwardAddresses(std::vector<platform::HostAddress> all) {
    std::erase_if(all, [](const auto& each) { return !isOutward(each); });
    return all;
}

std::vector<net::IpAddress> detectedAddresses(
    const std::vector<platform::HostAddress>& outward, const config::GlobalOptions& options) {
    std::vector<net::IpAddress> found;
    if (!options.detectEndpoints && !options.detectPrivateEndpoints) {
        return found;
    }
    for (const auto& each : outward) {
        const auto address = each.address.address();
        const bool isWanted = (address.isV4() || options.detectIpv6)
                              && (!address.isPrivate() || options.detectPrivateEndpoints);
        if (isWanted && !each.isTemporary && !each.isDeprecated && !each.isTentative) {
            found.push_back(address);
        }
    }
    std::ranges::sort(found, {}, [](const net::IpAddress& address) {
        return std::tuple(address.isPrivate(), address.isV6(), address);
    });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    found.resize(std::min(found.size(), kMostOwnEndpoints));
    return found;
}

OwnEndpoints ownEndpoints(
    const ConnectionSpec& spec,
    const std::vector<platform::HostAddress>& outward,
    std::uint16_t port) {
    OwnEndpoints own;
    for (const auto& endpoint : spec.endpoints) {
        if (const auto address = net::IpAddress::parse(endpoint); address.ok()) {
            own.primary = own.primary.empty() ? address->toString() : own.primary;
            addOnce(own.wireguard, net::Endpoint{*address, port}.toString());
        }
    }
    for (auto endpoint : spec.options.wireguard.endpoints) {
        // What was said without a port, or with this node's, moves along with it; another one is
        // a forwarding that somebody has set up.
        if (endpoint.port == spec.options.wireguard.listenPort) {
            endpoint.port = port;
        }
        addOnce(own.wireguard, endpoint.toString());
    }
    const auto detected = detectedAddresses(outward, spec.options.global);
    if (own.primary.empty() && !detected.empty()) {
        own.primary = detected.front().toString();
    }
    if (saysItself(spec.options)) {
        return own;
    }
    for (const auto& address : detected) {
        if (own.wireguard.size() < kMostOwnEndpoints) {
            addOnce(own.wireguard, net::Endpoint{address, port}.toString());
        }
    }
    return own;
}

}  // namespace weft::daemon
