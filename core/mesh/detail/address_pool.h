// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>

namespace weft::mesh::detail {

/// The IPv4 addresses of a mesh and who they are reserved for. An address stays with an id after
/// the node has left, so that it comes back under the address that others know; only when no other
/// address is left does a reservation of an id that is not a member go to somebody else.
class AddressPool {
public:
    /// Forgets everything.
    void reset(const net::IpPrefix& network);

    void reserve(const net::IpAddress& address, const NodeId& id);
    void release(const net::IpAddress& address);

    std::optional<net::IpAddress> reservedFor(const NodeId& id) const;
    /// nullptr: for nobody.
    const NodeId* holder(const net::IpAddress& address) const;
    /// Whether the pool hands out `address`: not the network's own nor the broadcast address.
    bool mayHandOut(const net::IpAddress& address) const;

    /// The lowest address that is neither reserved nor taken by a node.
    std::optional<net::IpAddress> lowestFree(
        const std::function<bool(const net::IpAddress&)>& taken) const;
    /// The lowest address whose holder is gone for good as far as the pool can tell.
    std::optional<net::IpAddress> lowestReclaimable(
        const std::function<bool(const net::IpAddress&)>& taken,
        const std::function<bool(const NodeId&)>& isMember) const;

private:
    std::uint32_t first_ = 1;
    /// One before `first_` when there is none.
    std::uint32_t last_ = 0;
    /// All of first_ up to this one (exclusive) are reserved.
    std::uint32_t hint_ = 1;
    std::map<std::uint32_t, NodeId> holders_;
    std::unordered_map<NodeId, std::uint32_t> addresses_;
};

}  // namespace weft::mesh::detail
