// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/services/dns/detail/dns_core.h"

#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <set>

namespace weft::services::detail {

class TcpConnection;

/// The connections of all doors. Thread: confined to the loop.
class TcpConnections {
public:
    TcpConnections(const DnsLimits& limits, DnsCounters& counters)
        : limits_(limits), counters_(counters) {}

    /// False when there are too many, in all or from there.
    bool add(const std::shared_ptr<TcpConnection>& connection, const net::IpAddress& source);
    void remove(const std::shared_ptr<TcpConnection>& connection, const net::IpAddress& source);
    void closeAll();
    const DnsLimits& limits() const { return limits_; }

private:
    const DnsLimits& limits_;
    DnsCounters& counters_;
    std::set<std::shared_ptr<TcpConnection>> connections_;
    std::map<net::IpAddress, std::size_t> sources_;
};

/// Accepts at one address. Thread: confined to the loop.
class TcpDoor : public std::enable_shared_from_this<TcpDoor> {
public:
    /// `core` and `connections` outlive it, or close() comes first.
    TcpDoor(
        asio::io_context& context,
        base::UniqueFd socket,
        Door door,
        DnsCore& core,
        TcpConnections& connections);

    void start();
    void close();

private:
    void acceptAll();
    void pause();

    asio::io_context& context_;
    asio::posix::stream_descriptor socket_;
    asio::steady_timer timer_;
    const Door door_;
    DnsCore& core_;
    TcpConnections& connections_;
};

}  // namespace weft::services::detail
