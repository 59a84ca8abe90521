// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/explain.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace weft::mesh::policy {
namespace {

using storage::NodeId;
using storage::NodeRecord;

StatusOr<const NodeRecord*> nodeNamed(const storage::Registry& registry, std::string_view text) {
    const auto* node = registry.node(NodeId(std::string(text)));
    if (node == nullptr) {
        const auto address = net::IpAddress::parse(text);
        node = address.ok() ? registry.nodeByAddress(*address) : nullptr;
    }
    if (node == nullptr) {
        return notFound("there is no node {} in this mesh", base::escapeForLine(text));
    }
    return node;
}

const std::optional<net::IpPrefix>& addressOf(const NodeRecord& node, net::Family family) {
    return family == net::Family::V4 ? node.privateIpv4 : node.privateIpv6;
}

Flow flowBetween(const NodeRecord& from, const NodeRecord& to, net::Family family) {
    return {
        .sourceNode = from.id.value(),
        .source = addressOf(from, family),
        .destinationNode = to.id.value(),
        .destination = addressOf(to, family)};
}

bool accepts(const NetworkRules& rules, const NodeRecord& from, const NodeRecord& to) {
    return rules.accepts(flowBetween(from, to, net::Family::V4))
           || rules.accepts(flowBetween(from, to, net::Family::V6));
}

void addRoutes(
    const storage::Registry& registry,
    const NetworkRules& rules,
    const NodeRecord& from,
    const NodeRecord& to,
    DirectionVerdict& verdict) {
    for (const auto* route : registry.routesOf(to.id)) {
        for (const auto& destination : route->destinations) {
            auto flow = flowBetween(from, to, destination.family());
            flow.destination = destination;
            verdict.routes.push_back(
                {.route = route->name, .destination = destination, .trace = rules.trace(flow)});
        }
    }
}

DirectionVerdict directionOf(
    const storage::Registry& registry,
    const NetworkRules& rules,
    const NodeRecord& from,
    const NodeRecord& to) {
    DirectionVerdict verdict{.from = from.id.value(), .to = to.id.value()};
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        auto flow = flowBetween(from, to, family);
        auto trace = rules.trace(flow);
        verdict.accepted = verdict.accepted || trace.accepted;
        const bool byReference = rules.trace(flow, Dialect::Reference).accepted;
        verdict.families.push_back(
            {.family = family,
             .flow = std::move(flow),
             .trace = std::move(trace),
             .referenceAccepts = byReference});
    }
    addRoutes(registry, rules, from, to, verdict);
    // A reference server withholds a node when one of its routes is denied; we only the route.
    verdict.peered = verdict.accepted
                     && (rules.dialect() == Dialect::Seed
                         || std::ranges::all_of(verdict.routes, [](const RouteVerdict& route) {
                                return route.trace.accepted;
                            }));
    return verdict;
}

/// The shortest way along edges, over nodes that `from` may reach.
std::vector<std::string> pathBetween(
    const storage::Registry& registry,
    const NetworkRules& rules,
    const NodeRecord& from,
    const NodeRecord& to) {
    std::map<NodeId, NodeId> cameFrom{{from.id, from.id}};
    std::deque<NodeId> waiting{from.id};
    while (!waiting.empty() && !cameFrom.contains(to.id)) {
        const auto here = waiting.front();
        waiting.pop_front();
        for (const auto* edge : registry.edgesOf(here)) {
            const auto* next = registry.node(edge->target);
            if (next != nullptr && next->publicKey && !cameFrom.contains(next->id)
                && accepts(rules, from, *next)) {
                cameFrom.emplace(next->id, here);
                waiting.push_back(next->id);
            }
        }
    }
    std::vector<std::string> path;
    if (!cameFrom.contains(to.id)) {
        return path;
    }
    for (auto at = to.id; at != from.id; at = cameFrom.at(at)) {
        path.push_back(at.value());
    }
    path.push_back(from.id.value());
    std::ranges::reverse(path);
    return path;
}

