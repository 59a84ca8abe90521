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
/// Bytes of tables that are kept, and tables that are kept however large they are.
constexpr std::size_t kMostKept = std::size_t{2} << 20U;
constexpr std::size_t kAlwaysKept = 8;

/// What is left of a way without one edge of it.
Cost without(const Cost& whole, const Cost& edge) {
    return {
        .hops = whole.hops - edge.hops,
        .rank = whole.rank - edge.rank,
        .order = whole.order - edge.order};
}

}  // namespace

Ways Paths::from(NodeNumber source) {
    static const Ways nothing = std::make_shared<WayTable>();
    if (source >= graph_.size() || !graph_.takesPart(source)) {
        return nothing;
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
    runsBefore_ = search_.runs();
    looksAtOthers_ = false;
    table.isSettled = true;
    std::vector<NodeNumber> withheld;
    const auto ends = table.isAllTold ? std::span<const NodeNumber>() : table.ways.reached();
    for (const auto end : ends) {
        if (table.ways[end].exists() && !isTold(table, end, kLongestChain)) {
            withheld.push_back(end);
        }
    }
    for (const auto end : withheld) {
        table.ways.set(end, Way());
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
    if (kept_ > kMostKept && tables_.size() >= kAlwaysKept) {
        tables_.clear();
        kept_ = 0;
    }
    auto table = makeTable(source);
    kept_ += table->ways.bytes();
    return tables_[source] = std::move(table);
}

Paths::TablePtr Paths::makeTable(NodeNumber source) {
    auto table = std::make_shared<Table>();
    table->source = source;
    const auto& live = search_.live();
    const auto friends = live & access_.mutualWith(classOf(source));
    const auto closed = access_.closedAmong(friends);
    search_.run(source, friends, friends);
    table->ways = search_.take();
    table->states.resize(table->ways.size());
    const auto renewed = renewSuspects(*table, friends, closed);
    if (friends == live && renewed.empty()) {
        std::ranges::fill(table->states, State::Told);
        table->isAllTold = true;
    } else if (friends == live) {
        table->isBest.assign(table->ways.size(), 1);
        for (const auto node : renewed) {
            table->isBest[table->ways.placeOf(node)] = 0;
        }
        noteToldParts(*table);
    } else if (closed.empty()) {
        noteBest(*table, noteTold(*table, friends));
    } else {
        noteBest(*table, table->ways.reached());
        noteToldParts(*table);
    }
    addNeighbours(*table);
    return table;
}

/// What is cheapest over all that the source may reach is cheapest over fewer nodes too, if the far
/// end may reach those that it leads over. The others are looked for among the nodes that both may
/// reach: one search for those that have them in common. Returns the others.
std::vector<NodeNumber> Paths::renewSuspects(
    Table& table, const ClassSet& friends, const std::vector<Access::Class>& closed) {
    std::vector<NodeNumber> suspects;
    if (closed.empty()) {
        return suspects;
    }
    ClassSet isClosed;
    for (const auto number : closed) {
        isClosed.add(number);
    }
    std::map<ClassSet, std::vector<NodeNumber>> alike;
    for (const auto node : table.ways.reached()) {
        if (isClosed.has(classOf(node)) && !mayAllReach(table, node)) {
            suspects.push_back(node);
            alike[friends & access_.mutualWith(classOf(node))].push_back(node);
        }
    }
    for (const auto& [inside, nodes] : alike) {
        auto ends = inside;
        for (const auto node : nodes) {
            ends.add(classOf(node));
        }
        search_.run(table.source, inside, ends);
        const auto found = search_.take();
        for (const auto node : nodes) {
            table.ways.set(node, found[node]);
        }
    }
    return suspects;
}

/// Whether `node` and all on the way to it may reach each other.
bool Paths::mayAllReach(const Table& table, NodeNumber node) {
    const auto& mutual = access_.mutualWith(classOf(node));
    for (auto at = table.ways[node].before; at != table.source; at = table.ways[at].before) {
        if (!mutual.has(classOf(at))) {
            return false;
        }
    }
    return true;
}

/// For a source whose friends may all reach each other. A way of two hops is two tunnels, whatever
/// others may reach. One of three is the way of its parts too, if both ends may reach the same
/// nodes: each part has one of them as an end, or is a tunnel. Returns those that are left open.
std::vector<NodeNumber> Paths::noteTold(Table& table, const ClassSet& friends) {
    const auto& live = search_.live();
    ClassSet alike;
    for (Access::Class number = 0; number < classes_.members.size(); ++number) {
        if (friends.has(number) && (live & access_.mutualWith(number)) == friends) {
            alike.add(number);
        }
    }
    std::vector<NodeNumber> open;
    for (const auto node : table.ways.reached()) {
        const auto hops = table.ways[node].hops;
        if (hops < 3 || (hops == 3 && alike.has(classOf(node)))) {
            table.stateOf(node) = State::Told;
        } else {
            open.push_back(node);
        }
    }
    return open;
}

/// Looks whether the ways to `open` are the cheapest of all.
void Paths::noteBest(Table& table, std::span<const NodeNumber> open) {
    std::uint32_t farthest = 0;
    for (const auto node : open) {
        farthest = std::max(farthest, table.ways[node].hops);
    }
    if (farthest < 3) {
        return;
    }
    ClassSet last;
    for (const auto node : open) {
        if (table.ways[node].hops == farthest) {
            last.add(classOf(node));
        }
    }
    search_.run(table.source, search_.live(), search_.live(), farthest, last);
    const auto best = search_.take();
    table.isBest.resize(table.ways.size());
    for (const auto node : table.ways.reached()) {
        const auto& way = table.ways[node];
        table.isBest[table.ways.placeOf(node)] =
            way.exists() && way.cost() == best[node].cost() ? 1 : 0;
    }
}

/// Of the best ways each is the rest of the one before; those come first.
void Paths::noteToldParts(Table& table) {
    for (const auto node : table.ways.reached()) {
        const auto& way = table.ways[node];
        if (table.isBestTo(node) && way.hops > 1 && table.isBestTo(way.before)
            && (table.ways[way.before].hops == 1 || table.stateOf(way.before) == State::Told)) {
            table.stateOf(node) = State::Told;
        }
    }
}

/// Those that an access rule accepts this way alone.
void Paths::addNeighbours(Table& table) const {
    const auto& reached = access_.reachedFrom(classOf(table.source));
    for (const auto& arc : graph_.arcs(table.source)) {
        if (graph_.takesPart(arc.to) && reached.has(classOf(arc.to))
            && !table.ways[arc.to].exists()) {
            table.ways.add(
                arc.to,
                {.first = arc.to,
                 .before = table.source,
                 .rank = arc.weight,
                 .order = arc.order,
                 .hops = 1});
            table.states.push_back(State::Unknown);
        }
    }
    if (!table.isBest.empty()) {
        table.isBest.resize(table.ways.size());
    }
}

/// Whether every part of the way to `end`, itself too, is the way between the part's ends.
// NOLINTNEXTLINE(misc-no-recursion): kLongestChain deep
bool Paths::isTold(Table& table, NodeNumber end, std::size_t chain) {
    const auto bottom = unknown_.size();
    auto at = end;
    while (table.stateOf(at) == State::Unknown && table.ways[at].hops > 1) {
        const auto before = table.ways[at].before;
        // The way to the node before may be another and a longer one.
        if (table.ways[before].hops + 1 != table.ways[at].hops) {
            table.stateOf(at) = State::Withheld;
            break;
        }
        unknown_.push_back(at);
        at = before;
    }
    bool told = table.stateOf(at) != State::Withheld && table.ways[at].exists();
    while (unknown_.size() > bottom) {
        const auto node = unknown_.back();
        unknown_.pop_back();
        told =
            told && table.ways[table.ways[node].before].carries && partsAreWays(table, node, chain);
        table.stateOf(node) = told ? State::Told : State::Withheld;
    }
    return told;
}

/// The same, when it is so for the way to the node before `end`.
// NOLINTNEXTLINE(misc-no-recursion): kLongestChain deep
bool Paths::partsAreWays(Table& table, NodeNumber end, std::size_t chain) {
    const auto way = table.ways[end];
    if (table.isBestTo(end) && table.isBestTo(way.before)) {
        return true;
    }
    const auto& edge = *graph_.arc(way.before, end);
    if (table.ways[way.before].cost()
        != without(way.cost(), search_.added(edge, way.before, false))) {
        return false;
    }
    if (way.hops == 2 || table.isBestTo(end)) {
        return true;
    }
    // The rest of it, as the first node on it has it.
    looksAtOthers_ = true;
    if (chain == 0 || (!tables_.contains(way.first) && !mayLookAtOther())) {
        return false;
    }
    const auto next = tableOf(way.first);
    const auto& start = *graph_.arc(table.source, way.first);
    auto rest = without(way.cost(), search_.added(start, table.source, true));
    rest.rank -= search_.rankOf(way.first);
    return next->ways[end].carries && next->ways[end].cost() == rest
           && isTold(*next, end, chain - 1);
}

/// One table may take as many searches as there are classes.
bool Paths::mayLookAtOther() {
    return ++others_ <= kMostOthers && search_.runs() - runsBefore_ <= kMostSearches;
}

/// Whether the cheapest way from one end of an edge (`far`) leads over its other end (`near`).
bool Paths::leadsOver(const Way& near, const Way& far, const Cost& edge) {
    return near.exists()
           && far.cost()
                  == Cost{
                      .hops = near.hops + edge.hops,
                      .rank = near.rank + edge.rank,
                      .order = near.order + edge.order};
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
        const auto fromLeft = search_.take();
        search_.run(right, limits.first, limits.second);
        const auto fromRight = search_.take();
        for (const auto node : fromRight.reached()) {
            if (members.has(classOf(node)) && node != left
                && (leadsOver(fromLeft[node], fromRight[node], search_.added(*edge, left, false))
                    || leadsOver(
                        fromRight[node], fromLeft[node], search_.added(*edge, right, false)))) {
                users.push_back(node);
            }
        }
    }
    std::ranges::sort(users);
    users.erase(std::unique(users.begin(), users.end()), users.end());
    return users;
}

}  // namespace weft::mesh::network
