// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/access.h"
#include "core/mesh/network/graph.h"

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

namespace weft::mesh::network {

/// The classes of the nodes, and how many that take part each has.
struct Classes {
    std::vector<Access::Class> of;
    std::vector<std::size_t> members;
};

/// What a way costs. All of it is the same in both directions.
struct Cost {
    std::uint32_t hops = 0;
    /// Nodes between the ends that not everybody may reach.
    std::uint32_t closed = 0;
    std::int64_t weight = 0;
    /// The sum of the edges' orders: differs between any two ways.
    std::uint64_t order = 0;

    friend bool operator==(const Cost&, const Cost&) = default;
    friend bool operator<(const Cost& left, const Cost& right) {
        const auto rank = [](const Cost& cost) {
            return std::tie(cost.hops, cost.closed, cost.weight, cost.order);
        };
        return rank(left) < rank(right);
    }
};

/// The cheapest ways from one node over tunnels, between the nodes of some classes. Pure.
class Search {
public:
    /// The best way to one node.
    struct Step {
        /// The node after the source; kNoNode: there is no way.
        NodeNumber first = kNoNode;
        NodeNumber before = kNoNode;
        Cost cost;
    };

    Search(const Graph& graph, Access& access, const Classes& classes)
        : graph_(graph), access_(access), classes_(classes) {}

    /// The graph, the rules or the classes are others now.
    void forget() { isPacked_ = false; }
    /// Looks for ways to the nodes of `ends`, over those of `inside`.
    void run(NodeNumber source, const ClassSet& inside, const ClassSet& ends) {
        run(source, inside, ends, kNoLimit, ends);
    }
    /// The same, but no farther than `hops`, and so far only for the nodes of `last`.
    void run(
        NodeNumber source,
        const ClassSet& inside,
        const ClassSet& ends,
        std::uint32_t hops,
        const ClassSet& last);

    /// By number.
    const std::vector<Step>& steps() const { return steps_; }
    std::vector<Step> takeSteps() { return std::exchange(steps_, {}); }
    /// Those with a way; closer ones come first.
    const std::vector<NodeNumber>& reached() const { return reached_; }

    /// The classes that a node is in.
    const ClassSet& live();
    /// What an edge adds to a way that leads to `node` and on over it; `isSource`: it begins there.
    Cost added(const Arc& arc, NodeNumber node, bool isSource);

private:
    static constexpr auto kNoLimit = static_cast<std::uint32_t>(-1);

    /// A tunnel between two nodes that take part.
    struct Tunnel {
        NodeNumber to = kNoNode;
        Access::Class end = 0;
        std::int32_t weight = 0;
        std::uint64_t order = 0;
    };

    void pack();
    void leave(NodeNumber node, NodeNumber source, const ClassSet& ends);

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    /// All tunnels in one piece, by the node where they start; a search would wait for memory else.
    std::vector<Tunnel> tunnels_;
    std::vector<std::size_t> firstTunnel_;
    ClassSet live_;
    /// By class: whether a node that takes part may not reach all others, or be reached.
    std::vector<std::uint8_t> isClosed_;
    bool isPacked_ = false;
    // One search.
    std::vector<Step> steps_;
    std::vector<NodeNumber> reached_;
};

}  // namespace weft::mesh::network
