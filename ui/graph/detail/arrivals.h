// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/detail/level.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::graph::detail {

/// Gives places to the nodes of a part that have none, near their neighbours; `isPlaced`, by node,
/// says which have one. At least one of the part has.
void placeArrivals(Level& level, std::size_t part, std::vector<std::uint8_t>& isPlaced);

/// Forgets the places of nodes far from all that they are linked with, such as a node had before it
/// got its first link; groups of a few such nodes too.
void forgetStrays(const Level& level, std::size_t part, std::vector<std::uint8_t>& isPlaced);

/// Moves nodes that are on the very same spot apart a little, as nothing else would.
void separate(Level& level);

}  // namespace weft::graph::detail
