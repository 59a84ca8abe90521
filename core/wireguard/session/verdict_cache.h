// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/packet_filter.h"
#include "core/wireguard/packet/inner_packet.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace weft::wireguard {

/// What a filter has said of pairs of addresses: packets come in streams between few of them, and a
/// filter takes longer than a glance. A pair takes the place of another; so a stranger who makes up
/// addresses costs the filter's time for each packet, and nothing else.
/// Thread: confined to the packet loop.
class VerdictCache {
public:
    /// Pairs that are remembered, a power of two.
    static constexpr std::size_t kPairs = 1024;

    /// nullptr: everything passes. What was said is forgotten.
    void setFilter(std::shared_ptr<const net::PacketFilter> filter);
    bool hasFilter() const { return filter_ != nullptr; }
    bool accepts(const InnerPacket& packet);

private:
    /// Source and destination; those of IPv4 are in the first word.
    using Key = std::array<std::uint64_t, 4>;
    struct Entry {
        Key key{};
        /// Which filter said it; 0: none.
        std::uint32_t generation = 0;
        bool isV4 = false;
        bool accepted = false;
    };

    std::shared_ptr<const net::PacketFilter> filter_;
    std::uint32_t generation_ = 0;
    std::vector<Entry> entries_;
};

}  // namespace weft::wireguard
