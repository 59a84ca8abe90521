// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/services/dns/detail/dns_core.h"
#include "core/services/dns/detail/sockets.h"

#include <asio/posix/stream_descriptor.hpp>

#include <memory>

namespace weft::services::detail {

/// Queries by UDP at one address. Thread: confined to the loop.
class UdpDoor : public std::enable_shared_from_this<UdpDoor> {
public:
    /// `core` outlives it, or close() comes first.
    UdpDoor(asio::io_context& context, base::UniqueFd socket, Door door, DnsCore& core);

    void start();
    void close();

private:
    void onReadable();
    void take(std::span<const std::uint8_t> query, const SocketAddress& from);
    void send(const mesh::dns::Bytes& reply, const SocketAddress& to);

    asio::posix::stream_descriptor socket_;
    const Door door_;
    DnsCore& core_;
    std::array<std::uint8_t, mesh::dns::kMaxQueryBytes + 1> buffer_{};
};

}  // namespace weft::services::detail
