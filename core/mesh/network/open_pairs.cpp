// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/open_pairs.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace weft::mesh::network {
namespace {

std::uint64_t keyOf(std::uint32_t left, std::uint32_t right) {
    return (std::uint64_t{left} << 32U) | right;
}

/// How many of `items`, which are sorted by `from`, can be looked at at once; from which nodes.
template <typename Item, typename From>
std::size_t batchOf(std::span<const Item> items, From from, std::vector<NodeNumber>& sources) {
    sources.clear();
    std::size_t count = 0;
    for (; count < items.size(); ++count) {
        const auto node = from(items[count]);
        if (!sources.empty() && sources.back() == node) {
            continue;
        }
        if (sources.size() == WayBatch::kMostSources) {
            break;
        }
        sources.push_back(node);
    }
    return count;
}

}  // namespace

OpenPairs::OpenPairs(
    const Graph& graph,
    Access& access,
    const Classes& classes,
    Search& search,
    const PairList& pairs,
    const PairList& withheld)
    : graph_(graph)
    , access_(access)
    , classes_(classes)
    , search_(search)
    , pairs_(pairs)
    , withheld_(withheld)
    , batch_(graph, classes, search)
    , found_(pairs.pairs().size())
    , wanted_(graph.size())
    , stepOf_(graph.size()) {
    const auto& live = search_.live();
    friends_.resize(classes.members.size());
    for (Access::Class number = 0; number < friends_.size(); ++number) {
        if (live.has(number)) {
            friends_[number] = setOf(live & access_.mutualWith(number));
        }
    }
}

std::vector<Pair> OpenPairs::notCarried() {
    chooseEnds();
    findWays();
    compareParts();
    tell();
    std::vector<Pair> pairs;
    for (std::size_t at = 0; at < found_.size(); ++at) {
        if (!found_[at].isTold) {
            pairs.push_back(pairs_.pairs()[at]);
        }
    }
    return pairs;
}

OpenPairs::Set OpenPairs::setOf(const ClassSet& set) {
    const auto [entry, isNew] = setNumbers_.try_emplace(set, static_cast<Set>(sets_.size()));
    if (isNew) {
        sets_.push_back(set);
    }
    return entry->second;
}

OpenPairs::Set OpenPairs::commonOf(NodeNumber left, NodeNumber right) {
    const auto one = friendsOf(left);
    const auto other = friendsOf(right);
    const auto [entry, isNew] = common_.try_emplace(keyOf(one, other));
    if (isNew) {
        entry->second = setOf(sets_[one] & sets_[other]);
    }
    return entry->second;
}

bool OpenPairs::isWithin(Set some, Set others) {
    const auto [entry, isNew] = within_.try_emplace(keyOf(some, others));
    if (isNew) {
        entry->second = sets_[others].contains(sets_[some]);
    }
    return entry->second;
}

/// Looks from the end that more pairs have: so from fewer.
void OpenPairs::chooseEnds() {
    std::vector<std::uint32_t> counts(graph_.size());
    for (const auto& [left, right] : pairs_.pairs()) {
        ++counts[left];
        ++counts[right];
    }
    for (std::size_t at = 0; at < found_.size(); ++at) {
        const auto& [left, right] = pairs_.pairs()[at];
        found_[at].isFromLeft = counts[left] >= counts[right];
        found_[at].inside = commonOf(left, right);
    }
}

void OpenPairs::findWays() {
    Places places(found_.size());
    std::iota(places.begin(), places.end(), std::uint32_t{0});
    std::ranges::sort(places, {}, [this](std::uint32_t place) {
        return std::tuple(found_[place].inside, fromOf(place), place);
    });
    for (auto begin = places.begin(); begin != places.end();) {
        const auto inside = found_[*begin].inside;
        const auto end = std::find_if(begin, places.end(), [&](std::uint32_t place) {
            return found_[place].inside != inside;
        });
        findWays(std::span(begin, end));
        begin = end;
    }
}

/// Of pairs that may reach the same nodes.
void OpenPairs::findWays(std::span<const std::uint32_t> places) {
    const auto from = [this](std::uint32_t place) { return fromOf(place); };
    std::vector<NodeNumber> sources;
    while (!places.empty()) {
        const auto batch = places.first(batchOf(places, from, sources));
        places = places.subspan(batch.size());
        std::size_t source = 0;
        for (const auto place : batch) {
            source += from(place) != sources[source] ? 1 : 0;
            wanted_[toOf(place)] |= WayBatch::Lanes{1} << source;
        }
        batch_.run(sources, sets_[found_[batch.front()].inside]);
        const auto reached = batch_.reached();
        for (std::size_t at = 0; at < reached.size(); ++at) {
            batch_.ask(at, wanted_[reached[at].node] & reached[at].sources);
        }
        batch_.collect();
        auto rest = batch;
        for (source = 0; source < sources.size(); ++source) {
            const auto end = std::ranges::find_if(
                rest, [&](std::uint32_t place) { return from(place) != sources[source]; });
            const auto own = rest.first(static_cast<std::size_t>(end - rest.begin()));
            noteWays(batch_.waysFrom(source), own);
            rest = rest.subspan(own.size());
        }
        for (const auto place : batch) {
            wanted_[toOf(place)] = 0;
        }
    }
}

