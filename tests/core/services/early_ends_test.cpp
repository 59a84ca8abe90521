// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/early_ends.h"

#include <gtest/gtest.h>

#include <chrono>

namespace weft::services {
namespace {

using namespace std::chrono_literals;

TEST(EarlyEndsTest, TheFirstIsTold) {
    EarlyEnds ends;

    EXPECT_EQ(ends.note(TimePoint(5s)), 0U);
}

TEST(EarlyEndsTest, OneLineInAWhileSaysHowManyThereWere) {
    EarlyEnds ends;
    ends.note(TimePoint(5s));

    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(ends.note(TimePoint(5s + EarlyEnds::kGap - 1ns)), std::nullopt);
    }

    EXPECT_EQ(ends.note(TimePoint(5s + EarlyEnds::kGap)), 1000U);
    EXPECT_EQ(ends.note(TimePoint(5s + EarlyEnds::kGap)), std::nullopt);
    EXPECT_EQ(ends.note(TimePoint(5s + EarlyEnds::kGap * 2)), 1U);
}

}  // namespace
}  // namespace weft::services
