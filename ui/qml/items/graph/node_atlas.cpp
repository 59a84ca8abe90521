// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/node_atlas.h"

#include "ui/qml/items/graph/badge_glyph.h"

#include <QPainter>

#include <array>
#include <cmath>
#include <utility>

namespace weft::qml {
namespace {

constexpr int kLooks = 3;
constexpr int kRings = 4;
constexpr int kBadges = 5;
/// How much of the colour is left on the surface.
constexpr std::array<float, kLooks> kLookOpacity{1.0F, 0.45F, 0.16F};

/// In pixels of the item.
constexpr qreal kHalo = 1.5;
/// Smaller nodes have none: it would be most of them.
constexpr qreal kHaloFrom = 7;
constexpr qreal kBadgesFrom = 14;
constexpr qreal kSmallestBadge = 11;
constexpr qreal kBadgeShare = 0.5;
constexpr qreal kCornerShare = 0.28;
/// What keeps one part of the atlas out of the next when it is scaled.
constexpr int kGutter = 1;

struct RingShape {
    qreal gap;
    qreal width;
};
constexpr std::array<RingShape, kRings> kRingShapes{{{2, 1.6}, {2.5, 2.5}, {5.5, 2.5}, {2, 1.5}}};
/// The widest of them, with its gap.
constexpr qreal kRingReach = 8.5;

QColor mixed(const QColor& ink, const QColor& ground, float share) {
    const auto part = [share](float a, float b) { return a * share + b * (1 - share); };
    return QColor::fromRgbF(
        part(ink.redF(), ground.redF()),
        part(ink.greenF(), ground.greenF()),
        part(ink.blueF(), ground.blueF()));
}

int pixels(qreal length, qreal ratio) {
    return static_cast<int>(std::lround(length * ratio));
}

BodyLook lookOf(const graph::SceneNode& node) {
    return node.isDimmed ? BodyLook::Dimmed : node.isGone ? BodyLook::Gone : BodyLook::Plain;
}

constexpr std::array<std::pair<graph::Mark, Badge>, 5> kMarkBadges{
    {{graph::kVoter, Badge::Voter},
     {graph::kLeader, Badge::Leader},
     {graph::kExit, Badge::Exit},
     {graph::kRouter, Badge::Router},
     {graph::kDns, Badge::Dns}}};

}  // namespace

NodeAtlas::NodeAtlas(qreal zoom, qreal ratio, const GraphPalette& palette)
    : palette_(palette)
    , ratio_(ratio)
    , side_(pixels(nodeSide(zoom), ratio))
    , halo_(nodeSide(zoom) >= kHaloFrom ? pixels(kHalo, ratio) : 0)
    , bodyCell_(side_ + 2 * halo_ + 2 * kGutter)
    , ringCell_(side_ + 2 * pixels(kRingReach, ratio) + 2 * kGutter) {
    if (nodeSide(zoom) >= kBadgesFrom) {
        badge_ =
            std::max(pixels(kSmallestBadge, ratio), pixels(nodeSide(zoom) * kBadgeShare, ratio));
        badgeCell_ = badge_ + 2 * kGutter;
    }
    const int width = std::max({kLooks * bodyCell_, kRings * ringCell_, kBadges * badgeCell_});
    const int colours = static_cast<int>(kSeriesColours);
    image_ = QImage(
        width, colours * bodyCell_ + ringCell_ + badgeCell_, QImage::Format_ARGB32_Premultiplied);
    image_.fill(Qt::transparent);
    QPainter painter(&image_);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBodies(painter);
    paintRings(painter);
    paintBadges(painter);
}

bool NodeAtlas::serves(qreal zoom, qreal ratio, const GraphPalette& palette) const {
    return ratio == ratio_ && pixels(nodeSide(zoom), ratio) == side_ && palette == palette_;
}

void NodeAtlas::paintBodies(QPainter& painter) {
    painter.setPen(Qt::NoPen);
    for (int colour = 0; colour < static_cast<int>(kSeriesColours); ++colour) {
        for (int look = 0; look < kLooks; ++look) {
            QRectF box(look * bodyCell_, colour * bodyCell_, bodyCell_, bodyCell_);
            box.adjust(kGutter, kGutter, -kGutter, -kGutter);
            if (halo_ > 0) {
                painter.setBrush(palette_.surface);
                const qreal round = side_ * kCornerShare + halo_;
                painter.drawRoundedRect(box, round, round);
            }
            const auto share = kLookOpacity.at(static_cast<std::size_t>(look));
            const QColor& ink = palette_.series.at(static_cast<std::size_t>(colour));
            painter.setBrush(mixed(ink, palette_.surface, share));
            box.adjust(halo_, halo_, -halo_, -halo_);
            painter.drawRoundedRect(box, side_ * kCornerShare, side_ * kCornerShare);
        }
    }
}

void NodeAtlas::paintRings(QPainter& painter) {
    const std::array<QColor, kRings> inks{
        palette_.accent, palette_.focus, palette_.focus, palette_.secondaryText};
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < kRingShapes.size(); ++i) {
        const RingShape& shape = kRingShapes.at(i);
        const qreal out = (shape.gap + shape.width / 2) * ratio_ + side_ / 2.0;
        const QPointF middle(
            (static_cast<qreal>(i) + 0.5) * ringCell_,
            static_cast<qreal>(kSeriesColours) * bodyCell_ + ringCell_ / 2.0);
        const qreal round = side_ * kCornerShare + shape.gap * ratio_;
        painter.setPen(QPen(inks.at(i), shape.width * ratio_));
        painter.drawRoundedRect(
            QRectF(middle - QPointF(out, out), middle + QPointF(out, out)), round, round);
    }
}

