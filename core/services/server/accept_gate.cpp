// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/accept_gate.h"

#include "core/base/asio_loop.h"
#include "core/base/log.h"
#include "core/base/unique_fd.h"
#include "core/services/server/connection_table.h"
#include "core/services/server/descriptor_reserve.h"
#include "core/services/server/early_ends.h"
#include "core/services/server/flood_watch.h"
#include "core/services/server/penalties.h"
#include "core/services/server/sockets.h"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace weft::services {

namespace {

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
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

std::string errorText(int error) {
    return std::generic_category().message(error);
}

struct Connection {
    net::Endpoint remote;
    ino_t inode = 0;
    /// While the first bytes are awaited; null once the descriptor was handed on.
    std::shared_ptr<asio::posix::stream_descriptor> waiting;
    TimePoint deadline;
    /// Whether the library is still being given the descriptor.
    bool handing = false;
    bool wasCut = false;
};

}  // namespace

struct AcceptGate::Impl {
    Impl(const Options& wanted, HandOver to, CallsOf counted, base::UniqueFd listening)
        : options(wanted)
        , handOver(std::move(to))
        , callsOf(std::move(counted))
        , descriptors(descriptorLimit())
        , table(
              wanted.limits.connectionsPerSource,
              std::clamp<std::size_t>(
                  wanted.limits.connections, 1, std::max<std::size_t>(descriptors / 2, 2) - 1))
        , port(portOf(listening.get()))
        , listener(loop.context(), listening.release())
        , backOff(loop.context())
        , sweepTimer(loop.context())
        , floodWatch(loop, wanted.limits.bytes, callsOf, [this](int fd) {
            return abortConnection(fd, connections.at(fd));
        }) {}

    void awaitConnection();
    void acceptSome();
    /// 0 when there may be more.
    int acceptOne();
    void onShortage(int error);
    void admit(int fd, const net::Endpoint& remote);
    void onReadable(int fd, ino_t inode);
    /// Gives the library what is behind `fd`.
    void handOn(int fd, Connection& connection);
    void forget(int fd);
    /// The library has closed it.
    void noteEnd(const Connection& connection);
    void close();
    void sweep();
    void scheduleSweep();
    void cut(const net::Endpoint& remote);
    void settleTunnel(const TunnelCallers::News& news);
    void settlePaths(std::uint64_t number);
    bool abortConnection(int fd, Connection& connection);

    const Options options;
    const HandOver handOver;
    const CallsOf callsOf;
    const std::size_t descriptors;
    base::AsioLoop loop{"accept"};
    /// Where the library takes its descriptors. It reads on there for as long as there are bytes,
    /// and who sends without end must not hold up the loop that would cut it.
    base::AsioLoop handing{"handover"};
    ConnectionTable table;
    DescriptorReserve reserve;
    TunnelCallers tunnelCallers{
        [this](int fd, ino_t inode, const auto& use) { return reserve.onSocket(fd, inode, use); }};
    std::map<int, Connection> connections;
    Penalties penalties;
    EarlyEnds earlyEnds;
    std::uint16_t port;
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

