// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::control::detail {

/// Times that the clock cannot hold become the nearest ones that it can.
inline std::optional<WallTime> time(bool present, const google::protobuf::Timestamp& stamp) {
    if (!present) {
        return std::nullopt;
    }
    constexpr auto kLast =
        std::chrono::floor<std::chrono::seconds>(WallTime::max().time_since_epoch()).count() - 1;
    constexpr std::int32_t kMostNanos = 999'999'999;
    const std::chrono::seconds seconds(std::clamp<std::int64_t>(stamp.seconds(), -kLast, kLast));
    const std::chrono::nanoseconds nanos(std::clamp(stamp.nanos(), 0, kMostNanos));
    return WallTime(std::chrono::duration_cast<WallTime::duration>(seconds + nanos));
}

inline void setTime(WallTime time, google::protobuf::Timestamp* stamp) {
    const auto since = time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    stamp->set_seconds(seconds.count());
    stamp->set_nanos(static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds).count()));
}

}  // namespace weft::control::detail
