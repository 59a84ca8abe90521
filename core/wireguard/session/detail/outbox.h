// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/session/engine.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace weft::wireguard::detail {

/// The engine's own messages until the shell takes them, in one buffer that is used again.
/// Pure. Thread: confined.
class Outbox {
public:
    /// Holds `limit` bytes at most.
    explicit Outbox(std::size_t limit) : limit_(limit) {}

    bool hasRoom(std::size_t bytes) const;
    /// Room for one message, to be filled before the next call; empty when the outbox is full.
    std::span<std::uint8_t> append(
        std::size_t bytes,
        const PathAddress& to,
        std::uint8_t trafficClass,
        std::optional<PeerIndex> peer);
    /// All messages in order; they stay until the next append() or discard().
    std::span<const OutgoingMessage> take();
    void discard();

private:
    struct Item {
        std::size_t offset = 0;
        std::size_t bytes = 0;
        PathAddress to;
        std::uint8_t trafficClass = 0;
        std::optional<PeerIndex> peer;
    };

    std::size_t limit_;
    bool taken_ = false;
    std::vector<std::uint8_t> bytes_;
    std::vector<Item> items_;
    std::vector<OutgoingMessage> messages_;
};

}  // namespace weft::wireguard::detail
