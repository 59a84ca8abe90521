// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/accept_gate.h"

#include "core/base/asio_loop.h"
#include "core/base/log.h"
#include "core/services/descriptor.h"
#include "core/services/server/connection_table.h"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weft::services {

namespace {

constexpr int kBacklog = 256;
constexpr int kAcceptsPerWake = 32;
constexpr std::chrono::milliseconds kShortageBackOff{100};
constexpr std::chrono::seconds kSweepInterval{2};
/// A full table is swept at once to find connections that have gone, but not more often than this.
constexpr std::chrono::milliseconds kLeastSweepGap{50};
// RFC 9113 section 3.4.
constexpr std::string_view kHttp2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
// RFC 8446 section 5.1: a record of type handshake.
constexpr char kTlsHandshake = 0x16;

spdlog::logger& log() {
    static auto& logger = base::logger("services");
    return logger;
}

std::string errorText(int error) {
    return std::generic_category().message(error);
}

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

// Returns an errno value, 0 when `into` listens.
int listenOn(const net::IpAddress& address, std::uint16_t port, Descriptor* into) {
    const int family = address.isV4() ? AF_INET : AF_INET6;
    Descriptor fd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd.get() < 0) {
        return errno;
    }
    const int on = 1;
    const int off = 0;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
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

std::uint16_t portOf(int fd) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &length);
    return endpointOf(storage).port;
}

// Tells one open socket from another that got the same descriptor number later.
std::optional<ino_t> inodeOf(int fd) {
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISSOCK(info.st_mode)) {
        return std::nullopt;
    }
    return info.st_ino;
}

std::size_t descriptorLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return std::size_t{1} << 20;
    }
    return limit.rlim_cur;
}

bool isShortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

struct Connection {
    net::Endpoint remote;
    ino_t inode = 0;
    /// While the first bytes are awaited; null once the descriptor was handed on.
    std::shared_ptr<asio::posix::stream_descriptor> waiting;
    TimePoint deadline;
};

}  // namespace

struct AcceptGate::Impl {
    Impl(const Options& wanted, HandOver to, Descriptor listening)
        : options(wanted)
        , handOver(std::move(to))
        , descriptors(descriptorLimit())
        , table(
              wanted.limits.connectionsPerSource,
              std::clamp<std::size_t>(
                  wanted.limits.connections, 1, std::max<std::size_t>(descriptors / 2, 2) - 1))
        , port(portOf(listening.get()))
        , reserve(::open("/dev/null", O_RDONLY | O_CLOEXEC))
        , listener(loop.context(), listening.release())
        , backOff(loop.context())
        , sweepTimer(loop.context()) {}

    void awaitConnection();
    void acceptSome();
    void onShortage(int error);
    void admit(int fd, const net::Endpoint& remote);
    void onReadable(int fd, ino_t inode);
    void forget(int fd);
    void sweep();
    void scheduleSweep();
    void cut(const net::Endpoint& remote);

    const Options options;
    const HandOver handOver;
    const std::size_t descriptors;
    base::AsioLoop loop{"accept"};
    ConnectionTable table;
    std::map<int, Connection> connections;
    std::uint16_t port;
    Descriptor reserve;
    asio::posix::stream_descriptor listener;
    asio::steady_timer backOff;
    asio::steady_timer sweepTimer;
    TimePoint lastSweep;
    bool sweeping = false;
    bool stopped = false;

    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> refusedBySource{0};
    std::atomic<std::uint64_t> refusedByTotal{0};
    std::atomic<std::uint64_t> refusedGarbage{0};
    std::atomic<std::uint64_t> silent{0};
    std::atomic<std::uint64_t> shortages{0};
    std::atomic<std::uint64_t> cuts{0};
    std::atomic<std::size_t> open{0};
};

