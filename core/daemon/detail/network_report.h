// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/tunnel.h"
#include "core/net/ip_address.h"
#include "core/platform/host/host_network.h"

#include "weft/local/v1/local.pb.h"
#include "weft/local/v1/network.pb.h"

#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {

/// What one connection knows of the network beneath its mesh.
struct NetworkFacts {
    /// As it is told, with its checklist.
    weft::local::v1::Connection state;
    /// nullopt: there is no interface.
    std::optional<TunnelStatistics> tunnel{};
    /// Where this node's record says that it can be called.
    std::vector<std::string> endpoints{};
    /// This host's addresses outside the mesh.
    std::vector<net::IpAddress> addresses{};
    std::vector<platform::HostProblem> problems{};
    bool offersNetworks = false;
    WallTime now;
};

/// What works, and what to do about the rest. Pure.
weft::local::v1::NetworkReport networkReport(const NetworkFacts& facts);

}  // namespace weft::daemon
