// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

namespace weft::tests {

/// Time in the hand of a test. Starts at 2026-01-01 00:00 UTC.
class FakeClock final : public base::Clock {
public:
    TimePoint now() const override { return now_; }
    WallTime wallNow() const override { return wallNow_; }

    void advance(Duration by) {
        now_ += std::chrono::duration_cast<TimePoint::duration>(by);
        wallNow_ += std::chrono::duration_cast<WallTime::duration>(by);
    }
    /// Moves the time of day alone, as an administrator or NTP does.
    void jumpWall(Duration by) { wallNow_ += std::chrono::duration_cast<WallTime::duration>(by); }

private:
    TimePoint now_{std::chrono::hours(1)};
    WallTime wallNow_{std::chrono::seconds(1767225600)};
};

}  // namespace weft::tests
