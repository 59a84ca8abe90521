// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/network.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace weft::mesh::network {

/// Network::trace of all pairs of a mesh at once, as it was when this was made: whether packets are
/// carried both ways.
///
/// Nodes that tunnels join are one part. The cheapest way of all between two nodes of a part is
/// carried if any two nodes on it may reach each other. That is taken for granted except where a
/// node lies on such a way that may not reach all of its part: only from there on ways are looked
/// for, and only for what is not carried along them the network is asked. Pure but for the
/// network's caches.
class AllPairs {
public:
    using Pair = std::pair<NodeNumber, NodeNumber>;
    /// The cheapest ways of all from one node, whoever may reach whom on them.
    struct Tree {
        NodeNumber root = kNoNode;
        WayTable ways;
        /// By number: whether any two on the way, its ends too, may reach each other: then it is
        /// the way between its ends, and so is each part of it.
        std::vector<std::uint8_t> isPlain;
    };

    explicit AllPairs(Network& network);

    /// Both take part, are others, and may reach each other.
    bool isCarried(NodeNumber left, NodeNumber right) const;
    /// Nodes of different parts have no way between them; kNoNode for one that takes no part.
    NodeNumber partOf(NodeNumber node) const {
        return node < parts_.size() ? parts_[node] : kNoNode;
    }
    /// Pairs of one part that may reach each other and have no way that carries; sorted, the lower
    /// number first.
    const std::vector<Pair>& exceptions() const { return exceptions_; }
    /// For a node that takes part; good until the next change of the network.
    Tree treeFrom(NodeNumber root) {
        auto tree = search(root);
        look(tree, nullptr, nullptr);
        return tree;
    }
    /// From how many nodes ways were looked for.
    std::size_t searched() const { return searched_; }

private:
    void findParts();
    void findTunnels();
    bool mutual(NodeNumber left, NodeNumber right) {
        return access_.mutualWith(classes_.of[left]).has(classes_.of[right]);
    }
    bool isOpen(NodeNumber node) const { return isOpen_[node] != 0; }
    /// Nodes that cheapest ways of all may lead over, and that may not reach all of their part.
    struct Transits {
        std::vector<std::uint8_t> isTransit;
        /// One of any two neighbours between which such a way may lead over one of them.
        std::set<NodeNumber> ends;
        /// By part.
        std::map<NodeNumber, ClassSet> classes;
    };
    Transits findTransits() const;
    bool addEnds(NodeNumber node, std::set<NodeNumber>& ends) const;
    bool haveBypass(NodeNumber left, NodeNumber right) const;
    std::vector<NodeNumber> strangersOf(const Transits& transits);
    std::vector<NodeNumber> sourcesToSearch();
    Tree search(NodeNumber root);
    void noteBehindStrangers(const Tree& tree, std::vector<std::uint8_t>& marked);
    static void noteBehindTransits(
        const Tree& tree, const Transits& transits, std::vector<std::uint8_t>& marked);
    bool seesClosed(NodeNumber node, const std::vector<NodeNumber>& lastClosed);
    void look(Tree& tree, std::vector<Pair>* withheld, std::vector<Pair>* open);
    void decide(std::vector<Pair> open);

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    Paths& paths_;
    Search search_;
    std::vector<NodeNumber> parts_;
    /// By number: whether it may not reach all of its part and be reached.
    std::vector<std::uint8_t> isClosed_;
    /// By number: whether it may reach the whole mesh and be reached.
    std::vector<std::uint8_t> isOpen_;
    std::vector<std::vector<NodeNumber>> tunnels_;
    std::vector<Pair> exceptions_;
    std::size_t searched_ = 0;
};

}  // namespace weft::mesh::network
