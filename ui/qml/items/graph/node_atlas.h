// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"
#include "ui/qml/items/graph/graph_frame.h"

#include <QImage>
#include <QRect>

#include <cstdint>

namespace weft::qml {

enum class BodyLook : std::uint8_t { Plain, Gone, Dimmed };
/// Two rings fit around the own node.
enum class Ring : std::uint8_t { Self, Current, CurrentOfSelf, Hovered };
enum class Badge : std::uint8_t { Leader, Voter, Exit, Router, Dns };

/// All that nodes are drawn with, once in one picture: bodies in each colour, rings and badges.
class NodeAtlas {
public:
    NodeAtlas() = default;
    NodeAtlas(qreal zoom, qreal ratio, const GraphPalette& palette);

    /// Whether another one would look the same.
    bool serves(qreal zoom, qreal ratio, const GraphPalette& palette) const;
    const QImage& image() const { return image_; }
    /// Of a body, in pixels of the screen.
    int side() const { return side_; }
    bool hasBadges() const { return badge_ > 0; }

    /// Around `centre`, in pixels of the item, with whole pixels of the screen.
    Sprite body(std::uint8_t colour, BodyLook look, QPointF centre) const;
    Sprite ring(Ring ring, QPointF centre) const;
    /// Each kind of badge has a corner of its own; leader and voter share one.
    Sprite badge(Badge badge, QPointF centre) const;

private:
    void paintBodies(QPainter& painter);
    void paintRings(QPainter& painter);
    void paintBadges(QPainter& painter);
    Sprite sprite(const QRect& source, QPointF centre) const;

    GraphPalette palette_;
    qreal ratio_ = 0;
    int side_ = 0;
    /// Free space around a body that keeps links off it.
    int halo_ = 0;
    int bodyCell_ = 0;
    int ringCell_ = 0;
    /// 0: nodes are too small for badges.
    int badge_ = 0;
    int badgeCell_ = 0;
    QImage image_;
};

/// The nodes of `frame` in `clip`, in pixels of the item; what is added lies `shift` farther.
void addNodes(
    const GraphFrame& frame,
    const NodeAtlas& atlas,
    const QRectF& clip,
    QPointF shift,
    std::vector<Sprite>& sprites);

/// One node, with its badges.
void addNode(
    const GraphFrame& frame,
    const NodeAtlas& atlas,
    std::size_t node,
    QPointF shift,
    std::vector<Sprite>& sprites);

}  // namespace weft::qml
