// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/look.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace weft::qml {

/// How many pictures the moving shape has.
inline constexpr int kShapeFrames = 4;

struct ShapeStyle {
    viewmodels::look::Shape shape = viewmodels::look::Shape::Hollow;
    /// Nodes and links.
    QColor ink;
    /// What lies behind: hollow nodes are filled with it, badges are cut out with it. May be
    /// transparent.
    QColor ground;
    /// Badges: triangle, exclamation mark, arrow, lock, key and the dot.
    QColor badge;
    /// Which picture of the moving shape, 0 to kShapeFrames - 1.
    int frame = 0;
    /// A dot at the upper right: something was missed.
    bool attention = false;
};

/// Draws the three nodes of the state picture: the same in the window and in the tray. Small ones
/// are fitted to whole pixels of the device, so `into` should begin on one.
void paintShape(QPainter& painter, const QRectF& into, const ShapeStyle& style);

}  // namespace weft::qml
