// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/exits.h"

#include "core/mesh/policy/detail/group_index.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
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

class Collector {
public:
    Collector(const Graph& graph, const std::vector<policy::Group>& groups)
        : graph_(graph), groups_(groups) {}

    void add(const storage::RouteRecord& route) {
        auto nodes = offering(route.node);
        if (!nodes.empty() && !route.nextHopNode.empty()) {
            nodes = takingPart(route.nextHopNode);
        }
        for (const auto node : nodes) {
            for (const auto& destination : route.destinations) {
                exits_.push_back({destination.masked(), node});
            }
        }
    }

    std::vector<Exit> finish() {
        const auto comesBefore = [this](const Exit& left, const Exit& right) {
            return std::tie(left.destination, graph_.id(left.node))
                   < std::tie(right.destination, graph_.id(right.node));
        };
        std::ranges::sort(exits_, comesBefore);
        exits_.erase(std::unique(exits_.begin(), exits_.end()), exits_.end());
        return std::move(exits_);
    }

private:
    std::vector<NodeNumber> takingPart(std::string_view id) const {
        const auto node = graph_.find(NodeId(std::string(id)));
        return node != kNoNode && graph_.takesPart(node) ? std::vector<NodeNumber>{node}
                                                         : std::vector<NodeNumber>();
    }

    std::vector<NodeNumber> offering(std::string_view text) const {
        if (!text.starts_with(policy::kGroupMark)) {
            return takingPart(text);
        }
        std::vector<NodeNumber> nodes;
        const auto names = membersOf(groups_, text.substr(policy::kGroupMark.size()));
        if (names.contains(policy::kWildcard)) {
            std::ranges::copy_if(
                graph_.inOrder(), std::back_inserter(nodes), [this](NodeNumber node) {
                    return graph_.takesPart(node);
                });
            return nodes;
        }
        for (const auto name : names) {
            std::ranges::copy(takingPart(name), std::back_inserter(nodes));
        }
        return nodes;
    }

    const Graph& graph_;
    const std::vector<policy::Group>& groups_;
    std::vector<Exit> exits_;
};

}  // namespace

std::vector<Exit> exitsOf(
    const storage::Registry& registry,
    const Graph& graph,
    const std::vector<policy::Group>& groups) {
    Collector collector(graph, groups);
    for (const auto* route : registry.routes()) {
        collector.add(*route);
    }
    return collector.finish();
}

}  // namespace weft::mesh::network
