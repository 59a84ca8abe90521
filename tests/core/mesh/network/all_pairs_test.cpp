// SPDX-License-Identifier: Apache-2.0
// What is said of a whole mesh at once against what is said of each pair and each node.
#include "core/mesh/network/all_exits.h"
#include "tests/core/mesh/network/world.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

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
