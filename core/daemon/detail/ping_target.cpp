// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/ping_target.h"

#include "core/base/text.h"
#include "core/mesh/policy/explain.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace policy = mesh::policy;
using net::Family;

std::string_view nameOf(Family family) {
    return family == Family::V4 ? "IPv4" : "IPv6";
}

std::optional<Family> familyOf(local::AddressFamily family) {
    switch (family) {
    case local::ADDRESS_FAMILY_IPV4:
        return Family::V4;
    case local::ADDRESS_FAMILY_IPV6:
        return Family::V6;
    default:
        return std::nullopt;
    }
}

const std::optional<net::IpPrefix>& addressOf(const storage::NodeRecord& node, Family family) {
    return family == Family::V4 ? node.privateIpv4 : node.privateIpv6;
}

bool accepts(const policy::DirectionVerdict& direction, Family family) {
    return std::ranges::any_of(direction.families, [family](const auto& verdict) {
        return verdict.family == family && verdict.trace.accepted;
    });
}

Status denied(const policy::DirectionVerdict& direction, Family family) {
    const auto found =
        std::ranges::find(direction.families, family, &policy::FamilyVerdict::family);
    const bool byRule = found != direction.families.end() && !found->trace.decidedBy.empty();
    return permissionDenied(
        "the access rules let no {} packets from {} to {}: {}. \"weftctl explain access {} {}\" "
        "tells more",
        nameOf(family),
        direction.from,
        direction.to,
        byRule ? fmt::format("rule {} denies them", base::escapeForLine(found->trace.decidedBy))
               : std::string("no rule accepts them"),
        direction.from,
        direction.to);
}

/// Both directions: an answer has to come back.
Status allowed(const policy::Explanation& rules, Family family) {
    if (!accepts(rules.forward, family)) {
        return denied(rules.forward, family);
    }
    return accepts(rules.backward, family) ? okStatus() : denied(rules.backward, family);
}

/// The families in which both ends have an address; else why there is none.
StatusOr<std::vector<Family>> commonFamilies(
    const storage::NodeRecord& self,
    const storage::NodeRecord& node,
    std::optional<Family> wanted) {
    std::vector<Family> families;
    for (const auto family : {Family::V4, Family::V6}) {
        const bool isMeant = !wanted || wanted == family;
        if (isMeant && addressOf(self, family) && addressOf(node, family)) {
            families.push_back(family);
        }
    }
    if (!families.empty()) {
        return families;
    }
    if (!wanted) {
        return failedPrecondition(
            "{} and this node have no family of addresses in common", node.id.value());
    }
    const bool isOurs = !addressOf(self, *wanted);
    return failedPrecondition(
        "{} has no {} address in this mesh",
        isOurs ? std::string("this node") : node.id.value(),
        nameOf(*wanted));
}

StatusOr<PingTarget> toNode(
    const storage::Registry& registry,
    const policy::Policy& rules,
    const storage::NodeRecord& self,
    const storage::NodeRecord& node,
    std::optional<Family> wanted) {
    if (node.id == self.id) {
        return invalidArgument("{} is this node itself", node.id.value());
    }
    WEFT_ASSIGN_OR_RETURN(const auto families, commonFamilies(self, node, wanted));
    WEFT_ASSIGN_OR_RETURN(
        const auto verdict, policy::explain(registry, rules, self.id.value(), node.id.value()));
    Status answer = okStatus();
    for (const auto family : families) {
        const Status may = allowed(verdict, family);
        if (may.ok()) {
            return PingTarget{.node = node.id, .address = addressOf(node, family)->address()};
        }
        answer = answer.ok() ? may : answer;
    }
    return answer;
}

/// The most particular route to `address`.
const storage::RouteRecord* routeTo(
    const storage::Registry& registry, const net::IpAddress& address) {
    const storage::RouteRecord* best = nullptr;
    int length = -1;
    for (const auto* route : registry.routes()) {
        for (const auto& destination : route->destinations) {
            if (destination.length() > length && destination.contains(address)) {
                best = route;
                length = destination.length();
            }
        }
    }
    return best;
}

StatusOr<PingTarget> toAddress(
    const storage::Registry& registry,
    const policy::Policy& rules,
    const storage::NodeRecord& self,
    const net::IpAddress& address,
    std::optional<Family> wanted) {
    if (wanted && *wanted != address.family()) {
        return invalidArgument("{} is no {} address", address.toString(), nameOf(*wanted));
    }
    if (const auto* node = registry.nodeByAddress(address)) {
        WEFT_ASSIGN_OR_RETURN(auto target, toNode(registry, rules, self, *node, address.family()));
        target.address = address;
        return target;
    }
    const auto* route = routeTo(registry, address);
    if (route == nullptr) {
        return notFound(
            "no node of this mesh has the address {}, and no route leads to it",
            address.toString());
    }
    if (route->node == self.id.value()) {
        return invalidArgument(
            "{} lies behind this node itself, by its route {}", address.toString(), route->name);
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto verdict, policy::explain(registry, rules, self.id.value(), route->node));
    for (const auto& each : verdict.forward.routes) {
        if (each.destination.contains(address) && each.trace.accepted) {
            return PingTarget{.node = storage::NodeId(route->node), .address = address};
        }
    }
    return permissionDenied(
        "the access rules do not let this node use the route {} of {}",
        base::escapeForLine(route->name),
        route->node);
}

}  // namespace

StatusOr<PingTarget> pingTarget(
    const storage::Registry& registry,
    const policy::Policy& rules,
    const storage::NodeId& self,
    const local::PingRequest& request) {
    if (request.target().empty()) {
        return invalidArgument("name a node or give an address");
    }
    const auto* own = registry.node(self);
    if (own == nullptr) {
        return unavailable("this node's record has not been read yet");
    }
    const auto wanted = familyOf(request.family());
    if (const auto* node = registry.node(storage::NodeId(request.target()))) {
        return toNode(registry, rules, *own, *node, wanted);
    }
    if (const auto address = net::IpAddress::parse(request.target()); address.ok()) {
        return toAddress(registry, rules, *own, address->unmapped(), wanted);
    }
    return notFound(
        "no node of this mesh is called {}: \"weftctl get nodes\" lists them",
        base::escapeForLine(request.target()));
}

}  // namespace weft::daemon
