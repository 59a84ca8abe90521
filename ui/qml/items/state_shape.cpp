// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/state_shape.h"

#include <QPainter>
#include <QPainterPath>

#include <array>

namespace weft::qml {
namespace {

using viewmodels::look::Shape;

/// The picture is drawn in a square of this side.
constexpr qreal kGrid = 24;
constexpr std::array kNodes{QPointF(12, 5.4), QPointF(5, 18), QPointF(19, 18)};
constexpr qreal kRadius = 3.6;
constexpr qreal kLine = 1.8;

bool isFilled(Shape shape, int node, int frame) {
    switch (shape) {
    case Shape::Filled:
    case Shape::Degraded:
        return true;
    case Shape::Filling:
        // One node more with each picture, then none.
        return node < frame % kShapeFrames;
    default:
        return false;
    }
}

QPen linePen(const ShapeStyle& style) {
    QPen pen(style.ink, kLine, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (style.shape == Shape::Dashed) {
        pen.setDashPattern({1.2, 1.4});
        pen.setCapStyle(Qt::FlatCap);
    }
    return pen;
}

void paintLinks(QPainter& painter, const ShapeStyle& style) {
    QPainterPath links;
    for (std::size_t i = 0; i < kNodes.size(); ++i) {
        links.moveTo(kNodes.at(i));
        links.lineTo(kNodes.at((i + 1) % kNodes.size()));
    }
    // Links end at the rims, so that hollow nodes stay hollow on any ground.
    QPainterPath nodes;
    for (const QPointF& node : kNodes) {
        nodes.addEllipse(node, kRadius, kRadius);
    }
    QPainterPath outside;
    outside.addRect(-kGrid, -kGrid, 3 * kGrid, 3 * kGrid);
    painter.save();
    painter.setClipPath(outside.subtracted(nodes));
    painter.setPen(linePen(style));
    painter.drawPath(links);
    painter.restore();
}

void paintNodes(QPainter& painter, const ShapeStyle& style) {
    painter.setPen(linePen(style));
    for (std::size_t i = 0; i < kNodes.size(); ++i) {
        const bool filled = isFilled(style.shape, static_cast<int>(i), style.frame);
        painter.setBrush(filled ? QBrush(style.ink) : QBrush(Qt::NoBrush));
        painter.drawEllipse(kNodes.at(i), kRadius - kLine / 2, kRadius - kLine / 2);
    }
}

/// Clears the ground under a badge, also where there is none.
void cutOut(QPainter& painter, const QPainterPath& path, const QColor& ground) {
    painter.save();
    painter.setPen(Qt::NoPen);
    if (ground.alpha() == 0) {
        painter.setCompositionMode(QPainter::CompositionMode_Clear);
        painter.setBrush(Qt::black);
    } else {
        painter.setBrush(ground);
    }
    painter.drawPath(path);
    painter.restore();
}

void paintTriangle(QPainter& painter, const ShapeStyle& style) {
    QPainterPath hole;
    hole.addEllipse(QPointF(18.6, 18.2), 6.6, 6.6);
    cutOut(painter, hole, style.ground);
    QPainterPath triangle;
    triangle.moveTo(18.6, 12.8);
    triangle.lineTo(23.4, 22);
    triangle.lineTo(13.8, 22);
    triangle.closeSubpath();
    painter.setPen(QPen(style.badge, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(style.badge);
    painter.drawPath(triangle);
}

void paintExclamation(QPainter& painter, const ShapeStyle& style) {
    QPainterPath hole;
    hole.addEllipse(QPointF(18.6, 17.4), 5.6, 6.8);
    cutOut(painter, hole, style.ground);
    painter.setPen(QPen(style.badge, 2.8, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(18.6, 12.6), QPointF(18.6, 17.2));
    painter.drawLine(QPointF(18.6, 21.8), QPointF(18.6, 21.85));
}

void paintAttention(QPainter& painter, const ShapeStyle& style) {
    QPainterPath hole;
    hole.addEllipse(QPointF(20, 4), 5, 5);
    cutOut(painter, hole, style.ground);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.badge);
    painter.drawEllipse(QPointF(20, 4), 3.4, 3.4);
}

}  // namespace

void paintShape(QPainter& painter, const QRectF& into, const ShapeStyle& style) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(into.topLeft());
    painter.scale(into.width() / kGrid, into.height() / kGrid);
    paintLinks(painter, style);
    paintNodes(painter, style);
    if (style.shape == Shape::Degraded) {
        paintTriangle(painter, style);
    } else if (style.shape == Shape::Failed) {
        paintExclamation(painter, style);
    }
    if (style.attention) {
        paintAttention(painter, style);
    }
    painter.restore();
}

}  // namespace weft::qml
