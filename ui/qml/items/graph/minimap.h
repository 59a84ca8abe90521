// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"
#include "ui/qml/items/graph/graph_frame.h"

#include <QRectF>

namespace weft::qml {

/// So many nodes are drawn in it; of more, every so manyth.
inline constexpr std::size_t kMostMinimapNodes = 4000;

/// Where the minimap of an item of `size` stands; empty when there is no room for one.
QRectF minimapPlace(QSizeF size);

/// The whole layout in `place`, and the part of the layout that it shows.
Drawing minimapOf(const GraphFrame& frame, const QRectF& place, GraphView& shown);

/// The frame around what `seen` shows, in a minimap that shows `shown`.
Drawing minimapWindow(const GraphFrame& frame, const GraphView& shown);

}  // namespace weft::qml
