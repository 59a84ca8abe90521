// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"

#include <QImage>

namespace weft::qml {

/// Draws into `image`, which is premultiplied, what a graphics card would: for windows without one
/// and for pictures in files.
void paintDrawing(QImage& image, const Drawing& drawing);

}  // namespace weft::qml
