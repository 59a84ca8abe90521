// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/known_places.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::services {
namespace {

std::optional<net::IpAddress> addressOf(const addrinfo& found) {
    if (found.ai_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        return net::IpAddress::v4(ntohl(address.sin_addr.s_addr));
    }
    if (found.ai_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
        return net::IpAddress::v6(bytes);
    }
    return std::nullopt;
}

}  // namespace

void dialWhereKnown(const KnownPlaces& places, net::HostPort& address, LinkOptions& options) {
    const auto place = places ? places(address.host) : std::nullopt;
    if (!place) {
        return;
    }
    if (options.serverName.empty()) {
        options.serverName = address.host;
    }
    address.host = place->toString();
}

StatusOr<std::vector<net::IpAddress>> lookUpHost(const std::string& host, std::size_t most) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* first = nullptr;
    if (const int unknown = ::getaddrinfo(host.c_str(), nullptr, &hints, &first); unknown != 0) {
        return unavailable("the name {} is not known: {}", host, ::gai_strerror(unknown));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(first, &::freeaddrinfo);
    std::vector<net::IpAddress> addresses;
    for (const addrinfo* next = first; next != nullptr && addresses.size() < most;
         next = next->ai_next) {
        const auto address = addressOf(*next);
        if (address && std::ranges::find(addresses, *address) == addresses.end()) {
            addresses.push_back(*address);
        }
    }
    if (addresses.empty()) {
        return unavailable("the name {} has no address", host);
    }
    return addresses;
}

}  // namespace weft::services
