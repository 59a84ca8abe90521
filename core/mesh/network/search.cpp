// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/search.h"

#include <span>

namespace weft::mesh::network {

void Search::pack() {
    if (std::exchange(isPacked_, true)) {
        return;
    }
    live_ = ClassSet();
    for (std::size_t number = 0; number < classes_.members.size(); ++number) {
        if (classes_.members[number] != 0) {
            live_.add(number);
        }
    }
    isClosed_.assign(classes_.members.size(), 0);
    for (Access::Class number = 0; number < isClosed_.size(); ++number) {
        isClosed_[number] =
            live_.has(number) && !access_.mutualWith(number).contains(live_) ? 1 : 0;
    }
    tunnels_.clear();
    firstTunnel_.assign(1, 0);
    for (NodeNumber node = 0; node < graph_.size(); ++node) {
        const auto* others =
            graph_.takesPart(node) ? &access_.mutualWith(classes_.of[node]) : nullptr;
        for (const auto& arc : graph_.arcs(node)) {
            if (others != nullptr && graph_.takesPart(arc.to) && others->has(classes_.of[arc.to])) {
                tunnels_.push_back({arc.to, classes_.of[arc.to], arc.weight, arc.order});
            }
        }
        firstTunnel_.push_back(tunnels_.size());
    }
}

const ClassSet& Search::live() {
    pack();
    return live_;
}

Cost Search::added(const Arc& arc, NodeNumber node, bool isSource) {
    pack();
    const bool counts = !isSource && isClosed_[classes_.of[node]] != 0;
    return {.hops = 1, .closed = counts ? 1U : 0U, .weight = arc.weight, .order = arc.order};
}

/// Level by level, so that hops come first; within a level the better of two ways stays.
void Search::run(
    NodeNumber source,
    const ClassSet& inside,
    const ClassSet& ends,
    std::uint32_t hops,
    const ClassSet& last) {
    pack();
    steps_.assign(graph_.size(), Step());
    reached_.clear();
    steps_[source].first = source;
    leave(source, source, ends);
    // It grows while it is read: what a node on it reaches comes behind all of its own level.
    // NOLINTNEXTLINE(modernize-loop-convert): iterators do not outlive that
    for (std::size_t at = 0; at < reached_.size(); ++at) {
        const auto next = steps_[reached_[at]].cost.hops + 1;
        if (next > hops) {
            break;
        }
        if (inside.has(classes_.of[reached_[at]])) {
            leave(reached_[at], source, next == hops ? last : ends);
        }
    }
}

void Search::leave(NodeNumber node, NodeNumber source, const ClassSet& ends) {
    const auto before = steps_[node];
    auto base = before.cost;
    ++base.hops;
    base.closed += node != source && isClosed_[classes_.of[node]] != 0 ? 1 : 0;
    const auto tunnels = std::span(tunnels_).subspan(
        firstTunnel_[node], firstTunnel_[node + 1] - firstTunnel_[node]);
    for (const auto& tunnel : tunnels) {
        // Steps lie all over memory: what is not asked for is not looked at.
        if (tunnel.to == source || !ends.has(tunnel.end)) {
            continue;
        }
        auto& step = steps_[tunnel.to];
        if (step.first != kNoNode && step.cost.hops < base.hops) {
            continue;
        }
        auto cost = base;
        cost.weight += tunnel.weight;
        cost.order += tunnel.order;
        if (step.first == kNoNode) {
            reached_.push_back(tunnel.to);
        } else if (!(cost < step.cost)) {
            continue;
        }
        step = {.first = node == source ? tunnel.to : before.first, .before = node, .cost = cost};
    }
}

}  // namespace weft::mesh::network
