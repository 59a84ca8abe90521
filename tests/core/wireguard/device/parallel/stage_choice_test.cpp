// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/stage_choice.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using weft::Duration;
using weft::TimePoint;
using weft::wireguard::automaticWorkers;
using weft::wireguard::StageChoice;
using weft::wireguard::StageLimits;

constexpr std::size_t kLarge = 60'000;
constexpr std::size_t kSmall = 100;

/// One window after the other, in each of which the loop is busy for a share of the time.
class StageChoiceTest : public ::testing::Test {
protected:
    bool window(double share, std::size_t runBytes, int runs = 100, double workers = 0) {
        for (int i = 0; i < runs; ++i) {
            choice.addRun(runBytes);
        }
        const auto end = now + limits.window;
        const auto busy = scaled(limits.window, share);
        const bool on = choice.note(end - busy, end, scaled(limits.window, workers));
        now = end;
        return on;
    }
    bool windows(int count, double share, std::size_t runBytes, int runs = 100) {
        bool on = choice.isOn();
        for (int i = 0; i < count; ++i) {
            on = window(share, runBytes, runs);
        }
        return on;
    }
    /// On, and past the trial.
    void settleOn() {
        ASSERT_TRUE(windows(limits.onWindows, 0.9, kLarge));
        ASSERT_TRUE(windows(limits.trialWindows + 1, 0.9, kLarge, 150));
    }
    static Duration scaled(Duration duration, double by) {
        return Duration(static_cast<Duration::rep>(static_cast<double>(duration.count()) * by));
    }

    StageLimits limits;
    TimePoint now{1h};
    StageChoice choice{now};
};

TEST(AutomaticWorkers, LeaveTwoCoresToOthers) {
    EXPECT_EQ(automaticWorkers(0), 0U);
    EXPECT_EQ(automaticWorkers(1), 0U);
    EXPECT_EQ(automaticWorkers(2), 0U);
    EXPECT_EQ(automaticWorkers(3), 1U);
    EXPECT_EQ(automaticWorkers(4), 2U);
    EXPECT_EQ(automaticWorkers(6), 4U);
    EXPECT_EQ(automaticWorkers(64), 4U);
}

TEST_F(StageChoiceTest, GoesOnAfterSomeBusyWindows) {
    EXPECT_FALSE(windows(limits.onWindows - 1, 0.7, kLarge));
    EXPECT_TRUE(window(0.7, kLarge));
}

TEST_F(StageChoiceTest, StaysOffBelowTheShare) {
    EXPECT_FALSE(windows(50, 0.55, kLarge));
}

TEST_F(StageChoiceTest, StaysOffForSmallPackets) {
    EXPECT_FALSE(windows(50, 0.95, kSmall));
}

TEST_F(StageChoiceTest, ABreakBeginsTheCountAnew) {
    EXPECT_FALSE(windows(limits.onWindows - 1, 0.9, kLarge));
    EXPECT_FALSE(window(0.1, kLarge));
    EXPECT_FALSE(windows(limits.onWindows - 1, 0.9, kLarge));
    EXPECT_TRUE(window(0.9, kLarge));
}

TEST_F(StageChoiceTest, StaysOnBetweenTheShares) {
    settleOn();
    EXPECT_TRUE(windows(100, 0.5, kLarge));
}

TEST_F(StageChoiceTest, TheWorkOfTheWorkersCounts) {
    settleOn();
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(window(0.2, kLarge, 150, 0.8));
    }
}

TEST_F(StageChoiceTest, GoesOffAfterManyQuietWindows) {
    settleOn();
    EXPECT_TRUE(windows(limits.offWindows - 1, 0.2, kLarge));
    EXPECT_TRUE(window(0.9, kLarge));
    EXPECT_TRUE(windows(limits.offWindows - 1, 0.2, kLarge));
    EXPECT_FALSE(window(0.2, kLarge));
}

TEST_F(StageChoiceTest, GoesOffWhenTheRunsGetSmall) {
    settleOn();
    EXPECT_FALSE(windows(limits.offWindows, 0.9, kSmall));
}

TEST_F(StageChoiceTest, GoesOffForAWhileWhenItDoesNotHelp) {
    ASSERT_TRUE(windows(limits.onWindows, 0.9, kLarge));

    // As much as before, with more cores at work.
    EXPECT_FALSE(windows(limits.trialWindows + 1, 0.9, kLarge));
    const auto off = now;
    EXPECT_FALSE(windows(limits.onWindows * 2, 0.9, kLarge));
    while (!window(0.9, kLarge)) {
        ASSERT_LT(now - off, 2 * limits.pause);
    }
    EXPECT_GE(now - off, limits.pause);
}

TEST_F(StageChoiceTest, ALongWaitIsOneQuietWindow) {
    EXPECT_FALSE(windows(limits.onWindows - 1, 0.9, kLarge));
    now += 10s;
    EXPECT_FALSE(window(0.9, kLarge));
    EXPECT_FALSE(windows(limits.onWindows - 1, 0.9, kLarge));
    EXPECT_TRUE(window(0.9, kLarge));
}

}  // namespace
