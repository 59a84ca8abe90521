// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>
#include <QString>
#include <QStringList>

namespace weft::qml {

/// The side of the square in which icons are drawn.
inline constexpr qreal kIconGrid = 24;

/// The outline of the icon called `name`, to be stroked; empty for an unknown name.
QPainterPath iconPath(const QString& name);

QStringList iconNames();

/// Reads path data: M x y, L x y, C x1 y1 x2 y2 x y, Z, and besides SVG's letters
/// O cx cy r (circle) and R x y w h r (rounded rectangle). Stops at the first thing it cannot read.
QPainterPath parsePath(const char* data);

}  // namespace weft::qml
