// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/services/dns/detail/dns_core.h"
#include "core/services/dns/detail/frame.h"
#include "core/services/dns/detail/tcp_door.h"

#include <asio/generic/stream_protocol.hpp>
#include <asio/steady_timer.hpp>

#include <memory>

namespace weft::services::detail {

/// One client by TCP: one query after another (RFC 7766). Thread: confined to the loop.
class TcpConnection : public std::enable_shared_from_this<TcpConnection> {
public:
    /// `core` and `all` outlive it, or close() comes first.
    TcpConnection(
        asio::io_context& context,
        base::UniqueFd socket,
        net::IpAddress source,
        Door door,
        DnsCore& core,
        TcpConnections& all);

    void readNext();
    void close();

private:
    void takeQuery();
    void write(const mesh::dns::Bytes& reply);
    /// Ends the connection when the next step takes too long.
    void watch();
    void end();

    /// Sends without SIGPIPE, as a descriptor of asio would not.
    asio::generic::stream_protocol::socket socket_;
    asio::steady_timer timer_;
    const net::IpAddress source_;
    const Door door_;
    DnsCore& core_;
    TcpConnections& all_;
    Frame query_;
    mesh::dns::Bytes reply_;
};

}  // namespace weft::services::detail
