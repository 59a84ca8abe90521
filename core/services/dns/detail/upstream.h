// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/forwarding.h"
#include "core/net/endpoint.h"
#include "core/services/dns/detail/frame.h"

#include <asio/ip/tcp.hpp>
#include <asio/posix/stream_descriptor.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace weft::services::detail {

/// One question to one server: by UDP, and once more by TCP when the reply was cut. What is no
/// reply to it is passed over. Thread: confined to the loop of `context`.
class Upstream : public std::enable_shared_from_this<Upstream> {
public:
    /// nullopt: the server cannot be asked.
    using Done = std::function<void(std::optional<mesh::dns::Forwarded>)>;

    Upstream(
        asio::io_context& context,
        net::Endpoint server,
        mesh::dns::Question question,
        bool recursion,
        Done done);

    /// `done` runs once at most, later; not after close(). A server that is silent is not told.
    void start();
    void close();

private:
    void listen();
    void onReadable();
    /// Whether it is the reply that was waited for.
    bool take(std::span<const std::uint8_t> bytes);
    void askByTcp();
    void readByTcp();
    void finish(std::optional<mesh::dns::Forwarded> said);

    asio::io_context& context_;
    const net::Endpoint server_;
    const mesh::dns::Question question_;
    const bool recursion_;
    Done done_;
    std::uint16_t id_ = 0;
    asio::posix::stream_descriptor udp_;
    asio::ip::tcp::socket tcp_;
    mesh::dns::Bytes sent_;
    Frame said_;
    int strange_ = 0;
};

}  // namespace weft::services::detail
