// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"

#include <optional>
#include <string>
#include <vector>

namespace weft::platform {

/// Where packets for the Internet leave this host.
struct OuterWay {
    net::Family family = net::Family::V4;
    std::string interface;
    /// nullopt: whoever it is for is reached on the interface itself.
    std::optional<net::IpAddress> gateway;

    friend bool operator==(const OuterWay&, const OuterWay&) = default;
};

/// Those of the packets that tunnels send (kTunnelMark), IPv4 before IPv6; a family without a way
/// is left out.
/// Errors: kUnavailable the system cannot be asked, in its words; kDataLoss its answer makes no
/// sense.
/// Thread: any; asks the system and waits for its answer, which is a matter of microseconds.
StatusOr<std::vector<OuterWay>> outerWays();

}  // namespace weft::platform
