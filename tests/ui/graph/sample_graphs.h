// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::tests {

struct SampleGraph {
    std::string name;
    std::size_t nodes = 0;
    std::vector<graph::Pair> links;
};

/// Nodes at random places, each with links to those three that are nearest to it.
SampleGraph nearNeighbours(std::size_t nodes, std::uint64_t seed);
/// Each node hangs on one before it.
SampleGraph randomTree(std::size_t nodes, std::uint64_t seed);
SampleGraph squareGrid(std::size_t width);
/// Some hubs with links between all of them, and leaves that hang on one each.
SampleGraph hubsAndLeaves(std::size_t nodes, std::size_t hubs, std::uint64_t seed);
/// A ring with links to the next two, of which every fiftieth leads somewhere else.
SampleGraph smallWorld(std::size_t nodes, std::uint64_t seed);
SampleGraph randomLinks(std::size_t nodes, std::size_t links, std::uint64_t seed);
SampleGraph path(std::size_t nodes);
SampleGraph star(std::size_t nodes);
SampleGraph clique(std::size_t nodes);

}  // namespace weft::tests
