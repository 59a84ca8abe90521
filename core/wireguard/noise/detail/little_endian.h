// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::wireguard::detail {

/// The integer in the bytes from `at` on, which must be there.
template <typename Unsigned>
Unsigned loadLittleEndian(std::span<const std::uint8_t> bytes, std::size_t at) {
    Unsigned value = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
        value |= static_cast<Unsigned>(static_cast<Unsigned>(bytes[at + i]) << (8 * i));
    }
    return value;
}

template <typename Unsigned>
void storeLittleEndian(std::span<std::uint8_t> bytes, std::size_t at, Unsigned value) {
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
        bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
}

}  // namespace weft::wireguard::detail
