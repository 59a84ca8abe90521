// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/mesh_connection.h"
#include "core/net/ip_address.h"
#include "core/platform/host_addresses.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::daemon {

/// Others call a node at so many places (wireguard::kMostCandidates).
inline constexpr std::size_t kMostOwnEndpoints = 8;

/// Those of `all` by which this host may be reached from outside: of interfaces that run, no
/// loopback, no link-local, none of tunnels and dialled lines, none of bridges and cables to
/// containers and virtual machines.
std::vector<platform::HostAddress> outwardAddresses(std::vector<platform::HostAddress> all);

/// What of them the options let others know: the public ones before the private ones, IPv4 before
/// IPv6. Not temporary ones, which change each day, nor those that are going or not yet in use.
std::vector<net::IpAddress> detectedAddresses(
    const std::vector<platform::HostAddress>& outward, const config::GlobalOptions& options);

/// Where others reach this node.
struct OwnEndpoints {
    /// An address; empty when there is none.
    std::string primary;
    /// Of WireGuard, with ports: what was configured, then what was detected.
    std::vector<std::string> wireguard;

    friend bool operator==(const OwnEndpoints&, const OwnEndpoints&) = default;
};

/// By configuration, and with it what was detected, up to kMostOwnEndpoints: nothing is detected
/// when `wireguard.endpoints` was set. `port` is the real one of WireGuard.
OwnEndpoints ownEndpoints(
    const ConnectionSpec& spec,
    const std::vector<platform::HostAddress>& outward,
    std::uint16_t port);

}  // namespace weft::daemon
