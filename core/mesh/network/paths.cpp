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
/// So many places in tables are kept, some megabytes.
constexpr std::size_t kMaxKept = 131'072;

/// What is left of a way without one edge of it.
Cost without(const Cost& whole, const Cost& edge) {
    return {
        .hops = whole.hops - edge.hops,
        .closed = whole.closed - edge.closed,
        .weight = whole.weight - edge.weight,
        .order = whole.order - edge.order};
}

}  // namespace

Ways Paths::from(NodeNumber source) {
    static const Ways nothing = std::make_shared<std::vector<Way>>();
    if (source >= graph_.size() || !graph_.takesPart(source)) {
        return graph_.size() == 0 ? nothing : std::make_shared<std::vector<Way>>(graph_.size());
    }
    const auto table = tableOf(source);
    if (!table->isSettled) {
        settle(*table);
    }
    return {table, &table->ways};
}

/// Takes out what is withheld.
void Paths::settle(Table& table) {
    others_ = 0;
    looksAtOthers_ = false;
    table.isSettled = true;
    std::vector<NodeNumber> withheld;
    for (NodeNumber end = 0; end < table.ways.size(); ++end) {
        if (table.ways[end].first != kNoNode && !isTold(table, end, kLongestChain)) {
            withheld.push_back(end);
        }
    }
    for (const auto end : withheld) {
        table.ways[end] = Way();
    }
    if (looksAtOthers_) {
        dependent_.insert(table.source);
    } else {
        dependent_.erase(table.source);
    }
}

Paths::TablePtr Paths::tableOf(NodeNumber source) {
    if (const auto known = tables_.find(source); known != tables_.end()) {
        return known->second;
    }
    if (kept_ + graph_.size() > kMaxKept) {
        tables_.clear();
        kept_ = 0;
    }
    kept_ += graph_.size();
    return tables_[source] = makeTable(source);
}

Paths::TablePtr Paths::makeTable(NodeNumber source) {
    auto table = std::make_shared<Table>();
    table->source = source;
    table->ways.resize(graph_.size());
    table->states.resize(graph_.size());
    table->isBest.resize(graph_.size());
    const auto& live = search_.live();
    const auto friends = live & access_.mutualWith(classOf(source));
    const auto closed = access_.closedAmong(friends);
    const bool sawAll = friends == live;
    search_.run(source, friends, friends);
    const bool isFar =
        !search_.reached().empty() && search_.steps()[search_.reached().back()].cost.hops > 2;
    takeReached(*table, friends, closed, sawAll);
    if (sawAll && closed.empty()) {
        table->states.assign(graph_.size(), State::Told);
    }
    // Ways of two hops are two tunnels, whatever others may reach.
    if (!sawAll && (isFar || !closed.empty())) {
        search_.run(source, live, live);
        for (const auto node : search_.reached()) {
            table->isBest[node] = table->ways[node].cost == search_.steps()[node].cost ? 1 : 0;
        }
    }
    addNeighbours(*table);
    return table;
}

void Paths::take(Table& table, NodeNumber node, bool isBest) const {
    const auto& step = search_.steps()[node];
    table.ways[node] = {
        .first = step.first, .before = step.before, .cost = step.cost, .carries = true};
    table.isBest[node] = isBest ? 1 : 0;
    // Of the best ways each is the rest of the one before; those come first.
    const auto& way = table.ways[node];
    if (isBest && way.cost.hops > 1 && table.isBest[way.before] != 0
        && (table.ways[way.before].cost.hops == 1 || table.states[way.before] == State::Told)) {
        table.states[node] = State::Told;
    }
}

/// Whether `node` and all on the way to it may reach each other.
bool Paths::mayAllReach(NodeNumber node, NodeNumber source) {
    const auto& mutual = access_.mutualWith(classOf(node));
    for (auto at = search_.steps()[node].before; at != source; at = search_.steps()[at].before) {
        if (!mutual.has(classOf(at))) {
            return false;
        }
    }
    return true;
}

/// Returns how far it is to the farthest.
std::uint32_t Paths::takeReached(
    Table& table, const ClassSet& friends, const std::vector<Access::Class>& closed, bool sawAll) {
    ClassSet suspects;
    for (const auto number : closed) {
        suspects.add(number);
    }
    // What is cheapest over all that the source may reach is cheapest over fewer nodes too, if the
    // far end may reach those that it leads over. The others are looked for among the nodes that
    // both may reach: one search for those that have them in common.
    std::map<ClassSet, std::vector<NodeNumber>> others;
    std::uint32_t farthest = 0;
    for (const auto node : search_.reached()) {
        if (!suspects.has(classOf(node)) || mayAllReach(node, table.source)) {
            take(table, node, sawAll);
            farthest = std::max(farthest, table.ways[node].cost.hops);
        } else {
            others[friends & access_.mutualWith(classOf(node))].push_back(node);
        }
    }
    for (const auto& [inside, nodes] : others) {
        search_.run(table.source, inside, friends);
        for (const auto node : nodes) {
            if (search_.steps()[node].first != kNoNode) {
                take(table, node, false);
                farthest = std::max(farthest, table.ways[node].cost.hops);
            }
        }
    }
    return farthest;
}