void NodeAtlas::paintBadges(QPainter& painter) {
    const int top = static_cast<int>(kSeriesColours) * bodyCell_ + ringCell_;
    for (int i = 0; badge_ > 0 && i < kBadges; ++i) {
        const bool leads = static_cast<Badge>(i) == Badge::Leader;
        const BadgeInks inks{
            leads ? palette_.text : palette_.surface,
            leads ? palette_.surface : palette_.secondaryText,
            leads ? palette_.surface : palette_.text};
        const QRectF place(i * badgeCell_ + kGutter, top + kGutter, badge_, badge_);
        paintBadge(painter, static_cast<Badge>(i), place, inks);
    }
}

Sprite NodeAtlas::sprite(const QRect& source, QPointF centre) const {
    const QPointF corner = centre * ratio_ - QPointF(source.width(), source.height()) / 2;
    return {source, QPointF(std::round(corner.x()), std::round(corner.y())) / ratio_};
}

Sprite NodeAtlas::body(std::uint8_t colour, BodyLook look, QPointF centre) const {
    const int row = colour % static_cast<int>(kSeriesColours);
    const QRect source(static_cast<int>(look) * bodyCell_, row * bodyCell_, bodyCell_, bodyCell_);
    return sprite(source, centre);
}

Sprite NodeAtlas::ring(Ring ring, QPointF centre) const {
    const int top = static_cast<int>(kSeriesColours) * bodyCell_;
    return sprite({static_cast<int>(ring) * ringCell_, top, ringCell_, ringCell_}, centre);
}

Sprite NodeAtlas::badge(Badge badge, QPointF centre) const {
    const int top = static_cast<int>(kSeriesColours) * bodyCell_ + ringCell_;
    const qreal corner = (side_ / 2.0 + badge_ * 0.05) / ratio_;
    const bool isRight = badge == Badge::Exit || badge == Badge::Router;
    const bool isLow = badge == Badge::Router || badge == Badge::Dns;
    const QPointF at = centre + QPointF(isRight ? corner : -corner, isLow ? corner : -corner);
    return sprite({static_cast<int>(badge) * badgeCell_, top, badgeCell_, badgeCell_}, at);
}

void addNode(
    const GraphFrame& frame,
    const NodeAtlas& atlas,
    std::size_t node,
    QPointF shift,
    std::vector<Sprite>& sprites) {
    const graph::SceneNode& look = frame.scene->nodes[node];
    const QPointF centre = frame.place(node) + shift;
    sprites.push_back(atlas.body(look.colour, lookOf(look), centre));
    if ((look.marks & graph::kSelf) != 0) {
        sprites.push_back(atlas.ring(Ring::Self, centre));
    }
    if (!atlas.hasBadges() || look.isDimmed) {
        return;
    }
    for (const auto& [mark, badge] : kMarkBadges) {
        const bool outranked = mark == graph::kVoter && (look.marks & graph::kLeader) != 0;
        if ((look.marks & mark) != 0 && !outranked) {
            sprites.push_back(atlas.badge(badge, centre));
        }
    }
}

void addNodes(
    const GraphFrame& frame,
    const NodeAtlas& atlas,
    const QRectF& clip,
    QPointF shift,
    std::vector<Sprite>& sprites) {
    const qreal reach = atlas.side() / frame.ratio + kRingReach;
    const QRectF wide = clip.adjusted(-reach, -reach, reach, reach);
    // The pale ones below, so that they hide nothing.
    for (const bool pale : {true, false}) {
        for (std::size_t i = 0; i < frame.nodes(); ++i) {
            const bool isPale = lookOf(frame.scene->nodes[i]) != BodyLook::Plain;
            if (isPale == pale && frame.isDrawn(i) && wide.contains(frame.place(i))) {
                addNode(frame, atlas, i, shift, sprites);
            }
        }
    }
}

}  // namespace weft::qml
