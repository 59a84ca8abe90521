// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/pair_changes.h"
#include "core/mesh/changes/policy_set.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace weft::mesh::changes {

/// What becomes of those who elect the leader.
struct VoterChanges {
    /// Members of the group policy::kVotersGroup, by id.
    std::vector<NodeId> added;
    std::vector<NodeId> removed;
    /// Voters before and after, there still, that were connected with one another and are no
    /// longer, by id; at most kMaxListedPairs.
    std::vector<std::pair<NodeId, NodeId>> separated;
    /// How many elected, and how many are to.
    std::size_t total = 0;
    std::size_t remaining = 0;
    /// The most voters that one of them is connected with, itself too.
    std::size_t togetherBefore = 0;
    std::size_t together = 0;
    /// "2 of 3 voters would be left"; empty when no fewer are together than before.
    std::string text;

    /// Whether too few would be together to elect a leader, and there were enough before.
    bool losesQuorum() const { return togetherBefore * 2 > total && together * 2 <= remaining; }
};

/// The nodes in the group of voters, in groups in it too; by id.
std::vector<NodeId> votersOf(const storage::Registry& registry, const policy::Policy& policy);

/// Voters need not be among `ids`, or there at all: they are connected with nobody then.
VoterChanges compareVoters(
    const std::vector<NodeId>& votersBefore,
    const std::vector<NodeId>& votersAfter,
    const Standings& before,
    const Standings& after,
    const std::vector<NodeId>& ids);

}  // namespace weft::mesh::changes
