// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/request_rules.h"

#include "core/base/text.h"
#include "core/mesh/detail/limits.h"
#include "core/net/endpoint.h"

#include "v1/node.pb.h"

#include <algorithm>
#include <array>

namespace weft::mesh::detail {
namespace {

constexpr std::size_t kMaxZoneBytes = 253;
constexpr int kMaxPort = 65535;

struct RefusedRange {
    std::string_view prefix;
    std::string_view name;
};
constexpr std::array<RefusedRange, 6> kRefusedRanges = {{
    {"127.0.0.0/8", "loopback"},
    {"169.254.0.0/16", "link-local"},
    {"224.0.0.0/4", "multicast"},
    {"::1/128", "loopback"},
    {"fe80::/10", "link-local"},
    {"ff00::/8", "multicast"},
}};

Status validateRoute(const net::IpPrefix& route, const MeshInfo& mesh) {
    for (const auto& network : {mesh.networkIpv4, mesh.networkIpv6}) {
        if (!network.isDefaultRoute() && route.overlaps(network)) {
            return invalidArgument(
                "the route {} overlaps the mesh's own network {}",
                route.toString(),
                network.toString());
        }
    }
    for (const auto& range : kRefusedRanges) {
        const auto refused = net::IpPrefix::parse(range.prefix);
        if (refused.ok() && route.overlaps(*refused)) {
            return invalidArgument(
                "the route {} overlaps the {} range {}",
                route.toString(),
                range.name,
                range.prefix);
        }
    }
    return okStatus();
}

Status validateText(std::string_view text, std::string_view what) {
    if (text.size() > kMaxTextBytes) {
        return invalidArgument("{} is longer than {} bytes", what, kMaxTextBytes);
    }
    if (!base::isUtf8(text)) {
        return invalidArgument("{} is not UTF-8", what);
    }
    return okStatus();
}

}  // namespace

Status validateRoutes(const std::vector<net::IpPrefix>& routes, const MeshInfo& mesh) {
    if (routes.size() > kMaxRoutes) {
        return invalidArgument("more than {} routes", kMaxRoutes);
    }
    for (const auto& route : routes) {
        WEFT_RETURN_IF_ERROR(validateRoute(route, mesh));
    }
    return okStatus();
}

StatusOr<std::string> checkedPrimaryEndpoint(const std::string& text) {
    if (text.empty() || text == "invalid IP") {
        return std::string();
    }
    const auto address = net::IpAddress::parse(text);
    if (!address.ok() || address->isUnspecified() || address->isMulticast()) {
        return invalidArgument(
            "the primary endpoint {} is not an address that others can send to",
            base::escapeForLine(text));
    }
    return address->toString();
}

StatusOr<std::vector<std::string>> checkedWireguardEndpoints(std::vector<std::string> texts) {
    if (texts.size() > kMaxWireguardEndpoints) {
        return invalidArgument("more than {} WireGuard endpoints", kMaxWireguardEndpoints);
    }
    std::vector<std::string> checked;
    for (auto& text : texts) {
        const auto endpoint = net::Endpoint::parse(text);
        if (!endpoint.ok()) {
            return invalidArgument(
                "the WireGuard endpoint {} is not address:port", base::escapeForLine(text));
        }
        auto canonical = endpoint->toString();
        if (std::ranges::find(checked, canonical) == checked.end()) {
            checked.push_back(std::move(canonical));
        }
    }
    return checked;
}

StatusOr<std::vector<storage::FeaturePort>> checkedFeatures(
    std::vector<storage::FeaturePort> features) {
    if (features.size() > kMaxFeatures) {
        return invalidArgument("more than {} features", kMaxFeatures);
    }
    std::vector<storage::FeaturePort> checked;
    for (const auto& feature : features) {
        if (feature.port < 0 || feature.port > kMaxPort) {
            return invalidArgument(
                "the port {} of feature {} is not a port", feature.port, feature.feature);
        }
        const auto same = [&feature](const auto& other) {
            return other.feature == feature.feature;
        };
        // It stands for an empty list where that would mean no change.
        if (feature.feature == ::v1::FEATURE_NONE) {
            continue;
        }
        if (std::ranges::none_of(checked, same)) {
            checked.push_back(feature);
        }
    }
    return checked;
}

Status validateZone(std::string_view zone) {
    if (zone.size() > kMaxZoneBytes) {
        return invalidArgument("the zone is longer than {} bytes", kMaxZoneBytes);
    }
    return validateText(zone, "the zone");
}

Status validateMultiaddrs(const std::vector<std::string>& multiaddrs) {
    if (multiaddrs.size() > kMaxMultiaddrs) {
        return invalidArgument("more than {} multiaddrs", kMaxMultiaddrs);
    }
    for (const auto& text : multiaddrs) {
        WEFT_RETURN_IF_ERROR(validateText(text, "a multiaddr"));
    }
    return okStatus();
}

}  // namespace weft::mesh::detail
