// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/timer_wheel.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <vector>

namespace {

using namespace std::chrono_literals;
using weft::TimePoint;
using weft::wireguard::TimerNode;
using weft::wireguard::TimerWheel;

const TimePoint kStart{5h};

TEST(TimerWheel, FiresOnceAtItsDeadlineAndNotBefore) {
    TimerWheel wheel(kStart);
    TimerNode node;

    wheel.arm(node, kStart + 10s);

    EXPECT_EQ(wheel.nextDeadline(), kStart + 10s);
    EXPECT_EQ(wheel.takeDue(kStart + 10s - 1ns), nullptr);
    EXPECT_EQ(wheel.takeDue(kStart + 10s), &node);
    EXPECT_FALSE(node.armed());
    EXPECT_EQ(wheel.takeDue(kStart + 10s), nullptr);
    EXPECT_EQ(wheel.nextDeadline(), std::nullopt);
}

TEST(TimerWheel, IsLateByLessThanATickForADeadlineBetweenTicks) {
    TimerWheel wheel(kStart);
    TimerNode node;

    wheel.arm(node, kStart + 10s + 1ns);

    EXPECT_EQ(wheel.nextDeadline(), kStart + 10s + TimerWheel::kTick);
}

TEST(TimerWheel, FiresAPassedDeadlineAtTheNextTick) {
    TimerWheel wheel(kStart);
    TimerNode node;
    ASSERT_EQ(wheel.takeDue(kStart + 1h), nullptr);

    wheel.arm(node, kStart);

    ASSERT_TRUE(wheel.nextDeadline());
    EXPECT_LE(*wheel.nextDeadline(), kStart + 1h + TimerWheel::kTick);
    EXPECT_EQ(wheel.takeDue(kStart + 1h + TimerWheel::kTick), &node);
}

TEST(TimerWheel, DoesNotFireAgainWithinOneCallWhatIsArmedForNow) {
    TimerWheel wheel(kStart);
    TimerNode node;
    wheel.arm(node, kStart + 1s);
    ASSERT_EQ(wheel.takeDue(kStart + 1s), &node);

    wheel.arm(node, kStart + 1s);

    EXPECT_EQ(wheel.takeDue(kStart + 1s), nullptr);
    EXPECT_EQ(wheel.takeDue(kStart + 1s + TimerWheel::kTick), &node);
}

TEST(TimerWheel, ForgetsWhatIsDisarmed) {
    TimerWheel wheel(kStart);
    TimerNode early;
    TimerNode late;
    wheel.arm(early, kStart + 1s);
    wheel.arm(late, kStart + 1h);

    wheel.disarm(early);
    wheel.disarm(early);

    EXPECT_EQ(wheel.nextDeadline(), kStart + 1h);
    EXPECT_EQ(wheel.takeDue(kStart + 2h), &late);
}

TEST(TimerWheel, TakesYears) {
    TimerWheel wheel(kStart);
    TimerNode node;

    wheel.arm(node, kStart + 24h * 3650);

    EXPECT_EQ(wheel.takeDue(kStart + 24h * 3649), nullptr);
    EXPECT_EQ(wheel.takeDue(kStart + 24h * 3650), &node);
}

struct Waiting {
    TimerNode node;
    TimePoint deadline;
};

/// The earliest of those that wait, as the wheel must see it.
std::optional<TimePoint> earliestOf(const std::vector<std::unique_ptr<Waiting>>& all) {
    std::optional<TimePoint> earliest;
    for (const auto& each : all) {
        if (each->node.armed() && (!earliest || each->deadline < *earliest)) {
            earliest = each->deadline;
        }
    }
    return earliest;
}

TEST(TimerWheel, AgreesWithAPlainListOverRandomWork) {
    std::mt19937_64 random(weft::tests::randomSeed());
    TimerWheel wheel(kStart);
    std::vector<std::unique_ptr<Waiting>> all(50);
    for (auto& each : all) {
        each = std::make_unique<Waiting>();
    }
    auto now = kStart;

    for (int step = 0; step < 6'000; ++step) {
        auto& chosen = *all[random() % all.size()];
        if (random() % 4 == 0) {
            wheel.disarm(chosen.node);
        } else {
            const auto span = std::uint64_t{1} << (random() % 45);
            chosen.deadline = now + std::chrono::nanoseconds(random() % span);
            wheel.arm(chosen.node, chosen.deadline);
        }
        const auto earliest = earliestOf(all);
        ASSERT_EQ(wheel.nextDeadline().has_value(), earliest.has_value());
        if (earliest) {
            ASSERT_GE(*wheel.nextDeadline(), *earliest);
            ASSERT_LT(*wheel.nextDeadline(), std::max(*earliest, now) + 2 * TimerWheel::kTick);
        }
        now += std::chrono::nanoseconds(random() % (std::uint64_t{1} << (random() % 42)));
        while (auto* due = wheel.takeDue(now)) {
            const auto found = std::find_if(
                all.begin(), all.end(), [due](const auto& each) { return &each->node == due; });
            ASSERT_LE((*found)->deadline, now);
        }
        const auto left = earliestOf(all);
        ASSERT_TRUE(!left || *left + TimerWheel::kTick > now);
    }
}

}  // namespace
