// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_frame.h"

namespace weft::qml {
namespace {

/// Of the length that a link wants to have.
constexpr qreal kNodeShare = 0.34;
constexpr qreal kSmallestNode = 3;
constexpr qreal kLargestNode = 28;

}  // namespace

qreal nodeSide(qreal zoom) {
    return std::clamp(zoom * kNodeShare, kSmallestNode, kLargestNode);
}

QRgb premultiplied(const QColor& colour, qreal opacity) {
    QColor seen = colour;
    seen.setAlphaF(static_cast<float>(colour.alphaF() * opacity));
    return qPremultiply(seen.rgba());
}

}  // namespace weft::qml
