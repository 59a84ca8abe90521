// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/tai64n.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>

namespace weft::wireguard {
namespace {

using namespace std::chrono_literals;

TEST(Tai64n, CountsSecondsFromItsEpoch) {
    const std::array<std::uint8_t, Tai64n::kBytes> atUnixEpoch{
        0x40, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0};
    const std::array<std::uint8_t, Tai64n::kBytes> later{
        0x40, 0, 0, 0, 0x65, 0x53, 0xf1, 0x0a, 0x01, 0, 0, 0};

    EXPECT_EQ(Tai64n::from(WallTime{}).bytes, atUnixEpoch);
    EXPECT_EQ(Tai64n::from(WallTime(1'700'000'000s + 17ms)).bytes, later);
    EXPECT_EQ(Tai64n::from(WallTime(-5s)), Tai64n::from(WallTime{}));
}

TEST(Tai64n, RoundsDownToAStep) {
    const WallTime whole(1'700'000'000s);
    const auto step = Tai64n::kStep;

    EXPECT_EQ(Tai64n::from(whole + step - 1ns), Tai64n::from(whole));
    EXPECT_GT(Tai64n::from(whole + step), Tai64n::from(whole));
    EXPECT_EQ(Tai64n::from(whole + 2 * step - 1ns), Tai64n::from(whole + step));
    EXPECT_EQ(Tai64n::from(whole + 999'999'999ns), Tai64n::from(whole + 59 * step));
}

TEST(Tai64n, IsInTheOrderOfTime) {
    auto last = Tai64n::from(WallTime(100s));
    for (WallTime time(100s + 20ms); time < WallTime(105s); time += 20ms) {
        const auto stamp = Tai64n::from(time);
        EXPECT_GT(stamp, last);
        last = stamp;
    }
    EXPECT_LT(Tai64n{}, Tai64n::from(WallTime{}));
}

TEST(Tai64n, NextIsTheSmallestGreaterStampThatWeMake) {
    const WallTime start(1'700'000'000s);
    auto stamp = Tai64n::from(start);
    for (int step = 1; step <= 59; ++step) {
        stamp = stamp.next();
        EXPECT_EQ(stamp, Tai64n::from(start + step * Tai64n::kStep)) << step;
    }
    EXPECT_EQ(stamp.next(), Tai64n::from(start + 1s));
}

TEST(Tai64n, NextOfTheGreatestStaysWhereItIs) {
    Tai64n greatest;
    greatest.bytes.fill(0xff);

    EXPECT_EQ(greatest.next(), greatest);
    EXPECT_GT(Tai64n{}.next(), Tai64n{});
}

TEST(Tai64n, ComesBackAsAWallTime) {
    const WallTime time(1'700'000'000s + 3 * Tai64n::kStep);
    Tai64n greatest;
    greatest.bytes.fill(0xff);

    EXPECT_EQ(Tai64n::from(time).toWallTime(), time);
    EXPECT_EQ(Tai64n{}.toWallTime(), WallTime{});
    EXPECT_EQ(greatest.toWallTime(), WallTime::max());
}

}  // namespace
}  // namespace weft::wireguard
