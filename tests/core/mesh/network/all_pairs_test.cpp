// SPDX-License-Identifier: Apache-2.0
// What is said of a whole mesh at once against what is said of each pair and each node.
#include "core/mesh/network/all_exits.h"
#include "tests/core/mesh/network/world.h"
#include "tests/support/random_seed.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

namespace weft::mesh::network::tests {
namespace {

constexpr std::size_t kRounds = 400;

std::size_t expectPairs(const World& world, Network& network) {
    const AllPairs pairs(network);
    std::size_t withheld = 0;
    for (const auto& [from, one] : world.nodes) {
        for (const auto& [to, other] : world.nodes) {
            const NodeId left(from);
            const NodeId right(to);
            if (from == to || !network.mayReach(left, right) || !network.mayReach(right, left)) {
                continue;
            }
            const auto outcome = network.trace(left, right).outcome;
            const auto& graph = network.graph();
            EXPECT_EQ(
                pairs.isCarried(graph.find(left), graph.find(right)),
                outcome == Trace::Outcome::Carried)
                << from << " to " << to;
            withheld += outcome == Trace::Outcome::Withheld ? 1 : 0;
        }
    }
    return withheld;
}

std::size_t expectExits(const World& world, Network& network) {
    AllPairs pairs(network);
    const auto& exits = network.parts().exits;
    std::vector<std::size_t> all(exits.destinations.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto columns = AllExits(network, pairs).columns(all);
    std::size_t used = 0;
    for (const auto& [id, node] : world.nodes) {
        const auto number = network.graph().find(NodeId(id));
        const auto expected = network.exitsUsedBy(number);
        std::vector<std::pair<net::IpPrefix, NodeNumber>> wanted;
        wanted.reserve(expected.size());
        for (const auto& exit : expected) {
            wanted.emplace_back(exit.destination, exit.node);
        }
        std::vector<std::pair<net::IpPrefix, NodeNumber>> found;
        for (std::size_t at = 0; at < columns.size(); ++at) {
            if (columns[at][number] != kNoNode) {
                found.emplace_back(exits.destinations[at].network, columns[at][number]);
            }
        }
        EXPECT_EQ(found, wanted) << id;
        used += found.size();
    }
    return used;
}

TEST(AllPairs, SaysOfEachPairWhatTheNetworkSays) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t withheld = 0;
    // Nodes on a way that would take another one are rare.
    const auto more = [&withheld](std::size_t round) {
        return round < kRounds || (withheld == 0 && round < 100 * kRounds);
    };
    for (std::size_t round = 0; more(round) && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto world = random.world(static_cast<Access>(round % 3), 3 + random.below(12));
        Mirror mirror(world);
        withheld += expectPairs(world, mirror.network());
    }
    EXPECT_GT(withheld, 0U);
}

/// A ring with chords, where some may not reach the first nodes: so many that ways are looked for
/// from all.
World crowd(RandomWorld& random) {
    constexpr std::size_t kNodes = 160;
    const auto nameOf = [](std::size_t number) { return fmt::format("n{}", number); };
    World world;
    for (std::size_t number = 0; number < kNodes; ++number) {
        world.nodes[nameOf(number)].ipv4 = fmt::format("172.16.0.{}/32", number + 1);
        world.edges[std::minmax(nameOf(number), nameOf((number + 1) % kNodes))] = 1;
        const auto other = random.below(kNodes);
        if (other != number) {
            world.edges[std::minmax(nameOf(number), nameOf(other))] =
                static_cast<std::int32_t>(random.below(3));
        }
    }
    world.rules.acls = {{"all", 0, policy::AclAction::Accept, {"*"}, {"*"}, {}, {}}};
    policy::NetworkAcl denial{"no", 1, policy::AclAction::Deny, {}, {"n0", "n1"}, {}, {}};
    // n0 and n1 have a neighbour each that they may reach.
    for (std::size_t number = 4; number + 1 < kNodes; number += 2) {
        denial.sourceNodes.push_back(nameOf(number));
    }
    world.rules.acls.push_back(denial);
    for (std::size_t number = 0; number < 4; ++number) {
        world.routes[fmt::format("r{}", number)] = {
            nameOf(number), fmt::format("10.{}.0.0/16", number), ""};
    }
    return world;
}

/// How many pairs are not carried.
std::size_t expectCrowd(Network& network) {
    const auto mesh = network.parts();
    const AllPairs pairs(network);
    EXPECT_GE(pairs.searched(), mesh.graph.inOrder().size());
    for (const auto from : mesh.graph.inOrder()) {
        const auto ways = mesh.paths.from(from);
        const auto& friends = mesh.access.mutualWith(mesh.classes.of[from]);
        for (const auto to : mesh.graph.inOrder()) {
            if (from != to && friends.has(mesh.classes.of[to])) {
                EXPECT_EQ(pairs.isCarried(from, to), (*ways)[to].carries) << from << " to " << to;
            }
        }
    }
    return pairs.exceptions().size();
}

TEST(AllPairs, SaysOfEachPairOfACrowdWhatTheNetworkSays) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t withheld = 0;
    for (std::size_t round = 0; withheld == 0 && round < 20 && !HasFailure(); ++round) {
        Mirror mirror(crowd(random));
        withheld += expectCrowd(mirror.network());
    }
    EXPECT_GT(withheld, 0U);
}

TEST(AllExits, SayOfEachNodeOfACrowdWhatTheNetworkSays) {
    RandomWorld random(weft::tests::randomSeed());
    const auto world = crowd(random);
    Mirror mirror(world);

    EXPECT_GT(expectExits(world, mirror.network()), world.nodes.size());
}

TEST(AllExits, SayOfEachNodeWhatTheNetworkSays) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t used = 0;
    for (std::size_t round = 0; round < kRounds && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        auto world = random.world(static_cast<Access>(round % 3), 3 + random.below(12));
        if (round % 2 == 0) {
            random.addRoutes(world);
        }
        Mirror mirror(world);
        used += expectExits(world, mirror.network());
    }
    EXPECT_GT(used, kRounds);
}

TEST(AllPairs, LooksForNoWaysWhereAllMayReachAll) {
    RandomWorld random(weft::tests::randomSeed());
    for (std::size_t round = 0; round < 100; ++round) {
        const auto world = random.world(Access::All, 3 + random.below(12));
        Mirror mirror(world);
        EXPECT_EQ(AllPairs(mirror.network()).searched(), 0U);
    }
}

}  // namespace
}  // namespace weft::mesh::network::tests
