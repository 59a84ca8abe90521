// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_reach.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weft::qml {
namespace {

/// In pixels.
constexpr qreal kSmallestReach = 8;
constexpr qreal kReachBeyond = 2;
/// The cosine of how far a neighbour may lie beside the direction that was asked for.
constexpr qreal kLeastCosine = 0.35;

}  // namespace

std::optional<std::size_t> nodeAtPoint(const GraphFrame& frame, QPointF item) {
    const qreal reach = std::max(nodeSide(frame.view.zoom()) / 2 + kReachBeyond, kSmallestReach);
    const auto node = nearestNode(frame, item);
    if (!node) {
        return std::nullopt;
    }
    const QPointF off = frame.place(*node) - item;
    return std::max(std::abs(off.x()), std::abs(off.y())) <= reach ? node : std::nullopt;
}

std::optional<std::size_t> nearestNode(const GraphFrame& frame, QPointF item) {
    std::optional<std::size_t> best;
    qreal least = std::numeric_limits<qreal>::infinity();
    for (std::size_t i = 0; i < frame.nodes(); ++i) {
        if (!frame.isDrawn(i)) {
            continue;
        }
        const QPointF off = frame.place(i) - item;
        const qreal far = QPointF::dotProduct(off, off);
        // The later one lies above.
        if (far <= least) {
            least = far;
            best = i;
        }
    }
    return best;
}

std::optional<std::size_t> neighbourIn(
    const GraphFrame& frame, std::size_t node, QPointF direction) {
    const qreal strength = std::hypot(direction.x(), direction.y());
    if (!frame.isDrawn(node) || !(strength > 0) || !std::isfinite(strength)) {
        return std::nullopt;
    }
    const QPointF from = frame.place(node);
    std::optional<std::size_t> best;
    qreal least = std::numeric_limits<qreal>::infinity();
    for (const graph::SceneLink& link : frame.scene->links) {
        const std::size_t other = link.from == node ? link.to : link.from;
        if ((link.from != node && link.to != node) || other == node || !frame.isDrawn(other)) {
            continue;
        }
        const QPointF way = frame.place(other) - from;
        const qreal length = std::hypot(way.x(), way.y());
        const qreal cosine = QPointF::dotProduct(way, direction) / (strength * length);
        if (!(cosine >= kLeastCosine)) {
            continue;
        }
        // What lies straight ahead wins over what is somewhat nearer.
        const qreal cost = length / (cosine * cosine);
        if (cost < least) {
            least = cost;
            best = other;
        }
    }
    return best;
}

}  // namespace weft::qml
