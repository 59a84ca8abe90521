// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/certificate.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft::crypto {

inline constexpr auto kDay = std::chrono::hours(24);
/// 2026-01-01, when the sample authority starts.
inline constexpr WallTime kNow{std::chrono::seconds(1767225600)};

/// Lives for ten years.
CertificateAuthority makeAuthority(std::string_view name = "home");

/// Asks for names that nobody should get.
std::string makeRequest(const SecretBytes& key);
std::string makeRequest();

/// A certificate of "alpha" with two DNS names and two addresses.
std::string leafOf(const CertificateAuthority& authority, std::chrono::hours lifetime = 30 * kDay);

/// The DER of the first PEM block of `pem` with one byte changed, as PEM again.
std::string withByteChanged(const std::string& pem, std::size_t at, std::uint8_t mask);

}  // namespace weft::crypto
