// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/search.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

namespace weft::mesh::network {
namespace {

/// Compilers make a branch of `isOne ? one : other`, which the processor guesses wrongly.
template <typename Number>
Number eitherOf(unsigned isOne, Number one, Number other) {
    const auto mask = Number{0} - static_cast<Number>(isOne);
    return other ^ ((other ^ one) & mask);
}

}  // namespace

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
    ranks_.assign(classes_.members.size(), 0);
    for (Access::Class number = 0; number < ranks_.size(); ++number) {
        if (live_.has(number) && !access_.mutualWith(number).contains(live_)) {
            ranks_[number] = Cost::kClosed;
        }
    }
    ends_.clear();
    tunnels_.clear();
    firstTunnel_.assign(1, 0);
    for (NodeNumber node = 0; node < graph_.size(); ++node) {
        const auto* others =
            graph_.takesPart(node) ? &access_.mutualWith(classes_.of[node]) : nullptr;
        for (const auto& arc : graph_.arcs(node)) {
            if (others != nullptr && graph_.takesPart(arc.to) && others->has(classes_.of[arc.to])) {
                ends_.push_back(arc.to);
                tunnels_.push_back(
                    {.rank = arc.weight + ranks_[classes_.of[node]], .order = arc.order});
            }
        }
        firstTunnel_.push_back(static_cast<std::uint32_t>(tunnels_.size()));
    }
}

const ClassSet& Search::live() {
    pack();
    return live_;
}

std::int64_t Search::rankOf(NodeNumber node) {
    pack();
    return ranks_[classes_.of[node]];
}

Cost Search::added(const Arc& arc, NodeNumber node, bool isSource) {
    return {.hops = 1, .rank = arc.weight + (isSource ? 0 : rankOf(node)), .order = arc.order};
}

WayTable Search::take() {
    std::ranges::replace(places_, kUnseen, kBarred);
    nodes_.resize(reached_);
    return {std::exchange(places_, {}), std::exchange(nodes_, {}), std::exchange(ways_, {})};
}

/// Level by level, so that hops come first.
void Search::run(
    NodeNumber source,
    const ClassSet& inside,
    const ClassSet& ends,
    std::uint32_t hops,
    const ClassSet& last) {
    pack();
    ++runs_;
    places_.assign(graph_.size(), kUnseen);
    bar(ends);
    places_[source] = kBarred;
    // One more than there can be: what is no new node is written there too.
    nodes_.resize(graph_.size() + 1);
    nextHops_.resize(tunnels_.size() + 1);
    nodes_.front() = source;
    reached_ = 1;
    // It lies between no ends.
    ways_.assign(1, {.rank = -rankOf(source)});
    hops = std::min(hops, kMostHops);
    Place begin = 0;
    for (std::uint32_t level = 1; begin < reached_ && level <= hops; ++level) {
        if (level == hops) {
            bar(last);
        }
        const auto end = reached_;
        nextHopCount_ = 0;
        for (auto place = begin; place < end; ++place) {
            if (level == 1 || inside.has(classes_.of[nodes_[place]])) {
                leave(place, end);
            }
        }
        choose(end, level);
        begin = end;
    }
    nodes_.front() = kNoNode;
    ways_.front() = Way();
}

/// All others that were not seen yet.
void Search::bar(const ClassSet& ends) {
    std::vector<std::uint8_t> isEnd(classes_.members.size());
    bool all = true;
    for (std::size_t number = 0; number < isEnd.size(); ++number) {
        isEnd[number] = ends.has(number) ? 1 : 0;
        all = all && (isEnd[number] != 0 || !live_.has(number));
    }
    for (NodeNumber node = 0; node < places_.size() && !all; ++node) {
        const bool isAsked = graph_.takesPart(node) && isEnd[classes_.of[node]] != 0;
        places_[node] = places_[node] == kUnseen && !isAsked ? kBarred : places_[node];
    }
}

/// Notes the tunnels from a node to those of the next level, which begins at `next`. Without
/// branches: no processor can guess who was seen before, and a wrong guess costs more than a store.
void Search::leave(Place place, Place next) {
    const auto begin = firstTunnel_[nodes_[place]];
    const auto end = firstTunnel_[nodes_[place] + 1];
    auto reached = reached_;
    auto noted = nextHopCount_;
    for (auto at = begin; at < end; ++at) {
        const auto node = ends_[at];
        const auto seen = places_[node];
        const auto isNew = static_cast<Place>(seen == kUnseen);
        // `reached` if it is new: all bits are set in what is unseen.
        const auto to = seen & (reached | (isNew - 1));
        places_[node] = to;
        nodes_[reached] = node;
        reached += isNew;
        nextHops_[noted] = {.to = to, .from = place, .tunnel = at};
        noted += static_cast<std::size_t>(to >= next);
    }
    reached_ = reached;
    nextHopCount_ = noted;
}

/// The best of the ways to each node of a level.
void Search::choose(Place begin, std::uint32_t hops) {
    constexpr auto kWorst = std::numeric_limits<std::int64_t>::max();
    ways_.resize(reached_, {.rank = kWorst, .hops = hops, .carries = true});
    for (const auto& hop : std::span(nextHops_).first(nextHopCount_)) {
        const auto& tunnel = tunnels_[hop.tunnel];
        const auto& before = ways_[hop.from];
        auto& way = ways_[hop.to];
        const auto rank = before.rank + tunnel.rank;
        const auto order = before.order + tunnel.order;
        const auto isBetter =
            static_cast<unsigned>(rank < way.rank)
            | (static_cast<unsigned>(rank == way.rank) & static_cast<unsigned>(order < way.order));
        way.rank = eitherOf(isBetter, rank, way.rank);
        way.order = eitherOf(isBetter, order, way.order);
        way.before = eitherOf(isBetter, nodes_[hop.from], way.before);
        way.first = eitherOf(isBetter, before.first, way.first);
    }
    for (auto place = begin; place < reached_ && hops == 1; ++place) {
        ways_[place].first = nodes_[place];
    }
}

}  // namespace weft::mesh::network
