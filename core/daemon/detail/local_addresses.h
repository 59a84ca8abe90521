// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"

#include <cstddef>
#include <string>
#include <vector>

namespace weft::daemon {

/// Addresses of this machine under which others may reach it: of interfaces that are up, no
/// loopback, no link-local; IPv4 first. At most `most`.
std::vector<net::IpAddress> localAddresses(std::size_t most);

/// "host:port" texts for an invitation code: the endpoints that were given, else what the machine
/// has, else nothing. At most `most`.
std::vector<std::string> reachableAddresses(
    const std::vector<std::string>& endpoints, std::uint16_t port, std::size_t most);

}  // namespace weft::daemon
