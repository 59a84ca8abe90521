// SPDX-License-Identifier: Apache-2.0
#include "core/api/diagnosis.h"

#include <gtest/gtest.h>

namespace weft::api {
namespace {

using namespace std::chrono_literals;

TEST(PingSummary, SaysNothingOfNothing) {
    const PingSummary summary;

    EXPECT_EQ(summary.sent(), 0U);
    EXPECT_EQ(summary.lossPercent(), 0U);
    EXPECT_EQ(summary.mean(), 0ns);
    EXPECT_EQ(summary.deviation(), 0ns);
}

TEST(PingSummary, CountsWhatWasAnswered) {
    PingSummary summary;
    summary.add(PingStart{});
    summary.add(PingReply{.sequence = 1, .roundTrip = 10ms});
    summary.add(PingReply{.sequence = 2, .roundTrip = 20ms});
    summary.add(PingLoss{.sequence = 3, .reason = {}, .text = {}});

    EXPECT_EQ(summary.sent(), 3U);
    EXPECT_EQ(summary.received(), 2U);
    EXPECT_EQ(summary.lossPercent(), 33U);
    EXPECT_EQ(summary.shortest(), 10ms);
    EXPECT_EQ(summary.longest(), 20ms);
    EXPECT_EQ(summary.mean(), 15ms);
    EXPECT_EQ(summary.deviation(), 5ms);
}

TEST(PingSummary, CallsOnlyAllOfThemAHundredPercent) {
    PingSummary summary;
    summary.add(PingReply{.sequence = 1, .roundTrip = 10ms});
    for (std::uint32_t sequence = 2; sequence <= 1000; ++sequence) {
        summary.add(PingLoss{.sequence = sequence, .reason = {}, .text = {}});
    }

    EXPECT_EQ(summary.lossPercent(), 99U);
}

}  // namespace
}  // namespace weft::api
