// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/traffic.h"

#include <gtest/gtest.h>

#include <chrono>

namespace weft::daemon::sandbox {
namespace {

using namespace std::chrono_literals;

TEST(Traffic, IsNothingWithoutAStream) {
    EXPECT_EQ(Traffic().bytes(1h), 0U);
}

TEST(Traffic, NeverFallsAndAlwaysMoves) {
    Draw draw(1, "traffic");
    const auto traffic = Traffic::of(1000, draw);

    std::uint64_t before = traffic.bytes(Duration::zero());
    EXPECT_EQ(before, 0U);
    for (Duration time = 1s; time < 2h; time += 1s) {
        const auto now = traffic.bytes(time);
        EXPECT_GT(now, before) << "at " << time / 1s;
        before = now;
    }
}

TEST(Traffic, CarriesItsMeanInTheLongRun) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Draw draw(seed, "traffic");
        const auto traffic = Traffic::of(1000, draw);

        const auto hours = static_cast<double>(traffic.bytes(24h)) / (24 * 3600.0);

        EXPECT_NEAR(hours, 1000, 20) << "seed " << seed;
    }
}

TEST(Traffic, SwellsAndEbbs) {
    Draw draw(1, "traffic");
    const auto traffic = Traffic::of(1000, draw);
    std::uint64_t least = ~std::uint64_t{0};
    std::uint64_t most = 0;

    for (Duration time = 0s; time < 1h; time += 5s) {
        const auto rate = traffic.bytes(time + 5s) - traffic.bytes(time);
        least = std::min(least, rate);
        most = std::max(most, rate);
    }

    EXPECT_GT(most, 5 * least);
}

TEST(Traffic, BeforeTheBeginningIsNothing) {
    Draw draw(1, "traffic");

    EXPECT_EQ(Traffic::of(1000, draw).bytes(-1h), 0U);
}

}  // namespace
}  // namespace weft::daemon::sandbox
