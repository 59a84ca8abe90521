// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

/// The checksum of the Internet protocols (RFC 1071). Sums are kept in the byte order of memory, in
/// which 16-bit words are loaded and stored as they are: RFC 1071, section 2(B), shows that the sum
/// does not mind. A sum of a whole packet never overflows 64 bits.
/// Thread: any, no state.
namespace weft::wireguard {

/// Adds `bytes` to `sum`. An odd last byte counts as if a zero followed, so that only the last
/// piece of what is summed may be odd.
std::uint64_t addToSum(std::span<const std::uint8_t> bytes, std::uint64_t sum = 0);

/// What a word of the value `hostOrder` adds to a sum.
constexpr std::uint16_t sumWord(std::uint16_t hostOrder) {
    return std::endian::native == std::endian::little ? __builtin_bswap16(hostOrder) : hostOrder;
}

/// The sum of a pseudo header (RFC 9293, section 3.1; RFC 8200, section 8.1). `addresses`: source
/// and destination as they follow each other in both IP headers, 8 or 32 bytes.
std::uint64_t pseudoHeaderSum(
    std::span<const std::uint8_t> addresses, std::size_t transportBytes, std::uint8_t protocol);

/// `sum` as 16 bits, not yet complemented: what a field holds of which the rest is left to others.
constexpr std::uint16_t foldSum(std::uint64_t sum) {
    sum = (sum & 0xffffffffU) + (sum >> 32U);
    sum = (sum & 0xffffffffU) + (sum >> 32U);
    sum = (sum & 0xffffU) + (sum >> 16U);
    sum = (sum & 0xffffU) + (sum >> 16U);
    sum = (sum & 0xffffU) + (sum >> 16U);
    return static_cast<std::uint16_t>(sum);
}

/// The checksum for a field, to be stored as it is. A sum over bytes with a right checksum gives 0.
constexpr std::uint16_t checksumOf(std::uint64_t sum) {
    return static_cast<std::uint16_t>(~foldSum(sum));
}

/// The same with 0xffff for 0, which in UDP means that there is no checksum (RFC 768). Both are one
/// number to whoever verifies.
constexpr std::uint16_t checksumNotZero(std::uint64_t sum) {
    const auto checksum = checksumOf(sum);
    return checksum == 0 ? std::uint16_t{0xffff} : checksum;
}

/// Writes a word that is in the order of memory already.
inline void storeWord(std::uint8_t* at, std::uint16_t word) {
    std::memcpy(at, &word, sizeof(word));
}

inline std::uint16_t loadWord(const std::uint8_t* at) {
    std::uint16_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

/// Corrects the checksum at `field` for a word that changed (RFC 1624, equation 3). Both words are
/// in the order of memory.
inline void updateChecksum(std::uint8_t* field, std::uint16_t before, std::uint16_t after) {
    const auto inverse = [](std::uint16_t word) {
        return std::uint64_t{static_cast<std::uint16_t>(~word)};
    };
    storeWord(field, checksumOf(inverse(loadWord(field)) + inverse(before) + after));
}

}  // namespace weft::wireguard
