// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/repulsion.h"

#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace weft::graph::detail {
namespace {

struct Push {
    std::vector<Point> force;
    std::vector<float> stiffness;
};

Push pushOf(const Positions& points, const std::vector<float>& masses, float closeness) {
    Push push{std::vector<Point>(points.size()), std::vector<float>(points.size())};
    Repulsion repulsion;
    repulsion.compute(points, masses, closeness, push.force, push.stiffness);
    return push;
}

/// Pair by pair, in double.
std::vector<Point> plainly(
    const Positions& points, const std::vector<float>& masses, double closeness) {
    std::vector<Point> force;
    for (std::size_t one = 0; one < points.size(); ++one) {
        double sumX = 0;
        double sumY = 0;
        for (std::size_t other = 0; other < points.size(); ++other) {
            const double x = points[one].x - points[other].x;
            const double y = points[one].y - points[other].y;
            const auto square = x * x + y * y;
            if (square > 0) {
                const auto room = 1 - square / (Repulsion::kRoom * Repulsion::kRoom);
                const auto push = masses[other] / square + closeness * std::max(0.0, room);
                sumX += x * push;
                sumY += y * push;
            }
        }
        force.push_back({static_cast<float>(sumX), static_cast<float>(sumY)});
    }
    return force;
}

/// The mean difference, as a share of the mean force.
double error(const std::vector<Point>& found, const std::vector<Point>& expected) {
    double wrong = 0;
    double all = 0;
    for (std::size_t at = 0; at < found.size(); ++at) {
        wrong += std::hypot(found[at].x - expected[at].x, found[at].y - expected[at].y);
        all += std::hypot(expected[at].x, expected[at].y);
    }
    return wrong / all;
}

Positions randomPoints(std::size_t count, float size) {
    std::mt19937_64 random(tests::randomSeed());
    std::uniform_real_distribution<float> anywhere(-size, size);
    Positions points(count);
    for (auto& point : points) {
        point = {anywhere(random), anywhere(random)};
    }
    return points;
}

TEST(Repulsion, IsExactForFewPoints) {
    const Positions points{{0, 0}, {3, 4}, {0.1F, 0}};
    const std::vector<float> masses{1, 2, 3};

    EXPECT_LT(error(pushOf(points, masses, 2).force, plainly(points, masses, 2)), 1e-4);
}

TEST(Repulsion, IsCloseToTheSumOverAllPairs) {
    const auto points = randomPoints(1500, 30);
    std::vector<float> masses;
    for (std::size_t at = 0; at < points.size(); ++at) {
        masses.push_back(static_cast<float>(1 + at % 5));
    }

    EXPECT_LT(error(pushOf(points, masses, 0).force, plainly(points, masses, 0)), 0.02);
    EXPECT_LT(error(pushOf(points, masses, 50).force, plainly(points, masses, 50)), 0.02);
}

TEST(Repulsion, IsCloseForClustersFarFromEachOther) {
    auto points = randomPoints(600, 5);
    for (std::size_t at = 0; at < points.size(); at += 2) {
        points[at].x += 4000;
    }
    const std::vector<float> masses(points.size(), 1.0F);

    EXPECT_LT(error(pushOf(points, masses, 0).force, plainly(points, masses, 0)), 0.05);
}

TEST(Repulsion, StaysFiniteForPointsOnOneSpot) {
    const Positions points(500, Point{3, 3});
    const std::vector<float> masses(points.size(), 1.0F);

    const auto push = pushOf(points, masses, 2);

    for (std::size_t at = 0; at < points.size(); ++at) {
        ASSERT_TRUE(std::isfinite(push.force[at].x) && std::isfinite(push.force[at].y));
        ASSERT_TRUE(std::isfinite(push.stiffness[at]));
    }
}

TEST(Repulsion, HasNothingToSayOfNoPoints) {
    EXPECT_TRUE(pushOf({}, {}, 0).force.empty());
}

TEST(Repulsion, TellsHowFarPointsAreApart) {
    Positions points;
    std::vector<float> masses;
    for (int at = 0; at < 400; ++at) {
        const auto row = at / 20;
        points.push_back({static_cast<float>(at % 20) * 2, static_cast<float>(row) * 2});
        masses.push_back(1);
    }
    std::vector<Point> force(points.size());
    std::vector<float> stiffness(points.size());
    Repulsion repulsion;
    repulsion.compute(points, masses, 0, force, stiffness);

    EXPECT_NEAR(repulsion.spacing(), 2, 0.01);
}

}  // namespace
}  // namespace weft::graph::detail
