// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/access.h"
#include "core/mesh/network/graph.h"
#include "core/mesh/network/way.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::mesh::network {

/// The classes of the nodes, and how many that take part each has.
struct Classes {
    std::vector<Access::Class> of;
    std::vector<std::size_t> members;
};

/// The cheapest ways from one node over tunnels, between the nodes of some classes. Pure.
class Search {
public:
    /// Longer ways are not found; a packet lives for 255.
    static constexpr std::uint32_t kMostHops = 30'000;

    Search(const Graph& graph, Access& access, const Classes& classes)
        : graph_(graph), access_(access), classes_(classes) {}

    /// The graph, the rules or the classes are others now.
    void forget() { isPacked_ = false; }
    /// Looks for ways to the nodes of `ends`, over those of `inside`.
    void run(NodeNumber source, const ClassSet& inside, const ClassSet& ends) {
        run(source, inside, ends, kMostHops, ends);
    }
    /// The same, but no farther than `hops`, and so far only for the nodes of `last`.
    void run(
        NodeNumber source,
        const ClassSet& inside,
        const ClassSet& ends,
        std::uint32_t hops,
        const ClassSet& last);

    /// How many there were.
    std::size_t runs() const { return runs_; }
    /// What the last run found; without a way to the source.
    WayTable take();

    /// The classes that a node is in.
    const ClassSet& live();
    /// What an edge adds to a way that leads to `node` and on over it; `isSource`: it begins there.
    Cost added(const Arc& arc, NodeNumber node, bool isSource);
    /// What a node adds to the rank of a way that leads over it.
    std::int64_t rankOf(NodeNumber node);

    /// What a tunnel adds to a way that leads over the node where it starts.
    struct Tunnel {
        std::int64_t rank = 0;
        std::uint64_t order = 0;
    };
    // The tunnels that start at a node, and the nodes that they lead to; none before `live` or
    // `rankOf` was asked for.
    std::span<const NodeNumber> tunnelEnds(NodeNumber node) const {
        return std::span(ends_).subspan(firstTunnel_[node], tunnelCount(node));
    }
    std::span<const Tunnel> tunnels(NodeNumber node) const {
        return std::span(tunnels_).subspan(firstTunnel_[node], tunnelCount(node));
    }

private:
    using Place = WayTable::Place;
    static constexpr Place kUnseen = ~Place{0};
    /// Not asked for. Also the source's: no way leads back to it.
    static constexpr Place kBarred = 0;

    std::size_t tunnelCount(NodeNumber node) const {
        return firstTunnel_[node + 1] - firstTunnel_[node];
    }
    /// What the best way to a place costs besides its hops.
    struct Best {
        std::int64_t rank = 0;
        std::uint64_t order = 0;
    };

    void pack();
    void makeRoom();
    void bar(const ClassSet& ends);
    void list(Place begin, Place end, const ClassSet* inside);
    void leave(Place next);
    void choose(Place begin, bool isFirst);
    void addWays(Place begin, Place end, std::uint32_t hops, std::vector<Way>& ways) const;

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    // All tunnels between nodes that take part in one piece, by the node where they start; a search
    // would wait for memory else. Most are looked at for their other end alone.
    std::vector<NodeNumber> ends_;
    std::vector<Tunnel> tunnels_;
    std::vector<std::uint32_t> firstTunnel_;
    ClassSet live_;
    /// By class: what its nodes add to the rank of a way, as not all that take part may reach them
    /// and be reached.
    std::vector<std::int64_t> ranks_;
    bool isPacked_ = false;
    std::size_t runs_ = 0;
    // One search: where each node is in the order in which they are reached, and what is there.
    std::vector<Place> places_;
    std::vector<NodeNumber> nodes_;
    std::vector<Best> bests_;
    std::vector<Place> befores_;
    std::vector<NodeNumber> firsts_;
    Place reached_ = 0;
    /// Where each level ends; the source is the first one.
    std::vector<Place> levelEnds_;
    // The hops to one level, and room for more: from which place, over which tunnel, and to which
    // node at first, to which place then.
    std::vector<Place> hopStarts_;
    std::vector<std::uint32_t> hopTunnels_;
    std::vector<std::uint32_t> hopEnds_;
    std::size_t hopCount_ = 0;
    /// The places of a level whose tunnels are not listed.
    std::vector<Place> wide_;
};

}  // namespace weft::mesh::network
