// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_view.h"

#include <algorithm>
#include <cmath>

namespace weft::qml {
namespace {

/// Pixels that stay free around what is fitted; small items give away a part only.
constexpr qreal kFitMargin = 44;
constexpr qreal kFitMarginShare = 0.15;

qreal fittingZoom(qreal pixels, qreal units) {
    const qreal free = pixels - 2 * std::min(kFitMargin, pixels * kFitMarginShare);
    return units > 0 ? free / units : kLargestFittedZoom;
}

}  // namespace

bool isPlace(const graph::Point& point) {
    // Also false for what is no number.
    return std::abs(point.x) <= kFarthest && std::abs(point.y) <= kFarthest;
}

std::optional<QRectF> boundsOf(const graph::Positions& positions, std::size_t nodes) {
    std::optional<graph::Point> least;
    graph::Point most;
    for (std::size_t i = 0; i < std::min(nodes, positions.size()); ++i) {
        const graph::Point& point = positions[i];
        if (!isPlace(point)) {
            continue;
        }
        if (!least) {
            least = point;
            most = point;
        }
        least = graph::Point{std::min(least->x, point.x), std::min(least->y, point.y)};
        most = {std::max(most.x, point.x), std::max(most.y, point.y)};
    }
    if (!least) {
        return std::nullopt;
    }
    return QRectF(QPointF(least->x, least->y), QPointF(most.x, most.y));
}

QPointF GraphView::toItem(const graph::Point& point) const {
    return {
        (point.x - centre_.x()) * zoom_ + size_.width() / 2,
        (point.y - centre_.y()) * zoom_ + size_.height() / 2};
}

QPointF GraphView::toLayout(QPointF item) const {
    return {
        (item.x() - size_.width() / 2) / zoom_ + centre_.x(),
        (item.y() - size_.height() / 2) / zoom_ + centre_.y()};
}

void GraphView::pan(QPointF pixels) {
    centre_ -= pixels / zoom_;
}

void GraphView::zoomAt(qreal factor, QPointF item) {
    const QPointF fixed = toLayout(item);
    zoom_ = std::clamp(zoom_ * factor, kSmallestZoom, kLargestZoom);
    centre_ += fixed - toLayout(item);
}

void GraphView::fit(const QRectF& bounds) {
    centre_ = bounds.center();
    const qreal both = std::min(
        fittingZoom(size_.width(), bounds.width()), fittingZoom(size_.height(), bounds.height()));
    zoom_ = std::clamp(both, kSmallestZoom, kLargestFittedZoom);
}

GraphView between(const GraphView& from, const GraphView& to, qreal share) {
    if (share >= 1) {
        return to;
    }
    GraphView view = from;
    view.centre_ += (to.centre_ - from.centre_) * share;
    // Steps that look alike: each makes nodes larger by the same part.
    view.zoom_ *= std::pow(to.zoom_ / from.zoom_, share);
    return view;
}

}  // namespace weft::qml