void AcceptGate::Impl::awaitConnection() {
    if (stopped) {
        return;
    }
    listener.async_wait(
        asio::posix::stream_descriptor::wait_read, [this](const std::error_code& error) {
            if (!error) {
                acceptSome();
            }
        });
}

void AcceptGate::Impl::acceptSome() {
    for (int i = 0; i < kAcceptsPerWake; ++i) {
        sockaddr_storage storage{};
        socklen_t length = sizeof storage;
        const int fd = ::accept4(
            listener.native_handle(),
            reinterpret_cast<sockaddr*>(&storage),
            &length,
            SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(fd, endpointOf(storage));
            continue;
        }
        const int error = errno;
        if (error == EAGAIN || error == EWOULDBLOCK) {
            break;
        }
        if (isShortage(error)) {
            onShortage(error);
            return;
        }
        // The rest concerns that one connection (ECONNABORTED, EPROTO, ...): on to the next.
    }
    awaitConnection();
}

void AcceptGate::Impl::onShortage(int error) {
    if (shortages.fetch_add(1) == 0) {
        log().warn("descriptors ran out error={}", errorText(error));
    }
    // Without this the connection would stay in the queue, and the listener ready, for ever.
    reserve.reset();
    Descriptor refused(::accept4(listener.native_handle(), nullptr, nullptr, SOCK_CLOEXEC));
    refused.reset();
    reserve.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    backOff.expires_after(kShortageBackOff);
    backOff.async_wait([this](const std::error_code& cancelled) {
        if (!cancelled) {
            awaitConnection();
        }
    });
}

