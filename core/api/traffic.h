// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/callback.h"
#include "core/base/clock.h"
#include "core/base/subscription.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace weft::api {

/// How far back the traffic of a tunnel is told. Each span has as many buckets.
enum class TrafficSpan : std::uint8_t { FiveMinutes, Hour, Day };

inline constexpr int kTrafficBuckets = 300;

/// 1 s, 12 s or 288 s.
std::chrono::seconds bucketWidth(TrafficSpan span);

/// One bucket of which something is known.
struct TrafficPoint {
    /// Counted from the daemon's start; buckets follow each other, and one that is missing is a
    /// gap: nothing is known of its time.
    std::int64_t number = 0;
    WallTime at;
    /// How much of the bucket is known; of the newest one it grows.
    std::chrono::milliseconds known{0};
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;

    /// In bytes per second.
    double receivedRate() const;
    double sentRate() const;

    friend bool operator==(const TrafficPoint&, const TrafficPoint&) = default;
};

struct TrafficUpdate {
    /// What was told before holds no more.
    bool reset = false;
    /// Ascending. A bucket that was told before is told anew when it has grown.
    std::vector<TrafficPoint> points;

    friend bool operator==(const TrafficUpdate&, const TrafficUpdate&) = default;
};

/// What the points of one direction come to.
struct TrafficSum {
    std::uint64_t bytes = 0;
    // In bytes per second.
    double now = 0;
    double highest = 0;
    double mean = 0;
};

/// Puts updates together: the newest kTrafficBuckets buckets. Pure.
class TrafficCourse {
public:
    void apply(const TrafficUpdate& update);
    const std::vector<TrafficPoint>& points() const { return points_; }
    TrafficSum received() const;
    TrafficSum sent() const;

private:
    std::vector<TrafficPoint> points_;
};

/// How much goes through the tunnel of a profile, now and before. Kept while the daemon runs, also
/// over disconnects. Threads and errors as for Controller.
class Traffic {
public:
    Traffic() = default;
    Traffic(const Traffic&) = delete;
    Traffic& operator=(const Traffic&) = delete;
    virtual ~Traffic() = default;

    /// All that is known of the span, then what is new, once a second. `peer` is the id of a node,
    /// empty for the whole tunnel. Goes on with a reset after the daemon was lost and found;
    /// `ended` runs at most once, when there is nothing to go on with. Errors: kNotFound  there is
    /// no such profile, or it was removed
    virtual Subscription watch(
        const ProfileId& id,
        const std::string& peer,
        TrafficSpan span,
        std::function<void(const TrafficUpdate&)> told,
        StatusCallback ended) = 0;
    /// The same, once.
    virtual void history(
        const ProfileId& id,
        const std::string& peer,
        TrafficSpan span,
        Callback<std::vector<TrafficPoint>> done) = 0;
};

}  // namespace weft::api
