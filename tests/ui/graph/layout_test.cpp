// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/layout.h"

#include "tests/support/random_seed.h"
#include "tests/ui/graph/drawing_quality.h"
#include "tests/ui/graph/sample_graphs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace weft::graph {
namespace {

using tests::SampleGraph;

/// However large a graph is: fifty for each halving of its nodes, and those of the finest level.
constexpr int kMostSteps = 1100;

int settle(Layout& layout) {
    int steps = 1;
    while (layout.step() && steps <= kMostSteps) {
        ++steps;
    }
    return steps;
}

/// The places of a graph that has settled.
Positions settled(const SampleGraph& sample) {
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, {});
    EXPECT_LE(settle(layout), kMostSteps) << sample.name;
    EXPECT_TRUE(layout.settled()) << sample.name;
    return layout.positions();
}

/// Finite, and no farther than all links laid end to end.
bool isWithin(const Positions& positions, double bound) {
    return std::ranges::all_of(positions, [bound](const Point& point) {
        return std::abs(point.x) <= bound && std::abs(point.y) <= bound;
    });
}

/// How far the two nodes are from each other that are nearest.
float closest(const Positions& positions) {
    auto least = std::numeric_limits<float>::max();
    for (std::size_t one = 0; one < positions.size(); ++one) {
        for (std::size_t other = 0; other < one; ++other) {
            least = std::min(
                least,
                std::hypot(
                    positions[one].x - positions[other].x, positions[one].y - positions[other].y));
        }
    }
    return least;
}

TEST(Layout, IsSettledWithoutNodes) {
    Layout layout;

    layout.setGraph(0, {}, {});

    EXPECT_TRUE(layout.settled());
    EXPECT_FALSE(layout.step());
    EXPECT_TRUE(layout.positions().empty());
}

TEST(Layout, IsSettledBeforeItsFirstGraph) {
    Layout layout;

    layout.hold(0, {});
    layout.release(0);

    EXPECT_FALSE(layout.step());
    EXPECT_TRUE(layout.positions().empty());
}

TEST(Layout, PlacesFewNodesALinkApart) {
    for (std::size_t nodes = 2; nodes <= 10; ++nodes) {
        const auto sample = tests::path(nodes);

        const auto positions = settled(sample);

        ASSERT_EQ(positions.size(), nodes);
        EXPECT_NEAR(tests::meanLength(sample, positions), 1, 0.1) << nodes;
        EXPECT_GT(closest(positions), 0.5) << nodes;
    }
}

TEST(Layout, HasPlacesForAllBeforeItsFirstStep) {
    const auto sample = tests::randomTree(500, 1);
    Layout layout;

    layout.setGraph(sample.nodes, sample.links, {});

    ASSERT_EQ(layout.positions().size(), sample.nodes);
    EXPECT_TRUE(isWithin(layout.positions(), 500));
    EXPECT_GT(closest(layout.positions()), 0);
}

TEST(Layout, PutsNodesWithoutLinksBesideEachOther) {
    const auto positions = settled({"no links", 1000, {}});

    EXPECT_GE(closest(positions), 1);
    // A square of them would be 32 wide.
    EXPECT_LE(tests::extentOf(positions), 2 * 32);
}

TEST(Layout, PutsPartsBesideEachOther) {
    constexpr std::uint32_t kParts = 600;
    SampleGraph sample{"parts", std::size_t{kParts} * 3, {}};
    for (std::uint32_t part = 0; part < kParts; ++part) {
        sample.links.emplace_back(3 * part, 3 * part + 1);
        sample.links.emplace_back(3 * part + 1, 3 * part + 2);
    }

    const auto positions = settled(sample);

    EXPECT_NEAR(tests::meanLength(sample, positions), 1, 0.1);
    EXPECT_GT(closest(positions), 0.8);
    EXPECT_LE(tests::extentOf(positions), 150);
}

TEST(Layout, DrawsAStarAroundItsMiddle) {
    const auto sample = tests::star(400);

    const auto positions = settled(sample);

    const auto quality = tests::qualityOf(sample, positions);
    EXPECT_GT(closest(positions), 0.1);
    EXPECT_LT(quality.variation, 0.5);
    Point sum;
    for (const auto& point : positions) {
        sum = {sum.x + point.x, sum.y + point.y};
    }
    const auto count = static_cast<float>(positions.size());
    EXPECT_LT(
        std::hypot(sum.x / count - positions[0].x, sum.y / count - positions[0].y),
        tests::meanLength(sample, positions) / 5);
}

TEST(Layout, KeepsTheNodesOfACliqueApart) {
    const auto positions = settled(tests::clique(150));

    EXPECT_GT(closest(positions), 0.1);
    EXPECT_LT(tests::extentOf(positions), 20);
}

