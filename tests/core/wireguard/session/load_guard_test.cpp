// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/load_guard.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using weft::TimePoint;
using weft::net::IpAddress;
using weft::wireguard::LoadState;
using weft::wireguard::SourceLimiter;
using weft::wireguard::TimeBudget;

const TimePoint kStart{5h};

IpAddress v6(std::string_view text) {
    return IpAddress::parse(text).value();
}

int allowedOf(SourceLimiter& limiter, const IpAddress& source, TimePoint at, int tries) {
    int allowed = 0;
    for (int i = 0; i < tries; ++i) {
        allowed += limiter.allow(source, at) ? 1 : 0;
    }
    return allowed;
}

TEST(SourceLimiter, AllowsFiveAtOnceAndTwentyASecond) {
    SourceLimiter limiter(1024, 1);
    const auto source = IpAddress::v4(0x0a000001);

    EXPECT_EQ(allowedOf(limiter, source, kStart, 100), 5);
    int allowed = 0;
    for (auto at = kStart + 1ms; at <= kStart + 10s; at += 1ms) {
        allowed += limiter.allow(source, at) ? 1 : 0;
    }
    EXPECT_EQ(allowed, 200);
}

TEST(SourceLimiter, KeepsIpv4AddressesApart) {
    SourceLimiter limiter(1024, 1);
    ASSERT_EQ(allowedOf(limiter, IpAddress::v4(0x0a000001), kStart, 9), 5);

    EXPECT_EQ(allowedOf(limiter, IpAddress::v4(0x0a000002), kStart, 9), 5);
}

TEST(SourceLimiter, TakesAnIpv6NetworkOf64BitsForOneSource) {
    SourceLimiter limiter(1024, 1);
    ASSERT_EQ(allowedOf(limiter, v6("2001:db8:0:1::1"), kStart, 9), 5);

    EXPECT_EQ(allowedOf(limiter, v6("2001:db8:0:1:ffff::2"), kStart, 9), 0);
    EXPECT_EQ(allowedOf(limiter, v6("2001:db8:0:2::1"), kStart, 9), 5);
}

TEST(SourceLimiter, TakesAMappedAddressForTheIpv4Address) {
    SourceLimiter limiter(1024, 1);
    ASSERT_EQ(allowedOf(limiter, IpAddress::v4(0x0a000001), kStart, 9), 5);

    EXPECT_EQ(allowedOf(limiter, v6("::ffff:10.0.0.1"), kStart, 9), 0);
}

TEST(SourceLimiter, GivesNoFreePassWhenAFloodFillsTheTable) {
    SourceLimiter limiter(64, 1);
    const auto source = IpAddress::v4(0x0a000001);
    ASSERT_EQ(allowedOf(limiter, source, kStart, 9), 5);

    int allowed = 0;
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        allowed += limiter.allow(IpAddress::v4(0x14000000 + i), kStart) ? 1 : 0;
    }

    EXPECT_LE(allowed, 64);
    EXPECT_EQ(allowedOf(limiter, source, kStart, 9), 0);
}

TEST(SourceLimiter, ForgetsQuietSourcesForNewOnes) {
    SourceLimiter limiter(64, 1);
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        limiter.allow(IpAddress::v4(0x14000000 + i), kStart);
    }

    EXPECT_EQ(allowedOf(limiter, IpAddress::v4(0x0a000001), kStart + 50ms, 9), 5);
}

TEST(SourceLimiter, NeverHasMoreThanItsPlaces) {
    EXPECT_EQ(SourceLimiter(65'536, 1).capacity(), 65'536U);
    EXPECT_EQ(SourceLimiter(1, 1).capacity(), 8U);
}

TEST(TimeBudget, SpendsItsShareOfTheTime) {
    TimeBudget budget(0.2, 0ms);
    int taken = 0;

    for (auto at = kStart; at < kStart + 1s; at += 10us) {
        taken += budget.take(100us, at) ? 1 : 0;
    }

    EXPECT_NEAR(taken, 2000, 2);
}

TEST(TimeBudget, SavesNoMoreThanItsBurst) {
    TimeBudget budget(0.2, 10ms);
    int taken = 0;

    while (budget.take(100us, kStart)) {
        ++taken;
    }

    // The last one may overdraw.
    EXPECT_NEAR(taken, 101, 1);
    EXPECT_FALSE(budget.canTake(budget.availableAt() - 1ns));
    EXPECT_TRUE(budget.canTake(budget.availableAt()));
}

TEST(TimeBudget, GivesTurnsThatKeepToTheShare) {
    TimeBudget budget(0.5, 0ms);

    EXPECT_EQ(budget.reserve(1ms, kStart), kStart);
    EXPECT_EQ(budget.reserve(1ms, kStart), kStart + 2ms);
    EXPECT_EQ(budget.reserve(1ms, kStart), kStart + 4ms);
    EXPECT_EQ(budget.reserve(1ms, kStart + 1h), kStart + 1h);
}

TEST(LoadState, LastsForASecondAfterTheLastSign) {
    LoadState load;
    EXPECT_FALSE(load.underLoad(kStart));

    load.note(kStart);

    EXPECT_TRUE(load.underLoad(kStart + 1s - 1ns));
    EXPECT_FALSE(load.underLoad(kStart + 1s));
}

}  // namespace
