// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"
#include "core/net/ip_prefix.h"
#include "core/wireguard/routing/peer_index.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weft::wireguard {

namespace detail {
struct V4Bits;
struct V6Bits;
template <typename Bits>
class PrefixOwners;
}  // namespace detail

/// Which peer an inner address belongs to, by the longest prefix: where a packet goes, and whom it
/// may come from (cryptokey routing, section 2 of the WireGuard paper). A prefix has one owner.
///
/// A hash table of the prefixes of all lengths, asked once for each length in use, the longest
/// first: in a mesh nearly all prefixes are those of single addresses, which so cost one probe. A
/// trie would ask memory once for each of its levels, and takes more memory for each prefix.
///
/// Thread: one writer. `lookup` and `size` from any thread at any time, without locks. Every change
/// of one prefix is one store; a counter of changes tells a reader that two of them fell into its
/// lookup, which then starts again. So a writer that stands still never holds up a reader, and a
/// lookup always gives what was true at one moment of it. Memory once used keeps its type until the
/// table is destroyed and is used again: nobody has to know where the readers are.
class AllowedIps {
public:
    /// Prefixes of both families together.
    static constexpr std::size_t kMaxEntries = 131'072;
    /// Greatest index of a peer plus one. Indexes are dense: memory grows with the greatest one.
    static constexpr std::size_t kMaxPeers = std::size_t{1} << 20U;

    /// `seed` decides where prefixes lie, so that nobody who does not know it can choose prefixes
    /// that collide.
    explicit AllowedIps(std::uint64_t seed = 0);
    ~AllowedIps();
    AllowedIps(const AllowedIps&) = delete;
    AllowedIps& operator=(const AllowedIps&) = delete;

    /// Gives `prefix` to `peer`, whoever had it. Host bits of the prefix are ignored.
    ///
    /// Errors: kResourceExhausted  the table is full and does not hold the prefix
    ///         kInvalidArgument    `peer` is not below kMaxPeers
    /// Thread: the writer.
    Status insert(const net::IpPrefix& prefix, PeerIndex peer);

    /// Takes `prefix` away from `peer`. Whether it was this peer's. Thread: the writer.
    bool remove(const net::IpPrefix& prefix, PeerIndex peer);

    /// Takes away all that `peer` has. Thread: the writer.
    void removeAll(PeerIndex peer);

    /// Whose this very prefix is; kNoPeer when it is not in the table. Thread: the writer.
    PeerIndex ownerOf(const net::IpPrefix& prefix) const;

    /// What `peer` has, IPv4 first. Thread: the writer.
    std::vector<net::IpPrefix> prefixesOf(PeerIndex peer) const;

    std::size_t size() const;

    /// The owner of the longest prefix that holds the address; kNoPeer when there is none.
    PeerIndex lookup(std::uint32_t v4HostOrder) const;
    PeerIndex lookup(const net::IpAddress& address) const;
    /// 4 or 16 bytes in network order, as packets have them; kNoPeer for any other number.
    PeerIndex lookup(std::span<const std::uint8_t> address) const;

    /// Memory in use, for statistics. Thread: the writer.
    std::size_t memoryBytes() const;

private:
    std::unique_ptr<detail::PrefixOwners<detail::V4Bits>> v4_;
    std::unique_ptr<detail::PrefixOwners<detail::V6Bits>> v6_;
};

}  // namespace weft::wireguard