void OpenPairs::indexSteps(std::span<const WayBatch::Step> steps) {
    for (std::uint32_t at = 0; at < steps.size(); ++at) {
        stepOf_[steps[at].node] = at;
    }
}

/// nullptr: it is not among those that were indexed last.
const WayBatch::Step* OpenPairs::stepTo(
    NodeNumber node, std::span<const WayBatch::Step> steps) const {
    const auto at = stepOf_[node];
    return at < steps.size() && steps[at].node == node ? &steps[at] : nullptr;
}

/// Of pairs that are looked at from one node.
void OpenPairs::noteWays(
    std::span<const WayBatch::Step> steps, std::span<const std::uint32_t> places) {
    indexSteps(steps);
    // By step: the one that it begins with.
    std::vector<std::uint32_t> firsts(steps.size());
    for (std::uint32_t at = 1; at < steps.size(); ++at) {
        firsts[at] = steps[at].before == 0 ? at : firsts[steps[at].before];
    }
    for (const auto place : places) {
        if (const auto* step = stepTo(toOf(place), steps)) {
            auto& found = found_[place];
            found.rank = step->rank;
            found.order = step->order;
            found.hops = static_cast<std::uint16_t>(step->hops);
            found.first = steps[firsts[stepOf_[step->node]]].node;
            found.before = steps[step->before].node;
            found.isTold = true;
        }
    }
}

/// What is left of the cost of a way without its first or its last step.
Cost OpenPairs::costOf(const Part& part) {
    const auto from = fromOf(part.pair);
    const bool isEnd = part.from == from;
    const auto middle = isEnd ? part.to : part.from;
    const auto& arc = *graph_.arc(middle, isEnd ? toOf(part.pair) : from);
    const auto whole = found_[part.pair].cost();
    return {
        .hops = whole.hops - 1,
        .rank = whole.rank - arc.weight - search_.rankOf(middle),
        .order = whole.order - arc.order};
}

/// Whether the cheapest way of all between the ends of the part has to be looked at.
bool OpenPairs::mayDiffer(const Part& part) {
    const auto& found = found_[part.pair];
    return found.hops > 2 && !isWithin(commonOf(part.from, part.to), found.inside)
           && !pairs_.has(part.from, part.to) && !withheld_.has(part.from, part.to);
}

void OpenPairs::compareParts() {
    std::vector<Part> parts;
    for (std::uint32_t pair = 0; pair < found_.size(); ++pair) {
        if (!found_[pair].isTold) {
            continue;
        }
        for (const auto& part : {withoutFirst(pair), withoutLast(pair)}) {
            if (mayDiffer(part)) {
                parts.push_back(part);
            }
        }
    }
    std::ranges::sort(parts, {}, &Part::from);
    const auto from = [](const Part& part) { return part.from; };
    std::vector<NodeNumber> sources;
    for (std::span<const Part> rest(parts); !rest.empty();) {
        const auto batch = rest.first(batchOf(rest, from, sources));
        rest = rest.subspan(batch.size());
        compare(batch, sources);
    }
}

/// Parts from so many nodes as are looked from at once, in their order.
void OpenPairs::compare(std::span<const Part> parts, std::span<const NodeNumber> sources) {
    std::size_t source = 0;
    for (const auto& part : parts) {
        source += part.from != sources[source] ? 1 : 0;
        wanted_[part.to] |= WayBatch::Lanes{1} << source;
    }
    batch_.run(sources, search_.live());
    // Over open nodes alone both are the same.
    const auto reached = batch_.reached();
    for (std::size_t at = 0; at < reached.size(); ++at) {
        batch_.ask(at, wanted_[reached[at].node] & reached[at].overOne);
    }
    batch_.collect();
    for (const auto& part : parts) {
        wanted_[part.to] = 0;
    }
    for (source = 0; source < sources.size(); ++source) {
        const auto end = std::ranges::find_if(
            parts, [&](const Part& part) { return part.from != sources[source]; });
        const auto own = parts.first(static_cast<std::size_t>(end - parts.begin()));
        compare(own, batch_.waysFrom(source));
        parts = parts.subspan(own.size());
    }
}

/// Parts from one node with the cheapest ways of all.
void OpenPairs::compare(std::span<const Part> parts, std::span<const WayBatch::Step> steps) {
    indexSteps(steps);
    for (const auto& part : parts) {
        const auto* step = stepTo(part.to, steps);
        if (step != nullptr && step->isAsked && step->cost() != costOf(part)) {
            found_[part.pair].isTold = false;
        }
    }
}

/// Whether the part is told, if the cheapest way of all was nowhere another one.
bool OpenPairs::isTold(const Part& part) {
    if (found_[part.pair].hops == 2) {
        return true;
    }
    const auto other = pairs_.find(part.from, part.to);
    if (other != PairList::kNotThere) {
        return found_[other].isTold && found_[other].cost() == costOf(part);
    }
    return !withheld_.has(part.from, part.to);
}

/// Shorter ways first: longer ones have them as parts.
void OpenPairs::tell() {
    Places places(found_.size());
    std::iota(places.begin(), places.end(), std::uint32_t{0});
    std::ranges::sort(places, {}, [this](std::uint32_t place) { return found_[place].hops; });
    for (const auto place : places) {
        auto& found = found_[place];
        found.isTold = found.isTold && isTold(withoutFirst(place)) && isTold(withoutLast(place));
    }
}

}  // namespace weft::mesh::network
