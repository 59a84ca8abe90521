// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/access.h"
#include "core/mesh/network/graph.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::mesh::network {

/// How one node gets to another.
struct Way {
    /// The neighbour that leads there; kNoNode: there is no way.
    NodeNumber first = kNoNode;
    std::uint32_t hops = 0;
    std::int64_t weight = 0;
    /// Over tunnels alone, between nodes that both ends may reach and that may reach both. Without
    /// it the far end is listed because an access rule accepts this direction, as a reference node
    /// does, and no traffic comes of it.
    bool carries = false;
};

/// The classes of the nodes, and how many that take part each has.
struct Classes {
    std::vector<Access::Class> of;
    std::vector<std::size_t> members;
};

/// The ways from a node to all others. Pure: the same answer on every server.
///
/// The way to a node is the shortest over nodes that both ends may reach: by hops, then by the sum
/// of the weights, then by the sum of the edges' orders. All three are the same in both directions,
/// and where the ends of a way and the nodes on it share what they may reach, so that every part of
/// a shortest way is one too, each node on it forwards along it (docs/decisions/0007).
class Paths {
public:
    Paths(const Graph& graph, Access& access, const Classes& classes)
        : graph_(graph), access_(access), classes_(classes) {}

    /// By number; valid until the next call. The same again is not looked for again.
    std::span<const Way> from(NodeNumber source);
    /// The graph, the rules or the classes are others now.
    void forget() {
        source_ = kNoNode;
        isPacked_ = false;
    }
    /// The nodes that may have ways over the edge between two nodes, which is in the graph, and its
    /// ends. For all others the ways are the same without the edge.
    std::vector<NodeNumber> usersOf(NodeNumber left, NodeNumber right);
    /// How many passes over the graph all calls took.
    std::size_t searches() const { return searches_; }

private:
    struct Step {
        NodeNumber first = kNoNode;
        NodeNumber before = kNoNode;
        std::uint32_t hops = 0;
        std::int64_t weight = 0;
        std::uint64_t order = 0;
    };
    struct Limits {
        /// The classes of nodes on the way.
        const ClassSet& inside;
        /// The classes of its end.
        const ClassSet& ends;
        /// Whether neighbours on the way need a tunnel between them, or an edge is enough.
        bool tunnels = true;
    };

    /// An arc between two nodes that take part, with what a search asks of its end.
    struct PackedArc {
        NodeNumber to = kNoNode;
        std::int32_t weight = 0;
        std::uint64_t order = 0;
        Access::Class end = 0;
        bool isTunnel = false;
    };

    void pack();
    void search(NodeNumber source, const Limits& limits);
    void leave(NodeNumber node, NodeNumber source, const Limits& limits);
    void visit(const Step& before, const PackedArc& arc, NodeNumber node, NodeNumber source);
    void takeAll(bool carries);
    void takeCarrying(
        NodeNumber source, const ClassSet& friends, const std::vector<Access::Class>& closed);
    bool mayAllReach(NodeNumber node, NodeNumber source);
    void take(NodeNumber node, bool carries);
    std::size_t listed(const ClassSet& reached) const;
    ClassSet live(const ClassSet& some) const;
    static bool leadsOver(const Step& left, const Step& right, const Arc& edge);
    Access::Class classOf(NodeNumber node) const { return classes_.of[node]; }

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    std::vector<Way> ways_;
    /// Whose ways they are.
    NodeNumber source_ = kNoNode;
    std::size_t found_ = 0;
    std::size_t searches_ = 0;
    /// All arcs in one piece, by the node where they start; a search would wait for memory else.
    std::vector<PackedArc> packed_;
    std::vector<std::size_t> firstArc_;
    bool isPacked_ = false;
    // One search.
    std::vector<Step> steps_;
    std::vector<NodeNumber> reached_;
};

}  // namespace weft::mesh::network
