// SPDX-License-Identifier: Apache-2.0
// How a layout goes on from places that are known.
#include "tests/support/random_seed.h"
#include "tests/ui/graph/drawing_quality.h"
#include "tests/ui/graph/sample_graphs.h"
#include "ui/graph/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace weft::graph {
namespace {

using tests::SampleGraph;
using Known = std::vector<std::optional<Point>>;

constexpr int kMostSteps = 1100;
constexpr auto kNan = std::numeric_limits<float>::quiet_NaN();
constexpr auto kInfinity = std::numeric_limits<float>::infinity();

Positions laidOut(const SampleGraph& sample, const Known& known) {
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, known);
    int steps = 1;
    while (layout.step() && steps <= kMostSteps) {
        ++steps;
    }
    EXPECT_TRUE(layout.settled()) << sample.name;
    return layout.positions();
}

/// Before the first step.
Positions atOnce(const SampleGraph& sample, const Known& known) {
    Layout layout;
    layout.setGraph(sample.nodes, sample.links, known);
    return layout.positions();
}

Known knownFrom(const Positions& positions) {
    return {positions.begin(), positions.end()};
}

bool isFinite(const Positions& positions) {
    return std::ranges::all_of(positions, [](const Point& point) {
        return std::isfinite(point.x) && std::isfinite(point.y);
    });
}

double distance(Point left, Point right) {
    return std::hypot(left.x - right.x, left.y - right.y);
}

class LayoutKnown : public testing::TestWithParam<SampleGraph> {};

TEST_P(LayoutKnown, StaysWhereItHasSettled) {
    const auto before = laidOut(GetParam(), {});

    const auto after = laidOut(GetParam(), knownFrom(before));

    EXPECT_LT(tests::medianMove(before, after), 0.02 * tests::extentOf(before));
}

TEST_P(LayoutKnown, DoesNotJumpWhenANodeIsAdded) {
    auto sample = GetParam();
    const auto before = laidOut(sample, {});
    auto known = knownFrom(before);
    known.emplace_back();
    const auto [from, to] = sample.links[sample.links.size() / 2];
    const auto added = static_cast<std::uint32_t>(sample.nodes++);
    sample.links.emplace_back(from, added);
    sample.links.emplace_back(to, added);

    const auto first = atOnce(sample, known);
    const auto after = laidOut(sample, known);

    EXPECT_LT(tests::medianMove(before, first), 0.01 * tests::extentOf(before));
    EXPECT_LT(tests::medianMove(before, after), 0.02 * tests::extentOf(before));
    EXPECT_LT(distance(first[added], first[from]), distance(first[to], first[from]) + 1);
    EXPECT_LT(distance(after[added], after[from]), 0.1 * tests::extentOf(before) + 2);
}

TEST_P(LayoutKnown, KeepsItsSizeWhenAFarLinkIsAdded) {
    auto sample = GetParam();
    const auto before = laidOut(sample, {});
    const auto farthest = std::ranges::max_element(
        before, {}, [&](const Point& point) { return distance(point, before[0]); });
    sample.links.emplace_back(0, static_cast<std::uint32_t>(farthest - before.begin()));

    const auto after = laidOut(sample, knownFrom(before));

    // Its ends come closer, which bends what is between them.
    EXPECT_LT(tests::medianMove(before, after), 0.15 * tests::extentOf(before));
    EXPECT_LT(tests::extentOf(after), 1.2 * tests::extentOf(before));
}

INSTANTIATE_TEST_SUITE_P(
    Shapes,
    LayoutKnown,
    testing::Values(
        tests::nearNeighbours(200, 3),
        tests::randomTree(200, 3),
        tests::squareGrid(14),
        tests::hubsAndLeaves(200, 5, 3),
        tests::smallWorld(200, 3)),
    [](const auto& shape) {
        auto name = shape.param.name;
        std::erase(name, ' ');
        return name;
    });

TEST(LayoutFromKnown, PutsANewNodeWithoutLinksBesideTheOthers) {
    auto sample = tests::squareGrid(10);
    const auto before = laidOut(sample, {});
    auto known = knownFrom(before);
    for (int time = 0; time < 5; ++time) {
        known.emplace_back();
        ++sample.nodes;
    }

    const auto first = atOnce(sample, known);

    EXPECT_LT(tests::medianMove(before, first), 0.01);
    for (auto added = before.size(); added < first.size(); ++added) {
        for (std::size_t other = 0; other < added; ++other) {
            EXPECT_GT(distance(first[added], first[other]), 0.5);
        }
    }
    EXPECT_LT(tests::extentOf(first), tests::extentOf(before) + 4);
}

TEST(LayoutFromKnown, BringsANodeToItsFirstLink) {
    auto sample = tests::squareGrid(10);
    sample.nodes += 1;
    const auto before = laidOut(sample, {});
    sample.links.emplace_back(45, 100);

    const auto first = atOnce(sample, knownFrom(before));

    EXPECT_GT(distance(before[45], before[100]), 3);
    EXPECT_LT(distance(first[45], first[100]), 2);
    EXPECT_EQ(first[45], before[45]);
}

