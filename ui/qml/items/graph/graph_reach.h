// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/graph_frame.h"

#include <cstddef>
#include <optional>

namespace weft::qml {

/// The node at `item`, in pixels of the item: the nearest one if several lie there. Small nodes
/// reach farther than they are seen, for fingers and tired eyes.
std::optional<std::size_t> nodeAtPoint(const GraphFrame& frame, QPointF item);

/// The neighbour of `node` that lies in that direction of the screen, as arrow keys need it.
std::optional<std::size_t> neighbourIn(
    const GraphFrame& frame, std::size_t node, QPointF direction);

/// The node that is nearest to `item`.
std::optional<std::size_t> nearestNode(const GraphFrame& frame, QPointF item);

}  // namespace weft::qml
