// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/verdict_cache.h"

#include <cstring>
#include <utility>

namespace weft::wireguard {
namespace {

std::size_t placeOf(const std::array<std::uint64_t, 4>& key) {
    auto hash = key[0];
    for (std::size_t word = 1; word < key.size(); ++word) {
        hash = (hash ^ key[word]) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 32U;
    }
    return hash % VerdictCache::kPairs;
}

}  // namespace

void VerdictCache::setFilter(std::shared_ptr<const net::PacketFilter> filter) {
    filter_ = std::move(filter);
    entries_.resize(filter_ ? kPairs : 0);
    if (++generation_ == 0) {
        // Once in four thousand million changes.
        entries_.assign(entries_.size(), Entry());
        generation_ = 1;
    }
}

bool VerdictCache::accepts(const InnerPacket& packet) {
    if (!filter_) {
        return true;
    }
    Key key{};
    const auto addresses = packet.addresses();
    std::memcpy(key.data(), addresses.data(), addresses.size());
    auto& entry = entries_[placeOf(key)];
    if (entry.generation != generation_ || entry.key != key || entry.isV4 != packet.isV4()) {
        entry = {
            .key = key,
            .generation = generation_,
            .isV4 = packet.isV4(),
            .accepted = filter_->accepts(packet.sourceAddress(), packet.destinationAddress())};
    }
    return entry.accepted;
}

}  // namespace weft::wireguard
