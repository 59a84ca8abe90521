// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace weft::wireguard::detail {

/// Spreads the bits of a word (the finalizer of MurmurHash3).
constexpr std::uint64_t mixed(std::uint64_t word) {
    word = (word ^ (word >> 33U)) * 0xff51afd7ed558ccdU;
    word = (word ^ (word >> 33U)) * 0xc4ceb9fe1a85ec53U;
    return word ^ (word >> 33U);
}

/// The upper `length` of 64 bits.
constexpr std::uint64_t upperBits(std::uint64_t word, int length) {
    return length <= 0 ? 0 : word & (~std::uint64_t{0} << (64 - length));
}

/// The number at `at` in network order. One load: a loop over the bytes costs as much as a lookup.
inline std::uint32_t fromNetwork32(const std::uint8_t* at) {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
}
inline std::uint64_t fromNetwork64(const std::uint8_t* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

/// An IPv4 address as a number.
struct V4Bits {
    /// From 0 to 32.
    static constexpr std::size_t kLengths = 33;

    std::uint32_t value = 0;

    /// `bytes` has 4.
    static V4Bits of(std::span<const std::uint8_t> bytes) {
        return {fromNetwork32(bytes.first(4).data())};
    }
    net::IpAddress address() const { return net::IpAddress::v4(value); }
    V4Bits masked(int length) const {
        return {static_cast<std::uint32_t>(upperBits(value, length + 32))};
    }
    std::uint64_t hash(int length, std::uint64_t seed) const {
        return mixed((static_cast<std::uint64_t>(length) << 32U | value) ^ seed);
    }
    friend bool operator==(const V4Bits&, const V4Bits&) = default;

    /// The same for threads that read while it is written.
    struct Shared {
        std::atomic<std::uint32_t> value = 0;

        V4Bits load() const { return {value.load(std::memory_order_acquire)}; }
        void store(const V4Bits& bits) { value.store(bits.value, std::memory_order_release); }
    };
};

/// An IPv6 address as two numbers.
struct V6Bits {
    /// From 0 to 128.
    static constexpr std::size_t kLengths = 129;

    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// `bytes` has 16.
    static V6Bits of(std::span<const std::uint8_t> bytes) {
        return {fromNetwork64(bytes.first(8).data()), fromNetwork64(bytes.subspan(8, 8).data())};
    }
    net::IpAddress address() const {
        std::array<std::uint8_t, 16> bytes{};
        for (std::size_t at = 0; at < 8; ++at) {
            bytes[at] = static_cast<std::uint8_t>(high >> (56 - 8 * at));
            bytes[at + 8] = static_cast<std::uint8_t>(low >> (56 - 8 * at));
        }
        return net::IpAddress::v6(bytes);
    }
    V6Bits masked(int length) const {
        return {length >= 64 ? high : upperBits(high, length), upperBits(low, length - 64)};
    }
    std::uint64_t hash(int length, std::uint64_t seed) const {
        // One after the other, not two sums: else the halves could be chosen to cancel out.
        return mixed(mixed(high ^ seed) ^ low ^ static_cast<std::uint64_t>(length));
    }
    friend bool operator==(const V6Bits&, const V6Bits&) = default;

    struct Shared {
        std::atomic<std::uint64_t> high = 0;
        std::atomic<std::uint64_t> low = 0;

        V6Bits load() const {
            return {high.load(std::memory_order_acquire), low.load(std::memory_order_acquire)};
        }
        void store(const V6Bits& bits) {
            high.store(bits.high, std::memory_order_release);
            low.store(bits.low, std::memory_order_release);
        }
    };
};

}  // namespace weft::wireguard::detail
