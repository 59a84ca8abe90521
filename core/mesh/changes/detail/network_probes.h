// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_tests.h"

#include <set>
#include <vector>

namespace weft::mesh::changes::detail {

/// Where another rule may begin to decide in a network: what prefixes of rules begin with, and what
/// follows them.
std::set<net::IpAddress> edgesIn(const net::IpPrefix& network, const policy::NetworkRules& rules);

/// What a test of a network holds against the rules for a node that leads to `networks`. To be
/// reached the network counts as a whole; not to be reached, one address of each stretch on which
/// the rules say the same.
std::vector<net::IpPrefix> probesOf(
    const PolicyTest& test,
    const std::vector<net::IpPrefix>& networks,
    const std::set<net::IpAddress>& edges);

}  // namespace weft::mesh::changes::detail
