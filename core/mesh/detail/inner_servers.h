// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"
#include "core/net/endpoint.h"

#include <vector>

namespace weft::mesh::detail {

/// Where the storage members among `peers` are called within the mesh: the addresses of their
/// records at their NODES port, each member's IPv6 first, as reference nodes do. Pure.
std::vector<net::HostPort> innerServers(const PeerSet& peers);

}  // namespace weft::mesh::detail
