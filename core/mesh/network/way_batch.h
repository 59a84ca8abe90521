// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/search.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::mesh::network {

/// The cheapest ways from up to 64 nodes at once over tunnels, between the nodes of some classes.
///
/// First one pass for all of them, a bit for each: how far away every node is, and how many closed
/// nodes, which not everybody may reach, lie between at least. That takes little longer than one
/// Search. Then, for those ends that are asked for, the ways themselves: only nodes are looked at
/// that such a way may lead over. Pure.
class WayBatch {
public:
    /// A bit for each source.
    using Lanes = std::uint64_t;
    static constexpr std::size_t kMostSources = 64;

    /// A node, and the sources that are as far away from it as each other.
    struct Reached {
        NodeNumber node = kNoNode;
        Lanes sources = 0;
        /// Those whose cheapest way leads over a closed node; over two or more.
        Lanes overOne = 0;
        Lanes overMore = 0;
    };
    /// The cheapest way to a node, as one more step after another.
    struct Step {
        NodeNumber node = kNoNode;
        /// The place of the step before it; the source is at 0.
        std::uint32_t before = 0;
        std::uint32_t hops = 0;
        /// Whether it was asked for; others lie on ways that were.
        bool isAsked = false;
        std::int64_t rank = 0;
        std::uint64_t order = 0;

        Cost cost() const { return {.hops = hops, .rank = rank, .order = order}; }
    };

    /// All outlive it, and stay as they are.
    WayBatch(const Graph& graph, const Classes& classes, Search& search);

    /// Looks from at most kMostSources nodes that take part, over nodes of `inside`.
    void run(std::span<const NodeNumber> sources, const ClassSet& inside);
    /// Closer ones first; the sources too. A node is there once for each distance.
    std::span<const Reached> reached() const { return reached_; }
    /// Asks for the ways from some sources to what is at a place of `reached`.
    void ask(std::size_t place, Lanes sources) { asked_[place] |= sources; }
    /// Finds which nodes the ways lead over that were asked for.
    void collect();
    /// The ways from one source that were asked for, closer ones first, after `collect`. Good until
    /// the next call.
    std::span<const Step> waysFrom(std::size_t source);

private:
    /// To whom a node is passed on: those on whose way there is no closed node up to it and with
    /// it, at most one, or any number.
    struct Passed {
        Lanes all = 0;
        Lanes overNone = 0;
        Lanes overOneAtMost = 0;
    };
    struct Place {
        NodeNumber node = kNoNode;
        std::uint32_t hops = 0;
        bool isAsked = false;
    };

    Passed passedBy(std::size_t place) const;
    void pass(std::size_t begin, std::size_t end);
    void settle();
    void collectBefore(std::size_t place, std::size_t begin, std::size_t end);
    void choose(Step& step) const;

    Search& search_;
    /// By number: what it adds to a rank; whether ways may lead over it.
    std::vector<std::int64_t> ranks_;
    std::vector<std::uint8_t> isInside_;
    const Classes& classes_;
    std::size_t sources_ = 0;
    std::vector<Reached> reached_;
    std::vector<Lanes> asked_;
    /// Where each level begins.
    std::vector<std::size_t> levels_;
    // By number, for one level.
    std::vector<Lanes> seen_;
    std::vector<Passed> next_;
    std::vector<NodeNumber> touched_;
    /// By place, and by number: what ways that are asked for lead over, and its place in a level.
    std::vector<Lanes> needed_;
    std::vector<std::uint32_t> placeInLevel_;
    /// By source.
    std::vector<std::vector<Place>> places_;
    // One source.
    std::vector<Step> steps_;
    std::vector<std::uint32_t> placeOf_;
};

}  // namespace weft::mesh::network
