// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/all_pairs.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace weft::mesh::changes {

using storage::NodeId;

/// Pairs, routes and nodes that are listed one by one; all are counted.
inline constexpr std::size_t kMaxListedPairs = 1000;

enum class PairState : std::uint8_t {
    None,       ///< packets may pass neither way
    OneSided,   ///< the rules let them pass one way only: no tunnel
    Permitted,  ///< they may pass both ways, and no way carries them
    Connected   ///< they are carried both ways
};
inline constexpr std::size_t kPairStates = 4;
/// "none", "one-sided", "permitted", "connected".
std::string_view nameOf(PairState state);

/// How two nodes stand to each other.
struct Standing {
    PairState state = PairState::None;
    /// Whether the rules let packets pass from the first to the second, and back.
    bool forward = false;
    bool backward = false;

    friend bool operator==(const Standing&, const Standing&) = default;
};

struct PairChange {
    NodeId left;
    NodeId right;
    Standing before;
    Standing after;

    friend bool operator==(const PairChange&, const PairChange&) = default;
};

struct PairChanges {
    /// By state before and state after. Equal ones: the direction is another.
    std::array<std::array<std::size_t, kPairStates>, kPairStates> counts{};
    /// Those of the node that was asked for first, then by ids; at most kMaxListedPairs. The asked
    /// node is `left`, else the lower id.
    std::vector<PairChange> listed;
    /// That were connected with somebody and are no longer; by id, capped in the same way.
    std::vector<NodeId> isolated;
    std::size_t isolatedCount = 0;

    std::size_t count() const;
    std::size_t gained() const;
    std::size_t lost() const;
};

/// How all nodes of a mesh stand to each other at one moment. Good until its network changes.
/// Thread: confined.
class Standings {
public:
    /// A node's place in `ids`.
    using Place = std::uint32_t;
    using Pair = std::pair<Place, Place>;
    static constexpr std::uint32_t kNoBlock = static_cast<std::uint32_t>(-1);

    /// `ids` are sorted and may be unknown to the network. All outlive it.
    Standings(
        network::Network& network, const network::AllPairs& pairs, const std::vector<NodeId>& ids);

    std::size_t size() const { return numbers_.size(); }
    Standing of(Place left, Place right) const;
    /// The same, but for exceptions: nodes of two blocks all stand to each other alike.
    Standing usual(Place left, Place right) const;
    /// Nodes of one part and one class, or of one class and each alone; kNoBlock: takes no part.
    std::uint32_t blockOf(Place node) const { return blocks_[node]; }
    /// Permitted where `usual` says Connected; sorted, the lower place first.
    const std::vector<Pair>& exceptions() const { return exceptions_; }

private:
    network::Network::Parts mesh_;
    const network::AllPairs& pairs_;
    std::vector<network::NodeNumber> numbers_;
    std::vector<std::uint32_t> blocks_;
    std::vector<Pair> exceptions_;
};

/// What is other in `after`, both of the same `ids`. Their pairs with `first` are listed first.
PairChanges compare(
    const Standings& before,
    const Standings& after,
    const std::vector<NodeId>& ids,
    const NodeId& first);

}  // namespace weft::mesh::changes
