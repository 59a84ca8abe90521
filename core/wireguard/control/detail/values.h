// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/control/settings.h"

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weft::wireguard::detail {

/// 64 hex digits of either case.
std::optional<std::array<std::uint8_t, 32>> parseKey(std::string_view text);

/// As parseKey, for what must not stay behind in memory.
std::optional<crypto::SecretBytes> parseSecretKey(std::string_view text);

/// As parseSecretKey; clamped (RFC 7748 section 5) unless all bytes are zero.
std::optional<crypto::SecretBytes> parsePrivateKey(std::string_view text);

/// "192.0.2.1:51820", "[2001:db8::1]:51820", "[fe80::1%eth0]:51820".
std::optional<ControlEndpoint> parseEndpoint(std::string_view text);

/// "10.0.0.0/8" to add, "-10.0.0.0/8" to take away; host bits are cleared.
std::optional<AllowedIpChange> parseAllowedIp(std::string_view text);

/// Decimal digits alone; leading zeros are taken.
template <std::unsigned_integral Number>
std::optional<Number> parseNumber(std::string_view text) {
    Number value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc{} || stopped != end) {
        return std::nullopt;
    }
    return value;
}

}  // namespace weft::wireguard::detail
