// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/socket_address.h"

#include <array>
#include <cstring>

namespace weft::transport::detail {

socklen_t writeRemote(const DatagramAddress& address, SocketAddress& out) {
    const auto& remote = address.remote;
    if (remote.address.isV4()) {
        out.v4 = {};
        out.v4.sin_family = AF_INET;
        out.v4.sin_port = htons(remote.port);
        out.v4.sin_addr = toSystemV4(remote.address);
        return sizeof out.v4;
    }
    out.v6 = {};
    out.v6.sin6_family = AF_INET6;
    out.v6.sin6_port = htons(remote.port);
    out.v6.sin6_addr = toSystemV6(remote.address);
    if (address.isOnLink()) {
        out.v6.sin6_scope_id = address.interface;
    }
    return sizeof out.v6;
}

net::Endpoint readEndpoint(const SocketAddress& address) {
    if (address.any.sa_family == AF_INET6) {
        return {fromSystem(address.v6.sin6_addr), ntohs(address.v6.sin6_port)};
    }
    return {fromSystem(address.v4.sin_addr), ntohs(address.v4.sin_port)};
}

net::IpAddress fromSystem(const in_addr& address) {
    return net::IpAddress::v4(ntohl(address.s_addr));
}

net::IpAddress fromSystem(const in6_addr& address) {
    std::array<std::uint8_t, 16> bytes{};
    static_assert(sizeof address == sizeof bytes);
    std::memcpy(bytes.data(), &address, sizeof address);
    return net::IpAddress::v6(bytes);
}

in_addr toSystemV4(const net::IpAddress& address) {
    return {htonl(address.v4Value())};
}

in6_addr toSystemV6(const net::IpAddress& address) {
    in6_addr out{};
    const auto bytes = address.bytes();
    std::memcpy(&out, bytes.data(), bytes.size());
    return out;
}

}  // namespace weft::transport::detail