void AcceptGate::Impl::admit(int fd, const net::Endpoint& remote) {
    Descriptor owned(fd);
    // The number was free, so whoever is listed under it has closed it.
    forget(fd);
    if (static_cast<std::size_t>(fd) + options.limits.reservedDescriptors >= descriptors) {
        ++shortages;
        return;
    }
    auto verdict = table.check(remote.address);
    if (verdict != ConnectionTable::Verdict::Admit
        && loop.clock().now() - lastSweep >= kLeastSweepGap) {
        sweep();
        verdict = table.check(remote.address);
    }
    if (verdict != ConnectionTable::Verdict::Admit) {
        ++(verdict == ConnectionTable::Verdict::Full ? refusedByTotal : refusedBySource);
        return;
    }
    const auto inode = inodeOf(fd);
    if (!inode) {
        return;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    auto waiting = std::make_shared<asio::posix::stream_descriptor>(loop.context());
    std::error_code error;
    waiting->assign(owned.get(), error);
    if (error) {
        return;
    }
    owned.release();
    ++accepted;
    table.add(remote.address);
    connections[fd] = {
        remote, *inode, waiting, loop.clock().now() + options.limits.firstByteTimeout};
    open = table.size();
    waiting->async_wait(
        asio::posix::stream_descriptor::wait_read,
        [this, fd, inode = *inode](const std::error_code& failed) {
            if (!failed) {
                onReadable(fd, inode);
            }
        });
    scheduleSweep();
}

void AcceptGate::Impl::onReadable(int fd, ino_t inode) {
    const auto found = connections.find(fd);
    if (found == connections.end() || found->second.inode != inode || !found->second.waiting) {
        return;
    }
    std::array<char, kHttp2Preface.size()> bytes{};
    const ssize_t count = ::recv(fd, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
    if (count <= 0) {
        forget(fd);
        return;
    }
    const std::string_view first(bytes.data(), static_cast<std::size_t>(count));
    const bool expected = options.protocol == Protocol::Tls ? first.front() == kTlsHandshake
                                                            : kHttp2Preface.starts_with(first);
    if (!expected) {
        ++refusedGarbage;
        forget(fd);
        return;
    }
    // From here on the library owns the descriptor; its number and inode stay, to see it go.
    const int handed = found->second.waiting->release();
    found->second.waiting.reset();
    handOver(handed);
}

void AcceptGate::Impl::forget(int fd) {
    const auto found = connections.find(fd);
    if (found == connections.end()) {
        return;
    }
    table.remove(found->second.remote.address);
    connections.erase(found);
    open = table.size();
}

void AcceptGate::Impl::sweep() {
    const TimePoint now = loop.clock().now();
    lastSweep = now;
    for (auto next = connections.begin(); next != connections.end();) {
        const auto& [fd, connection] = *next++;
        if (connection.waiting != nullptr) {
            if (now >= connection.deadline) {
                ++silent;
                forget(fd);
            }
        } else if (inodeOf(fd) != connection.inode) {
            forget(fd);
        }
    }
}

void AcceptGate::Impl::scheduleSweep() {
    if (sweeping || stopped) {
        return;
    }
    sweeping = true;
    sweepTimer.expires_after(std::min<Duration>(kSweepInterval, options.limits.firstByteTimeout));
    sweepTimer.async_wait([this](const std::error_code& cancelled) {
        sweeping = false;
        if (cancelled) {
            return;
        }
        sweep();
        // Nothing to look after, nothing to wake for.
        if (!connections.empty()) {
            scheduleSweep();
        }
    });
}

void AcceptGate::Impl::cut(const net::Endpoint& remote) {
    for (const auto& [fd, connection] : connections) {
        // Between the look at the inode and the shutdown the library could close the descriptor
        // and another socket get its number: that one would be cut in its place, and come back.
        if (connection.remote == remote && inodeOf(fd) == connection.inode) {
            ::shutdown(fd, SHUT_RDWR);
            ++cuts;
            return;
        }
    }
}

AcceptGate::AcceptGate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

AcceptGate::~AcceptGate() {
    stop();
}

StatusOr<std::unique_ptr<AcceptGate>> AcceptGate::open(const Options& options, HandOver handOver) {
    const bool any = options.listen.host.empty();
    net::IpAddress address = net::IpAddress::v6({});
    if (!any) {
        WEFT_ASSIGN_OR_RETURN(address, net::IpAddress::parse(options.listen.host));
    }
    Descriptor listening;
    int error = 0;
    const std::uint16_t steps = options.exactPort || options.listen.port == 0 ? 0 : kPortSteps;
    for (std::uint16_t step = 0; step <= steps; ++step) {
        const auto port = static_cast<std::uint16_t>(options.listen.port + step);
        error = listenOn(address, port, &listening);
        if (any && (error == EAFNOSUPPORT || error == EADDRNOTAVAIL)) {
            // A machine without IPv6.
            error = listenOn(net::IpAddress(), port, &listening);
        }
        if (error != EADDRINUSE) {
            break;
        }
    }
    if (error != 0) {
        return unavailable("cannot listen on {}: {}", options.listen.toString(), errorText(error));
    }
    return std::unique_ptr<AcceptGate>(
        new AcceptGate(std::make_unique<Impl>(options, std::move(handOver), std::move(listening))));
}

void AcceptGate::start() {
    impl_->loop.post([impl = impl_.get()] { impl->awaitConnection(); });
}

void AcceptGate::stop() {
    impl_->loop.post([impl = impl_.get()] {
        impl->stopped = true;
        std::error_code ignored;
        impl->listener.close(ignored);
        impl->backOff.cancel();
        impl->sweepTimer.cancel();
        impl->connections.clear();
    });
    impl_->loop.stop();
}

std::uint16_t AcceptGate::port() const {
    return impl_->port;
}

void AcceptGate::cut(const net::Endpoint& remote) {
    impl_->loop.post([impl = impl_.get(), remote] { impl->cut(remote); });
}

AcceptCounters AcceptGate::counters() const {
    return {
        impl_->accepted,
        impl_->refusedBySource,
        impl_->refusedByTotal,
        impl_->refusedGarbage,
        impl_->silent,
        impl_->shortages,
        impl_->cuts,
        impl_->open};
}

}  // namespace weft::services
