// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/detail/tcp_door.h"

#include "core/services/dns/detail/sockets.h"
#include "core/services/dns/detail/tcp_connection.h"

#include <cerrno>
#include <system_error>
#include <utility>

namespace weft::services::detail {
namespace {

/// After the system had no descriptor left.
constexpr std::chrono::milliseconds kPause{100};
/// What one turn takes, so that others have theirs.
constexpr int kMostAtOnce = 16;

}  // namespace

bool TcpConnections::add(
    const std::shared_ptr<TcpConnection>& connection, const net::IpAddress& source) {
    const auto known = sources_.find(source);
    if (connections_.size() >= limits_.connections
        || (known != sources_.end() && known->second >= limits_.connectionsPerSource)) {
        ++counters_.dropped;
        return false;
    }
    ++sources_[source];
    connections_.insert(connection);
    counters_.connections = connections_.size();
    return true;
}

void TcpConnections::remove(
    const std::shared_ptr<TcpConnection>& connection, const net::IpAddress& source) {
    if (connections_.erase(connection) == 0) {
        return;
    }
    counters_.connections = connections_.size();
    if (const auto known = sources_.find(source); --known->second == 0) {
        sources_.erase(known);
    }
}

void TcpConnections::closeAll() {
    for (const auto& connection : std::exchange(connections_, {})) {
        connection->close();
    }
    sources_.clear();
}

TcpDoor::TcpDoor(
    asio::io_context& context,
    base::UniqueFd socket,
    Door door,
    DnsCore& core,
    TcpConnections& connections)
    : context_(context)
    , socket_(context, socket.release())
    , timer_(context)
    , door_(door)
    , core_(core)
    , connections_(connections) {}

void TcpDoor::start() {
    socket_.async_wait(
        asio::posix::stream_descriptor::wait_read,
        [self = shared_from_this()](const std::error_code& error) {
            if (!error && self->socket_.is_open()) {
                self->acceptAll();
            }
        });
}

void TcpDoor::close() {
    std::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
}

void TcpDoor::acceptAll() {
    for (int taken = 0; taken < kMostAtOnce; ++taken) {
        SocketAddress from;
        base::UniqueFd accepted(::accept4(
            socket_.native_handle(), from.get(), &from.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!accepted.valid()) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                pause();
                return;
            }
            break;
        }
        const auto source = from.endpoint().address;
        if (door_ == Door::TunnelToHost
            && core_.callerAt(door_, source) == mesh::dns::Caller::Stranger) {
            continue;
        }
        const auto connection = std::make_shared<TcpConnection>(
            context_, std::move(accepted), source, door_, core_, connections_);
        if (connections_.add(connection, source)) {
            connection->readNext();
        }
    }
    start();
}

void TcpDoor::pause() {
    timer_.expires_after(kPause);
    timer_.async_wait([self = shared_from_this()](const std::error_code& error) {
        if (!error && self->socket_.is_open()) {
            self->start();
        }
    });
}

}  // namespace weft::services::detail
