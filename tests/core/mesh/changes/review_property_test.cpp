// SPDX-License-Identifier: Apache-2.0
// What is predicted of random edits against networks made from the edited records.
#include "core/mesh/changes/review.h"
#include "core/mesh/changes/what_if.h"
#include "tests/core/mesh/changes/edited_world.h"
#include "tests/core/mesh/changes/plain_review.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <iterator>

namespace weft::mesh::changes::tests {
namespace {

/// A mesh of 8 to 12 nodes, some of which are voters.
World votingWorld(RandomWorld& random, Access access) {
    auto world = random.world(access, 8 + random.below(5));
    random.addRoutes(world);
    policy::Group voters{"voters", {}};
    for (const auto& [id, node] : world.nodes) {
        if (random.below(3) == 0) {
            voters.subjects.push_back({id, policy::SubjectKind::Node});
        }
    }
    world.rules.groups.push_back(std::move(voters));
    return world;
}

bool isConnected(network::Network& network, const NodeId& left, const NodeId& right) {
    return plainStanding(network, left, right).state == PairState::Connected;
}

void expectVoters(
    const VoterChanges& found,
    const std::vector<NodeId>& voters,
    network::Network& before,
    network::Network& after) {
    std::size_t most = 0;
    for (const auto& one : voters) {
        std::size_t with = after.graph().takesPart(after.graph().find(one)) ? 1 : 0;
        for (const auto& other : voters) {
            with += one != other && isConnected(after, one, other) ? 1 : 0;
        }
        most = std::max(most, with);
    }
    EXPECT_EQ(found.together, most);
    EXPECT_EQ(found.remaining, voters.size());
    for (const auto& [left, right] : found.separated) {
        EXPECT_TRUE(isConnected(before, left, right)) << left.value() << " " << right.value();
        EXPECT_FALSE(isConnected(after, left, right)) << left.value() << " " << right.value();
    }
    EXPECT_EQ(found.text.empty(), found.together >= found.togetherBefore);
}

void expectServers(const Review& found, const Editor& who, Mirror& before, Mirror& after) {
    ASSERT_EQ(found.servers.size(), 1U);
    const auto& access = found.servers.front();
    EXPECT_EQ(access.before, isConnected(before.network(), who.node, who.leader));
    EXPECT_EQ(access.after, isConnected(after.network(), who.node, who.leader));
}

/// How many pairs, routes and vanishing nodes there were.
struct Seen {
    std::size_t pairs = 0;
    std::size_t routes = 0;
    std::size_t vanished = 0;
    std::size_t isolated = 0;
    std::size_t rounds = 0;
};

void expectVanished(const VanishedNodes& found, const VanishedNodes& expected, Seen& seen) {
    ASSERT_EQ(found.count, expected.count);
    for (std::size_t at = 0; at < found.count; ++at) {
        EXPECT_EQ(found.listed[at].from, expected.listed[at].from);
        EXPECT_EQ(found.listed[at].node, expected.listed[at].node);
    }
    seen.vanished += found.count;
}

void expectReview(const EditedWorld& edited, Seen& seen) {
    Mirror before(edited.before);
    Mirror after(edited.after);
    const auto rules = PolicySet::of(before.registry());
    const auto edits = difference(rules, PolicySet::of(after.registry()));
    const auto ids = nodesOf(before.registry());
    const Editor who{{"n0"}, NodeId("n3"), NodeId("n1")};

    const auto found = review(rules, edits, before.registry(), who);

    expectSame(found.pairs, plainPairs(before.network(), after.network(), ids, who.node));
    expectSame(found.routes, plainRoutes(before.network(), after.network(), ids));
    // Explaining takes its time.
    if (seen.rounds++ % 4 == 0) {
        expectVanished(
            found.vanished, plainVanished(before.registry(), after.registry(), ids), seen);
    }
    expectServers(found, who, before, after);
    const auto policy = policy::compile(after.registry());
    expectVoters(
        found.voters, votersOf(after.registry(), *policy), before.network(), after.network());
    seen.pairs += found.pairs.count();
    seen.routes += found.routes.listed.size();
    seen.isolated += found.pairs.isolatedCount;
}

TEST(ReviewProperty, PredictsWhatAMeshWithTheEditedRecordsDoes) {
    RandomWorld random(weft::tests::randomSeed());
    Seen seen;
    // Until what is rare was seen too.
    const auto more = [&seen](std::size_t round) {
        const bool isRareSeen = seen.vanished != 0 && seen.isolated != 0;
        return round < rounds() || (!isRareSeen && round < 50 * rounds());
    };
    for (std::size_t round = 0; more(round) && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        EditedWorld edited;
        edited.before = votingWorld(random, static_cast<Access>(round % 3));
        edited.change(random);
        if (random.below(4) == 0) {
            auto denial = acl("networks", 7, policy::AclAction::Deny, {"n1", "n2"}, {"*"});
            denial.destinationCidrs = {"10.0.0.0/15"};
            edited.after.rules.acls.push_back(std::move(denial));
        }
        expectReview(edited, seen);
    }
    EXPECT_GT(seen.pairs, rounds());
    EXPECT_GT(seen.routes, rounds() / 5);
    EXPECT_GT(seen.vanished, 0U);
    EXPECT_GT(seen.isolated, 0U);
}

template <typename Map>
typename Map::const_iterator someOf(const Map& map, RandomWorld& random) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(random.below(map.size())));
}

