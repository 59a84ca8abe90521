// SPDX-License-Identifier: Apache-2.0
#include "core/storage/detail/store_clock.h"

namespace weft::storage::detail {

StoreClock::StoreClock(const base::Clock& clock)
    : clock_(clock), wall_(clock.wallNow()), steady_(clock.now()) {}

WallTime StoreClock::now() const {
    const WallTime wall = clock_.wallNow();
    const TimePoint steady = clock_.now();
    const base::MutexLock lock(mutex_);
    const auto floor = wall_ + std::chrono::duration_cast<WallTime::duration>(steady - steady_);
    if (wall < floor) {
        return floor;
    }
    wall_ = wall;
    steady_ = steady;
    return wall;
}

std::optional<WallTime> StoreClock::expiry(WallTime from, std::optional<Duration> ttl) {
    if (!ttl || ttl->count() == 0) {
        return std::nullopt;
    }
    if (*ttl > WallTime::max() - from) {
        return std::nullopt;
    }
    return from + std::chrono::duration_cast<WallTime::duration>(*ttl);
}

}  // namespace weft::storage::detail
