// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/route_offers.h"

#include "core/mesh/network/exits.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace weft::daemon {
namespace {

/// The networks behind all other nodes of `registry` for which `isMeant`, cut at `most`.
template <typename IsMeant>
std::vector<RouteOffer> offersOf(
    const storage::Registry& registry,
    const std::vector<mesh::policy::Group>& groups,
    const storage::NodeId& self,
    std::size_t most,
    const IsMeant& isMeant) {
    std::set<std::pair<net::IpPrefix, storage::NodeId>> found;
    std::vector<RouteOffer> offers;
    const auto add = [&](const net::IpPrefix& network, const storage::NodeId& node) {
        const auto* record = registry.node(node);
        if (node != self && record != nullptr && record->publicKey && offers.size() < most
            && found.emplace(network, node).second) {
            offers.push_back({network, node, *record->publicKey});
        }
    };
    for (const auto* route : registry.routes()) {
        std::vector<net::IpPrefix> networks;
        for (const auto& each : route->destinations) {
            if (isMeant(each.masked()) && mesh::network::liesOutside(each, registry)) {
                networks.push_back(each.masked());
            }
        }
        if (networks.empty()) {
            continue;
        }
        for (const auto& node : mesh::network::exitsOf(*route, registry, groups)) {
            std::ranges::for_each(networks, [&](const auto& network) { add(network, node); });
        }
    }
    std::ranges::sort(offers, [](const RouteOffer& a, const RouteOffer& b) {
        return std::tie(a.network, a.node) < std::tie(b.network, b.node);
    });
    return offers;
}

}  // namespace

std::vector<RouteOffer> askedOffers(
    const storage::Registry& registry,
    const std::vector<mesh::policy::Group>& groups,
    const storage::NodeId& self,
    const RouteConsents& consents) {
    return offersOf(
        registry, groups, self, kMostRouteOffers, [&consents](const net::IpPrefix& network) {
            return consents.isAsked(network);
        });
}

std::vector<RouteOffer> listedOffers(
    const storage::Registry& registry,
    const std::vector<mesh::policy::Group>& groups,
    const storage::NodeId& self) {
    return offersOf(
        registry, groups, self, kMostListedRoutes, [](const net::IpPrefix& /*network*/) {
            return true;
        });
}

}  // namespace weft::daemon
