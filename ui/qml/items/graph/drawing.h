// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QPointF>
#include <QRect>
#include <QRgb>

#include <vector>

namespace weft::qml {

/// A straight piece of a line, in pixels of the picture.
struct Stroke {
    QPointF from;
    QPointF to;
    float width = 1;
    /// Premultiplied.
    QRgb ink = 0;
    /// A disc of that width at `from`.
    bool isDot = false;
};

/// A part of an atlas at its own size, so that its pixels fall on those of the screen.
struct Sprite {
    /// In pixels of the atlas, which are those of the screen.
    QRect source;
    QPointF at;
};

/// Sprites that share one texture.
struct SpriteSheet {
    QImage atlas;
    std::vector<Sprite> sprites;
};

/// What a picture shows, from back to front. One texture and one batch for each part, however many
/// nodes there are.
struct Drawing {
    std::vector<Stroke> strokes;
    SpriteSheet bodies;
    SpriteSheet labels;
    /// Pixels of the screen for each pixel of the picture.
    qreal ratio = 1;
};

}  // namespace weft::qml
