// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/presence.h"

#include <gtest/gtest.h>

#include <chrono>

namespace weft::daemon::sandbox {
namespace {

using namespace std::chrono_literals;

/// There for seven minutes, away for three, and again; two minutes have passed at the beginning.
const Presence kTurns(10min, 3min, 2min);

TEST(Presence, IsAlwaysUnlessItIsInTurns) {
    EXPECT_TRUE(Presence().isThere(Duration::zero()));
    EXPECT_TRUE(Presence().isThere(24h * 365));
    EXPECT_EQ(Presence().timeThere(3h), 3h);
}

TEST(Presence, GoesAndComesBackAtItsTimes) {
    EXPECT_TRUE(kTurns.isThere(0min));
    EXPECT_TRUE(kTurns.isThere(5min - 1ns));
    EXPECT_FALSE(kTurns.isThere(5min));
    EXPECT_FALSE(kTurns.isThere(8min - 1ns));
    EXPECT_TRUE(kTurns.isThere(8min));
    EXPECT_FALSE(kTurns.isThere(15min));
}

TEST(Presence, CountsTheTimeThere) {
    EXPECT_EQ(kTurns.timeThere(0min), 0min);
    EXPECT_EQ(kTurns.timeThere(5min), 5min);
    EXPECT_EQ(kTurns.timeThere(8min), 5min);
    EXPECT_EQ(kTurns.timeThere(18min), 12min);
    EXPECT_EQ(kTurns.timeThere(100min), 70min);
}

TEST(Presence, TellsTheVisitOfAMomentElseTheOneBefore) {
    const auto first = kTurns.visitAt(6min);
    EXPECT_EQ(first.from, -2min);
    EXPECT_EQ(first.to, 5min);
    const auto third = kTurns.visitAt(20min);
    EXPECT_EQ(third.from, 18min);
    EXPECT_EQ(kTurns.visitsBetween(first, third), 1);
}

}  // namespace
}  // namespace weft::daemon::sandbox
