// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstdint>

namespace weft::services {

/// What a connection may send beside its calls: headers that never end, pings, settings and streams
/// that are reset before they say anything are bytes without calls. The gRPC library bounds none of
/// them (1.51 holds its limit on headers for each frame, not for each block).
struct ByteAllowance {
    std::uint64_t base = 512 * 1024;
    /// For each call that reached a handler: its message, headers and frames.
    std::uint64_t perCall = 1280 * 1024;
    /// For each second of the connection: acknowledgements and window updates.
    std::uint64_t perSecond = 8 * 1024;

    std::uint64_t of(std::uint64_t calls, Duration age) const {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
        return base + calls * perCall + static_cast<std::uint64_t>(seconds) * perSecond;
    }
};

/// Bytes that a TCP socket received since it was connected, read or not; 0 when that cannot be
/// told. Another may own and read the socket.
std::uint64_t receivedBytes(int socket);

}  // namespace weft::services
