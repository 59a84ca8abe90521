// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/local_addresses.h"

#include "core/net/endpoint.h"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace weft::daemon {
namespace {

std::string textOf(const sockaddr* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = nullptr;
    if (address->sa_family == AF_INET) {
        bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
    } else if (address->sa_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
        if (IN6_IS_ADDR_LINKLOCAL(&v6)) {
            return {};
        }
        bytes = &v6;
    }
    if (bytes == nullptr
        || ::inet_ntop(address->sa_family, bytes, text.data(), text.size()) == nullptr) {
        return {};
    }
    return text.data();
}

}  // namespace

std::vector<net::IpAddress> localAddresses(std::size_t most) {
    ifaddrs* raw = nullptr;
    if (::getifaddrs(&raw) != 0) {
        return {};
    }
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(raw, &::freeifaddrs);
    std::vector<net::IpAddress> found;
    for (const auto* item = list.get(); item != nullptr; item = item->ifa_next) {
        const bool usable = item->ifa_addr != nullptr && (item->ifa_flags & IFF_UP) != 0
                            && (item->ifa_flags & IFF_LOOPBACK) == 0;
        if (!usable) {
            continue;
        }
        if (const auto address = net::IpAddress::parse(textOf(item->ifa_addr)); address.ok()) {
            found.push_back(*address);
        }
    }
    std::ranges::stable_partition(found, [](const auto& address) { return address.isV4(); });
    found.resize(std::min(found.size(), most));
    return found;
}

std::vector<std::string> reachableAddresses(
    const std::vector<std::string>& endpoints, std::uint16_t port, std::size_t most) {
    std::vector<std::string> addresses;
    for (const auto& endpoint : endpoints) {
        if (const auto address = net::IpAddress::parse(endpoint); address.ok()) {
            addresses.push_back(net::Endpoint{*address, port}.toString());
        } else if (const auto host = net::HostPort::parse(endpoint, port); host.ok()) {
            addresses.push_back(host->toString());
        }
    }
    if (addresses.empty()) {
        for (const auto& address : localAddresses(most)) {
            addresses.push_back(net::Endpoint{address, port}.toString());
        }
    }
    addresses.resize(std::min(addresses.size(), most));
    return addresses;
}

}  // namespace weft::daemon
