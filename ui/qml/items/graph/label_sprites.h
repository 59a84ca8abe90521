// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"
#include "ui/qml/items/graph/graph_frame.h"
#include "ui/qml/items/graph/label_book.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::qml {

/// So few nodes are named however small they are.
inline constexpr std::size_t kAlwaysNamed = 60;

/// How much a node matters when not all names have room: the own one, the leader, those that offer
/// something, then those with many links.
std::vector<std::uint32_t> importances(const graph::Scene& scene);

struct Names {
    SpriteSheet sheet;
    /// Whose they are.
    std::vector<std::size_t> nodes;
};

/// Names of the nodes of `frame` in `clip`, in pixels of the item, none over another: the most
/// important ones first, under their node or else above it. What is added lies `shift` farther.
Names namesOf(
    const GraphFrame& frame,
    const std::vector<std::uint32_t>& importance,
    const QRectF& clip,
    QPointF shift,
    LabelBook& book);

/// The names of `nodes`, whatever is below them.
SpriteSheet namesOver(
    const GraphFrame& frame, const std::vector<std::size_t>& nodes, LabelBook& book);

}  // namespace weft::qml
