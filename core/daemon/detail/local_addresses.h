// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host_addresses.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::daemon {

/// "host:port" texts for an invitation code: the endpoints that were given, else the outward
/// addresses that the host has, IPv4 first, else nothing. At most `most`.
std::vector<std::string> reachableAddresses(
    const std::vector<std::string>& endpoints,
    const std::vector<platform::HostAddress>& outward,
    std::uint16_t port,
    std::size_t most);

}  // namespace weft::daemon
