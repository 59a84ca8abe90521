// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/search.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace weft::mesh::network {
namespace {

/// How many steps ahead memory is asked for.
constexpr std::uint32_t kAhead = 16;
/// How many tunnels of a node are copied, whether it has as many or not: a loop of a length that no
/// processor can guess takes longer. Nodes with more are worth one.
constexpr std::size_t kAtOnce = 8;

/// What is read soon: no processor can guess the order.
void prefetch(const void* memory) {
    __builtin_prefetch(memory);
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
    ends_.resize(ends_.size() + kAtOnce);
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
    std::vector<NodeNumber> nodes(nodes_.begin(), nodes_.begin() + reached_);
    nodes.front() = kNoNode;
    std::vector<Way> ways;
    ways.reserve(reached_);
    ways.emplace_back();
    for (std::uint32_t hops = 1; hops < levelEnds_.size(); ++hops) {
        addWays(levelEnds_[hops - 1], levelEnds_[hops], hops, ways);
    }
    return {std::exchange(places_, {}), std::move(nodes), std::move(ways)};
}

/// Those to one level.
void Search::addWays(Place begin, Place end, std::uint32_t hops, std::vector<Way>& ways) const {
    const auto* const nodes = nodes_.data();
    for (auto place = begin; place < end; ++place) {
        const auto& best = bests_[place];
        ways.push_back(
            {.first = firsts_[place],
             .before = nodes[befores_[place]],
             .rank = best.rank,
             .order = best.order,
             .hops = hops,
             .carries = true});
    }
}

/// One more than there can be: what is no new node, or no hop to one, is written there too.
void Search::makeRoom() {
    const auto nodes = graph_.size() + 1;
    nodes_.resize(nodes);
    bests_.resize(nodes);
    befores_.resize(nodes);
    firsts_.resize(nodes);
    const auto hops = tunnels_.size() + kAtOnce;
    hopStarts_.resize(hops);
    hopTunnels_.resize(hops);
    hopEnds_.resize(hops);
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
    makeRoom();
    nodes_.front() = source;
    // It lies between no ends.
    bests_.front() = {.rank = -rankOf(source), .order = 0};
    reached_ = 1;
    levelEnds_.assign(1, reached_);
    hops = std::min(hops, kMostHops);
    const auto* const limits = inside.contains(live_) ? nullptr : &inside;
    Place begin = 0;
    for (std::uint32_t level = 1; begin < reached_ && level <= hops; ++level) {
        if (level == hops) {
            bar(last);
        }
        const auto end = reached_;
        // The source need not be inside.
        list(begin, end, level == 1 ? nullptr : limits);
        leave(end);
        choose(end, level == 1);
        levelEnds_.push_back(reached_);
        begin = end;
    }
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

/// Lists the tunnels from the nodes of a level, or from those of them that are inside; and the
/// nodes that have more tunnels than are copied at once.
void Search::list(Place begin, Place end, const ClassSet* inside) {
    auto* const starts = hopStarts_.data();
    auto* const numbers = hopTunnels_.data();
    auto* const ends = hopEnds_.data();
    wide_.clear();
    std::size_t count = 0;
    for (auto place = begin; place < end; ++place) {
        const auto ahead = std::min<Place>(place + kAhead, end - 1);
        prefetch(ends_.data() + firstTunnel_[nodes_[ahead]]);
        const auto node = nodes_[place];
        if (inside != nullptr && !inside->has(classes_.of[node])) {
            continue;
        }
        const auto tunnel = firstTunnel_[node];
        const auto tunnels = firstTunnel_[node + 1] - tunnel;
        if (tunnels > kAtOnce) {
            wide_.push_back(place);
            continue;
        }
        std::memcpy(ends + count, ends_.data() + tunnel, kAtOnce * sizeof(NodeNumber));
        for (std::uint32_t at = 0; at < kAtOnce; ++at) {
            starts[count + at] = place;
        }
        for (std::uint32_t at = 0; at < kAtOnce; ++at) {
            numbers[count + at] = tunnel + at;
        }
        count += tunnels;
    }
    hopCount_ = count;
}

/// Keeps of the tunnels that are listed those to the next level, which begins at `next`. Without
/// branches: no processor can guess who was seen before, and a wrong guess costs more than a store.
void Search::leave(Place next) {
    auto reached = reached_;
    std::size_t kept = 0;
    const auto look = [&](NodeNumber node, Place from, std::uint32_t tunnel) {
        const auto seen = places_[node];
        const auto isNew = static_cast<Place>(seen == kUnseen);
        // `reached` if it is new: all bits are set in what is unseen.
        const auto to = seen & (reached | (isNew - 1));
        places_[node] = to;
        nodes_[reached] = node;
        reached += isNew;
        hopEnds_[kept] = to;
        hopStarts_[kept] = from;
        hopTunnels_[kept] = tunnel;
        kept += static_cast<std::size_t>(to >= next);
    };
    for (std::size_t at = 0; at < hopCount_; ++at) {
        look(hopEnds_[at], hopStarts_[at], hopTunnels_[at]);
    }
    for (const auto place : wide_) {
        const auto end = firstTunnel_[nodes_[place] + 1];
        for (auto tunnel = firstTunnel_[nodes_[place]]; tunnel < end; ++tunnel) {
            look(ends_[tunnel], place, tunnel);
        }
    }
    reached_ = reached;
    hopCount_ = kept;
}

/// The best of the ways to each node of a level, which is the last one.
void Search::choose(Place begin, bool isFirst) {
    for (auto place = begin; place < reached_; ++place) {
        bests_[place].rank = std::numeric_limits<std::int64_t>::max();
    }
    for (std::size_t at = 0; at < hopCount_; ++at) {
        prefetch(&tunnels_[hopTunnels_[std::min(at + kAhead, hopCount_ - 1)]]);
        const auto from = hopStarts_[at];
        const auto to = hopEnds_[at];
        const auto& tunnel = tunnels_[hopTunnels_[at]];
        const auto& before = bests_[from];
        const auto rank = before.rank + tunnel.rank;
        const auto order = before.order + tunnel.order;
        const auto& best = bests_[to];
        const auto isBetter = static_cast<Place>(
            static_cast<unsigned>(rank < best.rank)
            | (static_cast<unsigned>(rank == best.rank)
               & static_cast<unsigned>(order < best.order)));
        // What is worse goes to the source's place, which nobody looks at after the first level.
        const auto target = to & (Place{0} - isBetter);
        bests_[target] = {.rank = rank, .order = order};
        befores_[target] = from;
    }
    for (auto place = begin; place < reached_; ++place) {
        firsts_[place] = isFirst ? nodes_[place] : firsts_[befores_[place]];
    }
}

}  // namespace weft::mesh::network
