// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/packing.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace weft::graph::detail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// That touch is no overlap; sums of floats are not exact.
bool doOverlap(const Box& left, const Box& right) {
    constexpr float kSlack = 1e-3F;
    return left.low.x + kSlack < right.high.x && right.low.x + kSlack < left.high.x
           && left.low.y + kSlack < right.high.y && right.low.y + kSlack < left.high.y;
}

std::vector<Box> moved(std::vector<Box> boxes, const std::vector<Point>& moves) {
    for (std::size_t at = 0; at < boxes.size(); ++at) {
        const auto [x, y] = moves[at];
        auto& box = boxes[at];
        box = {{box.low.x + x, box.low.y + y}, {box.high.x + x, box.high.y + y}};
    }
    return boxes;
}

std::vector<Box> randomBoxes(std::mt19937_64& random, std::size_t count, float largest) {
    std::uniform_real_distribution<float> where(-50, 50);
    std::uniform_real_distribution<float> size(0.5F, largest);
    std::vector<Box> boxes;
    for (std::size_t at = 0; at < count; ++at) {
        const Point low{where(random), where(random)};
        boxes.push_back({low, {low.x + size(random), low.y + size(random)}});
    }
    return boxes;
}

TEST(Packing, HasNothingToDoForNothing) {
    EXPECT_THAT(packed({}, {}), IsEmpty());
    EXPECT_THAT(overlapping({}), IsEmpty());
}

TEST(Packing, PutsOneBoxInTheMiddle) {
    const std::vector<Box> boxes{{{10, 10}, {12, 14}}};

    EXPECT_THAT(packed({}, boxes), ElementsAre(Point{-11, -12}));
}

TEST(Packing, LeavesNoBoxOnAnother) {
    std::mt19937_64 random(tests::randomSeed());
    for (int time = 0; time < 20; ++time) {
        const auto loose = randomBoxes(random, 60, time % 2 == 0 ? 3 : 30);

        const auto boxes = moved(loose, packed({}, loose));

        for (std::size_t one = 0; one < boxes.size(); ++one) {
            for (std::size_t other = 0; other < one; ++other) {
                ASSERT_FALSE(doOverlap(boxes[one], boxes[other])) << one << " and " << other;
            }
        }
    }
}

TEST(Packing, KeepsOffWhatIsFixed) {
    std::mt19937_64 random(tests::randomSeed());
    for (int time = 0; time < 20; ++time) {
        const auto fixed = randomBoxes(random, 5, 20);
        const auto loose = randomBoxes(random, 30, 5);

        for (const auto& box : moved(loose, packed(fixed, loose))) {
            for (const auto& other : fixed) {
                ASSERT_FALSE(doOverlap(box, other));
            }
        }
    }
}

TEST(Packing, IsAboutAsWideAsHigh) {
    const std::vector<Box> loose(400, Box{{0, 0}, {1, 1}});

    const auto boxes = moved(loose, packed({}, loose));

    Box all = boxes.front();
    for (const auto& box : boxes) {
        all = joined(all, box);
    }
    EXPECT_LE(all.high.x - all.low.x, 25);
    EXPECT_LE(all.high.y - all.low.y, 25);
}

TEST(Packing, FindsWhatLiesOnAnEarlierBox) {
    const std::vector<Box> boxes{
        {{0, 0}, {10, 10}}, {{10, 0}, {12, 2}}, {{9, 9}, {11, 11}}, {{10.5F, 10.5F}, {13, 13}}};

    // The last one lies on one only that has to go itself.
    EXPECT_THAT(overlapping(boxes), ElementsAre(2));
}

TEST(Packing, FindsTheSameOverlapsAsAllPairs) {
    std::mt19937_64 random(tests::randomSeed());
    const auto boxes = randomBoxes(random, 200, 8);
    std::vector<std::size_t> expected;
    std::vector<Box> kept;
    for (std::size_t at = 0; at < boxes.size(); ++at) {
        const bool isFree = std::ranges::none_of(kept, [&](const Box& other) {
            return boxes[at].low.x < other.high.x && other.low.x < boxes[at].high.x
                   && boxes[at].low.y < other.high.y && other.low.y < boxes[at].high.y;
        });
        if (isFree) {
            kept.push_back(boxes[at]);
        } else {
            expected.push_back(at);
        }
    }

    EXPECT_EQ(overlapping(boxes), expected);
}

}  // namespace
}  // namespace weft::graph::detail
