// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/routing/allowed_ips.h"

#include "core/wireguard/routing/detail/prefix_owners.h"

#include <algorithm>

namespace weft::wireguard {

using detail::PrefixOwners;
using detail::V4Bits;
using detail::V6Bits;

AllowedIps::AllowedIps(std::uint64_t seed)
    : v4_(std::make_unique<PrefixOwners<V4Bits>>(seed))
    , v6_(std::make_unique<PrefixOwners<V6Bits>>(seed)) {}

AllowedIps::~AllowedIps() = default;

Status AllowedIps::insert(const net::IpPrefix& prefix, PeerIndex peer) {
    if (static_cast<std::size_t>(peer) >= kMaxPeers) {
        return invalidArgument("peer {} of {}", static_cast<std::uint32_t>(peer), kMaxPeers);
    }
    const auto bytes = prefix.address().bytes();
    const auto room = kMaxEntries - size();
    const bool full = prefix.address().isV4()
                          ? v4_->insert(V4Bits::of(bytes), prefix.length(), peer, room)
                                == PrefixOwners<V4Bits>::Inserted::Full
                          : v6_->insert(V6Bits::of(bytes), prefix.length(), peer, room)
                                == PrefixOwners<V6Bits>::Inserted::Full;
    if (full) {
        return resourceExhausted(
            "allowed address {}: there are {} already", prefix.toString(), size());
    }
    return okStatus();
}

bool AllowedIps::remove(const net::IpPrefix& prefix, PeerIndex peer) {
    const auto bytes = prefix.address().bytes();
    return prefix.address().isV4() ? v4_->remove(V4Bits::of(bytes), prefix.length(), peer)
                                   : v6_->remove(V6Bits::of(bytes), prefix.length(), peer);
}

void AllowedIps::removeAll(PeerIndex peer) {
    v4_->removeAll(peer);
    v6_->removeAll(peer);
}

PeerIndex AllowedIps::ownerOf(const net::IpPrefix& prefix) const {
    const auto bytes = prefix.address().bytes();
    return prefix.address().isV4() ? v4_->ownerOf(V4Bits::of(bytes), prefix.length())
                                   : v6_->ownerOf(V6Bits::of(bytes), prefix.length());
}

std::vector<net::IpPrefix> AllowedIps::prefixesOf(PeerIndex peer) const {
    std::vector<net::IpPrefix> prefixes;
    v4_->appendPrefixesOf(peer, prefixes);
    v6_->appendPrefixesOf(peer, prefixes);
    std::ranges::sort(prefixes);
    return prefixes;
}

std::size_t AllowedIps::size() const {
    return v4_->size() + v6_->size();
}

PeerIndex AllowedIps::lookup(std::uint32_t v4HostOrder) const {
    return v4_->lookup(V4Bits{v4HostOrder});
}

PeerIndex AllowedIps::lookup(const net::IpAddress& address) const {
    return lookup(address.bytes());
}

PeerIndex AllowedIps::lookup(std::span<const std::uint8_t> address) const {
    switch (address.size()) {
    case 4:
        return v4_->lookup(V4Bits::of(address));
    case 16:
        return v6_->lookup(V6Bits::of(address));
    default:
        return kNoPeer;
    }
}

std::size_t AllowedIps::memoryBytes() const {
    return sizeof(*this) + v4_->memoryBytes() + v6_->memoryBytes();
}

}  // namespace weft::wireguard
