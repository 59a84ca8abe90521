// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(ManualLoop, RunsNothingUntilItIsTold) {
    ManualLoop loop;
    std::vector<int> ran;
    loop.post([&] {
        ran.push_back(1);
        loop.post([&] { ran.push_back(3); });
    });
    loop.post([&] { ran.push_back(2); });
    ASSERT_THAT(ran, IsEmpty());

    EXPECT_EQ(loop.runPosted(), 3U);
    EXPECT_THAT(ran, ElementsAre(1, 2, 3));
    EXPECT_EQ(loop.runPosted(), 0U);
}

TEST(ManualLoop, RunsEachTimerAtItsTime) {
    ManualLoop loop;
    const auto start = loop.clock().now();
    std::vector<Duration> at;
    const auto note = [&] { at.emplace_back(loop.clock().now() - start); };
    const auto late = loop.after(3s, note);
    const auto early = loop.after(1s, note);
    const auto same = loop.after(1s, [&] { loop.post(note); });

    loop.advance(2s);
    EXPECT_THAT(at, ElementsAre(1s, 1s));
    EXPECT_EQ(loop.clock().now() - start, 2s);
    loop.advance(1s);
    EXPECT_THAT(at, ElementsAre(1s, 1s, 3s));
}

TEST(ManualLoop, RunsATimerThatATimerSets) {
    ManualLoop loop;
    int ran = 0;
    Subscription timer;
    std::function<void()> again = [&] {
        if (++ran < 5) {
            // The old handle is dropped while its own task runs.
            timer = loop.after(1s, again);
        }
    };
    timer = loop.after(1s, again);

    loop.advance(10s);

    EXPECT_EQ(ran, 5);
}

TEST(ManualLoop, DroppedTimerDoesNotRun) {
    ManualLoop loop;
    bool ran = false;
    {
        const auto timer = loop.after(1s, [&] { ran = true; });
    }

    loop.advance(2s);

    EXPECT_FALSE(ran);
}

TEST(ManualLoop, TimerMayCancelItselfAndKeepsItsStateMeanwhile) {
    ManualLoop loop;
    Subscription timer;
    std::vector<int> seen;
    timer = loop.after(1s, [&seen, &timer, text = std::vector<int>{1, 2, 3}] {
        timer.cancel();
        seen = text;
    });

    loop.advance(1s);

    EXPECT_THAT(seen, ElementsAre(1, 2, 3));
}

TEST(ManualLoop, HandleMayOutliveIt) {
    Subscription timer;
    {
        ManualLoop loop;
        timer = loop.after(1s, [] {});
    }

    timer.cancel();

    EXPECT_FALSE(timer.active());
}

TEST(ManualLoop, MovesBothClocks) {
    ManualLoop loop;
    const auto wall = loop.clock().wallNow();

    loop.advance(90s);

    EXPECT_EQ(loop.clock().wallNow() - wall, 90s);
}

TEST(ManualLoop, KnowsItsThreadAndTakesPostsFromOthers) {
    ManualLoop loop;
    bool currentElsewhere = true;
    int ran = 0;

    std::thread other([&] {
        currentElsewhere = loop.isCurrent();
        loop.post([&] { ++ran; });
    });
    other.join();
    loop.runPosted();

    EXPECT_TRUE(loop.isCurrent());
    EXPECT_FALSE(currentElsewhere);
    EXPECT_EQ(ran, 1);
}

TEST(FakeClock, MovesTheTimeOfDayAlone) {
    FakeClock clock;
    const auto now = clock.now();
    const auto wall = clock.wallNow();

    clock.jumpWall(-1h);

    EXPECT_EQ(clock.now(), now);
    EXPECT_EQ(clock.wallNow(), wall - 1h);
}

}  // namespace
}  // namespace weft::tests
