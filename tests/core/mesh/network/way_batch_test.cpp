// SPDX-License-Identifier: Apache-2.0
// Ways from many nodes at once against those from one after another.
#include "core/mesh/network/way_batch.h"

#include "tests/core/mesh/network/world.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

namespace weft::mesh::network::tests {
namespace {

constexpr std::size_t kRounds = 60;

/// Nodes that take part, at most as many as a batch takes.
std::vector<NodeNumber> sourcesIn(const Graph& graph) {
    std::vector<NodeNumber> sources;
    for (const auto node : graph.inOrder()) {
        if (graph.takesPart(node) && sources.size() < WayBatch::kMostSources) {
            sources.push_back(node);
        }
    }
    return sources;
}

/// Compares the ways from a source that were asked for; how many there are.
std::size_t expectWays(
    std::span<const WayBatch::Step> steps,
    const WayTable& expected,
    const std::vector<std::uint8_t>& isAsked) {
    std::size_t asked = 0;
    for (const auto& step : steps.subspan(steps.empty() ? 0 : 1)) {
        const auto& way = expected[step.node];
        asked += step.isAsked ? 1 : 0;
        EXPECT_EQ(step.cost(), way.cost()) << step.node;
        EXPECT_EQ(steps[step.before].node, way.before) << step.node;
    }
    std::size_t wanted = 0;
    for (const auto node : expected.reached()) {
        wanted += isAsked[node];
    }
    EXPECT_EQ(asked, wanted);
    return asked;
}

/// Asks for the ways to some nodes from all; how many there are.
std::size_t expectBatch(Network::Parts mesh, RandomWorld& random) {
    Search search(mesh.graph, mesh.access, mesh.classes);
    const auto sources = sourcesIn(mesh.graph);
    const auto& live = search.live();
    ClassSet some;
    std::vector<std::uint8_t> isAsked(mesh.graph.size());
    for (const auto node : mesh.graph.inOrder()) {
        isAsked[node] = random.below(3) == 0 ? 1 : 0;
        if (random.below(3) != 0) {
            some.add(mesh.classes.of[node]);
        }
    }
    const auto inside = random.below(2) == 0 ? live : live & some;
    WayBatch batch(mesh.graph, mesh.classes, search);
    std::size_t asked = 0;
    batch.run(sources, inside);
    for (std::size_t at = 0; at < batch.reached().size(); ++at) {
        const auto& reached = batch.reached()[at];
        batch.ask(at, isAsked[reached.node] != 0 && at >= sources.size() ? reached.sources : 0);
    }
    batch.collect();
    for (std::size_t source = 0; source < sources.size(); ++source) {
        search.run(sources[source], inside, live);
        asked += expectWays(batch.waysFrom(source), search.take(), isAsked);
    }
    return asked;
}

TEST(WayBatch, FindsTheWaysThatAreFoundFromOneNodeAfterAnother) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t asked = 0;
    for (std::size_t round = 0; round < kRounds && !testing::Test::HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto world = random.world(static_cast<Access>(round % 3), 3 + random.below(70));
        Mirror mirror(world);
        asked += expectBatch(mirror.network().parts(), random);
    }
    EXPECT_GT(asked, kRounds);
}

/// Compares what is said of the ways from one source; how many lead over two closed nodes or more.
std::size_t expectClosed(
    std::span<const WayBatch::Reached> found, std::size_t source, const WayTable& ways) {
    std::size_t closed = 0;
    for (const auto& reached : found) {
        if (((reached.sources >> source) & 1U) == 0) {
            continue;
        }
        const auto rank = ways[reached.node].rank;
        EXPECT_EQ((reached.overOne >> source) & 1U, rank >= Cost::kClosed ? 1U : 0U);
        EXPECT_EQ((reached.overMore >> source) & 1U, rank >= 2 * Cost::kClosed ? 1U : 0U);
        closed += rank >= 2 * Cost::kClosed ? 1 : 0;
    }
    return closed;
}

TEST(WayBatch, CountsTheClosedNodesOnTheCheapestWays) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t closed = 0;
    for (std::size_t round = 0; round < kRounds && !testing::Test::HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        Mirror mirror(random.world(Access::Anything, 3 + random.below(30)));
        const auto mesh = mirror.network().parts();
        Search search(mesh.graph, mesh.access, mesh.classes);
        const auto sources = sourcesIn(mesh.graph);
        WayBatch batch(mesh.graph, mesh.classes, search);
        batch.run(sources, search.live());
        for (std::size_t source = 0; source < sources.size(); ++source) {
            search.run(sources[source], search.live(), search.live());
            closed += expectClosed(batch.reached().subspan(sources.size()), source, search.take());
        }
    }
    EXPECT_GT(closed, 0U);
}

}  // namespace
}  // namespace weft::mesh::network::tests
