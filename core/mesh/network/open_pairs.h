// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/pair_list.h"
#include "core/mesh/network/way_batch.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

namespace weft::mesh::network {

/// Which of the pairs are carried that may reach each other, but not all on the cheapest way of all
/// between them.
///
/// The way of such a pair is the cheapest over nodes that both may reach. It is told if the parts
/// of it without the first and without the last step are told, and are the ways between their
/// ends. Such a part is cheapest over those nodes too; so it is the way between its ends if these
/// may reach no other nodes, or if no closed node is on the cheapest way of all between them.
/// Elsewhere the costs of the two are compared. Pure.
class OpenPairs {
public:
    /// `pairs`: all such pairs of a mesh. `withheld`: those that may reach all on the cheapest way
    /// of all, and others on it may not: it is not told. All outlive it.
    OpenPairs(
        const Graph& graph,
        Access& access,
        const Classes& classes,
        Search& search,
        const PairList& pairs,
        const PairList& withheld);

    std::vector<Pair> notCarried();

private:
    using Set = std::uint32_t;

    // There may be millions of both.
    /// The way of a pair from the end that is looked from.
    struct Found {
        std::int64_t rank = 0;
        std::uint64_t order = 0;
        NodeNumber first = kNoNode;
        NodeNumber before = kNoNode;
        /// The nodes that both may reach.
        Set inside = 0;
        /// 0: there is no way.
        std::uint16_t hops = 0;
        bool isFromLeft = false;
        bool isTold = false;

        Cost cost() const { return {.hops = hops, .rank = rank, .order = order}; }
    };
    static_assert(Search::kMostHops <= std::numeric_limits<std::uint16_t>::max());
    /// A part of a way: is it the way between its ends?
    struct Part {
        NodeNumber from = kNoNode;
        NodeNumber to = kNoNode;
        /// The pair whose way it is a part of.
        std::uint32_t pair = 0;
    };
    /// Of places in `found_`.
    using Places = std::vector<std::uint32_t>;

    Set setOf(const ClassSet& set);
    Set friendsOf(NodeNumber node) const { return friends_[classes_.of[node]]; }
    Set commonOf(NodeNumber left, NodeNumber right);
    bool isWithin(Set some, Set others);
    NodeNumber fromOf(std::uint32_t pair) const {
        const auto& [left, right] = pairs_.pairs()[pair];
        return found_[pair].isFromLeft ? left : right;
    }
    NodeNumber toOf(std::uint32_t pair) const {
        const auto& [left, right] = pairs_.pairs()[pair];
        return found_[pair].isFromLeft ? right : left;
    }
    void chooseEnds();
    void findWays();
    void findWays(std::span<const std::uint32_t> places);
    void indexSteps(std::span<const WayBatch::Step> steps);
    const WayBatch::Step* stepTo(NodeNumber node, std::span<const WayBatch::Step> steps) const;
    void noteWays(std::span<const WayBatch::Step> steps, std::span<const std::uint32_t> places);
    Part withoutFirst(std::uint32_t pair) const { return {found_[pair].first, toOf(pair), pair}; }
    Part withoutLast(std::uint32_t pair) const { return {fromOf(pair), found_[pair].before, pair}; }
    Cost costOf(const Part& part);
    bool mayDiffer(const Part& part);
    void compareParts();
    void compare(std::span<const Part> parts, std::span<const NodeNumber> sources);
    void compare(std::span<const Part> parts, std::span<const WayBatch::Step> steps);
    bool isTold(const Part& part);
    void tell();

    const Graph& graph_;
    Access& access_;
    const Classes& classes_;
    Search& search_;
    const PairList& pairs_;
    const PairList& withheld_;
    WayBatch batch_;
    std::vector<ClassSet> sets_;
    std::map<ClassSet, Set> setNumbers_;
    /// By class: those that it may reach and be reached by, and that a node is in.
    std::vector<Set> friends_;
    // By two sets: what is in both; whether the first is within the other.
    std::unordered_map<std::uint64_t, Set> common_;
    std::unordered_map<std::uint64_t, bool> within_;
    /// As `pairs_`.
    std::vector<Found> found_;
    // By number, for one batch or one source of it.
    std::vector<WayBatch::Lanes> wanted_;
    std::vector<std::uint32_t> stepOf_;
};

}  // namespace weft::mesh::network
