// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::transport::detail {

/// How many datagrams `bytes` of `segmentBytes` each are.
inline std::size_t segmentsOf(std::size_t bytes, std::size_t segmentBytes) {
    return (bytes + segmentBytes - 1) / segmentBytes;
}

/// Cuts a run into shorter ones of whole datagrams, front to back. Neither limit is below one
/// datagram: a datagram that is too long by itself comes out alone, for the system to refuse.
class RunCutter {
public:
    /// `segmentBytes` is not 0.
    RunCutter(
        std::span<const std::uint8_t> bytes,
        std::size_t segmentBytes,
        std::size_t mostSegments,
        std::size_t mostBytes)
        : rest_(bytes)
        , pieceBytes_(
              std::clamp<std::size_t>(mostBytes / segmentBytes, 1, mostSegments) * segmentBytes) {}

    /// The next piece; empty at the end.
    std::span<const std::uint8_t> next() {
        const auto piece = rest_.first(std::min(rest_.size(), pieceBytes_));
        rest_ = rest_.subspan(piece.size());
        return piece;
    }

private:
    std::span<const std::uint8_t> rest_;
    std::size_t pieceBytes_;
};

}  // namespace weft::transport::detail
