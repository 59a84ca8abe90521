// SPDX-License-Identifier: Apache-2.0
#include "core/base/asio_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

namespace weft::base {
namespace {

using namespace std::chrono_literals;

/// For waits that end at once unless something is broken.
constexpr auto kLimit = 20s;

/// Returns when everything posted before has run.
void drain(AsioLoop& loop) {
    std::promise<void> reached;
    auto future = reached.get_future();
    loop.post([&reached] { reached.set_value(); });
    ASSERT_EQ(future.wait_for(kLimit), std::future_status::ready);
}

/// Posts, and sets and drops timers, as fast as it can.
void postUntil(const std::atomic<bool>& done, AsioLoop& loop, std::atomic<int>& ran) {
    while (!done) {
        loop.post([&ran] { ++ran; });
        const auto timer = loop.after(0ms, [&ran] { ++ran; });
    }
}

TEST(AsioLoop, RunsInTheOrderOfPostingOnItsOwnThread) {
    AsioLoop loop("test");
    std::vector<int> ran;
    std::vector<bool> current;
    for (int i = 0; i < 100; ++i) {
        loop.post([&, i] {
            ran.push_back(i);
            current.push_back(loop.isCurrent());
        });
    }
    drain(loop);

    std::vector<int> expected(100);
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_EQ(ran, expected);
    EXPECT_THAT(current, testing::Each(true));
    EXPECT_FALSE(loop.isCurrent());
}

TEST(AsioLoop, RunsATaskPostedByATaskLater) {
    AsioLoop loop("test");
    std::vector<int> ran;
    std::promise<void> done;
    loop.post([&] {
        loop.post([&] {
            ran.push_back(2);
            done.set_value();
        });
        ran.push_back(1);
    });

    ASSERT_EQ(done.get_future().wait_for(kLimit), std::future_status::ready);
    EXPECT_THAT(ran, testing::ElementsAre(1, 2));
}

TEST(AsioLoop, RunsATimerOnTheLoopAndNotBeforeItsTime) {
    AsioLoop loop("test");
    std::promise<std::pair<TimePoint, bool>> fired;
    const auto start = loop.clock().now();

    const auto timer = loop.after(5ms, [&] {
        fired.set_value({loop.clock().now(), loop.isCurrent()});
    });

    auto future = fired.get_future();
    ASSERT_EQ(future.wait_for(kLimit), std::future_status::ready);
    const auto [at, current] = future.get();
    EXPECT_GE(at - start, 5ms);
    EXPECT_TRUE(current);
}

TEST(AsioLoop, TimerDroppedOnTheLoopDoesNotRunAndFreesItsTask) {
    AsioLoop loop("test");
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    std::atomic<bool> ran{false};
    loop.post(
        [&loop, &ran, held] { const auto timer = loop.after(0ms, [&ran, held] { ran = true; }); });
    held.reset();
    drain(loop);
    drain(loop);

    EXPECT_FALSE(ran);
    EXPECT_TRUE(watch.expired());
}

TEST(AsioLoop, TimerDroppedFromAnotherThreadDoesNotRunAndFreesItsTask) {
    AsioLoop loop("test");
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    {
        const auto timer = loop.after(1h, [held] {});
        held.reset();
        EXPECT_FALSE(watch.expired());
    }

    EXPECT_TRUE(watch.expired());
    drain(loop);
}

TEST(AsioLoop, NeverFiresATimerForEver) {
    AsioLoop loop("test");
    std::atomic<bool> ran{false};
    const auto timer = loop.after(Duration::max(), [&] { ran = true; });
    drain(loop);

    EXPECT_FALSE(ran);
}

TEST(AsioLoop, CancellingARunningTimerWaitsForItsEnd) {
    AsioLoop loop("test");
    std::promise<void> started;
    std::atomic<bool> cancelling{false};
    std::atomic<bool> finished{false};
    auto timer = loop.after(0ms, [&] {
        started.set_value();
        while (!cancelling) {
            std::this_thread::yield();
        }
        finished = true;
    });
    ASSERT_EQ(started.get_future().wait_for(kLimit), std::future_status::ready);

    cancelling = true;
    timer.cancel();

    EXPECT_TRUE(finished);
}

TEST(AsioLoop, ATimerMayCancelItself) {
    AsioLoop loop("test");
    std::promise<void> done;
    Subscription timer;
    loop.post([&] {
        timer = loop.after(0ms, [&] {
            timer.cancel();
            done.set_value();
        });
    });

    EXPECT_EQ(done.get_future().wait_for(kLimit), std::future_status::ready);
    drain(loop);
    EXPECT_FALSE(timer.active());
}

TEST(AsioLoop, ATimerHandleMayOutliveTheLoop) {
    std::optional<AsioLoop> loop("test");
    std::atomic<bool> ran{false};
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    auto timer = loop->after(1h, [&ran, held] { ran = true; });
    held.reset();
    drain(*loop);

    loop.reset();
    timer.cancel();

    EXPECT_FALSE(ran);
    EXPECT_TRUE(watch.expired());
}

TEST(AsioLoop, StopRunsWhatWasPostedBefore) {
    AsioLoop loop("test");
    int ran = 0;
    for (int i = 0; i < 100; ++i) {
        loop.post([&] { ++ran; });
    }

    loop.stop();

    EXPECT_EQ(ran, 100);
}

TEST(AsioLoop, StopDropsWhatIsPostedAfter) {
    AsioLoop loop("test");
    bool ran = false;
    loop.stop();

    loop.post([&] { ran = true; });
    const auto timer = loop.after(0ms, [&] { ran = true; });
    loop.stop();

    EXPECT_FALSE(ran);
    EXPECT_FALSE(loop.isCurrent());
}

TEST(AsioLoop, StopDropsTimersThatAreNotDue) {
    bool ran = false;
    {
        AsioLoop loop("test");
        const auto timer = loop.after(1h, [&] { ran = true; });
        drain(loop);
        loop.stop();
    }

    EXPECT_FALSE(ran);
}

TEST(AsioLoop, StopDropsWhatATaskPostsMeanwhile) {
    AsioLoop loop("test");
    std::promise<void> started;
    std::atomic<bool> release{false};
    std::atomic<bool> ran{false};
    loop.post([&] {
        started.set_value();
        while (!release) {
            std::this_thread::yield();
        }
    });
    ASSERT_EQ(started.get_future().wait_for(kLimit), std::future_status::ready);
    std::atomic<bool> posted{false};
    loop.post([&] {
        while (!posted) {
            std::this_thread::yield();
        }
    });
    std::thread stopper([&] { loop.stop(); });
    release = true;
    // From the moment that a probe is destroyed without having run, the loop refuses.
    while (true) {
        auto probe = std::make_shared<int>(0);
        const std::weak_ptr<int> watch = probe;
        loop.post([probe = std::move(probe)] {});
        if (watch.expired()) {
            break;
        }
        std::this_thread::yield();
    }
    loop.post([&] { ran = true; });
    posted = true;
    stopper.join();

    EXPECT_FALSE(ran);
}

TEST(AsioLoop, DestroysTheTasksThatItDropped) {
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    {
        AsioLoop loop("test");
        loop.stop();
        loop.post([held] {});
        held.reset();
    }

    EXPECT_TRUE(watch.expired());
}

TEST(AsioLoop, ADroppedTaskMayComeBackToTheLoopFromItsDestructor) {
    struct ComesBack {
        ComesBack(AsioLoop* where, std::atomic<bool>* flag) : loop(where), destroyed(flag) {}
        ComesBack(const ComesBack&) = delete;
        ComesBack& operator=(const ComesBack&) = delete;
        ~ComesBack() {
            loop->post([] {});
            *destroyed = true;
        }
        AsioLoop* loop;
        std::atomic<bool>* destroyed;
    };
    std::atomic<bool> destroyed{false};
    {
        AsioLoop loop("test");
        auto held = std::make_shared<ComesBack>(&loop, &destroyed);
        // The handle is dropped before the loop, so what is left of the wait dies with the loop.
        auto timer = std::make_unique<Subscription>(loop.after(1h, [held] {}));
        held.reset();
        drain(loop);
        loop.post([raw = timer.release()] { delete raw; });
    }

    EXPECT_TRUE(destroyed);
}

TEST(AsioLoop, TakesPostsFromManyThreadsWhileItStops) {
    auto loop = std::make_unique<AsioLoop>("test");
    std::atomic<bool> done{false};
    std::atomic<int> ran{0};
    std::vector<std::thread> posters(3);
    for (auto& poster : posters) {
        poster = std::thread([&] { postUntil(done, *loop, ran); });
    }
    while (ran < 100) {
        std::this_thread::yield();
    }
    loop->stop();
    const int atStop = ran;
    for (int i = 0; i < 100; ++i) {
        loop->post([&] { ++ran; });
    }
    done = true;
    for (auto& poster : posters) {
        poster.join();
    }
    loop.reset();

    EXPECT_EQ(ran, atStop);
}

TEST(AsioLoopDeathTest, StopFromTheLoopItselfIsOurBug) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH(
        {
            AsioLoop loop("test");
            loop.post([&loop] { loop.stop(); });
            loop.stop();
        },
        "isCurrent");
}

}  // namespace
}  // namespace weft::base
