// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"

namespace weft::net {

/// Which packets may pass, by the two addresses that they carry. Immutable. Thread: any.
class PacketFilter {
public:
    PacketFilter() = default;
    PacketFilter(const PacketFilter&) = delete;
    PacketFilter& operator=(const PacketFilter&) = delete;
    virtual ~PacketFilter() = default;

    /// The same answer each time; both addresses are of one family.
    virtual bool accepts(const IpAddress& source, const IpAddress& destination) const = 0;
};

}  // namespace weft::net
