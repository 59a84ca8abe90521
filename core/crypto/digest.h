// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_bytes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft::crypto {

std::array<std::uint8_t, 32> sha256(std::string_view bytes);
/// RFC 2104 with SHA-256.
std::array<std::uint8_t, 32> hmacSha256(std::string_view key, std::string_view message);
/// Bytes from the system's random source. Stops the process when there is none.
std::string randomBytes(std::size_t count);
SecretBytes randomSecret(std::size_t count);
/// `count` characters of a-z, A-Z and 0-9 without bias.
std::string randomAlphanumeric(std::size_t count);

/// Raw bytes of a digest as a string, for maps and messages.
template <std::size_t N>
std::string asString(const std::array<std::uint8_t, N>& bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace weft::crypto
