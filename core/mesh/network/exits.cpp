// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/exits.h"

#include "core/mesh/policy/detail/group_index.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace weft::mesh::network {
namespace {

using Names = std::set<std::string_view>;

/// Adds the nodes among the subjects of a group to `nodes` and the groups to `inner`.
void addSubjects(const policy::Group& group, Names& nodes, std::vector<std::string_view>& inner) {
    for (const auto& subject : group.subjects) {
        if (subject.kind == policy::SubjectKind::Group) {
            inner.emplace_back(subject.name);
        } else if (subject.kind != policy::SubjectKind::Unknown) {
            nodes.insert(subject.name);
        }
    }
}

/// The members of a group as the access rules count them: groups in groups too, circles cut.
Names membersOf(const std::vector<policy::Group>& groups, std::string_view name) {
    Names nodes;
    Names seen{name};
    std::vector<std::string_view> level{name};
    for (std::size_t depth = 0; depth < policy::kMaxGroupDepth && !level.empty(); ++depth) {
        std::vector<std::string_view> inner;
        for (const auto one : level) {
            const auto found = std::ranges::lower_bound(groups, one, {}, &policy::Group::name);
            if (found != groups.end() && found->name == one) {
                addSubjects(*found, nodes, inner);
            }
        }
        std::erase_if(inner, [&seen](std::string_view one) { return !seen.insert(one).second; });
        level = std::move(inner);
    }
    return nodes;
}

void addIfTakingPart(
    std::string_view name, const storage::Registry& registry, std::vector<NodeId>& nodes) {
    NodeId id{std::string(name)};
    const auto* record = registry.node(id);
    if (record != nullptr && record->publicKey) {
        nodes.push_back(std::move(id));
    }
}

std::vector<NodeId> offering(
    std::string_view text,
    const storage::Registry& registry,
    const std::vector<policy::Group>& groups) {
    std::vector<NodeId> nodes;
    if (!text.starts_with(policy::kGroupMark)) {
        addIfTakingPart(text, registry, nodes);
        return nodes;
    }
    const auto names = membersOf(groups, text.substr(policy::kGroupMark.size()));
    if (!names.contains(policy::kWildcard)) {
        for (const auto name : names) {
            addIfTakingPart(name, registry, nodes);
        }
        return nodes;
    }
    for (const auto* record : registry.nodes()) {
        if (record->publicKey) {
            nodes.push_back(record->id);
        }
    }
    return nodes;
}

}  // namespace

std::vector<NodeId> exitsOf(
    const storage::RouteRecord& route,
    const storage::Registry& registry,
    const std::vector<policy::Group>& groups) {
    auto nodes = offering(route.node, registry, groups);
    if (!nodes.empty() && !route.nextHopNode.empty()) {
        nodes.clear();
        addIfTakingPart(route.nextHopNode, registry, nodes);
    }
    return nodes;
}

bool liesOutside(const net::IpPrefix& network, const storage::Registry& registry) {
    if (network.isDefaultRoute()) {
        return true;
    }
    const auto overlaps = [&network](const std::optional<net::IpPrefix>& own) {
        return own && own->overlaps(network);
    };
    return !overlaps(registry.networkIpv4()) && !overlaps(registry.networkIpv6())
           && registry.nodeByAddress(network.masked().address()) == nullptr;
}

std::vector<net::IpPrefix> networksBehind(
    const NodeId& node,
    const storage::Registry& registry,
    const std::vector<policy::Group>& groups) {
    std::set<net::IpPrefix> networks;
    for (const auto* route : registry.routes()) {
        const auto exits = exitsOf(*route, registry, groups);
        if (!std::ranges::binary_search(exits, node)) {
            continue;
        }
        for (const auto& destination : route->destinations) {
            if (liesOutside(destination, registry)) {
                networks.insert(destination.masked());
            }
        }
    }
    return {networks.begin(), networks.end()};
}

Exits collectExits(
    const storage::Registry& registry,
    const Graph& graph,
    const std::vector<policy::Group>& groups) {
    Exits exits;
    std::map<net::IpPrefix, std::vector<std::uint32_t>> destinations;
    for (const auto* route : registry.routes()) {
        std::vector<NodeNumber> nodes;
        for (const auto& id : exitsOf(*route, registry, groups)) {
            if (const auto node = graph.find(id); node != kNoNode && graph.takesPart(node)) {
                nodes.push_back(node);
            }
        }
        if (nodes.empty()) {
            continue;
        }
        const auto place = static_cast<std::uint32_t>(exits.offers.size());
        for (const auto& destination : route->destinations) {
            auto& offers = destinations[destination.masked()];
            if (liesOutside(destination, registry) && (offers.empty() || offers.back() != place)) {
                offers.push_back(place);
            }
        }
        exits.offers.push_back(std::move(nodes));
    }
    for (auto& [network, offers] : destinations) {
        if (!offers.empty()) {
            exits.destinations.push_back({network, std::move(offers)});
        }
    }
    return exits;
}

}  // namespace weft::mesh::network
