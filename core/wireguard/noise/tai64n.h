// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace weft::wireguard {

/// The stamp in an initiation: TAI64N, 8 bytes of seconds and 4 of nanoseconds, big-endian, so
/// that the order of the bytes is the order of time. The default is before every real stamp.
/// Pure. Thread: any.
struct Tai64n {
    static constexpr std::size_t kBytes = 12;
    /// Stamps are rounded down to this, so that they tell a stranger little of our clock.
    static constexpr std::chrono::nanoseconds kStep{1 << 24};

    std::array<std::uint8_t, kBytes> bytes{};

    /// `wall` rounded down to a step. Before 1970: as 1970.
    static Tai64n from(WallTime wall);
    /// One step later, the smallest stamp of ours that is greater. The greatest stamp stays.
    Tai64n next() const;
    /// Back again; what a wall time cannot hold becomes the nearest that it can.
    WallTime toWallTime() const;

    friend auto operator<=>(const Tai64n&, const Tai64n&) = default;
};

}  // namespace weft::wireguard
