// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/local_addresses.h"

#include "core/daemon/own_endpoints.h"
#include "core/net/endpoint.h"

#include <algorithm>

namespace weft::daemon {

std::vector<std::string> reachableAddresses(
    const std::vector<std::string>& endpoints,
    const std::vector<platform::HostAddress>& outward,
    std::uint16_t port,
    std::size_t most) {
    std::vector<std::string> addresses;
    for (const auto& endpoint : endpoints) {
        if (const auto address = net::IpAddress::parse(endpoint); address.ok()) {
            addresses.push_back(net::Endpoint{*address, port}.toString());
        } else if (const auto host = net::HostPort::parse(endpoint, port); host.ok()) {
            addresses.push_back(host->toString());
        }
    }
    if (addresses.empty()) {
        config::GlobalOptions all;
        all.detectPrivateEndpoints = true;
        all.detectIpv6 = true;
        auto found = detectedAddresses(outward, all);
        std::stable_partition(
            found.begin(), found.end(), [](const auto& address) { return address.isV4(); });
        for (const auto& address : found) {
            addresses.push_back(net::Endpoint{address, port}.toString());
        }
    }
    addresses.resize(std::min(addresses.size(), most));
    return addresses;
}

}  // namespace weft::daemon
