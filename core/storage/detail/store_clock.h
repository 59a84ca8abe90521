// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"

#include <optional>

namespace weft::storage::detail {

/// The time of day by which entries expire. It never goes back while the store is open: when the
/// clock of the machine is set back, it goes on at the pace of the monotonic clock, so that what
/// was gone stays gone and lives do not become longer.
/// Thread: any.
class StoreClock {
public:
    explicit StoreClock(const base::Clock& clock);

    WallTime now() const WEFT_EXCLUDES(mutex_);

    /// When an entry written at `from` ends; nullopt for a life past what WallTime can say.
    static std::optional<WallTime> expiry(WallTime from, std::optional<Duration> ttl);

private:
    const base::Clock& clock_;
    mutable base::Mutex mutex_;
    /// The latest time of day that was not behind, and the monotonic time of that moment.
    mutable WallTime wall_ WEFT_GUARDED_BY(mutex_);
    mutable TimePoint steady_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::storage::detail
