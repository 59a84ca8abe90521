// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/scene.h"
#include "ui/qml/items/graph/graph_view.h"

#include <QColor>
#include <QFont>
#include <QRectF>

#include <algorithm>
#include <array>
#include <memory>

namespace weft::qml {

inline constexpr std::size_t kSeriesColours = 6;

struct GraphPalette {
    QColor surface;
    QColor text;
    QColor secondaryText;
    QColor link;
    QColor idleLink;
    QColor accent;
    QColor warn;
    QColor relay;
    QColor focus;
    std::array<QColor, kSeriesColours> series;

    friend bool operator==(const GraphPalette&, const GraphPalette&) = default;
};

/// Everything that a picture of a graph is made from. Neither the scene nor the places are null.
struct GraphFrame {
    std::shared_ptr<const graph::Scene> scene = std::make_shared<graph::Scene>();
    std::shared_ptr<const graph::Positions> positions = std::make_shared<graph::Positions>();
    GraphView view;
    GraphPalette palette;
    QFont font;
    /// Pixels of the screen for each of the item.
    qreal ratio = 1;
    /// What the rules say in place of how packets pass.
    bool showsPermissions = false;

    /// How many nodes have a place, if one that cannot be drawn.
    std::size_t nodes() const { return std::min(scene->nodes.size(), positions->size()); }
    bool isDrawn(std::size_t node) const { return node < nodes() && isPlace((*positions)[node]); }
    /// Of a node that is drawn; in pixels of the item.
    QPointF place(std::size_t node) const { return view.toItem((*positions)[node]); }
};

/// The side of a node in pixels.
qreal nodeSide(qreal zoom);

/// `colour` with its opacity times `opacity`, as drawings want it.
QRgb premultiplied(const QColor& colour, qreal opacity = 1);

}  // namespace weft::qml
