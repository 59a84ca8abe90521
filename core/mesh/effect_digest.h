// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <cstdint>

namespace weft::mesh {

/// Of all that a packet filter is made from but for the nodes: access rules, groups and routes. The
/// same on every machine for the same records.
std::uint64_t effectDigest(const storage::Registry& registry);

/// Of what a tunnel is configured with: keys, endpoints and prefixes. The same before and after a
/// set went over the wire. It guards against no forger: whoever has the set knows its digest.
std::uint64_t effectDigest(const PeerSet& peers);

}  // namespace weft::mesh
