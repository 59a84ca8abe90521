// SPDX-License-Identifier: Apache-2.0
// What reference nodes make of routes.
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/network/exits.h"
#include "core/mesh/policy/reachability.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using policy::Dialect;
using policy::ObjectKind;
using storage::NodeId;
using storage::NodeRecord;
using storage::RouteRecord;

bool isGroupText(std::string_view text) {
    return text.starts_with(policy::kGroupMark);
}

/// One route for each member of the group that it names; empty: there is none, too many, or the
/// route is one that would be wrong for each of them.
std::vector<Edit> splitByMember(const LintScene& scene, const RouteRecord& route, bool byNextHop) {
    RouteRecord members{.name = route.name, .node = byNextHop ? route.nextHopNode : route.node};
    const auto nodes = network::exitsOf(members, scene.registry(), scene.groups().groups());
    const bool isSound = std::ranges::all_of(route.destinations, [&](const auto& destination) {
        return network::liesOutside(destination, scene.registry());
    });
    if (nodes.empty() || nodes.size() > kMaxSplitRoutes || !isSound) {
        return {};
    }
    std::vector<Edit> edits{removalOf(route)};
    std::set<std::string> names;
    for (const auto& node : nodes) {
        auto one = route;
        one.name = freeName(scene.policy(), ObjectKind::Route, route.name + "-" + node.value());
        (byNextHop ? one.nextHopNode : one.node) = node.value();
        if (one.name.empty() || !names.insert(one.name).second) {
            return {};
        }
        edits.push_back(additionOf(std::move(one)));
    }
    return edits;
}

void checkGroups(const LintScene& scene, const RouteRecord& route, FindingList& findings) {
    const auto report = [&](bool byNextHop, std::string_view code, std::string_view text) {
        Finding finding{
            .severity = byNextHop ? Severity::Warning : Severity::Hint,
            .code = std::string(code),
            .ref = refOf(route),
            .text = fmt::format("route {} {}", base::escapeForLine(route.name), text),
            .fix = splitByMember(scene, route, byNextHop)};
        if (!finding.fix.empty()) {
            finding.fixText = "make one route for each member";
        }
        findings.add(std::move(finding));
    };
    if (isGroupText(route.node)) {
        report(false, "group-route", "is offered by a group, which reference nodes pass over");
    }
    if (isGroupText(route.nextHopNode)) {
        report(true, "group-next-hop", "has a group as its next hop, so nobody leads there");
    }
}

/// Looks for nodes that reference nodes lose because of a route.
class Hiding {
public:
    explicit Hiding(const LintScene& scene)
        : scene_(scene)
        , rules_(scene.network().rules(), scene.sharedGroups(), Dialect::Reference)
        , reachability_(rules_, {}) {
        for (const auto* node : scene.nodes()) {
            classes_.push_back(
                reachability_.classify({node->id.value(), node->privateIpv4, node->privateIpv6}));
        }
    }

    bool isCompiled() const { return rules_.isCompiled(); }
    /// False: there were too many verdicts.
    bool check(const RouteRecord& route, const NodeRecord& holder, FindingList& findings);

private:
    bool hides(const RouteRecord& route, const NodeRecord& holder, const NodeRecord& from);

    const LintScene& scene_;
    policy::NetworkRules rules_;
    policy::Reachability reachability_;
    /// By number of the node.
    std::vector<policy::Reachability::Number> classes_;
    std::size_t verdicts_ = 0;
};

bool Hiding::hides(const RouteRecord& route, const NodeRecord& holder, const NodeRecord& from) {
    policy::Flow flow{.sourceNode = from.id.value(), .destinationNode = holder.id.value()};
    verdicts_ += route.destinations.size();
    return std::ranges::any_of(route.destinations, [&](const net::IpPrefix& destination) {
        flow.source = destination.family() == net::Family::V4 ? from.privateIpv4 : from.privateIpv6;
        flow.destination = destination;
        return !rules_.accepts(flow);
    });
}

bool Hiding::check(const RouteRecord& route, const NodeRecord& holder, FindingList& findings) {
    const auto& nodes = scene_.nodes();
    const auto place = static_cast<std::size_t>(
        std::ranges::lower_bound(nodes, holder.id, {}, &NodeRecord::id) - nodes.begin());
    // Nodes of one class get the same answer.
    std::vector<std::optional<bool>> known(reachability_.classes());
    std::vector<std::string> names;
    std::size_t count = 0;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        if (at == place || !nodes[at]->publicKey) {
            continue;
        }
        auto& isHidden = known[classes_[at]];
        if (!isHidden) {
            isHidden = reachability_.classesMayReach(classes_[at], classes_[place])
                       && hides(route, holder, *nodes[at]);
        }
        if (*isHidden && count++ < kMaxNamedInFinding) {
            names.push_back(nodes[at]->id.value());
        }
        if (verdicts_ > scene_.limits().routeVerdicts) {
            return false;
        }
    }
    if (count != 0) {
        findings.add(
            {.severity = Severity::Warning,
             .code = "route-hides-node",
             .ref = refOf(route),
             .text = fmt::format(
                 "route {} hides {} from {} that may reach it but not all of the route, if they "
                 "are reference nodes: {}",
                 base::escapeForLine(route.name),
                 base::escapeForLine(holder.id.value()),
                 counted(count, "node"),
                 listed(names, count))});
    }
    return true;
}

/// Without prefixes in rules a route is as open as the node that offers it.
bool hasPrefixes(const LintScene& scene) {
    return std::ranges::any_of(scene.rules(), [](const LintRule& rule) {
        return !rule.source.isOpen() || !rule.destination.isOpen();
    });
}

}  // namespace

void lintRouteReaders(const LintScene& scene, FindingList& findings) {
    const auto routes = scene.policy().ofKind(ObjectKind::Route);
    for (const auto* object : routes) {
        checkGroups(scene, std::get<RouteRecord>(*object), findings);
    }
    if (routes.empty() || !hasPrefixes(scene)) {
        return;
    }
    Hiding hiding(scene);
    if (!hiding.isCompiled()) {
        findings.noteIncomplete();
        return;
    }
    for (const auto* object : routes) {
        const auto& route = std::get<RouteRecord>(*object);
        const auto* holder = scene.registry().node(NodeId(route.node));
        if (holder == nullptr || !holder->publicKey) {
            continue;
        }
        if (!hiding.check(route, *holder, findings)) {
            findings.noteIncomplete();
            return;
        }
    }
}

}  // namespace weft::mesh::changes::detail
