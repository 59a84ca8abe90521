// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/detail/tcp_connection.h"

#include <asio/write.hpp>

#include <system_error>
#include <utility>
#include <variant>

#include <netinet/in.h>

namespace weft::services::detail {

TcpConnection::TcpConnection(
    asio::io_context& context,
    base::UniqueFd socket,
    net::IpAddress source,
    Door door,
    DnsCore& core,
    TcpConnections& all)
    : socket_(
        context,
        asio::generic::stream_protocol(source.isV4() ? AF_INET : AF_INET6, IPPROTO_TCP),
        socket.release())
    , timer_(context)
    , source_(source)
    , door_(door)
    , core_(core)
    , all_(all) {}

void TcpConnection::close() {
    std::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
}

void TcpConnection::end() {
    if (socket_.is_open()) {
        // First: who sees the end may look at the figures.
        all_.remove(shared_from_this(), source_);
        close();
    }
}

void TcpConnection::watch() {
    timer_.expires_after(all_.limits().idle);
    timer_.async_wait([self = shared_from_this()](const std::error_code& error) {
        if (!error) {
            self->end();
        }
    });
}

// NOLINTBEGIN(misc-no-recursion): each step runs from the loop, when the one before has ended
void TcpConnection::readNext() {
    watch();
    readFrame(
        socket_,
        query_,
        mesh::dns::kMaxQueryBytes,
        [self = shared_from_this()](const std::error_code& error) {
            if (error) {
                self->end();
            } else {
                self->takeQuery();
            }
        });
}

void TcpConnection::takeQuery() {
    if (!socket_.is_open()) {
        return;
    }
    auto verdict = core_.take(query_.bytes, mesh::dns::Transport::Tcp, door_, source_);
    if (const auto* reply = std::get_if<mesh::dns::Bytes>(&verdict)) {
        write(*reply);
    } else if (auto* outside = std::get_if<mesh::dns::Outside>(&verdict)) {
        watch();
        core_.forward(
            std::move(outside->query),
            door_,
            source_,
            [weak = weak_from_this()](const mesh::dns::Bytes& later) {
                if (const auto self = weak.lock()) {
                    self->write(later);
                }
            });
    } else {
        end();
    }
}

void TcpConnection::write(const mesh::dns::Bytes& reply) {
    if (!socket_.is_open()) {
        return;
    }
    watch();
    reply_ = framed(reply);
    asio::async_write(
        socket_,
        asio::buffer(reply_),
        [self = shared_from_this()](const std::error_code& error, std::size_t) {
            if (error) {
                self->end();
            } else {
                self->readNext();
            }
        });
}
// NOLINTEND(misc-no-recursion)

}  // namespace weft::services::detail
