// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/tai64n.h"

#include <algorithm>
#include <limits>
#include <span>

namespace weft::wireguard {
namespace {

constexpr std::size_t kSecondsBytes = 8;
constexpr std::uint64_t kNanosPerSecond = 1'000'000'000;
constexpr auto kStepNanos = static_cast<std::uint64_t>(Tai64n::kStep.count());
/// 1970 in TAI64: 2^62 and the ten seconds that TAI was then ahead of UTC. Leap seconds since are
/// left out, as every WireGuard does: only the order of the stamps counts.
constexpr std::uint64_t kUnixEpoch = 0x4000'0000'0000'000aU;

std::uint64_t loadBigEndian(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0;
    for (const auto each : bytes) {
        value = value << 8U | each;
    }
    return value;
}

void storeBigEndian(std::span<std::uint8_t> bytes, std::uint64_t value) {
    for (std::size_t i = bytes.size(); i > 0; --i) {
        bytes[i - 1] = static_cast<std::uint8_t>(value);
        value >>= 8U;
    }
}

Tai64n make(std::uint64_t seconds, std::uint64_t nanos) {
    Tai64n stamp;
    storeBigEndian(std::span(stamp.bytes).first(kSecondsBytes), seconds);
    storeBigEndian(std::span(stamp.bytes).subspan(kSecondsBytes), nanos);
    return stamp;
}

}  // namespace

Tai64n Tai64n::from(WallTime wall) {
    const auto sinceEpoch =
        std::chrono::duration_cast<std::chrono::nanoseconds>(wall.time_since_epoch()).count();
    const auto nanos = static_cast<std::uint64_t>(std::max<std::int64_t>(sinceEpoch, 0));
    const auto rest = nanos % kNanosPerSecond;
    return make(kUnixEpoch + nanos / kNanosPerSecond, rest - rest % kStepNanos);
}

Tai64n Tai64n::next() const {
    const auto seconds = loadBigEndian(std::span(bytes).first(kSecondsBytes));
    const auto nanos = loadBigEndian(std::span(bytes).subspan(kSecondsBytes));
    const auto later = nanos - nanos % kStepNanos + kStepNanos;
    if (later < kNanosPerSecond) {
        return make(seconds, later);
    }
    return seconds == std::numeric_limits<std::uint64_t>::max() ? *this : make(seconds + 1, 0);
}

WallTime Tai64n::toWallTime() const {
    const auto seconds = loadBigEndian(std::span(bytes).first(kSecondsBytes));
    const auto nanos = loadBigEndian(std::span(bytes).subspan(kSecondsBytes));
    constexpr auto kMaxSeconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(WallTime::duration::max()).count());
    if (seconds < kUnixEpoch) {
        return WallTime{};
    }
    if (seconds - kUnixEpoch >= kMaxSeconds) {
        return WallTime::max();
    }
    const auto whole = std::chrono::seconds(static_cast<std::int64_t>(seconds - kUnixEpoch));
    const auto part =
        std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(nanos, kNanosPerSecond - 1)));
    return WallTime(std::chrono::duration_cast<WallTime::duration>(whole + part));
}

}  // namespace weft::wireguard
