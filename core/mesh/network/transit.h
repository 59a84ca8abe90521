// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/acl.h"
#include "core/storage/registry/registry.h"

namespace weft::mesh::network {

/// Neighbours among which a pair without a tunnel is searched; with more there is taken to be one.
inline constexpr std::size_t kMostSearchedNeighbours = 64;

/// Whether the way between two other nodes may lead over `self`: a shortest way goes from one of
/// its neighbours to another that has no tunnel to the first. `rules` may be nullptr: they let
/// everything pass. Errs on the side of yes.
bool mayBeTransit(
    const storage::Registry& registry,
    const policy::NetworkRules* rules,
    const storage::NodeId& self);

}  // namespace weft::mesh::network
