// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/voters.h"

#include "core/mesh/network/exits.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace weft::mesh::changes {
namespace {

using Place = Standings::Place;

std::optional<Place> placeOf(const NodeId& id, const std::vector<NodeId>& ids) {
    const auto found = std::ranges::lower_bound(ids, id);
    return found != ids.end() && *found == id
               ? std::optional(static_cast<Place>(found - ids.begin()))
               : std::nullopt;
}

/// The places of those that are there.
std::vector<Place> placesOf(const std::vector<NodeId>& nodes, const std::vector<NodeId>& ids) {
    std::vector<Place> places;
    for (const auto& node : nodes) {
        if (const auto place = placeOf(node, ids)) {
            places.push_back(*place);
        }
    }
    return places;
}

bool areConnected(const Standings& standings, Place left, Place right) {
    return standings.of(left, right).state == PairState::Connected;
}

std::size_t mostTogether(const Standings& standings, const std::vector<Place>& voters) {
    std::size_t most = 0;
    for (const auto voter : voters) {
        const auto with = std::ranges::count_if(voters, [&](Place other) {
            return other == voter ? standings.blockOf(voter) != Standings::kNoBlock
                                  : areConnected(standings, voter, other);
        });
        most = std::max(most, static_cast<std::size_t>(with));
    }
    return most;
}

}  // namespace

std::vector<NodeId> votersOf(const storage::Registry& registry, const policy::Policy& policy) {
    storage::RouteRecord all;
    all.node = std::string(policy::kGroupMark) + std::string(policy::kVotersGroup);
    return network::exitsOf(all, registry, policy.groups());
}

VoterChanges compareVoters(
    const std::vector<NodeId>& votersBefore,
    const std::vector<NodeId>& votersAfter,
    const Standings& before,
    const Standings& after,
    const std::vector<NodeId>& ids) {
    VoterChanges changes;
    std::ranges::set_difference(votersAfter, votersBefore, std::back_inserter(changes.added));
    std::ranges::set_difference(votersBefore, votersAfter, std::back_inserter(changes.removed));
    std::vector<NodeId> both;
    std::ranges::set_intersection(votersBefore, votersAfter, std::back_inserter(both));
    const auto places = placesOf(both, ids);
    for (std::size_t left = 0; left < places.size(); ++left) {
        for (std::size_t right = left + 1;
             right < places.size() && changes.separated.size() < kMaxListedPairs;
             ++right) {
            if (after.blockOf(places[left]) != Standings::kNoBlock
                && after.blockOf(places[right]) != Standings::kNoBlock
                && areConnected(before, places[left], places[right])
                && !areConnected(after, places[left], places[right])) {
                changes.separated.emplace_back(ids[places[left]], ids[places[right]]);
            }
        }
    }
    changes.total = votersBefore.size();
    changes.remaining = votersAfter.size();
    changes.togetherBefore = mostTogether(before, placesOf(votersBefore, ids));
    changes.together = mostTogether(after, placesOf(votersAfter, ids));
    if (changes.together < changes.togetherBefore) {
        changes.text =
            fmt::format("{} of {} voters would be left", changes.together, changes.total);
        if (changes.losesQuorum()) {
            changes.text += ", too few to elect a leader";
        }
    }
    return changes;
}

}  // namespace weft::mesh::changes
