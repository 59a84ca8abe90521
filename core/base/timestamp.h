// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace weft::base {

/// Fills a message of the shape of google.protobuf.Timestamp.
template <typename Timestamp>
void setTimestamp(Timestamp* message, WallTime time) {
    const auto since = time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    message->set_seconds(seconds.count());
    message->set_nanos(static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds).count()));
}

/// What the message says, kept between 1970 and 2200, in microseconds.
template <typename Timestamp>
WallTime wallTimeOf(const Timestamp& message) {
    constexpr std::int64_t kMostSeconds = 7'258'118'400;
    return WallTime(
        std::chrono::seconds(std::clamp<std::int64_t>(message.seconds(), 0, kMostSeconds))
        + std::chrono::microseconds(
            std::clamp<std::int32_t>(message.nanos(), 0, 999'999'999) / 1000));
}

}  // namespace weft::base
