// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/drawing_paint.h"

#include <QPen>

#include <optional>

namespace weft::qml {
namespace {

void paintStrokes(QPainter& painter, const std::vector<Stroke>& strokes) {
    painter.setRenderHint(QPainter::Antialiasing);
    // A pen is costly to change, and most neighbours share one.
    const Stroke* last = nullptr;
    for (const Stroke& stroke : strokes) {
        const bool same = last != nullptr && last->ink == stroke.ink && last->width == stroke.width
                          && last->isDot == stroke.isDot;
        if (!same) {
            const auto cap = stroke.isDot ? Qt::RoundCap : Qt::FlatCap;
            const QColor ink = QColor::fromRgba(qUnpremultiply(stroke.ink));
            painter.setPen(QPen(ink, static_cast<qreal>(stroke.width), Qt::SolidLine, cap));
        }
        last = &stroke;
        if (stroke.isDot) {
            painter.drawPoint(stroke.from);
        } else {
            painter.drawLine(stroke.from, stroke.to);
        }
    }
}

void paintSheet(QPainter& painter, const SpriteSheet& sheet, qreal ratio) {
    // Sprites know pixels of the screen: an atlas with a ratio of its own would be scaled.
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const Sprite& sprite : sheet.sprites) {
        const QSizeF size = QSizeF(sprite.source.size()) / ratio;
        painter.drawImage(QRectF(sprite.at, size), sheet.atlas, QRectF(sprite.source));
    }
}

}  // namespace

void paintDrawing(QPainter& painter, const Drawing& drawing) {
    paintStrokes(painter, drawing.strokes);
    paintSheet(painter, drawing.bodies, drawing.ratio);
    paintSheet(painter, drawing.labels, drawing.ratio);
}

}  // namespace weft::qml
