// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/graph.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace weft::mesh::network {

/// What a way costs. All of it is the same in both directions.
struct Cost {
    /// What one node between the ends that not everybody may reach adds to a rank: more than the
    /// weights of all edges of a way together.
    static constexpr std::int64_t kClosed = std::int64_t{1} << 47U;

    std::uint32_t hops = 0;
    /// The weights of the edges, and `kClosed` for each such node.
    std::int64_t rank = 0;
    /// The sum of the edges' orders: differs between any two ways.
    std::uint64_t order = 0;

    friend bool operator==(const Cost&, const Cost&) = default;
    friend bool operator<(const Cost& left, const Cost& right) {
        return std::tie(left.hops, left.rank, left.order)
               < std::tie(right.hops, right.rank, right.order);
    }
};

/// How one node gets to another.
struct Way {
    /// The neighbour that leads there; kNoNode: there is no way.
    NodeNumber first = kNoNode;
    /// The last node before the end.
    NodeNumber before = kNoNode;
    // The cost, without its padding.
    std::int64_t rank = 0;
    std::uint64_t order = 0;
    std::uint32_t hops = 0;
    /// Over tunnels alone. Without it the end is a neighbour that is listed because an access rule
    /// accepts this direction, as a reference node does; the other end knows nothing of it.
    bool carries = false;

    bool exists() const { return first != kNoNode; }
    Cost cost() const { return {.hops = hops, .rank = rank, .order = order}; }
};

/// The ways from one node. Those to nodes that it reaches lie together, the others take four bytes.
class WayTable {
public:
    /// Where a way is; 0 for all nodes without one.
    using Place = std::uint32_t;

    WayTable() = default;
    /// By number of the node; by place.
    WayTable(std::vector<Place> places, std::vector<NodeNumber> nodes, std::vector<Way> ways)
        : places_(std::move(places)), nodes_(std::move(nodes)), ways_(std::move(ways)) {}

    const Way& operator[](NodeNumber node) const { return ways_[placeOf(node)]; }
    Place placeOf(NodeNumber node) const { return node < places_.size() ? places_[node] : 0; }
    /// Those that had a way once, closer ones first, but for what was added.
    std::span<const NodeNumber> reached() const { return std::span(nodes_).subspan(1); }
    // Both by place, from 1 on.
    const Way& at(Place place) const { return ways_[place]; }
    NodeNumber nodeAt(Place place) const { return nodes_[place]; }
    /// Places that there are.
    std::size_t size() const { return ways_.size(); }
    std::size_t bytes() const {
        return places_.size() * sizeof(Place) + ways_.size() * (sizeof(Way) + sizeof(NodeNumber));
    }

    /// Of a node that has one.
    void set(NodeNumber node, const Way& way) { ways_[places_[node]] = way; }
    /// Of a node that has none.
    void add(NodeNumber node, const Way& way) {
        places_[node] = static_cast<Place>(ways_.size());
        nodes_.push_back(node);
        ways_.push_back(way);
    }

private:
    std::vector<Place> places_;
    // At 0: nobody.
    std::vector<NodeNumber> nodes_{kNoNode};
    std::vector<Way> ways_{Way()};
};

}  // namespace weft::mesh::network
