// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>

namespace weft::wireguard {

/// How fast control datagrams are fetched, which anybody may send without end. Beside data they get
/// a small part of the packet loop's time and of its wake-ups, however many wait; without data the
/// larger part, but never a whole core.
/// Pure. Thread: confined.
class ControlPace {
public:
    /// Control datagrams in each step; some 1.5 us each with the MAC that is checked first. The
    /// system may join 64 of them, so that more come at once than a step has room for: then it
    /// lasts as many times longer.
    static constexpr Duration kStep = std::chrono::milliseconds(1);
    static constexpr std::size_t kMostBesideData = 16;
    static constexpr std::size_t kMostAlone = 256;
    /// How long the loop counts as carrying data after a packet: longer than a stream pauses while
    /// its ends wait for a core.
    static constexpr Duration kDataLasts = std::chrono::milliseconds(100);

    /// Authentic packets, or those of the host: what anybody may send would be a way to choose the
    /// slower pace for all.
    void noteData(TimePoint now) { dataUntil_ = now + kDataLasts; }
    /// False when no more are to be fetched until stepEnd().
    bool noteFetched(std::size_t datagrams, TimePoint now);
    TimePoint stepEnd() const { return stepEnd_; }

private:
    TimePoint stepBegin_{};
    TimePoint stepEnd_{};
    TimePoint dataUntil_{};
    std::size_t fetched_ = 0;
};

}  // namespace weft::wireguard
