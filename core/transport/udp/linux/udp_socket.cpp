// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/udp_socket.h"

#include "core/transport/udp/linux/datagram_filter.h"
#include "core/transport/udp/linux/socket_address.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

namespace weft::transport::detail {
namespace {

/// How often a port that the system chose for IPv4 may be taken for IPv6.
constexpr int kPortAttempts = 16;

std::string errorText(int error) {
    return std::generic_category().message(error);
}

bool setOption(const base::UniqueFd& fd, int level, int name, int value) {
    return ::setsockopt(fd.get(), level, name, &value, sizeof value) == 0;
}

bool isFamilyAbsent(int error) {
    return error == EAFNOSUPPORT || error == EPROTONOSUPPORT || error == EADDRNOTAVAIL
           || error == EPFNOSUPPORT;
}

int bufferSize(std::size_t bytes) {
    return static_cast<int>(std::min<std::size_t>(bytes, std::numeric_limits<int>::max()));
}

// Beyond the limit of the system with CAP_NET_ADMIN, else up to it.
void sizeReceiveBuffer(const base::UniqueFd& fd, std::size_t bytes) {
    if (!setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, bufferSize(bytes))) {
        setOption(fd, SOL_SOCKET, SO_RCVBUF, bufferSize(bytes));
    }
}

void sizeSendBuffer(const base::UniqueFd& fd, std::size_t bytes) {
    if (!setOption(fd, SOL_SOCKET, SO_SNDBUFFORCE, bufferSize(bytes))) {
        setOption(fd, SOL_SOCKET, SO_SNDBUF, bufferSize(bytes));
    }
}

/// What the path needs beside the bytes. None of these calls fails on a kernel of this decade, and
/// without one of them only what it tells is missing.
void askForExtras(const base::UniqueFd& fd, net::Family family) {
    setOption(fd, SOL_SOCKET, SO_RXQ_OVFL, 1);
    if (family == net::Family::V4) {
        setOption(fd, IPPROTO_IP, IP_PKTINFO, 1);
        setOption(fd, IPPROTO_IP, IP_RECVTOS, 1);
        // Outer packets may be cut on their way: a tunnel that is wider than the path still works.
        setOption(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
    } else {
        setOption(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        setOption(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
        setOption(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT);
    }
}

bool canSegment(const base::UniqueFd& fd) {
    int value = 0;
    socklen_t length = sizeof value;
    return ::getsockopt(fd.get(), IPPROTO_UDP, UDP_SEGMENT, &value, &length) == 0;
}

/// The error number of the bind, 0 when it is bound.
int bindTo(const base::UniqueFd& fd, net::Family family, std::uint16_t port) {
    SocketAddress address{};
    DatagramAddress anywhere;
    anywhere.remote.port = port;
    if (family == net::Family::V6) {
        anywhere.remote.address = net::IpAddress::v6({});
    }
    const auto length = writeRemote(anywhere, address);
    return ::bind(fd.get(), &address.any, length) == 0 ? 0 : errno;
}

std::uint16_t portOf(const base::UniqueFd& fd) {
    SocketAddress address{};
    socklen_t length = sizeof address;
    if (::getsockname(fd.get(), &address.any, &length) != 0) {
        return 0;
    }
    return readEndpoint(address).port;
}

Status bindError(int error, net::Family family, std::uint16_t port) {
    const auto* const name = family == net::Family::V4 ? "IPv4" : "IPv6";
    switch (error) {
    case EADDRINUSE:
        return failedPrecondition("UDP port {} is taken ({})", port, name);
    case EACCES:
    case EPERM:
        return permissionDenied("this process may not use UDP port {} ({})", port, name);
    default:
        return unavailable("binding UDP port {} ({}): {}", port, name, errorText(error));
    }
}

struct Opened {
    std::optional<UdpSocket> socket;
    /// Why there is none; 0 when the family is absent.
    int error = 0;
};

/// A socket that is not bound yet.
Opened makeOne(const UdpOptions& options, net::Family family) {
    UdpSocket made;
    made.family = family;
    const int domain = family == net::Family::V4 ? AF_INET : AF_INET6;
    made.fd.reset(::socket(domain, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_UDP));
    if (!made.fd.valid()) {
        return {std::nullopt, isFamilyAbsent(errno) ? 0 : errno};
    }
    if (family == net::Family::V6) {
        setOption(made.fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    }
    askForExtras(made.fd, family);
    if (options.joinsReceived) {
        setOption(made.fd, IPPROTO_UDP, UDP_GRO, 1);
    }
    made.segments = options.sending == UdpSending::Runs && canSegment(made.fd);
    return {std::move(made), 0};
}

Opened openOne(const UdpOptions& options, net::Family family, std::uint16_t port) {
    auto opened = makeOne(options, family);
    if (!opened.socket) {
        return opened;
    }
    const auto& fd = opened.socket->fd;
    sizeReceiveBuffer(fd, options.socketBufferBytes);
    sizeSendBuffer(fd, options.socketBufferBytes);
    if (const int error = bindTo(fd, family, port); error != 0) {
        return {std::nullopt, isFamilyAbsent(error) ? 0 : error};
    }
    return opened;
}

/// A further socket on the port of `first`, which is bound: who has the port without sharing would
/// have been found then.
std::optional<UdpSocket> openBeside(
    const UdpSocket& first, const UdpOptions& options, std::size_t bytes, std::uint16_t port) {
    auto opened = makeOne(options, first.family);
    if (!opened.socket) {
        return std::nullopt;
    }
    const auto& fd = opened.socket->fd;
    sizeReceiveBuffer(fd, bytes);
    const bool isOpen = setOption(first.fd, SOL_SOCKET, SO_REUSEPORT, 1)
                        && setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1)
                        && bindTo(fd, first.family, port) == 0;
    return isOpen ? std::move(opened.socket) : std::nullopt;
}

/// The sockets beside `first` to which the system hands control datagrams.
struct ControlSockets {
    std::optional<UdpSocket> strangers;
    std::optional<UdpSocket> expected;
};

/// Both or none.
ControlSockets openControl(
    const UdpSocket& first,
    const UdpOptions& options,
    const DatagramSorting& sorting,
    std::uint16_t port) {
    // The filter knows them by the order of their binds.
    ControlSockets made;
    made.strangers = openBeside(first, options, sorting.controlBufferBytes, port);
    if (made.strangers) {
        made.expected = openBeside(first, options, sorting.controlBufferBytes, port);
    }
    if (!made.expected || !attachGroupFilter(first, sorting, {})) {
        setOption(first.fd, SOL_SOCKET, SO_REUSEPORT, 0);
        return {};
    }
    return made;
}

/// kAborted: the port that the system chose is taken for the other family, try again.
StatusOr<UdpSocketPair> tryOpen(const UdpOptions& options, std::uint16_t port) {
    UdpSocketPair pair;
    pair.port = port;
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        const bool isV4 = family == net::Family::V4;
        if (!(isV4 ? options.wantsV4 : options.wantsV6)) {
            continue;
        }
        auto opened = openOne(options, family, pair.port);
        if (opened.error == EADDRINUSE && port == 0 && pair.v4) {
            return aborted("port {} is taken", pair.port);
        }
        if (opened.error != 0) {
            return bindError(opened.error, family, pair.port);
        }
        if (opened.socket) {
            pair.port = portOf(opened.socket->fd);
        }
        (isV4 ? pair.v4 : pair.v6) = std::move(opened.socket);
    }
    if (!pair.v4 && !pair.v6) {
        return unavailable("no UDP: the system has none of the families that were asked for");
    }
    return pair;
}

}  // namespace

StatusOr<UdpSocketPair> openUdpSockets(const UdpOptions& options, std::uint16_t port) {
    auto pair = tryOpen(options, port);
    for (int i = 1; i < kPortAttempts && pair.status().code() == StatusCode::kAborted; ++i) {
        pair = tryOpen(options, port);
    }
    if (pair.status().code() == StatusCode::kAborted) {
        return failedPrecondition("no UDP port is free for IPv4 and IPv6");
    }
    WEFT_RETURN_IF_ERROR(pair.status());
    if (options.mark != 0) {
        WEFT_RETURN_IF_ERROR(setMark(*pair, options.mark));
    }
    return pair;
}

void sortReceived(UdpSocketPair& pair, const UdpOptions& options, const DatagramSorting& sorting) {
    for (const bool isV4 : {true, false}) {
        const auto& first = isV4 ? pair.v4 : pair.v6;
        auto& control = isV4 ? pair.controlV4 : pair.controlV6;
        auto& expected = isV4 ? pair.expectedV4 : pair.expectedV6;
        control.reset();
        expected.reset();
        if (!first) {
            continue;
        }
        detachFilter(first->fd);
        setOption(first->fd, SOL_SOCKET, SO_REUSEPORT, 0);
        if (!sorting.control.empty()) {
            auto made = openControl(*first, options, sorting, pair.port);
            control = std::move(made.strangers);
            expected = std::move(made.expected);
        }
        if (!sorting.isEmpty()) {
            attachAcceptFilter(first->fd, sorting);
        }
    }
}

Status setMark(const UdpSocketPair& sockets, std::uint32_t mark) {
    for (const auto* const socket : {&sockets.v4, &sockets.v6}) {
        if (*socket
            && ::setsockopt((*socket)->fd.get(), SOL_SOCKET, SO_MARK, &mark, sizeof mark) != 0) {
            return permissionDenied("marking packets with {:#x}: {}", mark, errorText(errno));
        }
    }
    return okStatus();
}

}  // namespace weft::transport::detail
