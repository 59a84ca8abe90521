// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/minimap.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace weft::qml {
namespace {

/// In pixels.
constexpr QSizeF kSize(168, 112);
constexpr qreal kMargin = 12;
constexpr qreal kPadding = 10;
constexpr qreal kRadius = 8;
constexpr qreal kDot = 2;
/// Smaller items have no room for it.
constexpr qreal kLeastShare = 2.4;

}  // namespace

QRectF minimapPlace(QSizeF size) {
    if (size.width() < kSize.width() * kLeastShare
        || size.height() < kSize.height() * kLeastShare) {
        return {};
    }
    const QPointF corner(
        size.width() - kSize.width() - kMargin, size.height() - kSize.height() - kMargin);
    return {corner, kSize};
}

Drawing minimapOf(const GraphFrame& frame, const QRectF& place, GraphView& shown) {
    shown.setSize(place.size() - QSizeF(2 * kPadding, 2 * kPadding));
    shown.fit(boundsOf(*frame.positions, frame.nodes()).value_or(QRectF()));
    shown.setSize(place.size());

    QImage image((place.size() * frame.ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(frame.ratio, frame.ratio);
    painter.setBrush(frame.palette.surface);
    painter.setPen(QPen(frame.palette.idleLink, 1));
    const QRectF box(QPointF(0.5, 0.5), place.size() - QSizeF(1, 1));
    painter.drawRoundedRect(box, kRadius, kRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const std::size_t step = frame.nodes() / kMostMinimapNodes + 1;
    for (std::size_t i = 0; i < frame.nodes(); i += step) {
        if (frame.isDrawn(i)) {
            const graph::SceneNode& node = frame.scene->nodes[i];
            const QPointF at = shown.toItem((*frame.positions)[i]);
            QColor ink = frame.palette.series.at(node.colour % kSeriesColours);
            ink.setAlphaF(node.isDimmed || node.isGone ? 0.3F : 0.9F);
            painter.fillRect(QRectF(at - QPointF(kDot / 2, kDot / 2), QSizeF(kDot, kDot)), ink);
        }
    }
    painter.end();
    Drawing drawing;
    drawing.ratio = frame.ratio;
    drawing.bodies.sprites.push_back({image.rect(), {}});
    drawing.bodies.atlas = std::move(image);
    return drawing;
}

Drawing minimapWindow(const GraphFrame& frame, const GraphView& shown) {
    Drawing drawing;
    drawing.ratio = frame.ratio;
    const auto inMap = [&](QPointF item) {
        const QPointF at = frame.view.toLayout(item);
        return shown.toItem({static_cast<float>(at.x()), static_cast<float>(at.y())});
    };
    const QSizeF size = frame.view.size();
    const QRectF box(inMap({0, 0}), inMap({size.width(), size.height()}));
    const QRectF inside = box.intersected(QRectF(QPointF(1.5, 1.5), shown.size() - QSizeF(3, 3)));
    if (inside.isEmpty()) {
        return drawing;
    }
    Stroke side;
    side.width = 1.5F;
    side.ink = premultiplied(frame.palette.accent);
    // Corners are whole: the upright sides reach past the level ones.
    const QPointF half(0, 0.75);
    const std::array<std::pair<QPointF, QPointF>, 4> sides{
        {{inside.topLeft(), inside.topRight()},
         {inside.bottomLeft(), inside.bottomRight()},
         {inside.topLeft() - half, inside.bottomLeft() + half},
         {inside.topRight() - half, inside.bottomRight() + half}}};
    for (const auto& [from, to] : sides) {
        side.from = from;
        side.to = to;
        drawing.strokes.push_back(side);
    }
    return drawing;
}

}  // namespace weft::qml
