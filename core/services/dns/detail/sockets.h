// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"

#include <cstdint>
#include <string>
#include <utility>

#include <sys/socket.h>

namespace weft::services::detail {

/// An address as the system takes it.
struct SocketAddress {
    SocketAddress() = default;
    explicit SocketAddress(const net::Endpoint& endpoint);
    net::Endpoint endpoint() const;

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }

    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);
};

/// A bound socket that does not block, by UDP, or one that listens, by TCP; and its port. The
/// address need not be there yet. With a device only what comes through it.
/// Errors: kUnavailable, kResourceExhausted.
StatusOr<std::pair<base::UniqueFd, std::uint16_t>> openServerSocket(
    int type, const net::Endpoint& at, const std::string& device);

/// A UDP socket with a port that the system has drawn, to which only `to` can send.
StatusOr<base::UniqueFd> openClientSocket(const net::Endpoint& to);

}  // namespace weft::services::detail
