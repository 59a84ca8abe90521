// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::api {

enum class PairState : std::uint8_t {
    None,       ///< packets may pass neither way
    OneSided,   ///< one way only: no tunnel
    Permitted,  ///< both ways, and no way carries them
    Connected,  ///< they are carried both ways
};

struct PairStanding {
    PairState state = PairState::None;
    /// Whether the rules let packets pass from left to right, and back.
    bool forward = false;
    bool backward = false;

    friend bool operator==(const PairStanding&, const PairStanding&) = default;
};

struct PairChange {
    std::string left;
    std::string right;
    PairStanding before;
    PairStanding after;

    friend bool operator==(const PairChange&, const PairChange&) = default;
};

/// What is listed is the beginning; all is counted.
struct PairDifference {
    std::uint64_t gained = 0;
    std::uint64_t lost = 0;
    /// All that differ in anything.
    std::uint64_t changed = 0;
    /// Those of this node first.
    std::vector<PairChange> listed{};
    /// Nodes that were connected with somebody and would be no longer.
    std::vector<std::string> isolated{};
    std::uint64_t isolatedCount = 0;

    friend bool operator==(const PairDifference&, const PairDifference&) = default;
};

/// How a node gets to a network outside the mesh.
struct RouteChange {
    std::string node;
    std::string destination;
    /// The exit; empty: it does not get there.
    std::string before;
    std::string after;

    friend bool operator==(const RouteChange&, const RouteChange&) = default;
};

struct RouteDifference {
    std::uint64_t gained = 0;
    std::uint64_t lost = 0;
    std::uint64_t moved = 0;
    std::vector<RouteChange> listed{};

    friend bool operator==(const RouteDifference&, const RouteDifference&) = default;
};

/// A node that reference nodes lose sight of, for a route of it that the rules deny.
struct VanishedNode {
    std::string from;
    std::string node;
    std::string route;

    friend bool operator==(const VanishedNode&, const VanishedNode&) = default;
};

using NodePair = std::pair<std::string, std::string>;

struct VoterDifference {
    std::vector<std::string> added{};
    std::vector<std::string> removed{};
    std::vector<NodePair> separated{};
    /// Empty when nothing is worth a word.
    std::string text{};
    bool losesQuorum = false;

    friend bool operator==(const VoterDifference&, const VoterDifference&) = default;
};

struct ServerAccess {
    std::string server;
    bool isLeader = false;
    bool before = false;
    bool after = false;

    friend bool operator==(const ServerAccess&, const ServerAccess&) = default;
};

/// Whether this node may write all of a kind that the edits are about.
struct WriteRight {
    PolicyKind kind = PolicyKind::Role;
    bool before = false;
    bool after = false;

    friend bool operator==(const WriteRight&, const WriteRight&) = default;
};

/// An object that the edits and somebody else changed in ways that do not go together.
struct PlanConflict {
    ObjectRef ref;
    std::string text{};
    /// As it was when the edit began, as the edit wants it, and as it is now.
    std::optional<PolicyObject> base{};
    std::optional<PolicyObject> mine{};
    std::optional<PolicyObject> theirs{};

    friend bool operator==(const PlanConflict&, const PlanConflict&) = default;
};

/// What edits would do.
struct PlanReview {
    /// From the present state.
    std::vector<PolicyEdit> edits{};
    /// These were looked at as the edits want them.
    std::vector<PlanConflict> conflicts{};
    PairDifference pairs{};
    RouteDifference routes{};
    std::uint64_t vanishedCount = 0;
    std::vector<VanishedNode> vanished{};
    VoterDifference voters{};
    /// The leader first.
    std::vector<ServerAccess> servers{};
    std::vector<WriteRight> rights{};
    /// "You would lose access to the leader".
    std::vector<std::string> warnings{};

    friend bool operator==(const PlanReview&, const PlanReview&) = default;
};

}  // namespace weft::api
