// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstdint>

namespace weft::daemon::sandbox {

/// When a node is there: always, or in turns. Times count from where the simulation begins. Pure.
class Presence {
public:
    /// From when until when somebody is there, in one piece.
    struct Visit {
        Duration from;
        Duration to;
    };

    /// Always.
    Presence() = default;
    /// In each `period` away for its last `away`; at the beginning `offset` of a period has passed.
    /// `away` is less than `period`.
    Presence(Duration period, Duration away, Duration offset)
        : period_(period), away_(away), offset_(offset) {}

    bool isAlways() const { return period_ == Duration::zero(); }
    bool isThere(Duration time) const;
    /// How much of the time until then, since it began.
    Duration timeThere(Duration time) const;
    /// The visit at `time`, else the one before; it may have begun before the simulation did.
    Visit visitAt(Duration time) const;
    /// The one before that.
    Visit before(const Visit& visit) const { return {visit.from - period_, visit.to - period_}; }
    /// Whole visits between two, which are in this order and not the same.
    std::int64_t visitsBetween(const Visit& first, const Visit& last) const;

private:
    Duration sinceOffset(Duration time) const;

    Duration period_{};
    Duration away_{};
    Duration offset_{};
};

}  // namespace weft::daemon::sandbox
