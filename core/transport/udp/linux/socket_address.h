// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"
#include "core/transport/datagram_path.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::transport::detail {

/// An address as the system's calls take it.
union SocketAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

/// Writes the remote side of `address`; returns how many bytes of `out` it takes.
socklen_t writeRemote(const DatagramAddress& address, SocketAddress& out);

/// The address that the system wrote, as an IPv4 or IPv6 endpoint.
net::Endpoint readEndpoint(const SocketAddress& address);

net::IpAddress fromSystem(const in_addr& address);
net::IpAddress fromSystem(const in6_addr& address);
in_addr toSystemV4(const net::IpAddress& address);
in6_addr toSystemV6(const net::IpAddress& address);

}  // namespace weft::transport::detail
