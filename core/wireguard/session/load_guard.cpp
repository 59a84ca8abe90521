// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/load_guard.h"

#include <algorithm>
#include <bit>
#include <span>

namespace weft::wireguard {
namespace {

constexpr std::uint64_t kV6PrefixBytes = 8;

/// The address, or the network that stands for it. An IPv4 address lies where IPv6 has multicast,
/// which is nobody's source.
std::uint64_t keyOf(const net::IpAddress& source) {
    const auto plain = source.unmapped();
    if (plain.isV4()) {
        return 0xffff'ffff'0000'0000ULL | plain.v4Value();
    }
    std::uint64_t key = 0;
    for (const auto byte : plain.bytes().first(kV6PrefixBytes)) {
        key = key << 8U | byte;
    }
    return key;
}

/// The finalizer of MurmurHash3: every bit of the input moves every bit of the result.
std::uint64_t mixed(std::uint64_t value) {
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ value >> 33U;
}

}  // namespace

SourceLimiter::SourceLimiter(std::size_t sources, std::uint64_t secret)
    : capacity_(std::bit_ceil(std::max(sources, kWays))), secret_(secret) {}

bool SourceLimiter::allow(const net::IpAddress& source, TimePoint now) {
    if (entries_.empty()) {
        entries_.resize(capacity_);
    }
    constexpr std::int64_t kEach = Duration(std::chrono::seconds(1)).count() / kMessagesPerSecond;
    constexpr std::int64_t kSaved = kEach * (kMessageBurst - 1);
    const auto at = std::max<std::int64_t>(now.time_since_epoch().count(), 1);
    const auto key = keyOf(source);
    const auto set = mixed(mixed(key ^ secret_) + secret_) & (capacity_ / kWays - 1);
    Entry* place = nullptr;
    for (auto& entry : std::span(entries_).subspan(set * kWays, kWays)) {
        if (entry.wholeAt != 0 && entry.source == key) {
            place = &entry;
            break;
        }
        if (entry.wholeAt <= at) {
            place = &entry;
        }
    }
    if (place == nullptr) {
        return false;
    }
    const bool known = place->wholeAt != 0 && place->source == key;
    const auto wholeAt = known ? std::max(place->wholeAt, at) : at;
    if (wholeAt - at > kSaved) {
        return false;
    }
    *place = {key, wholeAt + kEach};
    return true;
}

void SourceLimiter::clear() {
    std::vector<Entry>().swap(entries_);
}

TimeBudget::TimeBudget(double share, Duration burst)
    : share_(std::clamp(share, 0.001, 1.0)), saved_(stretched(burst)) {}

bool TimeBudget::canTake(TimePoint now) const {
    return paidUntil_ - saved_ <= now;
}

bool TimeBudget::take(Duration cost, TimePoint now) {
    if (!canTake(now)) {
        return false;
    }
    paidUntil_ = std::max(paidUntil_, now) + stretched(cost);
    return true;
}

TimePoint TimeBudget::reserve(Duration cost, TimePoint now) {
    const auto turn = std::max(now, availableAt());
    paidUntil_ = std::max(paidUntil_, now) + stretched(cost);
    return turn;
}

Duration TimeBudget::stretched(Duration cost) const {
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double, Duration::period>(cost) / share_);
}

}  // namespace weft::wireguard
