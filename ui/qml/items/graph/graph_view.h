// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <optional>

namespace weft::qml {

/// Pixels for each layout unit.
inline constexpr qreal kSmallestZoom = 0.02;
inline constexpr qreal kLargestZoom = 400;
/// How large few nodes become when they are fitted.
inline constexpr qreal kLargestFittedZoom = 110;
/// Farther out than any layout puts a node; pixels would lose their precision there.
inline constexpr float kFarthest = 1'000'000;

/// Whether a node can be drawn there.
bool isPlace(const graph::Point& point);

/// Where the places that can be drawn lie; nullopt when there is none.
std::optional<QRectF> boundsOf(const graph::Positions& positions, std::size_t nodes);

/// Which part of a layout an item shows, and how large.
class GraphView {
public:
    QSizeF size() const { return size_; }
    /// Keeps the centre.
    void setSize(QSizeF size) { size_ = size; }
    qreal zoom() const { return zoom_; }
    /// In layout units.
    QPointF centre() const { return centre_; }
    void setCentre(QPointF centre) { centre_ = centre; }

    QPointF toItem(const graph::Point& point) const;
    QPointF toLayout(QPointF item) const;

    void pan(QPointF pixels);
    /// Keeps what lies at `item` there.
    void zoomAt(qreal factor, QPointF item);
    /// Shows all of `bounds`, with room for names around it.
    void fit(const QRectF& bounds);

    friend bool operator==(const GraphView&, const GraphView&) = default;
    friend GraphView between(const GraphView& from, const GraphView& to, qreal share);

private:
    QSizeF size_;
    QPointF centre_;
    qreal zoom_ = kLargestFittedZoom;
};

/// On the way from one view to another of the same size; at 0 and 1 exactly these.
GraphView between(const GraphView& from, const GraphView& to, qreal share);

}  // namespace weft::qml
