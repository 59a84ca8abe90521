// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/detail/stamp_source.h"

#include <algorithm>

namespace weft::wireguard::detail {
namespace {

/// How far ahead of the clock a bound is stored: the price of a restart, and how seldom we store.
constexpr std::chrono::seconds kReserve{60};

/// Room for the time that passes, so that a stored bound at the end of time overflows nothing.
constexpr std::chrono::hours kLongestRun{24 * 365 * 20};

Tai64n ahead(const Tai64n& stamp) {
    return Tai64n::from(std::min(stamp.toWallTime(), WallTime::max() - kReserve) + kReserve);
}

}  // namespace

StampSource::StampSource(Moment start, const std::optional<Tai64n>& stored, bool gated)
    : start_(start.now), base_(start.wall), gated_(gated) {
    if (stored) {
        base_ = std::max(base_, stored->next().toWallTime());
    }
    base_ = std::min(base_, WallTime::max() - kLongestRun);
    wanted_ = ahead(Tai64n::from(base_));
}

std::optional<Tai64n> StampSource::next(const Tai64n& last, TimePoint now) {
    const auto passed = std::max(now, start_) - start_;
    const auto wall = base_ + std::chrono::duration_cast<WallTime::duration>(passed);
    const auto stamp = std::max(Tai64n::from(wall), last.next());
    if (!gated_) {
        return stamp;
    }
    // Early enough that there is a new bound before the old one is reached.
    if (Tai64n::from(stamp.toWallTime() + kReserve / 2) > wanted_) {
        wanted_ = ahead(stamp);
    }
    if (stamp <= confirmed_) {
        return stamp;
    }
    // The bound itself will do, as long as it is news to the peer.
    return confirmed_ > last ? std::optional(confirmed_) : std::nullopt;
}

std::optional<Tai64n> StampSource::toStore() const {
    return gated_ && wanted_ > confirmed_ ? std::optional(wanted_) : std::nullopt;
}

void StampSource::stored(const Tai64n& bound) {
    confirmed_ = std::max(confirmed_, bound);
}

}  // namespace weft::wireguard::detail
