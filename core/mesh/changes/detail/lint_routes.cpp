// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/network/exits.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using net::IpPrefix;
using policy::ObjectKind;
using storage::RouteRecord;

/// A destination that a route offers.
struct Offer {
    const RouteRecord* route = nullptr;
    /// The node or group that leads there, as text.
    std::string_view leader;
};

using Offers = std::map<IpPrefix, std::vector<Offer>>;

std::string_view leaderOf(const RouteRecord& route) {
    return route.nextHopNode.empty() ? route.node : route.nextHopNode;
}

std::string described(const Offer& offer) {
    return fmt::format(
        "{} of {}", base::escapeForLine(offer.route->name), base::escapeForLine(offer.leader));
}

void checkShared(const IpPrefix& network, const std::vector<Offer>& offers, FindingList& findings) {
    std::set<std::string_view> leaders;
    std::vector<std::string> names;
    for (const auto& offer : offers) {
        if (leaders.insert(offer.leader).second) {
            names.emplace_back(offer.leader);
        }
    }
    if (leaders.size() < 2) {
        return;
    }
    findings.add(
        {.severity = Severity::Hint,
         .code = "shared-exit",
         .ref = refOf(*offers.front().route),
         .text = fmt::format(
             "{} is offered by {}: each node uses the closest of them",
             network.toString(),
             listed(names))});
}

/// The offers of a larger network by somebody else; the closest one.
const Offer* holderOf(
    const Offers& all, const std::set<int>& lengths, const IpPrefix& network, const Offer& inner) {
    // The longest first; a default route holds everything, and nobody is surprised by that.
    for (auto length = lengths.rbegin(); length != lengths.rend() && *length > 0; ++length) {
        if (*length >= network.length()) {
            continue;
        }
        const auto found = all.find(IpPrefix(network.address(), *length).masked());
        if (found == all.end()) {
            continue;
        }
        const auto other = std::ranges::find_if(
            found->second, [&inner](const Offer& offer) { return offer.leader != inner.leader; });
        if (other != found->second.end()) {
            return &*other;
        }
    }
    return nullptr;
}

void checkNested(const Offers& all, FindingList& findings) {
    std::map<net::Family, std::set<int>> lengths;
    for (const auto& [network, offers] : all) {
        lengths[network.family()].insert(network.length());
    }
    for (const auto& [network, offers] : all) {
        for (const auto& offer : offers) {
            const auto* holder = holderOf(all, lengths[network.family()], network, offer);
            if (holder == nullptr) {
                continue;
            }
            findings.add(
                {.severity = Severity::Warning,
                 .code = "nested-routes",
                 .ref = refOf(*offer.route),
                 .text = fmt::format(
                     "{} by route {} lies within a network of route {}: it leads elsewhere than "
                     "the addresses around it",
                     network.toString(),
                     described(offer),
                     described(*holder))});
        }
    }
}

void checkInside(const LintScene& scene, const RouteRecord& route, FindingList& findings) {
    auto changed = route;
    std::vector<std::string> inside;
    std::erase_if(changed.destinations, [&](const IpPrefix& destination) {
        const bool isInside = !network::liesOutside(destination, scene.registry());
        if (isInside) {
            inside.push_back(destination.toString());
        }
        return isInside;
    });
    if (inside.empty()) {
        return;
    }
    Finding finding{
        .severity = Severity::Error,
        .code = "route-inside-mesh",
        .ref = refOf(route),
        .text = fmt::format(
            "route {} leads to {}, which the mesh itself uses: it is passed over",
            base::escapeForLine(route.name),
            listed(inside)),
        .fixText = "take it out of the route"};
    if (changed.destinations.empty()) {
        finding.fix = {removalOf(route)};
        finding.fixText = "remove the route";
    } else {
        finding.fix = {changeOf(route, std::move(changed))};
    }
    findings.add(std::move(finding));
}

void checkDefault(const RouteRecord& route, FindingList& findings) {
    if (std::ranges::none_of(route.destinations, &IpPrefix::isDefaultRoute)) {
        return;
    }
    findings.add(
        {.severity = Severity::Hint,
         .code = "default-route",
         .ref = refOf(route),
         .text = fmt::format(
             "route {} is a default route: reference nodes send all that leaves them through {} "
             "without being asked",
             base::escapeForLine(route.name),
             base::escapeForLine(leaderOf(route)))});
}

}  // namespace

void lintRoutes(const LintScene& scene, FindingList& findings) {
    Offers offers;
    for (const auto* object : scene.policy().ofKind(ObjectKind::Route)) {
        const auto& route = std::get<RouteRecord>(*object);
        checkInside(scene, route, findings);
        checkDefault(route, findings);
        for (const auto& destination : route.destinations) {
            if (network::liesOutside(destination, scene.registry())) {
                offers[destination.masked()].push_back({&route, leaderOf(route)});
            }
        }
    }
    for (const auto& [network, offering] : offers) {
        checkShared(network, offering, findings);
    }
    checkNested(offers, findings);
}

}  // namespace weft::mesh::changes::detail