TEST(Layout, UnfoldsAGrid) {
    const auto sample = tests::squareGrid(18);

    const auto positions = settled(sample);

    const auto quality = tests::qualityOf(sample, positions);
    EXPECT_LT(quality.stress, 0.04);
    EXPECT_LT(quality.variation, 0.4);
    EXPECT_EQ(quality.crowded, 0);
}

TEST(Layout, UnfoldsATree) {
    const auto sample = tests::randomTree(300, 7);

    const auto quality = tests::qualityOf(sample, settled(sample));

    EXPECT_LT(quality.stress, 0.2);
    EXPECT_LT(quality.crowded, 0.05);
}

TEST(Layout, SettlesOnRandomGraphs) {
    const auto seed = tests::randomSeed();
    std::mt19937_64 random(seed);
    for (int time = 0; time < 8; ++time) {
        const auto nodes = 1 + random() % 250;
        const auto sample = tests::randomLinks(nodes, random() % (3 * nodes), random());

        const auto positions = settled(sample);

        EXPECT_TRUE(isWithin(positions, 2.0 * static_cast<double>(nodes) + 10)) << nodes;
    }
}

TEST(Layout, SettlesOnGraphsOfAllShapes) {
    const auto seed = tests::randomSeed();
    for (const auto& sample :
         {tests::nearNeighbours(200, seed),
          tests::randomTree(200, seed),
          tests::hubsAndLeaves(200, 5, seed),
          tests::smallWorld(200, seed),
          tests::path(300)}) {
        const auto positions = settled(sample);

        EXPECT_TRUE(isWithin(positions, 1000)) << sample.name;
        EXPECT_LT(tests::qualityOf(sample, positions).stress, 0.35) << sample.name;
    }
}

TEST(Layout, GivesTheSameForTheSame) {
    const auto sample = tests::smallWorld(150, 5);

    EXPECT_EQ(settled(sample), settled(sample));
}

TEST(Layout, ForgetsTheGraphBefore) {
    const auto sample = tests::randomTree(200, 5);
    Layout layout;
    layout.setGraph(50, tests::clique(50).links, {});
    layout.hold(3, {100, 100});
    layout.step();

    layout.setGraph(sample.nodes, sample.links, {});
    settle(layout);

    EXPECT_EQ(layout.positions(), settled(sample));
}

TEST(Layout, LeavesOutLinksThatMakeNoSense) {
    const std::vector<Pair> links{{0, 1}, {1, 2}, {1, 0}, {2, 2}, {0, 3}, {4'000'000'000, 1}};
    Layout layout;
    layout.setGraph(3, links, {});
    settle(layout);

    EXPECT_EQ(layout.positions(), settled(tests::path(3)));
}

TEST(Layout, KeepsAHeldNodeWhereItIsPut) {
    const auto sample = tests::squareGrid(8);
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, {});
    settle(layout);
    const auto before = layout.positions();

    layout.hold(0, {40, 30});

    EXPECT_FALSE(layout.settled());
    EXPECT_EQ(layout.positions()[0], (Point{40, 30}));
    settle(layout);
    EXPECT_EQ(layout.positions()[0], (Point{40, 30}));
    // Its neighbour comes along.
    const auto away = [](Point point) { return std::hypot(point.x - 40, point.y - 30); };
    EXPECT_LT(away(layout.positions()[1]), away(before[1]) - 1);
}

TEST(Layout, LetsAHeldNodeGoBack) {
    const auto sample = tests::squareGrid(8);
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, {});
    settle(layout);
    layout.hold(0, {15, 10});
    settle(layout);

    layout.release(0);

    EXPECT_FALSE(layout.settled());
    settle(layout);
    EXPECT_LT(tests::qualityOf(sample, layout.positions()).variation, 0.5);
}

TEST(Layout, HoldsANodeFromTheFirstStepOn) {
    const auto sample = tests::squareGrid(12);
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, {});
    layout.hold(5, {7, 8});
    do {
        ASSERT_EQ(layout.positions()[5], (Point{7, 8}));
    } while (layout.step());

    EXPECT_EQ(layout.positions()[5], (Point{7, 8}));
}

TEST(Layout, IgnoresHoldsThatMakeNoSense) {
    const auto sample = tests::path(5);
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, {});
    settle(layout);

    layout.hold(5, {1, 1});
    layout.hold(0, {std::numeric_limits<float>::quiet_NaN(), 1});
    layout.hold(0, {1, std::numeric_limits<float>::infinity()});
    layout.release(5);
    layout.release(0);

    EXPECT_TRUE(layout.settled());
}

}  // namespace
}  // namespace weft::graph
