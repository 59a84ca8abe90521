// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/detail/level.h"
#include "ui/graph/detail/repulsion.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::graph::detail {

/// What a part measures.
struct Measures {
    /// Sums over its links, each by its weight: their number, lengths, and third powers of these.
    double links = 0;
    double lengths = 0;
    double cubes = 0;
    /// Over all pairs of its nodes, the product of their masses.
    double pairs = 0;
};

Measures measure(const Level& level, std::size_t part);

/// What moves the nodes of a part.
struct Drive {
    /// Of the push of one node of the graph on another.
    float strength = 0;
    /// Nodes closer than Repulsion::kRoom are pushed apart besides.
    bool makesRoom = false;
    /// How far a node goes at most.
    float limit = 0;
};

/// How well a part lies.
struct Fit {
    /// Of the push with which it would be neither too large nor too small.
    float strength = 0;
    /// What is at work at its nodes and not in balance, from 0, all at rest, to 1.
    float unrest = 0;
};

/// Moves the nodes of one part at a time to where springs along the links, which pull with the
/// square of their length, and the push of all nodes of the part cancel out.
/// Thread: one at a time.
class Relaxation {
public:
    /// Returns how far the node would go that goes farthest; those that are `held` (by node, or
    /// empty) stay.
    float step(
        Level& level, std::size_t part, const Drive& drive, std::span<const std::uint8_t> held);

    /// How a part lies, on a level on which room is made.
    Fit fit(const Level& level, std::size_t part);

    /// By how much a part is too small to be read: links shorter than 1, or nodes too close. For
    /// the part of the last call of the others.
    float wantedGrowth(const Level& level, std::size_t part) const;

private:
    float move(Level& level, std::size_t part, float limit, std::span<const std::uint8_t> held);
    void push(const Level& level, std::size_t part, float closeness);

    Repulsion repulsion_;
    std::vector<Point> push_;
    std::vector<float> stiffness_;
};

/// Makes a part larger or smaller around its middle.
void grow(Level& level, std::size_t part, float factor);

/// By how much a part is too small for its links to be 1 long.
float growthForLinks(const Measures& measures);

/// By how much a part of a level on which no room is made is too small for this strength.
float growthFor(const Measures& measures, float strength);

}  // namespace weft::graph::detail
