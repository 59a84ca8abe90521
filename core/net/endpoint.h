// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace weft::net {

/// An address and a port.
struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;

    /// "10.0.0.1:8443", "[fd00::1]:8443". Errors: kInvalidArgument.
    static StatusOr<Endpoint> parse(std::string_view text);
    std::string toString() const;

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

/// A host name or address text and a port, as people configure it; nothing is looked up.
struct HostPort {
    std::string host;
    std::uint16_t port = 0;

    /// "node.example:8443", "10.0.0.1:8443", "[::]:8443", ":8443" (empty host). With
    /// `defaultPort` not 0 the port may be missing. Errors: kInvalidArgument.
    static StatusOr<HostPort> parse(std::string_view text, std::uint16_t defaultPort = 0);
    std::string toString() const;

    friend bool operator==(const HostPort&, const HostPort&) = default;
};

}  // namespace weft::net
