// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/state_shape.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace weft::qml {
namespace {

using viewmodels::look::Shape;

/// The picture is drawn in a square of this side.
constexpr qreal kGrid = 24;
/// Up to this many pixels rims lie on whole pixels, or hollow nodes are a blur.
constexpr qreal kSmallPixels = 24;

/// Where nodes lie, in the grid.
struct Places {
    std::array<QPointF, 3> nodes{QPointF(12, 5.4), QPointF(5, 18), QPointF(19, 18)};
    qreal radius = 3.6;
    qreal line = 1.8;
};

/// For a square of so many pixels.
Places placesFor(qreal pixels) {
    if (pixels > kSmallPixels) {
        return {};
    }
    constexpr qreal kRadiusPart = 0.18;
    constexpr qreal kLinePixels = 1.5;
    const qreal unit = kGrid / pixels;
    const qreal radius = std::round(kRadiusPart * pixels) * unit;
    const qreal far = std::floor(pixels) * unit - radius;
    return {
        {QPointF(std::floor(pixels / 2) * unit, radius), QPointF(radius, far), QPointF(far, far)},
        radius,
        kLinePixels * unit};
}

bool isFilled(Shape shape, int node, int frame) {
    switch (shape) {
    case Shape::Filled:
    case Shape::Degraded:
    case Shape::Exit:
        return true;
    case Shape::Filling:
        // One node more with each picture, then none.
        return node < frame % kShapeFrames;
    default:
        return false;
    }
}

/// Of a node that a badge stands on only splinters would be left.
bool isCovered(Shape shape, std::size_t node) {
    switch (shape) {
    case Shape::Degraded:
    case Shape::Exit:
    case Shape::Failed:
    case Shape::Denied:
        return node == 2;
    case Shape::Blocked:
        return node != 0;
    default:
        return false;
    }
}

QPen linePen(const ShapeStyle& style, qreal width) {
    QPen pen(style.ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (style.shape == Shape::Dashed || style.shape == Shape::Denied) {
        pen.setDashPattern({1.2, 1.4});
        pen.setCapStyle(Qt::FlatCap);
    }
    return pen;
}

void paintLinks(QPainter& painter, const ShapeStyle& style, const Places& at) {
    QPainterPath links;
    for (std::size_t i = 0; i < at.nodes.size(); ++i) {
        const std::size_t next = (i + 1) % at.nodes.size();
        if (isCovered(style.shape, i) && isCovered(style.shape, next)) {
            continue;
        }
        links.moveTo(at.nodes.at(i));
        links.lineTo(at.nodes.at(next));
    }
    // Links end at the rims, so that hollow nodes stay hollow on any ground.
    QPainterPath nodes;
    for (const QPointF& node : at.nodes) {
        nodes.addEllipse(node, at.radius, at.radius);
    }
    QPainterPath outside;
    outside.addRect(-kGrid, -kGrid, 3 * kGrid, 3 * kGrid);
    painter.save();
    painter.setClipPath(outside.subtracted(nodes));
    painter.setPen(linePen(style, at.line));
    painter.drawPath(links);
    painter.restore();
}

void paintNodes(QPainter& painter, const ShapeStyle& style, const Places& at) {
    painter.setPen(linePen(style, at.line));
    const qreal radius = at.radius - at.line / 2;
    for (std::size_t i = 0; i < at.nodes.size(); ++i) {
        if (isCovered(style.shape, i)) {
            continue;
        }
        const bool filled = isFilled(style.shape, static_cast<int>(i), style.frame);
        painter.setBrush(filled ? QBrush(style.ink) : QBrush(Qt::NoBrush));
        painter.drawEllipse(at.nodes.at(i), radius, radius);
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

/// A badge with room around it, so that it stands apart from the nodes in one colour too.
void paintBadge(QPainter& painter, const ShapeStyle& style, const QPainterPath& badge) {
    constexpr qreal kRoom = 1.6;
    QPainterPathStroker stroker(QPen(Qt::black, 2 * kRoom, Qt::SolidLine, Qt::RoundCap));
    stroker.setJoinStyle(Qt::RoundJoin);
    cutOut(painter, stroker.createStroke(badge).united(badge), style.ground);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.badge);
    painter.drawPath(badge);
}

/// Fits a place of the grid to the pixels of a small picture.
class Fit {
public:
    explicit Fit(qreal pixels) : unit_(pixels > kSmallPixels ? 0 : kGrid / pixels) {}
    qreal operator()(qreal place) const {
        return unit_ == 0 ? place : std::round(place / unit_) * unit_;
    }
    QRectF operator()(qreal left, qreal top, qreal right, qreal bottom) const {
        return {QPointF((*this)(left), (*this)(top)), QPointF((*this)(right), (*this)(bottom))};
    }

private:
    qreal unit_;
};

QPainterPath triangle(const Fit& fit) {
    QPainterPath path;
    path.moveTo(17.25, 12);
    path.lineTo(24, fit(23.5));
    path.lineTo(10.5, fit(23.5));
    path.closeSubpath();
    return path;
}

QPainterPath exclamation(const Fit& fit) {
    QPainterPath path;
    path.addRect(fit(18, 10.5, 21, 18));
    path.addRect(fit(18, 19.5, 21, 22.5));
    return path;
}

QPainterPath arrow(const Fit& fit) {
    QPainterPath path;
    path.addRect(fit(12, 16.5, 17.25, 19.5));
    path.moveTo(fit(17.25), 12);
    path.lineTo(24, 18);
    path.lineTo(fit(17.25), 24);
    path.closeSubpath();
    return path;
}

QPainterPath lock(const Fit& fit) {
    QPainterPath shackle;
    shackle.addRoundedRect(fit(7.5, 10.5, 16.5, 18), 4, 4);
    QPainterPath hole;
    hole.addRoundedRect(fit(9.75, 13, 14.25, 18), 2, 2);
    QPainterPath body;
    body.addRoundedRect(fit(6, 15, 18, 23.5), 1.2, 1.2);
    return shackle.subtracted(hole).united(body);
}

QPainterPath key(const Fit& fit) {
    QPainterPath ring;
    ring.addEllipse(fit(10.5, 14, 18, 21.5));
    QPainterPath hole;
    hole.addEllipse(fit(12.5, 16, 16, 19.5));
    QPainterPath bit;
    bit.addRect(fit(16.5, 16.5, 24, 19.5));
    bit.addRect(fit(21, 16.5, 24, 22.5));
    bit.setFillRule(Qt::WindingFill);
    return ring.subtracted(hole).united(bit);
}

QPainterPath dot(const Fit& fit) {
    QPainterPath path;
    path.addEllipse(fit(16.5, 0, 24, 7.5));
    return path;
}

QPainterPath badgeOf(Shape shape, const Fit& fit) {
    switch (shape) {
    case Shape::Degraded:
        return triangle(fit);
    case Shape::Failed:
        return exclamation(fit);
    case Shape::Exit:
        return arrow(fit);
    case Shape::Blocked:
        return lock(fit);
    case Shape::Denied:
        return key(fit);
    default:
        return {};
    }
}

}  // namespace

void paintShape(QPainter& painter, const QRectF& into, const ShapeStyle& style) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal pixels = into.width() * std::abs(painter.deviceTransform().m11());
    const Places at = placesFor(pixels);
    const Fit fit(pixels);
    painter.translate(into.topLeft());
    painter.scale(into.width() / kGrid, into.height() / kGrid);
    paintLinks(painter, style, at);
    paintNodes(painter, style, at);
    const QPainterPath badge = badgeOf(style.shape, fit);
    if (!badge.isEmpty()) {
        paintBadge(painter, style, badge);
    }
    if (style.attention) {
        paintBadge(painter, style, dot(fit));
    }
    painter.restore();
}

}  // namespace weft::qml
