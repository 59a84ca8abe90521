// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::services {

/// Peers with series of their own; what is beyond is counted, not shown. A mesh chooses the names
/// of its nodes, and every series costs whoever keeps it.
inline constexpr std::size_t kMaxPeerSeries = 1000;

struct PeerFigures {
    /// The WireGuard key in base64: whoever names a node cannot choose it.
    std::string key;
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::optional<WallTime> lastHandshake;
};

/// What the names of the mesh that are served over it are asked.
struct NameFigures {
    std::uint64_t queries = 0;
    std::uint64_t dropped = 0;
    std::uint64_t forwarded = 0;
    std::uint64_t fromCache = 0;
    std::uint64_t failed = 0;
    std::size_t connections = 0;
};

/// A tunnel interface as Prometheus is told of it.
struct TunnelFigures {
    std::string interfaceName;
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t handshakes = 0;
    std::uint64_t handshakesStarted = 0;
    std::uint64_t cookiesSent = 0;
    std::size_t peers = 0;
    std::size_t freshPeers = 0;
    /// How many peers are so: "never", "fresh", "stale", "gone".
    std::vector<std::pair<std::string, std::size_t>> liveness;
    /// By reason, of a fixed list.
    std::vector<std::pair<std::string, std::uint64_t>> drops;
    /// nullopt while no names are served.
    std::optional<NameFigures> names;
    /// Empty unless peers are to have series of their own.
    std::vector<PeerFigures> perPeer;
};

/// Where the figures come from.
class TunnelFigureSource {
public:
    TunnelFigureSource() = default;
    TunnelFigureSource(const TunnelFigureSource&) = delete;
    TunnelFigureSource& operator=(const TunnelFigureSource&) = delete;
    virtual ~TunnelFigureSource() = default;

    /// As they are now; nullopt while there is no interface. Blocks for two seconds at most.
    /// Thread: any.
    virtual std::optional<TunnelFigures> read() = 0;
};

}  // namespace weft::services
