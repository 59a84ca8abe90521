// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace weft {

/// Monotonic time: for deadlines and durations. Never stored, never sent.
using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::nanoseconds;
/// Time of day, UTC: for certificates, expiries and what people read.
using WallTime = std::chrono::system_clock::time_point;

namespace base {

/// Where time comes from. Only shells hold one; pure code is handed the time.
/// Thread: any.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    virtual TimePoint now() const = 0;
    virtual WallTime wallNow() const = 0;
};

/// The clock of the machine.
class SystemClock final : public Clock {
public:
    TimePoint now() const override;
    WallTime wallNow() const override;
};

}  // namespace base
}  // namespace weft