    FloodWatch floodWatch;
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
        const int error = acceptOne();
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

int AcceptGate::Impl::acceptOne() {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    const int fd = ::accept4(
        listener.native_handle(),
        reinterpret_cast<sockaddr*>(&storage),
        &length,
        SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    admit(fd, endpointOf(storage));
    return 0;
}

void AcceptGate::Impl::onShortage(int error) {
    if (shortages.fetch_add(1) == 0) {
        log().warn("descriptors ran out error={}", errorText(error));
    }
    reserve.refuseOne(listener.native_handle());
    backOff.expires_after(kShortageBackOff);
    backOff.async_wait([this](const std::error_code& cancelled) {
        if (!cancelled) {
            awaitConnection();
        }
    });
}

void AcceptGate::Impl::admit(int fd, const net::Endpoint& remote) {
    base::UniqueFd owned(fd);
    // The number was free, so whoever is listed under it has closed it.
    forget(fd);
    if (static_cast<std::size_t>(fd) + options.limits.reservedDescriptors >= descriptors) {
        ++shortages;
        return;
    }
    if (penalties.holds(remote.address, loop.clock().now())) {
        ++refusedBySource;
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
    tunnelCallers.add(fd, *inode, remote);
    Connection& connection = connections[fd];
    connection.remote = remote;
    connection.inode = *inode;
    connection.waiting = waiting;
    connection.deadline = loop.clock().now() + options.limits.firstByteTimeout;
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
    handOn(fd, found->second);
    floodWatch.add(fd, found->second.remote);
}

// From here on the library owns the descriptor; its number and inode stay, to see it go.
void AcceptGate::Impl::handOn(int fd, Connection& connection) {
    auto owned = std::make_shared<base::UniqueFd>(connection.waiting->release());
    connection.waiting.reset();
    connection.handing = true;
    handing.post([this, owned, fd, inode = connection.inode] {
        handOver(owned->release());
        loop.post([this, fd, inode] {
            const auto found = connections.find(fd);
            if (found != connections.end() && found->second.inode == inode) {
                found->second.handing = false;
            }
        });
    });
}

void AcceptGate::Impl::forget(int fd) {
    const auto found = connections.find(fd);
    if (found == connections.end()) {
        return;
    }
    noteEnd(found->second);
    table.remove(found->second.remote.address);
    tunnelCallers.remove(fd);
    floodWatch.remove(fd);
    connections.erase(found);
    open = table.size();
}

// The library says neither whom it refused nor why, and it sends no alert: without this line nobody
// at either end would know.
void AcceptGate::Impl::noteEnd(const Connection& connection) {
    if (options.protocol != Protocol::Tls || connection.waiting != nullptr || connection.wasCut
        || callsOf(connection.remote) > 0) {
        return;
    }
    if (const auto others = earlyEnds.note(loop.clock().now())) {
        log().info(
            "connection ended without a call peer={} others={} reason=\"the TLS handshake failed or "
            "was given up: a certificate that this mesh does not take ends so\"",
            connection.remote.toString(),
            *others);
    }
}

void AcceptGate::Impl::sweep() {
    const TimePoint now = loop.clock().now();
    lastSweep = now;
    penalties.expire(now);
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
    const auto found = std::ranges::find_if(
        connections, [&remote](const auto& entry) { return entry.second.remote == remote; });
    if (found != connections.end()) {
        abortConnection(found->first, found->second);
    }
}

void AcceptGate::Impl::settleTunnel(const TunnelCallers::News& news) {
    for (const int fd : tunnelCallers.settle(news)) {
        reserve.onSocket(fd, connections.at(fd).inode, dissolve);
    }
}

// What waits to be accepted may have begun by the paths before: it is looked at while they count.
void AcceptGate::Impl::settlePaths(std::uint64_t number) {
    if (stopped) {
        return;
    }
    for (int i = 0; i < kAcceptsPerWake; ++i) {
        const int error = acceptOne();
        if (error == EAGAIN || error == EWOULDBLOCK) {
            tunnelCallers.settlePaths(number);
            return;
        }
        if (isShortage(error)) {
            ++shortages;
            reserve.refuseOne(listener.native_handle());
        }
    }
    loop.post([this, number] { settlePaths(number); });
}

bool AcceptGate::Impl::abortConnection(int fd, Connection& connection) {
    // Counted before it is done: the other end may look as soon as it sees its connection gone.
    const bool cutNow = reserve.onSocket(fd, connection.inode, [this](int socket) {
        ++cuts;
        dissolve(socket);
    });
    if (cutNow) {
        connection.wasCut = true;
        penalties.add(connection.remote.address, loop.clock().now() + options.limits.penalty);
    }
    return cutNow;
}

void AcceptGate::Impl::close() {
    stopped = true;
    std::error_code ignored;
    listener.close(ignored);
    backOff.cancel();
    sweepTimer.cancel();
    floodWatch.stop();
    for (const auto& [fd, connection] : connections) {
        if (connection.handing) {
            // Nobody weighs it any more, and its bytes could keep the library's beginning busy.
            reserve.onSocket(fd, connection.inode, dissolve);
        }
    }
    connections.clear();
}

AcceptGate::AcceptGate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

AcceptGate::~AcceptGate() {
    stop();
}

StatusOr<std::unique_ptr<AcceptGate>> AcceptGate::open(
    const Options& options, HandOver handOver, CallsOf callsOf) {
    const bool any = options.listen.host.empty();
    net::IpAddress address = net::IpAddress::v6({});
    if (!any) {
        WEFT_ASSIGN_OR_RETURN(address, net::IpAddress::parse(options.listen.host));
    }
    base::UniqueFd listening;
    const std::uint16_t steps = options.exactPort || options.listen.port == 0 ? 0 : kPortSteps;
    const int error =
        listenFrom(address, any, options.listen.port, steps, options.device, &listening);
    if (error != 0) {
        return unavailable("cannot listen on {}: {}", options.listen.toString(), errorText(error));
    }
    return std::unique_ptr<AcceptGate>(new AcceptGate(std::make_unique<Impl>(
        options, std::move(handOver), std::move(callsOf), std::move(listening))));
}

void AcceptGate::start() {
    impl_->loop.post([impl = impl_.get()] { impl->awaitConnection(); });
}

void AcceptGate::stop() {
    impl_->loop.post([impl = impl_.get()] { impl->close(); });
    impl_->loop.stop();
    impl_->handing.stop();
}

std::uint16_t AcceptGate::port() const {
    return impl_->port;
}

void AcceptGate::cut(const net::Endpoint& remote) {
    impl_->loop.post([impl = impl_.get(), remote] { impl->cut(remote); });
}

void AcceptGate::setTunnelInterface(unsigned index) {
    // Whose interface has gone is not believed from this moment on, however busy the gate is.
    const auto news = impl_->tunnelCallers.announce(index);
    impl_->loop.post([impl = impl_.get(), news] { impl->settleTunnel(news); });
}

void AcceptGate::expectTunnelPaths(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths) {
    impl_->tunnelCallers.expectPaths(number, std::move(paths));
}

void AcceptGate::settleTunnelPaths(std::uint64_t number) {
    impl_->loop.post([impl = impl_.get(), number] { impl->settlePaths(number); });
}

std::optional<TunnelCall> AcceptGate::tunnelCall(const net::Endpoint& remote) const {
    return impl_->tunnelCallers.callOf(remote);
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
