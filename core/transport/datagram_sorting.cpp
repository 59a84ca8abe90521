// SPDX-License-Identifier: Apache-2.0
#include "core/transport/datagram_sorting.h"

#include <algorithm>

namespace weft::transport {
namespace {

constexpr std::size_t kLeastBufferBytes = 4096;
constexpr std::size_t kMostBufferBytes = std::size_t{64} << 20U;

bool isSound(const DatagramPattern& pattern) {
    return pattern.bits.size() <= DatagramSorting::kMostBits
           && std::ranges::all_of(pattern.bits, [&pattern](const DatagramBits& bits) {
                  return bits.offset + sizeof(bits.value) <= pattern.leastBytes
                         && (bits.value & ~bits.mask) == 0;
              });
}

}  // namespace

Status DatagramSorting::validate() const {
    for (const auto* const patterns : {&bulk, &control}) {
        if (patterns->size() > kMostPatterns) {
            return invalidArgument(
                "sorting: {} patterns are more than {}", patterns->size(), kMostPatterns);
        }
        if (!std::ranges::all_of(*patterns, isSound)) {
            return invalidArgument(
                "sorting: a pattern has more than {} words, or one that can never be", kMostBits);
        }
    }
    if (controlBufferBytes < kLeastBufferBytes || controlBufferBytes > kMostBufferBytes) {
        return invalidArgument(
            "controlBufferBytes: {} is not between {} and {}",
            controlBufferBytes,
            kLeastBufferBytes,
            kMostBufferBytes);
    }
    return okStatus();
}

}  // namespace weft::transport
