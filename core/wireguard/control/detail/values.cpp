// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/detail/values.h"

#include <algorithm>

namespace weft::wireguard::detail {
namespace {

/// IFNAMSIZ without the end, which a zone's number stays below too.
constexpr std::size_t kMostZoneBytes = 15;

std::optional<std::uint8_t> digitOf(char each) {
    if (each >= '0' && each <= '9') {
        return static_cast<std::uint8_t>(each - '0');
    }
    if (each >= 'a' && each <= 'f') {
        return static_cast<std::uint8_t>(each - 'a' + 10);
    }
    if (each >= 'A' && each <= 'F') {
        return static_cast<std::uint8_t>(each - 'A' + 10);
    }
    return std::nullopt;
}

bool isZone(std::string_view text) {
    return !text.empty() && text.size() <= kMostZoneBytes
           && std::all_of(text.begin(), text.end(), [](char each) {
                  return each > ' ' && each < '\x7f' && each != '/' && each != '%' && each != ']';
              });
}

}  // namespace

std::optional<std::array<std::uint8_t, 32>> parseKey(std::string_view text) {
    std::array<std::uint8_t, 32> key{};
    if (text.size() != 2 * key.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < key.size(); ++i) {
        const auto high = digitOf(text[2 * i]);
        const auto low = digitOf(text[2 * i + 1]);
        if (!high || !low) {
            crypto::wipeMemory(key);
            return std::nullopt;
        }
        key.at(i) = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return key;
}

std::optional<crypto::SecretBytes> parseSecretKey(std::string_view text) {
    auto key = parseKey(text);
    if (!key) {
        return std::nullopt;
    }
    crypto::SecretBytes secret{std::span<const std::uint8_t>(*key)};
    crypto::wipeMemory(*key);
    return secret;
}

std::optional<crypto::SecretBytes> parsePrivateKey(std::string_view text) {
    auto key = parseKey(text);
    if (!key) {
        return std::nullopt;
    }
    std::uint8_t any = 0;
    for (const auto each : *key) {
        any |= each;
    }
    if (any != 0) {
        key->front() &= 0xf8U;
        key->back() = static_cast<std::uint8_t>((key->back() & 0x7fU) | 0x40U);
    }
    crypto::SecretBytes secret{std::span<const std::uint8_t>(*key)};
    crypto::wipeMemory(*key);
    return secret;
}

std::optional<ControlEndpoint> parseEndpoint(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto port = parseNumber<std::uint16_t>(text.substr(colon + 1));
    auto host = text.substr(0, colon);
    ControlEndpoint result;
    const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) {
        host = host.substr(1, host.size() - 2);
        const auto percent = host.find('%');
        if (percent != std::string_view::npos) {
            if (!isZone(host.substr(percent + 1))) {
                return std::nullopt;
            }
            result.zone = host.substr(percent + 1);
            host = host.substr(0, percent);
        }
    }
    const auto address = net::IpAddress::parse(host);
    if (!port || !address.ok() || address->isV6() != bracketed) {
        return std::nullopt;
    }
    // Elsewhere an address means the same on every interface (RFC 4007 section 6).
    if (!result.zone.empty() && !address->isLinkLocal()) {
        return std::nullopt;
    }
    result.endpoint = {*address, *port};
    return result;
}

std::optional<AllowedIpChange> parseAllowedIp(std::string_view text) {
    AllowedIpChange change;
    if (text.starts_with('-')) {
        change.remove = true;
        text.remove_prefix(1);
    }
    const auto prefix = net::IpPrefix::parse(text);
    if (!prefix.ok()) {
        return std::nullopt;
    }
    change.prefix = prefix->masked();
    return change;
}

}  // namespace weft::wireguard::detail
