// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/name.h"
#include "core/net/ip_prefix.h"

#include <optional>

namespace weft::mesh::dns {

/// What a name below in-addr.arpa or ip6.arpa stands for.
struct Reverse {
    /// As many of its bits as the name has, read from its end up to what is no part of an address.
    net::IpPrefix prefix;
    /// Labels in front that are no part of it.
    std::size_t excess = 0;

    bool isAddress() const { return excess == 0 && prefix.length() == prefix.address().bits(); }
};

/// nullopt when it is neither (RFC 1035 section 3.5, RFC 3596 section 2.5).
std::optional<Reverse> reverseOf(const Name& name);

/// The name of all that `network` begins with, in whole labels: the shortest that is inside of it.
/// For "172.16.0.0/12" and an address in it "16.172.in-addr.arpa".
Name reverseZone(const net::IpPrefix& network, const net::IpAddress& address);
Name reverseName(const net::IpAddress& address);

}  // namespace weft::mesh::dns
