// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/graph/mesh_graph.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace weft::viewmodels {

/// What the colour of a node says.
enum class ColourBy : std::uint8_t { Zone, Group, Feature };

/// A line of the legend.
struct ColourKey {
    QString name;
    std::uint8_t colour = 0;
    int count = 0;

    friend bool operator==(const ColourKey&, const ColourKey&) = default;
};

struct NodeColours {
    /// One for each node.
    std::vector<std::uint8_t> colours;
    /// The most frequent first; what is left shares the last colour.
    std::vector<ColourKey> legend;
};

/// As many as the chart series has.
inline constexpr std::size_t kColours = 6;

/// A node of several groups or features has the colour of the one that the fewest have: that tells
/// the most of it.
NodeColours colourNodes(const MeshMap& map, ColourBy by);

}  // namespace weft::viewmodels