/// Those that an access rule accepts this way alone.
void Paths::addNeighbours(Table& table) const {
    const auto& reached = access_.reachedFrom(classOf(table.source));
    for (const auto& arc : graph_.arcs(table.source)) {
        auto& way = table.ways[arc.to];
        if (graph_.takesPart(arc.to) && reached.has(classOf(arc.to)) && way.cost.hops != 1) {
            way = {
                .first = arc.to,
                .before = table.source,
                .cost = {.hops = 1, .closed = 0, .weight = arc.weight, .order = arc.order},
                .carries = false};
        }
    }
}

/// Whether every part of the way to `end`, itself too, is the way between the part's ends.
// NOLINTNEXTLINE(misc-no-recursion): kLongestChain deep
bool Paths::isTold(Table& table, NodeNumber end, std::size_t chain) {
    const auto bottom = unknown_.size();
    auto at = end;
    while (table.states[at] == State::Unknown && table.ways[at].cost.hops > 1) {
        const auto before = table.ways[at].before;
        // The way to the node before may be another and a longer one.
        if (table.ways[before].cost.hops + 1 != table.ways[at].cost.hops) {
            table.states[at] = State::Withheld;
            break;
        }
        unknown_.push_back(at);
        at = before;
    }
    bool told = table.states[at] != State::Withheld && table.ways[at].first != kNoNode;
    while (unknown_.size() > bottom) {
        const auto node = unknown_.back();
        unknown_.pop_back();
        told =
            told && table.ways[table.ways[node].before].carries && partsAreWays(table, node, chain);
        table.states[node] = told ? State::Told : State::Withheld;
    }
    return told;
}

/// The same, when it is so for the way to the node before `end`.
// NOLINTNEXTLINE(misc-no-recursion): kLongestChain deep
bool Paths::partsAreWays(Table& table, NodeNumber end, std::size_t chain) {
    const auto& way = table.ways[end];
    if (table.isBest[end] != 0 && table.isBest[way.before] != 0) {
        return true;
    }
    const auto& edge = *graph_.arc(way.before, end);
    const auto& toLast = table.ways[way.before].cost;
    if (toLast != without(way.cost, search_.added(edge, way.before, false))) {
        return false;
    }
    if (way.cost.hops == 2 || table.isBest[end] != 0) {
        return true;
    }
    // The rest of it, as the first node on it has it.
    looksAtOthers_ = true;
    if (chain == 0 || (!tables_.contains(way.first) && ++others_ > kMostOthers)) {
        return false;
    }
    const auto next = tableOf(way.first);
    const auto& start = *graph_.arc(table.source, way.first);
    auto rest = without(way.cost, search_.added(start, table.source, true));
    rest.closed -= search_.added(start, way.first, false).closed;
    return next->ways[end].carries && next->ways[end].cost == rest && isTold(*next, end, chain - 1);
}

/// Whether the cheapest way from one end of an edge (`far`) leads over its other end (`near`).
bool Paths::leadsOver(const Search::Step& near, const Search::Step& far, const Cost& edge) {
    return near.first != kNoNode
           && far.cost
                  == Cost{
                      .hops = near.cost.hops + edge.hops,
                      .closed = near.cost.closed + edge.closed,
                      .weight = near.cost.weight + edge.weight,
                      .order = near.cost.order + edge.order};
}

std::vector<NodeNumber> Paths::usersOf(NodeNumber left, NodeNumber right) {
    std::vector<NodeNumber> users(dependent_.begin(), dependent_.end());
    users.insert(users.end(), {left, right});
    const auto* edge = graph_.arc(left, right);
    if (edge == nullptr || !graph_.takesPart(left) || !graph_.takesPart(right)
        || !access_.mutualWith(classOf(left)).has(classOf(right))) {
        return users;
    }
    // Classes whose nodes search among the same nodes, and can be told from the two ends.
    const auto& live = search_.live();
    std::map<std::pair<ClassSet, ClassSet>, ClassSet> alike;
    ClassSet others;
    for (Access::Class number = 0; number < classes_.members.size(); ++number) {
        if (!live.has(number)) {
            continue;
        }
        const auto friends = live & access_.mutualWith(number);
        const auto closed = access_.closedAmong(friends);
        alike[{live, live}].add(number);
        if (!friends.has(classOf(left)) || !friends.has(classOf(right))) {
            continue;
        }
        if (closed.size() > kMaxClosed) {
            others.add(number);
            continue;
        }
        auto ends = friends;
        ends.add(number);
        alike[{friends, ends}].add(number);
        for (const auto one : closed) {
            alike[{friends & access_.mutualWith(one), ends}].add(number);
        }
    }
    for (const auto node : graph_.inOrder()) {
        if (graph_.takesPart(node) && others.has(classOf(node))) {
            users.push_back(node);
        }
    }
    for (const auto& [limits, members] : alike) {
        search_.run(left, limits.first, limits.second);
        const auto fromLeft = search_.takeSteps();
        search_.run(right, limits.first, limits.second);
        for (const auto node : search_.reached()) {
            if (members.has(classOf(node)) && node != left
                && (leadsOver(
                        fromLeft[node], search_.steps()[node], search_.added(*edge, left, false))
                    || leadsOver(
                        search_.steps()[node],
                        fromLeft[node],
                        search_.added(*edge, right, false)))) {
                users.push_back(node);
            }
        }
    }
    std::ranges::sort(users);
    users.erase(std::unique(users.begin(), users.end()), users.end());
    return users;
}

}  // namespace weft::mesh::network
