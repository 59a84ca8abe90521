// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/checksum.h"

namespace weft::wireguard {
namespace {

std::uint64_t loadLong(const std::uint8_t* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

}  // namespace

std::uint64_t addToSum(std::span<const std::uint8_t> bytes, std::uint64_t sum) {
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t even = 0;
    std::uint64_t odd = 0;
    for (; left >= 32; left -= 32, at += 32) {
        for (std::size_t word = 0; word < 32; word += 8) {
            const auto value = loadLong(at + word);
            even += value & 0xffffffffU;
            odd += value >> 32U;
        }
    }
    for (; left >= 2; left -= 2, at += 2) {
        even += loadWord(at);
    }
    if (left != 0) {
        // The byte is the first of its word in memory, whatever the order of the machine.
        const std::uint8_t last[2] = {*at, 0};
        even += loadWord(last);
    }
    // 17 bits at most leave room for as many pieces as anyone adds.
    return sum + (even & 0xffffffffU) + (even >> 32U) + (odd & 0xffffffffU) + (odd >> 32U);
}

std::uint64_t pseudoHeaderSum(
    std::span<const std::uint8_t> addresses, std::size_t transportBytes, std::uint8_t protocol) {
    // The length of IPv6's has 32 bits, of which a packet fills at most 17.
    const auto upper = static_cast<std::uint16_t>(transportBytes >> 16U);
    const auto lower = static_cast<std::uint16_t>(transportBytes);
    return addToSum(addresses) + sumWord(upper) + sumWord(lower) + sumWord(protocol);
}

}  // namespace weft::wireguard
