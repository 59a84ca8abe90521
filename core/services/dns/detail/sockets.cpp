// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/detail/sockets.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <netinet/in.h>

namespace weft::services::detail {
namespace {

constexpr int kBacklog = 64;

Status failure(int error, const char* kind, const net::Endpoint& at) {
    const auto text = std::generic_category().message(error);
    switch (error) {
    case EADDRINUSE:
        return unavailable("{} {} is taken by another program", kind, at.toString());
    case EACCES:
    case EPERM:
        return unavailable(
            "this program may not use {} {}: it needs CAP_NET_BIND_SERVICE", kind, at.toString());
    case EMFILE:
    case ENFILE:
        return resourceExhausted("no socket for {} {}: {}", kind, at.toString(), text);
    default:
        return unavailable("cannot listen at {} {}: {}", kind, at.toString(), text);
    }
}

void set(int fd, int level, int option) {
    const int on = 1;
    // What is refused shows when the socket is bound.
    ::setsockopt(fd, level, option, &on, sizeof(on));
}

}  // namespace

SocketAddress::SocketAddress(const net::Endpoint& endpoint) {
    const auto bytes = endpoint.address.bytes();
    if (endpoint.address.isV4()) {
        auto* address = reinterpret_cast<sockaddr_in*>(&storage);
        address->sin_family = AF_INET;
        address->sin_port = htons(endpoint.port);
        std::memcpy(&address->sin_addr, bytes.data(), bytes.size());
        size = sizeof(sockaddr_in);
    } else {
        auto* address = reinterpret_cast<sockaddr_in6*>(&storage);
        address->sin6_family = AF_INET6;
        address->sin6_port = htons(endpoint.port);
        std::memcpy(&address->sin6_addr, bytes.data(), bytes.size());
        size = sizeof(sockaddr_in6);
    }
}

net::Endpoint SocketAddress::endpoint() const {
    if (storage.ss_family == AF_INET) {
        const auto* address = reinterpret_cast<const sockaddr_in*>(&storage);
        return {net::IpAddress::v4(ntohl(address->sin_addr.s_addr)), ntohs(address->sin_port)};
    }
    const auto* address = reinterpret_cast<const sockaddr_in6*>(&storage);
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &address->sin6_addr, bytes.size());
    return {net::IpAddress::v6(bytes), ntohs(address->sin6_port)};
}

StatusOr<std::pair<base::UniqueFd, std::uint16_t>> openServerSocket(
    int type, const net::Endpoint& at, const std::string& device) {
    const char* kind = type == SOCK_DGRAM ? "UDP port" : "TCP port";
    const int family = at.address.isV4() ? AF_INET : AF_INET6;
    base::UniqueFd fd(::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd.valid()) {
        return failure(errno, kind, at);
    }
    if (type == SOCK_STREAM) {
        set(fd.get(), SOL_SOCKET, SO_REUSEADDR);
    }
    if (family == AF_INET) {
        set(fd.get(), IPPROTO_IP, IP_FREEBIND);
    } else {
        set(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY);
        set(fd.get(), IPPROTO_IPV6, IPV6_FREEBIND);
    }
    const auto length = static_cast<socklen_t>(device.size());
    if (!device.empty()
        && ::setsockopt(fd.get(), SOL_SOCKET, SO_BINDTODEVICE, device.c_str(), length) != 0) {
        return failure(errno, kind, at);
    }
    SocketAddress address(at);
    if (::bind(fd.get(), address.get(), address.size) != 0
        || (type == SOCK_STREAM && ::listen(fd.get(), kBacklog) != 0)) {
        return failure(errno, kind, at);
    }
    SocketAddress bound;
    if (::getsockname(fd.get(), bound.get(), &bound.size) != 0) {
        return failure(errno, kind, at);
    }
    return std::pair(std::move(fd), bound.endpoint().port);
}

StatusOr<base::UniqueFd> openClientSocket(const net::Endpoint& to) {
    const int family = to.address.isV4() ? AF_INET : AF_INET6;
    base::UniqueFd fd(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    SocketAddress address(to);
    if (!fd.valid() || ::connect(fd.get(), address.get(), address.size) != 0) {
        return unavailable(
            "{} is not reached: {}", to.toString(), std::generic_category().message(errno));
    }
    return fd;
}

}  // namespace weft::services::detail
