// SPDX-License-Identifier: Apache-2.0
#include "core/api/traffic.h"

#include <algorithm>

namespace weft::api {
namespace {

double rateOf(std::uint64_t bytes, std::chrono::milliseconds known) {
    return known.count() <= 0
               ? 0
               : static_cast<double>(bytes) / std::chrono::duration<double>(known).count();
}

TrafficSum sumOf(const std::vector<TrafficPoint>& points, std::uint64_t TrafficPoint::*bytes) {
    TrafficSum sum;
    std::chrono::milliseconds known{0};
    for (const TrafficPoint& point : points) {
        sum.bytes += point.*bytes;
        known += point.known;
        sum.now = rateOf(point.*bytes, point.known);
        sum.highest = std::max(sum.highest, sum.now);
    }
    sum.mean = rateOf(sum.bytes, known);
    return sum;
}

}  // namespace

std::chrono::seconds bucketWidth(TrafficSpan span) {
    switch (span) {
    case TrafficSpan::FiveMinutes:
        break;
    case TrafficSpan::Hour:
        return std::chrono::seconds(12);
    case TrafficSpan::Day:
        return std::chrono::seconds(288);
    }
    return std::chrono::seconds(1);
}

double TrafficPoint::receivedRate() const {
    return rateOf(receivedBytes, known);
}

double TrafficPoint::sentRate() const {
    return rateOf(sentBytes, known);
}

void TrafficCourse::apply(const TrafficUpdate& update) {
    if (update.reset) {
        points_.clear();
    }
    for (const TrafficPoint& point : update.points) {
        const auto place =
            std::ranges::lower_bound(points_, point.number, {}, &TrafficPoint::number);
        if (place != points_.end() && place->number == point.number) {
            *place = point;
        } else {
            points_.insert(place, point);
        }
    }
    if (!points_.empty()) {
        const auto oldest = points_.back().number - kTrafficBuckets;
        std::erase_if(
            points_, [oldest](const TrafficPoint& point) { return point.number <= oldest; });
    }
}

TrafficSum TrafficCourse::received() const {
    return sumOf(points_, &TrafficPoint::receivedBytes);
}

TrafficSum TrafficCourse::sent() const {
    return sumOf(points_, &TrafficPoint::sentBytes);
}

}  // namespace weft::api
