// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/network.h"
#include "core/mesh/network/pair_list.h"
#include "core/mesh/network/way_batch.h"
#include "core/mesh/network/way_verdicts.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace weft::mesh::network {

/// Network::trace of all pairs of a mesh at once, as it was when this was made: whether packets are
/// carried both ways.
///
/// Nodes that tunnels join are one part. The cheapest way of all between two nodes of a part is
/// carried if any two nodes on it may reach each other. That is taken for granted except where a
/// node lies on such a way that may not reach all of its part: only there ways are looked for, for
/// many nodes at once (WayBatch), and where they are not carried the pair may have another one
/// (OpenPairs). Where a node gives up looking (Paths::kMostOthers) it may withhold a way that is
/// taken for carried here. Pure but for the network's caches.
class AllPairs {
public:
    /// The cheapest ways of all from one node, whoever may reach whom on them.
    struct Tree {
        NodeNumber root = kNoNode;
        WayTable ways;
        /// By number: whether any two on the way, its ends too, may reach each other: then it is
        /// the way between its ends, and so is each part of it.
        std::vector<std::uint8_t> isPlain;
    };

    explicit AllPairs(Network& network);
    AllPairs(const AllPairs&) = delete;
    AllPairs& operator=(const AllPairs&) = delete;
    ~AllPairs() = default;

    /// Both take part, are others, and may reach each other.
    bool isCarried(NodeNumber left, NodeNumber right) const;
    /// Nodes of different parts have no way between them; kNoNode for one that takes no part.
    NodeNumber partOf(NodeNumber node) const {
        return node < parts_.size() ? parts_[node] : kNoNode;
    }
    /// Pairs of one part that may reach each other and have no way that carries; sorted, the lower
    /// number first.
    const std::vector<Pair>& exceptions() const { return exceptions_.pairs(); }
    /// For a node that takes part; good until the next change of the network.
    Tree treeFrom(NodeNumber root);
    /// The cheapest ways from a node over nodes that both it and those of a class may reach, if
    /// they may reach each other.
    WayTable waysFrom(NodeNumber root, Access::Class ends);
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
    /// Pairs whose cheapest way of all does not carry.
    struct Doubts {
        std::vector<Pair> withheld;
        /// They have another way, or none.
        std::vector<Pair> open;
    };
    Doubts findDoubts(const std::vector<NodeNumber>& sources);
    void askForDoubts(
        std::span<const NodeNumber> sources,
        const std::vector<std::size_t>& places,
        std::size_t first,
        WayBatch& batch);
    void look(std::span<const WayBatch::Step> ways, Doubts& doubts);

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    Search search_;
    WayVerdicts verdicts_;
    std::vector<NodeNumber> parts_;
    /// By number: whether it may not reach all of its part and be reached.
    std::vector<std::uint8_t> isClosed_;
    /// By number: whether it may reach the whole mesh and be reached.
    std::vector<std::uint8_t> isOpen_;
    std::vector<std::vector<NodeNumber>> tunnels_;
    PairList exceptions_;
    std::size_t searched_ = 0;
};

}  // namespace weft::mesh::network
