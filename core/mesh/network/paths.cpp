// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/paths.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace weft::mesh::network {
namespace {

/// Above this many classes that are closed to some, looking at every node is quicker.
constexpr std::size_t kMaxClosed = 8;

}  // namespace

std::span<const Way> Paths::from(NodeNumber source) {
    if (source == source_ && source != kNoNode) {
        return ways_;
    }
    source_ = source;
    ways_.assign(graph_.size(), Way());
    found_ = 0;
    if (source >= graph_.size() || !graph_.takesPart(source)) {
        return ways_;
    }
    const auto friends = live(access_.mutualWith(classOf(source)));
    search(source, {friends, friends});
    takeCarrying(source, friends, access_.closedAmong(friends));
    const auto& reached = access_.reachedFrom(classOf(source));
    // Most often everybody has a way by now.
    if (found_ + (reached.has(classOf(source)) ? 1 : 0) < listed(reached)) {
        search(source, {reached, reached, false});
        takeAll(false);
    }
    return ways_;
}

/// Those of them that a node is in.
ClassSet Paths::live(const ClassSet& some) const {
    ClassSet found;
    for (std::size_t number = 0; number < classes_.members.size(); ++number) {
        if (classes_.members[number] != 0 && some.has(number)) {
            found.add(number);
        }
    }
    return found;
}

/// Level by level, so that hops come first; within a level the better of two ways stays.
void Paths::search(NodeNumber source, const Limits& limits) {
    ++searches_;
    if (!isPacked_) {
        pack();
    }
    steps_.assign(graph_.size(), Step());
    reached_.clear();
    steps_[source].first = source;
    leave(source, source, limits);
    // It grows while it is read: what a node on it reaches comes behind all of its own level.
    // NOLINTNEXTLINE(modernize-loop-convert): iterators do not outlive that
    for (std::size_t at = 0; at < reached_.size(); ++at) {
        if (limits.inside.has(classOf(reached_[at]))) {
            leave(reached_[at], source, limits);
        }
    }
}

void Paths::pack() {
    isPacked_ = true;
    packed_.clear();
    firstArc_.assign(1, 0);
    for (NodeNumber node = 0; node < graph_.size(); ++node) {
        const auto* tunnels = graph_.takesPart(node) ? &access_.mutualWith(classOf(node)) : nullptr;
        for (const auto& arc : graph_.arcs(node)) {
            if (tunnels != nullptr && graph_.takesPart(arc.to)) {
                const auto end = classOf(arc.to);
                packed_.push_back({arc.to, arc.weight, arc.order, end, tunnels->has(end)});
            }
        }
        firstArc_.push_back(packed_.size());
    }
}

void Paths::leave(NodeNumber node, NodeNumber source, const Limits& limits) {
    const auto before = steps_[node];
    for (auto at = firstArc_[node]; at < firstArc_[node + 1]; ++at) {
        const auto& arc = packed_[at];
        if (arc.to != source && (arc.isTunnel || !limits.tunnels) && limits.ends.has(arc.end)) {
            visit(before, arc, node, source);
        }
    }
}

void Paths::visit(const Step& before, const PackedArc& arc, NodeNumber node, NodeNumber source) {
    auto& step = steps_[arc.to];
    const auto hops = before.hops + 1;
    if (step.first != kNoNode && step.hops != hops) {
        return;
    }
    const auto weight = before.weight + arc.weight;
    const auto order = before.order + arc.order;
    if (step.first == kNoNode) {
        reached_.push_back(arc.to);
    } else if (std::tie(weight, order) >= std::tie(step.weight, step.order)) {
        return;
    }
    step = {
        .first = node == source ? arc.to : before.first,
        .before = node,
        .hops = hops,
        .weight = weight,
        .order = order};
}

void Paths::take(NodeNumber node, bool carries) {
    auto& way = ways_[node];
    if (way.first == kNoNode) {
        const auto& step = steps_[node];
        way = {.first = step.first, .hops = step.hops, .weight = step.weight, .carries = carries};
        ++found_;
    }
}

void Paths::takeAll(bool carries) {
    for (const auto node : reached_) {
        take(node, carries);
    }
}

