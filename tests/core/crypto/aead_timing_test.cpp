// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/aead_timing.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace weft::crypto {
namespace {

using namespace std::chrono_literals;

constexpr auto kAll = std::numeric_limits<std::size_t>::max();

TEST(SodiumBelow, IsHalfwayBetweenTheSizesWhereTheFasterLibraryChanges) {
    const std::array samples{
        AeadSample{100, 10ns, 20ns}, AeadSample{200, 20ns, 25ns}, AeadSample{400, 40ns, 35ns}};

    EXPECT_EQ(sodiumBelow(samples), 300U);
}

TEST(SodiumBelow, IsAllOrNothingWhenOneLibraryIsAlwaysFaster) {
    EXPECT_EQ(sodiumBelow(std::array{AeadSample{64, 10ns, 9ns}, AeadSample{128, 20ns, 9ns}}), 0U);
    EXPECT_EQ(sodiumBelow(std::array{AeadSample{64, 8ns, 9ns}, AeadSample{128, 8ns, 9ns}}), kAll);
    EXPECT_EQ(sodiumBelow({}), kAll);
}

TEST(SodiumBelow, TakesNoAccountOfASingleSmallSizeAtWhichOpenSslWon) {
    const std::array samples{
        AeadSample{32, 10ns, 9ns}, AeadSample{64, 10ns, 20ns}, AeadSample{128, 30ns, 20ns}};

    EXPECT_EQ(sodiumBelow(samples), 96U);
}

TEST(VectorAdvice, IsToMaskWhenASmallTextTakesOpenSslFarLonger) {
    EXPECT_TRUE(vectorAdvice({64, 358ns, 653ns}).mask);
    EXPECT_FALSE(vectorAdvice({64, 358ns, 343ns}).mask);
    EXPECT_FALSE(vectorAdvice({64, 282ns, 334ns}).mask);
}

/// A clock that a step goes by on each look.
class SteppingClock final : public base::Clock {
public:
    explicit SteppingClock(Duration step) : step_(step) {}
    TimePoint now() const override { return now_ += step_; }
    WallTime wallNow() const override { return {}; }

private:
    Duration step_;
    mutable TimePoint now_;
};

TEST(MeasureAead, FallsBackToTheDefaultsWhenTheTimeIsUp) {
    const auto plan = measureAead(SteppingClock(1ms));

    EXPECT_EQ(plan.sealSodiumBelowBytes, AeadPlan::defaults().sealSodiumBelowBytes);
    EXPECT_EQ(plan.openSodiumBelowBytes, AeadPlan::defaults().openSodiumBelowBytes);
}

TEST(MeasureAead, PrefersLibsodiumWhereBothAreAlike) {
    const auto plan = measureAead(SteppingClock(1ns));

    EXPECT_EQ(plan.sealSodiumBelowBytes, kAll);
    EXPECT_EQ(plan.openSodiumBelowBytes, kAll);
    EXPECT_FALSE(openSslVectorAdvice(SteppingClock(1ns)).mask);
}

}  // namespace
}  // namespace weft::crypto
