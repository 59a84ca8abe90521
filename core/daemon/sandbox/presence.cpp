// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/presence.h"

#include <algorithm>

namespace weft::daemon::sandbox {
namespace {

/// Longer than a simulation runs, and so short that sums of a few fit.
constexpr Duration kForEver = Duration::max() / 8;

}  // namespace

bool Presence::isThere(Duration time) const {
    return time < visitAt(time).to;
}

Duration Presence::timeThere(Duration time) const {
    return isAlways() ? time : sinceOffset(time + offset_) - sinceOffset(offset_);
}

Presence::Visit Presence::visitAt(Duration time) const {
    if (isAlways()) {
        return {-kForEver, kForEver};
    }
    const Duration from = time - (time + offset_) % period_;
    return {from, from + period_ - away_};
}

std::int64_t Presence::visitsBetween(const Visit& first, const Visit& last) const {
    return (last.from - first.from) / period_ - 1;
}

Duration Presence::sinceOffset(Duration time) const {
    const auto whole = time / period_;
    return whole * (period_ - away_) + std::min(time % period_, period_ - away_);
}

}  // namespace weft::daemon::sandbox
