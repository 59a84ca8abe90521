// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/traffic/traffic_history.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <string>

namespace weft::daemon {
namespace {

using api::TrafficSpan;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

/// A tunnel whose counters a test turns.
struct Counted {
    TrafficHistory history;
    TrafficSample sample;
    TimePoint now{};
    WallTime wall = WallTime(std::chrono::seconds(1'700'000'000));

    void after(Duration time, std::uint64_t received, std::uint64_t sent = 0) {
        now += time;
        wall += std::chrono::duration_cast<WallTime::duration>(time);
        sample.total.received += received;
        sample.total.sent += sent;
        history.add(sample, now, wall);
    }
    void peer(const std::string& id, std::uint64_t received, std::uint64_t sent) {
        sample.peers.push_back({id, {received, sent}});
    }
    std::vector<api::TrafficPoint> points(TrafficSpan span = TrafficSpan::FiveMinutes) const {
        return history.points("", span);
    }
};

std::uint64_t receivedIn(const std::vector<api::TrafficPoint>& points) {
    return std::accumulate(
        points.begin(), points.end(), std::uint64_t{0}, [](std::uint64_t sum, const auto& point) {
            return sum + point.receivedBytes;
        });
}

TEST(TrafficHistory, KnowsNothingBeforeTheSecondSample) {
    Counted counted;
    EXPECT_THAT(counted.points(), IsEmpty());

    counted.after(0s, 5000);
    EXPECT_THAT(counted.points(), IsEmpty());

    counted.after(1s, 1000, 200);
    ASSERT_THAT(counted.points(), SizeIs(1));
    EXPECT_EQ(counted.points()[0].receivedBytes, 1000U);
    EXPECT_EQ(counted.points()[0].sentBytes, 200U);
    EXPECT_EQ(counted.points()[0].known, 1s);
    EXPECT_EQ(counted.points()[0].at, counted.wall - 1s);
}

TEST(TrafficHistory, SpreadsWhatWasCountedEvenlyOverTheTimeSinceTheLastSample) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(10s, 10'000);

    const auto points = counted.points();

    ASSERT_THAT(points, SizeIs(10));
    for (const auto& point : points) {
        EXPECT_EQ(point.receivedBytes, 1000U);
    }
}

TEST(TrafficHistory, FillsAllSpansAtOnceAndCountsNothingTwice) {
    Counted counted;
    counted.after(0s, 0);
    for (int i = 0; i < 600; ++i) {
        counted.after(1s, 100);
    }

    const auto hour = counted.points(TrafficSpan::Hour);
    const auto day = counted.points(TrafficSpan::Day);

    ASSERT_THAT(hour, SizeIs(50));
    EXPECT_EQ(hour[0].receivedBytes, 1200U);
    EXPECT_EQ(receivedIn(hour), 60'000U);
    ASSERT_THAT(day, SizeIs(3));
    EXPECT_EQ(day[0].receivedBytes, 28'800U);
    EXPECT_EQ(day[2].known, 24s);
    EXPECT_DOUBLE_EQ(day[2].receivedRate(), 100);
    // The oldest five minutes have gone.
    ASSERT_THAT(counted.points(), SizeIs(300 - 1));
    EXPECT_EQ(receivedIn(counted.points()), 29'900U);
}

TEST(TrafficHistory, ACounterThatGoesBackHasBegunAnew) {
    Counted counted;
    counted.after(0s, 1'000'000);
    counted.after(1s, 500);
    counted.sample.total.received = 0;

    counted.after(1s, 300);

    ASSERT_THAT(counted.points(), SizeIs(2));
    EXPECT_EQ(counted.points()[1].receivedBytes, 300U);
}

TEST(TrafficHistory, LeavesAGapWhereNobodyCounted) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(1s, 100);
    counted.after(kLongestSampleGap + 1s, 1'000'000);
    counted.after(1s, 100);

    const auto points = counted.points();

    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[1].number - points[0].number, 32);
    EXPECT_EQ(receivedIn(points), 200U);
}

TEST(TrafficHistory, TheLongestTimeBetweenSamplesIsNoGapYet) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(kLongestSampleGap, 3000);

    EXPECT_THAT(counted.points(), SizeIs(30));
}

TEST(TrafficHistory, SleepIsAGapAndNoSpike) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(1s, 100);
    // The machine sleeps for a minute: its monotonic clock stands still.
    counted.wall += 60s;
    counted.after(1s, 1'000'000);
    counted.after(1s, 100);

    const auto points = counted.points();

    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[1].number - points[0].number, 62);
    EXPECT_EQ(points[1].at - points[0].at, 62s);
    EXPECT_EQ(receivedIn(points), 200U);
}

TEST(TrafficHistory, AClockThatIsSetBackChangesNoNumber) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(1s, 100);
    counted.wall -= 3600s;
    counted.after(1s, 100);

    const auto points = counted.points();

    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[1].number - points[0].number, 1);
    EXPECT_EQ(points[1].receivedBytes, 100U);
}

