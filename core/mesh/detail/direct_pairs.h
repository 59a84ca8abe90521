// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/mesh/direct_ways.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weft::mesh::detail {

/// The lower id first.
using PairKey = std::pair<NodeId, NodeId>;
PairKey pairOf(const NodeId& one, const NodeId& other);

/// Decides which nodes have a direct way to each other, or try one. Pure: reports, verdicts and the
/// time in; offers and edges out. Thread: confined.
///
/// The nodes that take part stand in a ring, in the order of a hash of their ids. Each is paired
/// with kSide of them on either side, so that the work does not grow with the square of the mesh,
/// and in a mesh of up to 2 * kSide + 1 everybody is paired with everybody.
class DirectPairs {
public:
    static constexpr std::size_t kSide = 8;
    /// Pairs of one node: those of the ring, and direct ones that were in it before.
    static constexpr std::size_t kMostPairs = 2 * kSide;
    /// Pairs that are direct, or try to be, in a mesh.
    static constexpr std::size_t kMostWays = 4096;
    static constexpr std::chrono::seconds kProbeTime{12};
    /// Between two rounds at least, however much news there is.
    static constexpr std::chrono::seconds kLeastPause{3};
    /// After a round that failed; doubles.
    static constexpr std::chrono::seconds kFirstPause{30};
    static constexpr std::chrono::seconds kMostPause{1800};
    /// How long a direct way stays of which neither end says that packets come.
    static constexpr std::chrono::seconds kConfirmTime{60};

    /// What the mesh's records say of a pair at the moment.
    struct Verdict {
        /// There is an edge; `isOurs`: this class asked for it.
        bool isLinked = false;
        bool isOurs = false;
        /// Neither may reach the other: there is nothing to tell of.
        bool isNothing = false;
        /// Why it is not tried; None: it may be.
        RelayReason reason = RelayReason::None;
        /// One of the two is behind a router that gives each destination another port.
        bool isSymmetric = false;
    };
    using Judge = std::function<Verdict(const PairKey&)>;

    struct State {
        DirectOffer::Kind kind = DirectOffer::Kind::Relayed;
        RelayReason reason = RelayReason::None;
        std::uint64_t round = 0;
    };

    explicit DirectPairs(Judge judge) : judge_(std::move(judge)) {}

    void enter(const NodeId& node);
    void leave(const NodeId& node);
    bool takesPart(const NodeId& node) const { return places_.contains(node); }
    /// What the records say of it has changed.
    void touch(const NodeId& node) { dirty_.insert(node); }
    /// Others are told of other places of it.
    void notePlaces(const NodeId& node);
    /// `by` has seen it where nobody had: what was in vain with others may not be now.
    void noteNews(const NodeId& node, const NodeId& by, TimePoint now);
    void noteReport(const NodeId& node, const std::vector<WayReport>& ways, TimePoint now);
    /// An edge of ours that was there before.
    void adopt(const PairKey& pair, TimePoint now);

    /// Looks at some of those who were touched; whether some are left.
    bool work(TimePoint now, std::size_t most);
    /// Does what is due.
    void advance(TimePoint now);
    std::optional<TimePoint> nextDeadline() const;

    /// The edges that are to be there (or not), since the last call.
    std::set<PairKey> takeEdges() { return std::exchange(edges_, {}); }
    bool isDirect(const PairKey& pair) const;
    void noteStored(const PairKey& pair);
    /// Whose offers may be others now.
    std::set<NodeId> takeChanged() { return std::exchange(changed_, {}); }
    std::map<NodeId, State> statesOf(const NodeId& node) const;
    bool isCalling(const NodeId& node, const NodeId& other) const;
    /// Whether everybody who takes part is paired with everybody.
    bool pairsAll() const { return ring_.size() <= kMostPairs + 1; }

private:
    struct Pair {
        State state;
        /// Of the lower and the higher id.
        WayReport::State low = WayReport::State::Unknown;
        WayReport::State high = WayReport::State::Unknown;
        /// Relayed: the next try; Probing: its end; Direct: unless somebody says that packets come.
        std::optional<TimePoint> deadline;
        std::optional<TimePoint> endedAt;
        std::optional<TimePoint> directSince;
        int failures = 0;
        bool isStored = false;
    };
    using Place = std::pair<std::uint64_t, NodeId>;

    std::set<NodeId> partnersOf(const NodeId& node) const;
    void review(const NodeId& node, TimePoint now);
    void look(const PairKey& key, TimePoint now);
    bool lookAtDirect(const PairKey& key, Pair& pair, const Verdict& verdict, TimePoint now);
    Pair& add(const PairKey& key);
    void erase(const PairKey& key);
    void begin(const PairKey& key, Pair& pair, TimePoint now);
    void fail(const PairKey& key, Pair& pair, const Verdict& verdict, TimePoint now);
    void set(const PairKey& key, Pair& pair, DirectOffer::Kind kind, RelayReason reason);
    void setDeadline(const PairKey& key, Pair& pair, std::optional<TimePoint> deadline);
    void onDue(const PairKey& key, TimePoint now);

    const Judge judge_;
    std::set<Place> ring_;
    std::unordered_map<NodeId, std::uint64_t> places_;
    std::map<PairKey, Pair> pairs_;
    std::unordered_map<NodeId, std::set<NodeId>> others_;
    std::set<std::pair<TimePoint, PairKey>> deadlines_;
    std::set<NodeId> dirty_;
    std::set<NodeId> changed_;
    std::set<PairKey> edges_;
    std::size_t ways_ = 0;
    std::uint64_t rounds_ = 0;
};

}  // namespace weft::mesh::detail
