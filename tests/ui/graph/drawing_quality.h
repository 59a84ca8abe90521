// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/graph/sample_graphs.h"
#include "ui/graph/geometry.h"

namespace weft::tests {

/// How well a drawing can be read. Its size does not matter.
struct DrawingQuality {
    /// How far distances differ from the number of links between two nodes, from some nodes to all
    /// others of their part: 0 is exact, 1 says nothing.
    double stress = 0;
    /// Of the lengths of links: the standard deviation over the mean.
    double variation = 0;
    /// The share of nodes that one without a link to them is on, closer than 0.3 mean lengths.
    double crowded = 0;
};

DrawingQuality qualityOf(const SampleGraph& sample, const graph::Positions& positions);

/// The mean length of the links.
double meanLength(const SampleGraph& sample, const graph::Positions& positions);

/// The larger side of the box around all.
double extentOf(const graph::Positions& positions);

/// Of how far nodes went, those of the shorter list: the middle.
double medianMove(const graph::Positions& before, const graph::Positions& after);

}  // namespace weft::tests
