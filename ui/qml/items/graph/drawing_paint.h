// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"

#include <QPainter>

namespace weft::qml {

/// Draws what a graphics card would, for windows without one and for pictures in files.
void paintDrawing(QPainter& painter, const Drawing& drawing);

}  // namespace weft::qml
