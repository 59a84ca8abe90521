// SPDX-License-Identifier: Apache-2.0
#include "core/api/traffic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::api {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

TrafficPoint pointOf(std::int64_t number, std::uint64_t received, std::uint64_t sent = 0) {
    return {number, WallTime(std::chrono::seconds(number)), 1s, received, sent};
}

TEST(TrafficCourse, TakesWhatIsToldAnewInPlaceOfTheOld) {
    TrafficCourse course;
    course.apply({true, {pointOf(4, 10), pointOf(5, 3)}});
    course.apply({false, {pointOf(5, 20), pointOf(6, 1)}});

    ASSERT_THAT(course.points(), SizeIs(3));
    EXPECT_EQ(course.points()[1].receivedBytes, 20U);
}

TEST(TrafficCourse, ForgetsAllAtAReset) {
    TrafficCourse course;
    course.apply({true, {pointOf(4, 10)}});
    course.apply({true, {}});

    EXPECT_THAT(course.points(), IsEmpty());
    EXPECT_EQ(course.received().bytes, 0U);
}

TEST(TrafficCourse, KeepsTheNewestBucketsAlone) {
    TrafficCourse course;
    for (int i = 0; i <= kTrafficBuckets; ++i) {
        course.apply({false, {pointOf(i, 1)}});
    }

    EXPECT_THAT(course.points(), SizeIs(kTrafficBuckets));
    EXPECT_EQ(course.points().front().number, 1);
}

TEST(TrafficCourse, SumsUpByWhatIsKnownOfEachBucket) {
    TrafficCourse course;
    auto half = pointOf(2, 300, 6);
    half.known = 500ms;
    course.apply({true, {pointOf(1, 100, 2), half}});

    const auto received = course.received();

    EXPECT_EQ(received.bytes, 400U);
    EXPECT_DOUBLE_EQ(received.now, 600);
    EXPECT_DOUBLE_EQ(received.highest, 600);
    EXPECT_DOUBLE_EQ(received.mean, 400 / 1.5);
    EXPECT_DOUBLE_EQ(course.sent().now, 12);
}

TEST(TrafficCourse, ABucketOfWhichNothingIsKnownHasNoRate) {
    TrafficPoint point;
    point.receivedBytes = 7;

    EXPECT_EQ(point.receivedRate(), 0);
}

TEST(TrafficSpan, HasAsManyBucketsEach) {
    EXPECT_EQ(bucketWidth(TrafficSpan::FiveMinutes) * kTrafficBuckets, 5min);
    EXPECT_EQ(bucketWidth(TrafficSpan::Hour) * kTrafficBuckets, 1h);
    EXPECT_EQ(bucketWidth(TrafficSpan::Day) * kTrafficBuckets, 24h);
}

}  // namespace
}  // namespace weft::api
