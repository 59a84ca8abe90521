// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/search.h"
#include "core/mesh/network/way.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace weft::mesh::network {

using Ways = std::shared_ptr<const WayTable>;

/// The ways from a node to all others. Pure: the same answer on every server.
///
/// The way between two nodes is the cheapest over nodes that both ends may reach, and is the same
/// from both. It is told if every part of it is the way between the ends of that part, for then
/// each node on it forwards along it, and nobody else sees the packets. That is so for all ways in
/// a mesh whose nodes may reach the same ones; elsewhere it is looked at (docs/decisions/0007).
class Paths {
public:
    /// Ways that need more others to be looked for, or longer chains of them, are not told.
    static constexpr std::size_t kMostOthers = 64;
    static constexpr std::size_t kLongestChain = 16;
    /// The others are not looked at any more after so many searches for one node.
    static constexpr std::size_t kMostSearches = 128;

    Paths(const Graph& graph, Access& access, const Classes& classes)
        : graph_(graph), access_(access), classes_(classes), search_(graph, access, classes) {}

    Ways from(NodeNumber source);
    /// Whether there is a way between two nodes, told or not.
    bool isConnected(NodeNumber from, NodeNumber to) {
        const auto table = tableOf(from);
        return table->ways[to].carries || table->stateOf(to) == State::Withheld;
    }
    /// The graph, the rules or the classes are others now.
    void forget() {
        tables_.clear();
        kept_ = 0;
        search_.forget();
    }
    /// The nodes that may have ways over the edge between two nodes, which is in the graph, and its
    /// ends. For all others the ways are the same without the edge.
    std::vector<NodeNumber> usersOf(NodeNumber left, NodeNumber right);
    /// What is told to `source` depends on ways between other nodes: all changes matter to it.
    void noteDependence(NodeNumber source) { dependent_.insert(source); }
    /// Numbers of nodes begin to mean others.
    void forgetDependence() { dependent_.clear(); }

private:
    enum class State : std::uint8_t { Unknown, Told, Withheld };
    /// The ways from one node, before and after it is known which of them are told.
    struct Table {
        NodeNumber source = kNoNode;
        WayTable ways;
        /// By place.
        std::vector<State> states;
        /// By place: whether the way is the cheapest of all, over whatever nodes; so are its parts
        /// then. Empty: nobody needs it.
        std::vector<std::uint8_t> isBest;
        /// Whether `ways` has no longer those that are withheld.
        bool isSettled = false;
        /// None will be.
        bool isAllTold = false;

        State& stateOf(NodeNumber node) { return states[ways.placeOf(node)]; }
        bool isBestTo(NodeNumber node) const {
            return !isBest.empty() && isBest[ways.placeOf(node)] != 0;
        }
    };
    using TablePtr = std::shared_ptr<Table>;

    TablePtr tableOf(NodeNumber source);
    TablePtr makeTable(NodeNumber source);
    void settle(Table& table);
    std::vector<NodeNumber> renewSuspects(
        Table& table, const ClassSet& friends, const std::vector<Access::Class>& closed);
    bool mayAllReach(const Table& table, NodeNumber node);
    void noteBest(Table& table, std::span<const NodeNumber> open);
    std::vector<NodeNumber> noteTold(Table& table, const ClassSet& friends);
    static void noteToldParts(Table& table);
    void addNeighbours(Table& table) const;
    bool isTold(Table& table, NodeNumber end, std::size_t chain);
    bool partsAreWays(Table& table, NodeNumber end, std::size_t chain);
    bool mayLookAtOther();
    static bool leadsOver(const Way& near, const Way& far, const Cost& edge);
    Access::Class classOf(NodeNumber node) const { return classes_.of[node]; }

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    Search search_;
    std::unordered_map<NodeNumber, TablePtr> tables_;
    /// Bytes of all tables that are kept.
    std::size_t kept_ = 0;
    /// How many tables of others were made for one node.
    std::size_t others_ = 0;
    std::size_t runsBefore_ = 0;
    bool looksAtOthers_ = false;
    std::unordered_set<NodeNumber> dependent_;
    /// A stack: what isTold() has yet to look at.
    std::vector<NodeNumber> unknown_;
};

}  // namespace weft::mesh::network