/// Whether `node` and all on the way to it may reach each other.
bool Paths::mayAllReach(NodeNumber node, NodeNumber source) {
    const auto& mutual = access_.mutualWith(classOf(node));
    for (auto at = steps_[node].before; at != source; at = steps_[at].before) {
        if (!mutual.has(classOf(at))) {
            return false;
        }
    }
    return true;
}

void Paths::takeCarrying(
    NodeNumber source, const ClassSet& friends, const std::vector<Access::Class>& closed) {
    ClassSet suspects;
    for (const auto number : closed) {
        suspects.add(number);
    }
    // What is shortest over all that the source may reach is shortest over fewer nodes too, if the
    // far end may reach those that it leads over. The others are looked for among the nodes that
    // both may reach: one search for those that have them in common.
    std::map<ClassSet, std::vector<NodeNumber>> others;
    for (const auto node : reached_) {
        if (!suspects.has(classOf(node)) || mayAllReach(node, source)) {
            take(node, true);
        } else {
            others[friends & access_.mutualWith(classOf(node))].push_back(node);
        }
    }
    for (const auto& [inside, nodes] : others) {
        search(source, {inside, friends});
        for (const auto node : nodes) {
            if (steps_[node].first != kNoNode) {
                take(node, true);
            }
        }
    }
}

std::size_t Paths::listed(const ClassSet& reached) const {
    std::size_t count = 0;
    for (std::size_t number = 0; number < classes_.members.size(); ++number) {
        count += reached.has(number) ? classes_.members[number] : 0;
    }
    return count;
}

/// Whether the shortest way from a node to one end of an edge leads over its other end.
bool Paths::leadsOver(const Step& left, const Step& right, const Arc& edge) {
    const auto isBehind = [&edge](const Step& near, const Step& far) {
        return near.first != kNoNode && near.hops + 1 == far.hops
               && near.weight + edge.weight == far.weight && near.order + edge.order == far.order;
    };
    return isBehind(left, right) || isBehind(right, left);
}

std::vector<NodeNumber> Paths::usersOf(NodeNumber left, NodeNumber right) {
    std::vector<NodeNumber> users{left, right};
    const auto* edge = graph_.arc(left, right);
    if (edge == nullptr || !graph_.takesPart(left) || !graph_.takesPart(right)) {
        return users;
    }
    // Classes whose nodes search among the same nodes, and can be told from the two ends.
    std::map<std::tuple<ClassSet, ClassSet, bool>, ClassSet> alike;
    ClassSet others;
    for (Access::Class number = 0; number < classes_.members.size(); ++number) {
        const auto& reached = access_.reachedFrom(number);
        if (classes_.members[number] == 0 || !reached.has(classOf(left))
            || !reached.has(classOf(right))) {
            continue;
        }
        const auto friends = live(access_.mutualWith(number));
        const auto closed = access_.closedAmong(friends);
        if (closed.size() > kMaxClosed) {
            others.add(number);
            continue;
        }
        auto ends = friends;
        ends.add(number);
        alike[{friends, ends, true}].add(number);
        for (const auto one : closed) {
            alike[{friends & access_.mutualWith(one), ends, true}].add(number);
        }
        const auto listed = live(reached);
        if (!closed.empty() || !friends.contains(listed)) {
            ends = listed;
            ends.add(number);
            alike[{listed, ends, false}].add(number);
        }
    }
    for (const auto node : graph_.inOrder()) {
        if (graph_.takesPart(node) && others.has(classOf(node))) {
            users.push_back(node);
        }
    }
    for (const auto& [limits, members] : alike) {
        const auto& [inside, ends, tunnels] = limits;
        search(left, {inside, ends, tunnels});
        const auto fromLeft = std::exchange(steps_, {});
        search(right, {inside, ends, tunnels});
        for (const auto node : reached_) {
            if (members.has(classOf(node)) && leadsOver(fromLeft[node], steps_[node], *edge)) {
                users.push_back(node);
            }
        }
    }
    std::ranges::sort(users);
    users.erase(std::unique(users.begin(), users.end()), users.end());
    return users;
}

}  // namespace weft::mesh::network
