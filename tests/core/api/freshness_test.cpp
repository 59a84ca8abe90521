// SPDX-License-Identifier: Apache-2.0
#include "core/api/types.h"

#include <gtest/gtest.h>

#include <vector>

namespace weft::api {
namespace {

using namespace std::chrono_literals;

TEST(Freshness, SaysWhetherAPeerHasProvedThatItIsThere) {
    struct Case {
        std::optional<Duration> handshake;
        std::optional<Duration> heard;
        std::chrono::seconds keepalive;
        Freshness expected;
    };
    const std::vector<Case> cases{
        {std::nullopt, std::nullopt, 30s, Freshness::Never},
        {std::nullopt, 1s, 30s, Freshness::Never},
        {0s, 0s, 30s, Freshness::Fresh},
        {180s, 90s, 30s, Freshness::Fresh},
        {180s, 91s, 30s, Freshness::Stale},
        {1s, 91s, 30s, Freshness::Stale},
        {180s, 180s, 0s, Freshness::Fresh},
        {100s, std::nullopt, 30s, Freshness::Fresh},
        {181s, 0s, 30s, Freshness::Stale},
        {10min, 10min, 30s, Freshness::Stale},
        {10min + 1s, 0s, 30s, Freshness::Gone},
        // A clock that was set back.
        {-1min, -1min, 30s, Freshness::Fresh},
    };
    const WallTime now{std::chrono::seconds(1'700'000'000)};
    const auto ago = [now](const std::optional<Duration>& age) {
        return age ? std::optional(now - std::chrono::duration_cast<WallTime::duration>(*age))
                   : std::nullopt;
    };

    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto& [handshake, heard, keepalive, expected] = cases[i];
        const LifeSigns signs{
            .lastHandshake = ago(handshake), .lastHeard = ago(heard), .keepalive = keepalive};
        EXPECT_EQ(freshnessOf(signs, now), expected) << "case " << i;
    }
}

}  // namespace
}  // namespace weft::api
