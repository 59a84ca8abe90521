// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_prefix.h"

#include <cstddef>
#include <string>
#include <vector>

namespace weft::platform {

/// An address of an interface of this host.
struct HostAddress {
    /// With the length of the network that is attached there.
    net::IpPrefix address;
    std::string interface;
    /// Of the interface: it is up and has a carrier.
    bool isRunning = false;
    bool isLoopback = false;
    /// Tunnels and dialled lines.
    bool isPointToPoint = false;
    /// The system made it up for a while (RFC 8981) and will take another.
    bool isTemporary = false;
    /// Not for new connections any more.
    bool isDeprecated = false;
    /// Not in use: the system asks whether somebody else has it, or somebody has.
    bool isTentative = false;

    friend bool operator==(const HostAddress&, const HostAddress&) = default;
};

/// Of a host with more the first are told.
inline constexpr std::size_t kMostHostAddresses = 1024;

/// What the host has at the moment, sorted by interface and address.
/// Errors: kUnavailable the system does not tell, in its words.
/// Thread: any; asks the system and waits for its answer, which is a matter of microseconds.
StatusOr<std::vector<HostAddress>> hostAddresses();

}  // namespace weft::platform