TEST(TrafficHistory, ASleepOfYearsLeavesNothingBehindIt) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(1s, 100);
    counted.wall += std::chrono::hours(24 * 365 * 50);
    counted.after(1s, 100);
    counted.after(1s, 100);

    EXPECT_THAT(counted.points(), SizeIs(1));
    EXPECT_THAT(counted.points(TrafficSpan::Day), SizeIs(1));
}

TEST(TrafficHistory, KeepsWhatWasBeforeADisconnect) {
    Counted counted;
    counted.after(0s, 0);
    counted.after(1s, 100);
    counted.history.pause();
    counted.sample.total = {};
    counted.after(5s, 7000);
    counted.after(1s, 100);

    const auto points = counted.points();

    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[1].number - points[0].number, 6);
    EXPECT_EQ(receivedIn(points), 200U);
}

TEST(TrafficHistory, TellsFromABucketOn) {
    Counted counted;
    counted.after(0s, 0);
    for (int i = 0; i < 10; ++i) {
        counted.after(1s, 100);
    }

    const auto points = counted.history.points("", TrafficSpan::FiveMinutes, 8);

    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[0].number, 8);
}

TEST(TrafficHistory, CountsPeersApart) {
    Counted counted;
    counted.peer("nas", 1000, 0);
    counted.peer("quiet", 50, 0);
    counted.after(0s, 0);
    counted.sample.peers[0].counters = {1600, 70};
    counted.after(1s, 600, 70);

    const auto nas = counted.history.points("nas", TrafficSpan::FiveMinutes);
    ASSERT_THAT(nas, SizeIs(1));
    EXPECT_EQ(nas[0].receivedBytes, 600U);
    EXPECT_EQ(nas[0].sentBytes, 70U);
    // Without a byte there are no rings, and zero is what is known.
    EXPECT_FALSE(counted.history.knows("quiet"));
    const auto quiet = counted.history.points("quiet", TrafficSpan::FiveMinutes);
    ASSERT_THAT(quiet, SizeIs(1));
    EXPECT_EQ(quiet[0].receivedBytes, 0U);
}

TEST(TrafficHistory, APeerThatCameBackHasNoNegativeRate) {
    Counted counted;
    counted.peer("nas", 5000, 0);
    counted.after(0s, 0);
    counted.sample.peers.clear();
    counted.after(1s, 0);
    counted.peer("nas", 40, 0);
    counted.after(1s, 40);

    const auto nas = counted.history.points("nas", TrafficSpan::FiveMinutes);

    ASSERT_THAT(nas, SizeIs(2));
    EXPECT_EQ(nas[1].receivedBytes, 40U);
}

TEST(TrafficHistory, ThePeerThatWasSilentForLongestGoesAtTheLimit) {
    Counted counted;
    counted.after(0s, 0);
    for (std::size_t i = 0; i < kMostTrafficPeers; ++i) {
        counted.peer(fmt::format("peer-{}", i), 10, 0);
    }
    counted.after(1s, 10);
    ASSERT_EQ(counted.history.peers(), kMostTrafficPeers);
    // All but one go on.
    for (std::size_t i = 0; i < kMostTrafficPeers; ++i) {
        counted.sample.peers[i].counters.received += i == 7 ? 0 : 10;
    }
    counted.after(1s, 10);

    counted.peer("one more", 10, 0);
    counted.after(1s, 10);

    EXPECT_EQ(counted.history.peers(), kMostTrafficPeers);
    EXPECT_TRUE(counted.history.knows("one more"));
    EXPECT_FALSE(counted.history.knows("peer-7"));
}

TEST(TrafficHistory, OfMoreActivePeersThanTheLimitTheOnesThatAreThereStay) {
    Counted counted;
    counted.after(0s, 0);
    for (std::size_t i = 0; i <= kMostTrafficPeers; ++i) {
        counted.peer(fmt::format("peer-{}", i), 10, 0);
    }

    counted.after(1s, 10);

    EXPECT_EQ(counted.history.peers(), kMostTrafficPeers);
    EXPECT_TRUE(counted.history.knows("peer-0"));
    EXPECT_FALSE(counted.history.knows(fmt::format("peer-{}", kMostTrafficPeers)));
}

TEST(TrafficHistory, TheRingsOfAllPeersTakeLessThanEightMebibytes) {
    Counted counted;
    counted.after(0s, 0);
    for (std::size_t i = 0; i < kMostTrafficPeers; ++i) {
        counted.peer(fmt::format("peer-{}", i), 10, 0);
    }
    counted.after(1s, 10);

    ASSERT_EQ(counted.history.peers(), kMostTrafficPeers);
    RecordProperty("ring_bytes", std::to_string(counted.history.ringBytes()));
    EXPECT_LT(counted.history.ringBytes(), std::size_t{8} << 20);
    EXPECT_GT(counted.history.ringBytes(), std::size_t{7} << 20);
}

}  // namespace
}  // namespace weft::daemon
