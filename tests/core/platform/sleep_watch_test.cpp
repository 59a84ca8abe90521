// SPDX-License-Identifier: Apache-2.0
#include "core/platform/sleep_watch.h"

#include <gtest/gtest.h>

namespace weft::platform {
namespace {

using namespace std::chrono_literals;

TEST(SleepJudge, TellsHowLongTheMachineSlept) {
    SleepJudge judge({1000s, 400s});

    EXPECT_EQ(judge.look({2000s, 1400s}), std::nullopt) << "awake all the time";
    EXPECT_EQ(judge.look({9000s, 1401s}), Duration(6999s));
    EXPECT_EQ(judge.look({9010s, 1411s}), std::nullopt) << "told once";
}

TEST(SleepJudge, PassesOverWhatIsNoSleep) {
    SleepJudge judge({1000s, 400s});

    EXPECT_EQ(judge.look({1001s + 5ms, 401s}), std::nullopt) << "read one after the other";
    EXPECT_EQ(judge.look({1003s - 1ns, 401s}), std::nullopt);
    EXPECT_EQ(judge.look({1003s, 401s}), Duration(SleepJudge::kLeast));
}

TEST(SleepJudge, AddsUpShortNaps) {
    SleepJudge judge({0s, 0s});

    EXPECT_EQ(judge.look({11s, 10s}), std::nullopt);
    EXPECT_EQ(judge.look({22s, 20s}), Duration(2s));
}

TEST(MachineTime, RunsAtLeastAsLongWithSleep) {
    const auto now = machineTime();

    EXPECT_GE(now.withSleep, now.awake - 1ms);
    EXPECT_GT(now.awake, 0s);
}

}  // namespace
}  // namespace weft::platform
