// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/way_batch.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace weft::mesh::network {
namespace {

constexpr auto kNoPlace = static_cast<std::uint32_t>(-1);

constexpr WayBatch::Lanes laneOf(std::size_t source) {
    return WayBatch::Lanes{1} << source;
}

}  // namespace

WayBatch::WayBatch(const Graph& graph, const Classes& classes, Search& search)
    : search_(search)
    , ranks_(graph.size())
    , isInside_(graph.size())
    , classes_(classes)
    , seen_(graph.size())
    , next_(graph.size())
    , placeInLevel_(graph.size())
    , places_(kMostSources)
    , placeOf_(graph.size(), kNoPlace) {
    for (const auto node : graph.inOrder()) {
        ranks_[node] = graph.takesPart(node) ? search_.rankOf(node) : 0;
    }
}

void WayBatch::run(std::span<const NodeNumber> sources, const ClassSet& inside) {
    std::vector<std::uint8_t> isInside(classes_.members.size());
    for (std::size_t number = 0; number < isInside.size(); ++number) {
        isInside[number] = inside.has(number) ? 1 : 0;
    }
    for (NodeNumber node = 0; node < isInside_.size(); ++node) {
        isInside_[node] = isInside[classes_.of[node]];
    }
    std::ranges::fill(seen_, Lanes{0});
    reached_.clear();
    sources_ = sources.size();
    for (std::size_t source = 0; source < sources_; ++source) {
        seen_[sources[source]] |= laneOf(source);
        reached_.push_back({sources[source], laneOf(source)});
    }
    levels_.assign(1, 0);
    while (levels_.back() < reached_.size() && levels_.size() <= Search::kMostHops) {
        const auto begin = levels_.back();
        levels_.push_back(reached_.size());
        pass(begin, reached_.size());
        settle();
    }
    levels_.push_back(reached_.size());
    asked_.assign(reached_.size(), 0);
}

WayBatch::Passed WayBatch::passedBy(std::size_t place) const {
    const auto& at = reached_[place];
    // Whatever the source is, it lies between no ends.
    if (place < levels_[1]) {
        return {at.sources, at.sources, at.sources};
    }
    if (isInside_[at.node] == 0) {
        return {};
    }
    if (ranks_[at.node] != 0) {
        return {at.sources, 0, at.sources & ~at.overOne};
    }
    return {at.sources, at.sources & ~at.overOne, at.sources & ~at.overMore};
}

/// Hands a level on to the nodes behind it.
void WayBatch::pass(std::size_t begin, std::size_t end) {
    touched_.clear();
    for (auto place = begin; place < end; ++place) {
        const auto passed = passedBy(place);
        if (passed.all == 0) {
            continue;
        }
        for (const auto node : search_.tunnelEnds(reached_[place].node)) {
            const auto isNew = ~seen_[node];
            if ((passed.all & isNew) == 0) {
                continue;
            }
            auto& next = next_[node];
            if (next.all == 0) {
                touched_.push_back(node);
            }
            next.all |= passed.all & isNew;
            next.overNone |= passed.overNone & isNew;
            next.overOneAtMost |= passed.overOneAtMost & isNew;
        }
    }
}

/// Makes a level of what was handed on.
void WayBatch::settle() {
    for (const auto node : touched_) {
        auto& next = next_[node];
        seen_[node] |= next.all;
        reached_.push_back(
            {node, next.all, next.all & ~next.overNone, next.all & ~next.overOneAtMost});
        next = {};
    }
}

void WayBatch::collect() {
    needed_ = asked_;
    for (auto level = levels_.size() - 1; level > 1; --level) {
        const auto begin = levels_[level - 2];
        const auto end = levels_[level - 1];
        for (auto place = begin; place < end; ++place) {
            placeInLevel_[reached_[place].node] = static_cast<std::uint32_t>(place);
        }
        for (auto place = end; place < levels_[level]; ++place) {
            if (needed_[place] != 0) {
                collectBefore(place, begin, end);
            }
        }
    }
    for (auto& places : places_) {
        places.clear();
    }
    std::uint32_t level = 0;
    for (std::size_t place = 0; place < reached_.size(); ++place) {
        level += place == levels_[level + 1] ? 1 : 0;
        for (auto lanes = needed_[place]; lanes != 0; lanes &= lanes - 1) {
            const auto source = static_cast<std::size_t>(std::countr_zero(lanes));
            const bool isAsked = (asked_[place] & laneOf(source)) != 0;
            places_[source].push_back({reached_[place].node, level, isAsked});
        }
    }
}

/// Those of the level from `begin` to `end` that the cheapest way to a place may lead over.
void WayBatch::collectBefore(std::size_t place, std::size_t begin, std::size_t end) {
    const auto& at = reached_[place];
    const auto needed = needed_[place];
    const auto none = needed & ~at.overOne;
    const auto one = needed & at.overOne & ~at.overMore;
    const auto more = needed & at.overMore;
    for (const auto node : search_.tunnelEnds(at.node)) {
        const auto before = placeInLevel_[node];
        // What stands there may be of another level.
        if (before < begin || before >= end || reached_[before].node != node) {
            continue;
        }
        const auto passed = passedBy(before);
        needed_[before] |=
            (none & passed.overNone) | (one & passed.overOneAtMost) | (more & passed.all);
    }
}

std::span<const WayBatch::Step> WayBatch::waysFrom(std::size_t source) {
    const auto& places = places_[source];
    steps_.clear();
    for (const auto& place : places) {
        Step step{.node = place.node, .hops = place.hops, .isAsked = place.isAsked};
        if (step.hops != 0) {
            choose(step);
        }
        placeOf_[step.node] = static_cast<std::uint32_t>(steps_.size());
        steps_.push_back(step);
    }
    for (const auto& place : places) {
        placeOf_[place.node] = kNoPlace;
    }
    return steps_;
}

/// The best of the ways that lead to it from the level before.
void WayBatch::choose(Step& step) const {
    step.rank = std::numeric_limits<std::int64_t>::max();
    const auto ends = search_.tunnelEnds(step.node);
    const auto tunnels = search_.tunnels(step.node);
    for (std::size_t at = 0; at < ends.size(); ++at) {
        const auto place = placeOf_[ends[at]];
        if (place == kNoPlace || steps_[place].hops + 1 != step.hops
            || (place != 0 && isInside_[ends[at]] == 0)) {
            continue;
        }
        const auto& before = steps_[place];
        // A tunnel is asked at its far end: what it adds there is for the way back.
        const auto rank = before.rank + tunnels[at].rank - ranks_[step.node]
                          + (place == 0 ? 0 : ranks_[before.node]);
        const auto order = before.order + tunnels[at].order;
        if (rank < step.rank || (rank == step.rank && order < step.order)) {
            step.before = place;
            step.rank = rank;
            step.order = order;
        }
    }
}

}  // namespace weft::mesh::network