void expectLoss(const World& world, RandomWorld& random) {
    Mirror before(world);
    auto left = world;
    std::vector<NodeId> nodes;
    for (auto count = random.below(3); count > 0; --count) {
        const auto gone = someOf(left.nodes, random)->first;
        nodes.emplace_back(gone);
        left.nodes.erase(gone);
        std::erase_if(left.edges, [&gone](const auto& edge) {
            return edge.first.first == gone || edge.first.second == gone;
        });
    }
    std::vector<Link> links;
    if (!left.edges.empty()) {
        const auto gone = someOf(left.edges, random)->first;
        links.emplace_back(NodeId(gone.second), NodeId(gone.first));
        left.edges.erase(gone);
    }
    Mirror after(left);
    const WhatIf whatIf(before.registry());

    const auto loss = whatIf.lose(nodes, links);

    const auto ids = nodesOf(after.registry());
    expectSame(loss.pairs, plainPairs(before.network(), after.network(), ids, NodeId()));
    std::size_t size = 0;
    for (const auto& part : loss.parts) {
        size += part.size;
        EXPECT_EQ(part.size, part.nodes.size());
    }
    EXPECT_EQ(
        size, static_cast<std::size_t>(std::ranges::count_if(left.nodes, [](const auto& node) {
            return node.second.hasKey;
        })));
}

void expectRadius(const World& world, RandomWorld& random) {
    Mirror before(world);
    auto rules = PolicySet::of(before.registry());
    const auto ref = refOf(*someOf(rules.objects(), random)->second);
    rules.remove(ref);
    Scene after(before.registry(), rules);
    const WhatIf whatIf(before.registry());

    const auto radius = whatIf.without(ref);

    ASSERT_TRUE(radius.ok());
    const auto ids = nodesOf(before.registry());
    expectSame(radius->pairs, plainPairs(before.network(), after.network(), ids, NodeId()));
    expectSame(radius->routes, plainRoutes(before.network(), after.network(), ids));
}

TEST(WhatIfProperty, SaysWhatAMeshWithoutThemDoes) {
    RandomWorld random(weft::tests::randomSeed());
    for (std::size_t round = 0; round < rounds() / 4 && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto world = votingWorld(random, static_cast<Access>(round % 3));
        expectLoss(world, random);
        expectRadius(world, random);
    }
}

}  // namespace
}  // namespace weft::mesh::changes::tests
