// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/sockets.h"

#include "core/platform/host_system.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace weft::services {

namespace {

constexpr int kBacklog = 256;

socklen_t fillAddress(const net::IpAddress& address, std::uint16_t port, sockaddr_storage* into) {
    if (address.isV4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.v4Value());
        std::memcpy(into, &v4, sizeof v4);
        return sizeof v4;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, address.bytes().data(), sizeof v6.sin6_addr);
    std::memcpy(into, &v6, sizeof v6);
    return sizeof v6;
}

}  // namespace

net::Endpoint endpointOf(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return {net::IpAddress::v4(ntohl(v4.sin_addr.s_addr)), ntohs(v4.sin_port)};
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return {net::IpAddress::v6(bytes).unmapped(), ntohs(v6.sin6_port)};
}

int listenOn(
    const net::IpAddress& address,
    std::uint16_t port,
    const std::string& device,
    base::UniqueFd* into) {
    const int family = address.isV4() ? AF_INET : AF_INET6;
    base::UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd.get() < 0) {
        return errno;
    }
    const int on = 1;
    const int off = 0;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    // Who calls from outside is answered there, also while all else of this host goes into a
    // tunnel. Without the right to it nothing does.
    ::setsockopt(
        fd.get(), SOL_SOCKET, SO_MARK, &platform::kTunnelMark, sizeof platform::kTunnelMark);
    if (family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    // Accepted connections remember the interface of their first packet then; see arrivalOf.
    if (family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    } else {
        ::setsockopt(fd.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    }
    if (!device.empty()
        && ::setsockopt(
               fd.get(),
               SOL_SOCKET,
               SO_BINDTODEVICE,
               device.data(),
               static_cast<socklen_t>(device.size()))
               != 0) {
        return errno;
    }
    sockaddr_storage storage{};
    const socklen_t length = fillAddress(address, port, &storage);
    // The socket interface takes every kind of address through this one type.
    const auto* generic = reinterpret_cast<const sockaddr*>(&storage);
    if (::bind(fd.get(), generic, length) != 0 || ::listen(fd.get(), kBacklog) != 0) {
        return errno;
    }
    *into = std::move(fd);
    return 0;
}

int listenFrom(
    const net::IpAddress& address,
    bool any,
    std::uint16_t port,
    std::uint16_t steps,
    const std::string& device,
    base::UniqueFd* into) {
    int error = EADDRINUSE;
    for (std::uint16_t step = 0; step <= steps && error == EADDRINUSE; ++step) {
        const auto next = static_cast<std::uint16_t>(port + step);
        error = listenOn(address, next, device, into);
        if (any && (error == EAFNOSUPPORT || error == EADDRNOTAVAIL)) {
            error = listenOn(net::IpAddress(), next, device, into);
        }
    }
    return error;
}

void dissolve(int socket) {
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    if (::connect(socket, &nowhere, sizeof nowhere) != 0) {
        ::shutdown(socket, SHUT_RDWR);
    }
}

std::uint16_t portOf(int fd) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &length);
    return endpointOf(storage).port;
}

Arrival arrivalOf(int fd) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &length) != 0) {
        return {};
    }
    Arrival arrival{endpointOf(storage).address, 0};
    const bool v6 = storage.ss_family == AF_INET6;
    alignas(cmsghdr) std::array<char, 256> bytes{};
    socklen_t size = bytes.size();
    const int level = v6 ? IPPROTO_IPV6 : IPPROTO_IP;
    const int option = v6 ? IPV6_2292PKTOPTIONS : IP_PKTOPTIONS;
    if (::getsockopt(fd, level, option, bytes.data(), &size) != 0) {
        return arrival;
    }
    msghdr header{};
    header.msg_control = bytes.data();
    header.msg_controllen = size;
    for (auto* each = CMSG_FIRSTHDR(&header); each != nullptr; each = CMSG_NXTHDR(&header, each)) {
        if (v6 && each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(each), sizeof info);
            arrival.interfaceIndex = info.ipi6_ifindex;
        } else if (!v6 && each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
            in_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(each), sizeof info);
            arrival.interfaceIndex = static_cast<unsigned>(info.ipi_ifindex);
        }
    }
    return arrival;
}

bool bindToInterface(int fd, unsigned index) {
    const auto number = static_cast<int>(index);
    int bound = 0;
    socklen_t size = sizeof bound;
    if (::getsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, &bound, &size) == 0 && bound == number) {
        // By its listener already. Doing it again takes CAP_NET_RAW.
        return true;
    }
    return ::setsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, &number, sizeof number) == 0;
}

std::optional<ino_t> inodeOf(int fd) {
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISSOCK(info.st_mode)) {
        return std::nullopt;
    }
    return info.st_ino;
}

base::UniqueFd holdSocket(int fd, ino_t inode) {
    // Copied first and looked at then: the other way round the number could be used again between.
    base::UniqueFd own(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    if (own.valid() && inodeOf(own.get()) != inode) {
        own.reset();
        errno = EBADF;
    }
    return own;
}

std::size_t descriptorLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return std::size_t{1} << 20;
    }
    return limit.rlim_cur;
}

}  // namespace weft::services
