// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace weft::tests {

/// Time in the hand of a test. Starts at 2026-01-01 00:00 UTC.
/// Thread: reading any, moving one.
class FakeClock final : public base::Clock {
public:
    TimePoint now() const override { return now_.load(); }
    WallTime wallNow() const override { return wallNow_.load(); }

    void advance(Duration by) {
        now_.store(now_.load() + std::chrono::duration_cast<TimePoint::duration>(by));
        jumpWall(by);
    }
    /// Moves the time of day alone, as an administrator or NTP does.
    void jumpWall(Duration by) {
        wallNow_.store(wallNow_.load() + std::chrono::duration_cast<WallTime::duration>(by));
    }

private:
    std::atomic<TimePoint> now_{TimePoint(std::chrono::hours(1))};
    std::atomic<WallTime> wallNow_{WallTime(std::chrono::seconds(1767225600))};
};

}  // namespace weft::tests
