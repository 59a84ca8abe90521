// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::graph::detail {

/// One end of a link, as its other end sees it.
struct Arc {
    std::uint32_t to = 0;
    /// How many links of the graph it stands for.
    float weight = 1;
};

/// A graph whose parts, between which no link leads, are next to each other in the numbering.
struct Level {
    /// One more than nodes.
    std::vector<std::uint32_t> firstArc{0};
    std::vector<Arc> arcs;
    /// How many nodes of the graph a node stands for.
    std::vector<float> masses;
    /// One more than parts.
    std::vector<std::uint32_t> firstOfPart{0};
    Positions places;
    /// Which node of the coarser level stands for a node; empty for the coarsest.
    std::vector<std::uint32_t> parents;

    std::size_t nodes() const { return masses.size(); }
    std::size_t parts() const { return firstOfPart.size() - 1; }
    std::span<const Arc> arcsOf(std::uint32_t node) const {
        return std::span(arcs).subspan(firstArc[node], firstArc[node + 1] - firstArc[node]);
    }
};

/// A level and how its numbers differ from the caller's.
struct Numbered {
    Level level;
    /// By the number in the level, the caller's.
    std::vector<std::uint32_t> outside;
    /// By the caller's number, that of the level.
    std::vector<std::uint32_t> inside;
    /// So many parts come first of which too little is known to go on from.
    std::size_t freshParts = 0;
};

/// The graph of `links`; those of a node with itself or beyond the nodes are left out, doubles
/// count once. Neighbours get numbers near each other. `isKnown` says of each node whether it has a
/// place.
Numbered numbered(std::span<const std::uint8_t> isKnown, std::span<const Pair> links);

/// A level of fewer nodes for the first `parts` parts of `fine`, whose `parents` it sets: linked
/// nodes are put together, leaves with what they hang on.
Level coarser(Level& fine, std::size_t parts);

/// Places for the first parts of `fine`: each node near its parent, towards where its links lead.
void placeByParents(Level& fine, const Level& coarse);

}  // namespace weft::graph::detail
