// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/changes/plain_review.h"

#include "core/mesh/policy/explain.h"

#include <gmock/gmock.h>

#include <iterator>
#include <map>
#include <set>

namespace weft::mesh::changes::tests {
namespace {

using network::Network;

std::map<net::IpPrefix, NodeId> exitsOf(Network& network, const NodeId& id) {
    std::map<net::IpPrefix, NodeId> exits;
    const auto number = network.graph().find(id);
    if (number == network::kNoNode) {
        return exits;
    }
    for (const auto& exit : network.exitsUsedBy(number)) {
        exits.emplace(exit.destination, network.graph().id(exit.node));
    }
    // It is what neighbours are given for.
    std::set<net::IpPrefix> given;
    for (const auto& neighbour : network.neighboursOf(id)) {
        given.insert(neighbour.routes.begin(), neighbour.routes.end());
    }
    EXPECT_EQ(given.size(), exits.size()) << id.value();
    for (const auto& [destination, exit] : exits) {
        EXPECT_TRUE(given.contains(destination)) << id.value();
    }
    return exits;
}

std::optional<NodeId> at(
    const std::map<net::IpPrefix, NodeId>& exits, const net::IpPrefix& destination) {
    const auto found = exits.find(destination);
    return found == exits.end() ? std::nullopt : std::optional(found->second);
}

bool isWithheld(
    const storage::Registry& registry,
    const policy::Policy& reference,
    const NodeId& from,
    const NodeId& to) {
    if (!registry.node(from)->publicKey || !registry.node(to)->publicKey) {
        return false;
    }
    const auto explained = policy::explain(registry, reference, from.value(), to.value());
    return explained->forward.accepted && !explained->forward.peered;
}

void addPair(PairChange change, PairChanges& changes) {
    if (change.before == change.after) {
        return;
    }
    ++changes.counts[static_cast<std::size_t>(change.before.state)]
                    [static_cast<std::size_t>(change.after.state)];
    changes.listed.push_back(std::move(change));
}

}  // namespace

Standing plainStanding(Network& network, const NodeId& left, const NodeId& right) {
    Standing standing;
    standing.forward = network.mayReach(left, right);
    standing.backward = network.mayReach(right, left);
    if (network.trace(left, right).outcome == network::Trace::Outcome::Carried) {
        standing.state = PairState::Connected;
    } else if (standing.forward && standing.backward) {
        standing.state = PairState::Permitted;
    } else if (standing.forward || standing.backward) {
        standing.state = PairState::OneSided;
    }
    return standing;
}

PairChanges plainPairs(
    Network& before, Network& after, const std::vector<NodeId>& ids, const NodeId& first) {
    PairChanges changes;
    std::set<NodeId> wereConnected;
    std::set<NodeId> areConnected;
    const auto add = [&](const NodeId& left, const NodeId& right) {
        const auto was = plainStanding(before, left, right);
        const auto is = plainStanding(after, left, right);
        if (was.state == PairState::Connected) {
            wereConnected.insert({left, right});
        }
        if (is.state == PairState::Connected) {
            areConnected.insert({left, right});
        }
        addPair({left, right, was, is}, changes);
    };
    for (const auto& id : ids) {
        if (id != first && std::ranges::binary_search(ids, first)) {
            add(first, id);
        }
    }
    for (auto left = ids.begin(); left != ids.end(); ++left) {
        for (auto right = left + 1; right != ids.end(); ++right) {
            if (*left != first && *right != first) {
                add(*left, *right);
            }
        }
    }
    std::ranges::set_difference(wereConnected, areConnected, std::back_inserter(changes.isolated));
    changes.isolatedCount = changes.isolated.size();
    return changes;
}

RouteChanges plainRoutes(Network& before, Network& after, const std::vector<NodeId>& ids) {
    std::map<std::pair<net::IpPrefix, NodeId>, RouteChange> found;
    for (const auto& id : ids) {
        const auto was = exitsOf(before, id);
        const auto is = exitsOf(after, id);
        for (const auto* exits : {&was, &is}) {
            for (const auto& [destination, exit] : *exits) {
                found[{destination, id}] = {
                    id, destination, at(was, destination), at(is, destination)};
            }
        }
    }
    RouteChanges changes;
    for (auto& [key, change] : found) {
        if (change.before == change.after) {
            continue;
        }
        changes.gained += change.before ? 0 : 1;
        changes.lost += change.after ? 0 : 1;
        changes.moved += change.before && change.after ? 1 : 0;
        changes.listed.push_back(change);
    }
    return changes;
}

VanishedNodes plainVanished(
    const storage::Registry& before,
    const storage::Registry& after,
    const std::vector<NodeId>& ids) {
    const auto were = policy::compile(before, policy::Dialect::Reference);
    const auto are = policy::compile(after, policy::Dialect::Reference);
    VanishedNodes vanished;
    for (const auto& node : ids) {
        for (const auto& from : ids) {
            if (from != node && isWithheld(after, *are, from, node)
                && !isWithheld(before, *were, from, node)) {
                vanished.listed.push_back({from, node, ""});
            }
        }
    }
    vanished.count = vanished.listed.size();
    return vanished;
}

void expectSame(const PairChanges& found, const PairChanges& expected) {
    EXPECT_EQ(found.counts, expected.counts);
    EXPECT_EQ(found.listed, expected.listed);
    EXPECT_EQ(found.isolated, expected.isolated);
    EXPECT_EQ(found.isolatedCount, expected.isolatedCount);
    EXPECT_EQ(found.count(), expected.listed.size());
}

void expectSame(const RouteChanges& found, const RouteChanges& expected) {
    EXPECT_EQ(found.listed, expected.listed);
    EXPECT_EQ(found.gained, expected.gained);
    EXPECT_EQ(found.lost, expected.lost);
    EXPECT_EQ(found.moved, expected.moved);
}

}  // namespace weft::mesh::changes::tests
