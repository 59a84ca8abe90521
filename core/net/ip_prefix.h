// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"

#include <string>
#include <string_view>

namespace weft::net {

/// An address with a prefix length. Host bits are kept: the mesh stores "fdfd:e82c:4973::/32" and
/// "fd..:1234/112" where bits below the length are set, and their text must round-trip.
class IpPrefix {
public:
    /// 0.0.0.0/0.
    IpPrefix() = default;
    /// `length` is clamped to the address's bits.
    IpPrefix(const IpAddress& address, int length);

    /// "10.0.0.0/8", "fd00::/48". A bare address is refused.
    /// Errors: kInvalidArgument.
    static StatusOr<IpPrefix> parse(std::string_view text);
    /// The /32 or /128 of `address`.
    static IpPrefix host(const IpAddress& address);

    const IpAddress& address() const { return address_; }
    int length() const { return length_; }
    Family family() const { return address_.family(); }

    /// The same network with all host bits zero.
    IpPrefix masked() const;
    bool contains(const IpAddress& address) const;
    /// Whether every address of `other` is in this prefix.
    bool contains(const IpPrefix& other) const;
    bool overlaps(const IpPrefix& other) const;
    bool isDefaultRoute() const { return length_ == 0; }

    std::string toString() const;

    friend bool operator==(const IpPrefix&, const IpPrefix&) = default;
    friend auto operator<=>(const IpPrefix&, const IpPrefix&) = default;

private:
    IpAddress address_;
    int length_ = 0;
};

}  // namespace weft::net
