// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/replay_window.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace {

using testing::ElementsAre;
using weft::wireguard::ReplayWindow;

TEST(ReplayWindow, AcceptsEachCounterOnce) {
    ReplayWindow window;

    EXPECT_TRUE(window.accept(0));
    EXPECT_FALSE(window.accept(0));
    EXPECT_TRUE(window.accept(5));
    EXPECT_TRUE(window.accept(4));
    EXPECT_FALSE(window.accept(5));
    EXPECT_FALSE(window.accept(4));
}

TEST(ReplayWindow, ScreensAsItWouldAcceptAndNotesNothing) {
    ReplayWindow window;
    std::mt19937_64 random(weft::tests::randomSeed());
    for (int i = 0; i < 20'000; ++i) {
        const std::array<std::uint64_t, 1> counter{random() % (3 * ReplayWindow::kBits)};
        std::array<bool, 1> first{};
        std::array<bool, 1> second{};
        window.screen(counter, first);
        window.screen(counter, second);
        ASSERT_EQ(first, second);
        ASSERT_EQ(window.accept(counter.front()), first.front()) << counter.front();
    }
}

TEST(ReplayWindow, ScreensNothingOutBeforeTheFirst) {
    const ReplayWindow window;
    const std::array<std::uint64_t, 2> counters{0, 1};
    std::array<bool, 2> maybe{};
    window.screen(counters, maybe);
    EXPECT_THAT(maybe, ElementsAre(true, true));
}

TEST(ReplayWindow, TakesLateCountersUpToItsLengthAndNotBeyond) {
    ReplayWindow window;
    constexpr std::uint64_t kGreatest = 100'000;
    ASSERT_TRUE(window.accept(kGreatest));

    EXPECT_TRUE(window.accept(kGreatest - ReplayWindow::kUsable + 1));
    EXPECT_FALSE(window.accept(kGreatest - ReplayWindow::kUsable));
    EXPECT_FALSE(window.accept(0));
}

TEST(ReplayWindow, IsAsLongAsThoseOfOtherImplementations) {
    EXPECT_GE(ReplayWindow::kUsable, 8128U);
}

TEST(ReplayWindow, ForgetsAWholeLapWhenItJumps) {
    ReplayWindow window;
    for (std::uint64_t i = 0; i < ReplayWindow::kBits; ++i) {
        ASSERT_TRUE(window.accept(i));
    }

    ASSERT_TRUE(window.accept(10 * ReplayWindow::kBits));

    for (std::uint64_t i = 1; i < ReplayWindow::kUsable; ++i) {
        ASSERT_TRUE(window.accept(10 * ReplayWindow::kBits - i)) << i;
    }
}

TEST(ReplayWindow, WorksUpToTheGreatestCounter) {
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    ReplayWindow window;

    EXPECT_TRUE(window.accept(1));
    EXPECT_TRUE(window.accept(kMost));
    EXPECT_FALSE(window.accept(kMost));
    EXPECT_TRUE(window.accept(kMost - 1));
    EXPECT_FALSE(window.accept(2));
}

TEST(ReplayWindow, ReportsWhetherARunBroughtSomethingNewer) {
    ReplayWindow window;
    std::array<bool, 3> fresh{};

    const auto first = window.acceptRun(std::array<std::uint64_t, 3>{7, 7, 6}, fresh);
    EXPECT_EQ(first.accepted, 2U);
    EXPECT_TRUE(first.newest);
    EXPECT_THAT(fresh, ElementsAre(true, false, true));

    const auto late = window.acceptRun(std::array<std::uint64_t, 3>{5, 7, 4}, fresh);
    EXPECT_EQ(late.accepted, 2U);
    EXPECT_FALSE(late.newest);
    EXPECT_THAT(fresh, ElementsAre(true, false, true));
}

TEST(ReplayWindow, AgreesWithAPlainSetOverRandomOrders) {
    std::mt19937_64 random(weft::tests::randomSeed());
    ReplayWindow window;
    std::set<std::uint64_t> seen;
    std::uint64_t greatest = 0;

    for (int i = 0; i < 60'000; ++i) {
        const auto back = random() % (2 * ReplayWindow::kBits);
        const auto ahead = random() % 64 == 0 ? random() % (3 * ReplayWindow::kBits) : random() % 4;
        const auto counter =
            random() % 2 == 0 ? greatest + ahead : greatest - std::min(back, greatest);
        const bool tooOld = counter <= greatest && greatest - counter >= ReplayWindow::kUsable;
        const bool expected = !tooOld && seen.insert(counter).second;

        ASSERT_EQ(window.accept(counter), expected) << counter << " after " << greatest;
        greatest = std::max(greatest, counter);
    }
}

TEST(ReplayWindow, AcceptsEachCounterOnceFromManyThreads) {
    constexpr std::uint64_t kCounters = 8000;
    constexpr int kThreads = 4;
    ReplayWindow window;
    std::vector<std::atomic<int>> accepted(kCounters);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&window, &accepted, t] {
                std::vector<std::uint64_t> order(kCounters);
                std::iota(order.begin(), order.end(), std::uint64_t{0});
                std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(t)));
                std::array<bool, 16> fresh{};
                for (std::size_t at = 0; at < order.size(); at += fresh.size()) {
                    const auto run = std::span(order).subspan(at, fresh.size());
                    window.acceptRun(run, fresh);
                    for (std::size_t i = 0; i < run.size(); ++i) {
                        accepted[run[i]] += fresh[i] ? 1 : 0;
                    }
                }
            });
        }
    }

    EXPECT_TRUE(std::all_of(
        accepted.begin(), accepted.end(), [](const auto& count) { return count == 1; }));
}

}  // namespace