std::string deniedText(const DirectionVerdict& direction) {
    const auto who = fmt::format(
        "{} may not reach {}",
        base::escapeForLine(direction.from),
        base::escapeForLine(direction.to));
    if (direction.accepted) {
        return who + ", because a route behind it is denied";
    }
    for (const auto& family : direction.families) {
        if (!family.trace.decidedBy.empty()) {
            return fmt::format(
                "{}: the rule {} denies it", who, base::escapeForLine(family.trace.decidedBy));
        }
    }
    return who + ": no rule accepts it";
}

/// What the far end drops although there is a tunnel: the other family was accepted.
std::string filteredText(const DirectionVerdict& direction) {
    for (const auto& family : direction.families) {
        if (!family.trace.accepted && family.flow.source && family.flow.destination) {
            return fmt::format(
                " Nodes of Weft drop {} packets from {} to {}: {}.",
                family.family == net::Family::V4 ? "IPv4" : "IPv6",
                base::escapeForLine(direction.from),
                base::escapeForLine(direction.to),
                family.trace.decidedBy.empty()
                    ? "no rule accepts them"
                    : fmt::format(
                        "the rule {} denies them", base::escapeForLine(family.trace.decidedBy)));
        }
    }
    return {};
}

std::string summaryOf(const Explanation& explanation, const NodeRecord* withoutKey) {
    const auto& forward = explanation.forward;
    const auto& backward = explanation.backward;
    const auto first = base::escapeForLine(forward.from);
    const auto second = base::escapeForLine(forward.to);
    if (!forward.peered && !backward.peered) {
        return fmt::format("{}, and {}.", deniedText(forward), deniedText(backward));
    }
    if (!forward.peered || !backward.peered) {
        return fmt::format(
            "No tunnel, although the other direction is accepted: {}.",
            deniedText(forward.peered ? backward : forward));
    }
    if (withoutKey != nullptr) {
        return fmt::format(
            "The rules accept both directions, but {} has not joined yet.",
            base::escapeForLine(withoutKey->id.value()));
    }
    if (explanation.linked) {
        return fmt::format("{} and {} can have a tunnel.", first, second);
    }
    if (explanation.path.empty()) {
        return fmt::format(
            "The rules accept both directions, but no edges lead from {} to {}.", first, second);
    }
    return fmt::format(
        "The rules accept both directions, but there is no edge between {} and {}: traffic would "
        "have to go over {} other nodes.",
        first,
        second,
        explanation.path.size() - 2);
}

}  // namespace

StatusOr<Explanation> explain(
    const storage::Registry& registry,
    const Policy& policy,
    std::string_view from,
    std::string_view to) {
    WEFT_ASSIGN_OR_RETURN(const auto* first, nodeNamed(registry, from));
    WEFT_ASSIGN_OR_RETURN(const auto* second, nodeNamed(registry, to));
    if (first == second) {
        return invalidArgument(
            "{} needs no tunnel to itself: name two nodes", base::escapeForLine(first->id.value()));
    }
    const auto& rules = policy.network();
    Explanation explanation;
    explanation.forward = directionOf(registry, rules, *first, *second);
    explanation.backward = directionOf(registry, rules, *second, *first);
    explanation.linked = registry.edge(first->id, second->id) != nullptr;
    const auto* withoutKey = !first->publicKey ? first : !second->publicKey ? second : nullptr;
    explanation.tunnelPossible = explanation.linked && withoutKey == nullptr
                                 && explanation.forward.peered && explanation.backward.peered;
    if (!explanation.linked && explanation.forward.accepted) {
        explanation.path = pathBetween(registry, rules, *first, *second);
    }
    explanation.summary = summaryOf(explanation, withoutKey);
    if (explanation.forward.peered && explanation.backward.peered) {
        explanation.summary += filteredText(explanation.forward);
        explanation.summary += filteredText(explanation.backward);
    }
    return explanation;
}

}  // namespace weft::mesh::policy