TEST(LayoutFromKnown, MovesAPartOffThatItsLastLinkHeld) {
    auto sample = tests::squareGrid(10);
    sample.nodes += 1;
    sample.links.emplace_back(45, 100);
    const auto before = laidOut(sample, {});
    sample.links.pop_back();

    const auto after = laidOut(sample, knownFrom(before));

    for (std::size_t other = 0; other < 100; ++other) {
        EXPECT_GT(distance(after[other], after[100]), 0.5);
    }
    EXPECT_LT(tests::medianMove(before, after), 0.02 * tests::extentOf(before));
}

TEST(LayoutFromKnown, TakesBadPlacesForNone) {
    const auto sample = tests::squareGrid(8);
    auto known = knownFrom(laidOut(sample, {}));
    known[3] = Point{kNan, 0};
    known[30] = Point{0, kInfinity};
    known[31] = Point{1e30F, 0};
    known[32] = Point{0, -1.1e5F};
    auto without = known;
    for (const auto node : {3, 30, 31, 32}) {
        without[static_cast<std::size_t>(node)].reset();
    }

    EXPECT_EQ(laidOut(sample, known), laidOut(sample, without));
}

TEST(LayoutFromKnown, BeginsAnewWhenNoPlaceIsGood) {
    const auto sample = tests::squareGrid(8);

    EXPECT_EQ(laidOut(sample, Known(64, Point{kNan, kNan})), laidOut(sample, {}));
    EXPECT_EQ(laidOut(sample, Known(64, Point{5, 5})), laidOut(sample, {}));
}

TEST(LayoutFromKnown, BeginsAnewWhenLittleIsKnown) {
    const auto sample = tests::squareGrid(10);
    Known known(100);
    known[0] = Point{0, 0};
    known[99] = Point{1, 1};

    EXPECT_LT(tests::qualityOf(sample, laidOut(sample, known)).stress, 0.04);
}

TEST(LayoutFromKnown, UntanglesPlacesAtRandom) {
    std::mt19937_64 random(tests::randomSeed());
    std::uniform_real_distribution<float> anywhere(0, 30);
    const auto sample = tests::squareGrid(15);
    Known known(sample.nodes);
    for (auto& each : known) {
        each = Point{anywhere(random), anywhere(random)};
    }

    EXPECT_LT(tests::qualityOf(sample, laidOut(sample, known)).stress, 0.04);
}

TEST(LayoutFromKnown, SeparatesNodesOnOneSpot) {
    const auto sample = tests::squareGrid(8);
    auto known = knownFrom(laidOut(sample, {}));
    known[1] = known[0];
    known[2] = known[0];

    const auto after = laidOut(sample, known);

    EXPECT_GT(distance(after[0], after[1]), 0.3);
    EXPECT_GT(distance(after[0], after[2]), 0.3);
    EXPECT_GT(distance(after[1], after[2]), 0.3);
}

TEST(LayoutFromKnown, GivesAStarOnTwoSpotsItsRoom) {
    const auto sample = tests::star(400);
    Known known(400, Point{7, 7});
    known[0] = Point{9e4F, 9e4F};

    const auto after = laidOut(sample, known);

    EXPECT_TRUE(isFinite(after));
    EXPECT_LT(tests::extentOf(after), 200);
    EXPECT_LT(tests::qualityOf(sample, after).variation, 0.6);
}

TEST(LayoutFromKnown, BringsADrawingOfAnotherSizeToItsOwn) {
    const auto sample = tests::squareGrid(10);
    const auto before = laidOut(sample, {});
    for (const float factor : {1e-6F, 0.01F, 100.0F, 5000.0F}) {
        auto known = knownFrom(before);
        for (auto& each : known) {
            each = Point{each->x * factor, each->y * factor};
        }

        EXPECT_NEAR(tests::meanLength(sample, laidOut(sample, known)), 1, 0.3) << factor;
    }
}

TEST(LayoutFromKnown, TakesMoreOrFewerPlacesThanNodes) {
    const auto sample = tests::path(6);

    EXPECT_TRUE(isFinite(laidOut(sample, Known(3, Point{1, 2}))));
    EXPECT_TRUE(isFinite(laidOut(sample, Known(30, Point{1, 2}))));
}

TEST(LayoutFromKnown, StaysBoundedHoweverOftenItGoesOn) {
    auto sample = tests::randomTree(80, 3);
    auto positions = laidOut(sample, {});
    const auto extent = tests::extentOf(positions);

    for (int time = 0; time < 25; ++time) {
        positions = laidOut(sample, knownFrom(positions));
    }

    EXPECT_LT(tests::extentOf(positions), 1.5 * extent);
    EXPECT_GT(tests::extentOf(positions), extent / 1.5);
}

}  // namespace
}  // namespace weft::graph
