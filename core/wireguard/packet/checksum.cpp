// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/checksum.h"

namespace weft::wireguard {
namespace {

std::uint64_t loadLong(const std::uint8_t* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

/// A sum of words of 64 bits.
struct Accumulator {
    std::uint64_t sum = 0;
    std::uint64_t carries = 0;

    void add(std::uint64_t word) {
        sum += word;
        carries += sum < word ? 1U : 0U;
    }
    /// In 33 bits, equal to the sum as the checksum sees it. There are fewer carries than words.
    std::uint64_t reduced() const { return (sum & 0xffffffffU) + (sum >> 32U) + carries; }
};

}  // namespace

std::uint64_t addToSum(std::span<const std::uint8_t> bytes, std::uint64_t sum) {
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    // Whole words with their carries counted, in chains that do not wait for each other: compilers
    // make an add and an add with carry of each, which is as fast as vectors of 256 bits here.
    Accumulator first;
    Accumulator second;
    Accumulator third;
    Accumulator fourth;
    for (; left >= 32; left -= 32, at += 32) {
        first.add(loadLong(at));
        second.add(loadLong(at + 8));
        third.add(loadLong(at + 16));
        fourth.add(loadLong(at + 24));
    }
    for (; left >= 8; left -= 8, at += 8) {
        first.add(loadLong(at));
    }
    if (left >= 4) {
        std::uint32_t half = 0;
        std::memcpy(&half, at, sizeof(half));
        second.add(half);
        left -= 4;
        at += 4;
    }
    if (left >= 2) {
        third.add(loadWord(at));
        left -= 2;
        at += 2;
    }
    if (left != 0) {
        // The byte is the first of its word in memory, whatever the order of the machine.
        fourth.add(sumWord(static_cast<std::uint16_t>(*at << 8U)));
    }
    // 35 bits at most leave room for as many pieces as anyone adds.
    return sum + first.reduced() + second.reduced() + third.reduced() + fourth.reduced();
}

std::uint64_t pseudoHeaderSum(
    std::span<const std::uint8_t> addresses, std::size_t transportBytes, std::uint8_t protocol) {
    // The length of IPv6's has 32 bits, of which a packet fills at most 17.
    const auto upper = static_cast<std::uint16_t>(transportBytes >> 16U);
    const auto lower = static_cast<std::uint16_t>(transportBytes);
    return addToSum(addresses) + sumWord(upper) + sumWord(lower) + sumWord(protocol);
}

}  // namespace weft::wireguard
