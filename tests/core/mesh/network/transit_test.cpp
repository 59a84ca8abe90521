// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/transit.h"

#include "core/mesh/policy/policy.h"
#include "tests/core/mesh/network/world.h"
#include "tests/support/random_seed.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace weft::mesh::network::tests {
namespace {

/// Nodes n0, n1, ... that may all reach each other.
World meshOf(std::size_t nodes, std::initializer_list<World::Edge> edges) {
    World world;
    for (std::size_t number = 0; number < nodes; ++number) {
        world.nodes[fmt::format("n{}", number)].ipv4 = fmt::format("172.16.0.{}/32", number + 1);
    }
    for (const auto& [left, right] : edges) {
        world.edges[std::minmax(left, right)] = 0;
    }
    policy::NetworkAcl all;
    all.name = "all";
    all.action = policy::AclAction::Accept;
    all.sourceNodes = {"*"};
    all.destinationNodes = {"*"};
    world.rules.acls = {all};
    return world;
}

bool isTransit(const World& world, const std::string& id) {
    const Mirror mirror(world);
    const auto policy = policy::compile(mirror.registry());
    return mayBeTransit(mirror.registry(), &policy->network(), NodeId(id));
}

TEST(Transit, IsTheMiddleOfAStarAndNoneOfItsEnds) {
    const auto star = meshOf(3, {{"n0", "n1"}, {"n0", "n2"}});
    EXPECT_TRUE(isTransit(star, "n0"));
    EXPECT_FALSE(isTransit(star, "n1"));
    EXPECT_FALSE(isTransit(star, "unknown"));
}

TEST(Transit, IsNobodyWhereAllAreLinked) {
    const auto full = meshOf(3, {{"n0", "n1"}, {"n0", "n2"}, {"n1", "n2"}});
    for (const auto& [id, node] : full.nodes) {
        EXPECT_FALSE(isTransit(full, id)) << id;
    }
}

TEST(Transit, IsNotBetweenTwoThatMayNotReachEachOtherAndNobodyIsBehindThem) {
    auto star = meshOf(3, {{"n0", "n1"}, {"n0", "n2"}});
    star.rules.acls.front().destinationNodes = {"n0"};
    EXPECT_FALSE(isTransit(star, "n0"));

    star.nodes["n3"].ipv4 = "172.16.0.9/32";
    EXPECT_TRUE(isTransit(star, "n0")) << "somebody may come over both";
}

TEST(Transit, IsTakenForGrantedWithMoreNeighboursThanAreSearched) {
    auto full = meshOf(kMostSearchedNeighbours + 1, {});
    for (const auto& [left, node] : full.nodes) {
        for (const auto& [right, other] : full.nodes) {
            if (left < right) {
                full.edges[{left, right}] = 0;
            }
        }
    }
    EXPECT_FALSE(isTransit(full, "n0"));

    const auto more = fmt::format("n{}", full.nodes.size());
    full.nodes[more].ipv4 = "172.16.9.9/32";
    for (const auto& [id, node] : full.nodes) {
        if (id != more) {
            full.edges[std::minmax(id, more)] = 0;
        }
    }
    EXPECT_TRUE(isTransit(full, "n0"));
}

TEST(Transit, IsEveryNodeThatAWayOfOthersLeadsOver) {
    constexpr std::size_t kRounds = 200;
    RandomWorld random(weft::tests::randomSeed());
    std::size_t passed = 0;
    for (std::size_t round = 0; round < kRounds && !HasFailure(); ++round) {
        const auto world = random.world(static_cast<Access>(round % 3), 3 + random.below(8));
        Mirror mirror(world);
        const auto policy = policy::compile(mirror.registry());
        for (const auto& [from, one] : world.nodes) {
            for (const auto& [to, other] : world.nodes) {
                const auto trace = mirror.network().trace(NodeId(from), NodeId(to));
                for (std::size_t at = 1; at + 1 < trace.path.size(); ++at) {
                    ++passed;
                    EXPECT_TRUE(mayBeTransit(mirror.registry(), &policy->network(), trace.path[at]))
                        << "round " << round << " from " << from << " to " << to;
                }
            }
        }
    }
    EXPECT_GT(passed, kRounds);
}

}  // namespace
}  // namespace weft::mesh::network::tests
