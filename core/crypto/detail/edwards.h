// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace weft::crypto::detail {

/// The Montgomery u of an Edwards25519 point in its RFC 8032 encoding, little endian. nullopt when
/// the bytes are not the one encoding of a point on the curve, or are a point of small order.
std::optional<std::array<std::uint8_t, 32>> montgomeryU(const std::array<std::uint8_t, 32>& point);

}  // namespace weft::crypto::detail
