// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weft::net {

enum class Family : std::uint8_t { V4, V6 };

/// An IPv4 or IPv6 address, a value without I/O. The default is the IPv4 unspecified address.
class IpAddress {
public:
    IpAddress() = default;

    static IpAddress v4(std::uint32_t hostOrder);
    static IpAddress v6(const std::array<std::uint8_t, 16>& networkOrder);
    /// "10.0.0.1", "fd00::1"; no zone, no brackets, no leading zeros in IPv4.
    /// Errors: kInvalidArgument.
    static StatusOr<IpAddress> parse(std::string_view text);

    Family family() const { return family_; }
    bool isV4() const { return family_ == Family::V4; }
    bool isV6() const { return family_ == Family::V6; }
    /// 32 or 128.
    int bits() const { return isV4() ? 32 : 128; }
    /// Network order; 4 or 16 bytes.
    std::span<const std::uint8_t> bytes() const;
    /// Host order. Only for IPv4.
    std::uint32_t v4Value() const;

    bool isUnspecified() const;
    bool isLoopback() const;
    bool isLinkLocal() const;
    bool isMulticast() const;
    /// RFC 1918 and RFC 6598 for IPv4, fc00::/7 for IPv6.
    bool isPrivate() const;

    /// ::ffff:a.b.c.d as IPv4; any other address as it is.
    IpAddress unmapped() const;

    /// RFC 5952 for IPv6.
    std::string toString() const;

    friend bool operator==(const IpAddress&, const IpAddress&) = default;
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

private:
    Family family_ = Family::V4;
    std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace weft::net
