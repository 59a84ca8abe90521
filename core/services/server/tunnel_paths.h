// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/node_key.h"
#include "core/net/ip_prefix.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace weft::services {

/// From which peer a tunnel takes the packets of each address: the peer with the longest prefix
/// that holds it, as the device decides. Immutable once filled.
class TunnelPaths {
public:
    /// `key` is the peer's, as its record in the mesh has it.
    struct Path {
        net::IpPrefix prefix;
        crypto::PublicKey key;
    };

    explicit TunnelPaths(const std::vector<Path>& paths);

    /// nullopt: nobody can send from there. Else the peer's key, or nullopt where several peers
    /// claim the prefix and it is open which of them the device believes.
    std::optional<std::optional<crypto::PublicKey>> senderOf(const net::IpAddress& address) const;
    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        net::IpPrefix prefix;
        std::optional<crypto::PublicKey> key;
    };

    /// By prefix, without host bits.
    std::vector<Entry> entries_;
    /// The lengths that occur, longest first.
    std::vector<int> lengths_;
};

/// The paths that the device may be working with: from the moment before it is given others, until
/// it has taken them and nothing waits that came by the ones before. Not thread-safe.
class PathsInForce {
public:
    /// More that wait for a device than this: nobody is believed until it has taken the newest.
    static constexpr std::size_t kMaxWaiting = 8;

    /// The device is to get `paths` next; `number` grows. Known ones are not taken again.
    void expect(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths);
    /// It has taken them. What is not known (any more) is no news.
    void settle(std::uint64_t number);
    /// The device has gone.
    void clear();

    /// The one key whose owner can have sent what came from `address`, by whichever of them the
    /// device was working with; nullopt when there are several, or none.
    std::optional<crypto::PublicKey> onlySenderOf(const net::IpAddress& address) const;

private:
    struct Numbered {
        std::uint64_t number = 0;
        std::shared_ptr<const TunnelPaths> paths;
    };

    std::vector<Numbered> inForce_;
    /// What was left out is over when these are settled.
    std::optional<std::uint64_t> blindUntil_;
};

}  // namespace weft::services
