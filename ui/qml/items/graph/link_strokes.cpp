// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/link_strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

namespace weft::qml {
namespace {

using graph::LinkStyle;
using graph::Permission;
using graph::SceneLink;

/// In pixels.
constexpr qreal kDash = 9;
constexpr qreal kDashGap = 5;
constexpr qreal kDotStep = 6;
constexpr qreal kDotSpread = 2.2;
constexpr float kSmallestDot = 2.2F;
constexpr float kThinnest = 1.2F;
constexpr float kWidest = 5;
constexpr float kIdleWidth = 1;
constexpr float kLeastHighlight = 1.8F;
/// The side of nodes from which on links are as wide as their rate says.
constexpr qreal kFullNode = 20;
constexpr qreal kArrow = 7;
/// An arrow's tip stays so far from the middle of the node, in sides of it.
constexpr qreal kArrowStand = 0.72;

constexpr qreal kDimmedOpacity = 0.16;
/// From so many links on they become fainter, down to the last at the second.
constexpr double kFewLinks = 150;
constexpr double kManyLinks = 20'000;
constexpr qreal kFaintest = 0.34;

/// The part of a line inside a rectangle.
struct Piece {
    QPointF from;
    QPointF to;
    /// How far `from` lies along the line, in pixels: dashes stay where they are.
    qreal start = 0;
};

/// Liang and Barsky's way of cutting a line at a rectangle.
std::optional<Piece> clipped(QPointF a, QPointF b, const QRectF& clip) {
    const QPointF d = b - a;
    qreal first = 0;
    qreal last = 1;
    const std::array<std::array<qreal, 2>, 4> sides{
        {{-d.x(), a.x() - clip.left()},
         {d.x(), clip.right() - a.x()},
         {-d.y(), a.y() - clip.top()},
         {d.y(), clip.bottom() - a.y()}}};
    for (const auto& [slope, room] : sides) {
        if (slope == 0) {
            if (room < 0) {
                return std::nullopt;
            }
        } else if (slope < 0) {
            first = std::max(first, room / slope);
        } else {
            last = std::min(last, room / slope);
        }
    }
    if (first > last) {
        return std::nullopt;
    }
    return Piece{a + first * d, a + last * d, first * std::hypot(d.x(), d.y())};
}

float widthOf(const SceneLink& link) {
    if (link.style == LinkStyle::Idle) {
        return kIdleWidth;
    }
    // Neither NaN nor less than nothing comes through.
    const float rate = link.rate > 0 ? link.rate : 0;
    return std::clamp(kThinnest + 0.62F * std::log10(1 + rate / 1000), kThinnest, kWidest);
}

/// Adds a line, or the dashes or dots that say how packets pass.
void addStyled(LinkStyle style, const Piece& piece, Stroke look, std::vector<Stroke>& out) {
    const QPointF d = piece.to - piece.from;
    const qreal length = std::hypot(d.x(), d.y());
    const bool dashed = style == LinkStyle::Ice;
    const bool dotted = style == LinkStyle::Libp2p;
    const qreal on = dashed ? kDash : 0;
    const qreal step =
        dashed ? kDash + kDashGap : std::max(kDotStep, static_cast<qreal>(look.width) * kDotSpread);
    if (!(dashed || dotted) || length < 2 * step || out.size() > kMostStrokes) {
        look.from = piece.from;
        look.to = piece.to;
        out.push_back(look);
        return;
    }
    if (dotted) {
        look.isDot = true;
        look.width = std::max(look.width, kSmallestDot);
    }
    const QPointF unit = d / length;
    const qreal first = -std::fmod(piece.start, step);
    const int steps = static_cast<int>(std::ceil((length - first) / step));
    for (int i = 0; i < steps; ++i) {
        const qreal at = first + i * step;
        const qreal from = std::max(at, 0.0);
        const qreal to = std::min(at + on, length);
        if (to >= from) {
            look.from = piece.from + unit * from;
            look.to = piece.from + unit * to;
            out.push_back(look);
        }
    }
}

/// Lines are as thin beside small nodes as beside large ones.
float thinness(const GraphFrame& frame) {
    return static_cast<float>(std::clamp(nodeSide(frame.view.zoom()) / kFullNode, 0.55, 1.0));
}

class LinkMaker {
public:
    LinkMaker(const GraphFrame& frame, const QRectF& clip, QPointF shift, std::vector<Stroke>& out)
        : frame_(frame), clip_(clip), shift_(shift), out_(out) {}

    void setOpacity(qreal opacity) { opacity_ = opacity; }
    void setDashed(bool dashed) { dashed_ = dashed; }

    std::optional<Piece> piece(const SceneLink& link) const {
        if (link.from == link.to || !frame_.isDrawn(link.from) || !frame_.isDrawn(link.to)) {
            return std::nullopt;
        }
        return clipped(frame_.place(link.from), frame_.place(link.to), clip_);
    }

    void tunnel(const SceneLink& link, const Piece& piece) {
        const bool idle = link.style == LinkStyle::Idle;
        const bool relayed = link.style == LinkStyle::Libp2p;
        const QColor& colour = idle      ? frame_.palette.idleLink
                               : relayed ? frame_.palette.relay
                                         : frame_.palette.link;
        Stroke look;
        look.width = widthOf(link) * (idle ? 1 : thinness(frame_));
        look.ink = premultiplied(colour, opacity_ * (link.isDimmed ? kDimmedOpacity : 1));
        const LinkStyle style = dashed_ ? link.style : LinkStyle::Direct;
        addStyled(style, {piece.from + shift_, piece.to + shift_, piece.start}, look, out_);
    }

    void permission(const SceneLink& link) {
        if (link.permission == Permission::None || !piece(link)) {
            return;
        }
        const QPointF a = frame_.place(link.from);
        const QPointF b = frame_.place(link.to);
        const QPointF d = b - a;
        const qreal length = std::hypot(d.x(), d.y());
        const qreal stand = nodeSide(frame_.view.zoom()) * kArrowStand;
        const bool both = link.permission == Permission::Both;
        Stroke look;
        look.width = both ? 1.4F : 1.8F;
        look.ink = premultiplied(
            both ? frame_.palette.link : frame_.palette.warn,
            opacity_ * (link.isDimmed ? kDimmedOpacity : 1));
        if (const auto seen = clipped(a, b, clip_)) {
            add(seen->from, seen->to, look);
        }
        if (length < 2 * (stand + kArrow)) {
            return;
        }
        const QPointF unit = d / length;
        if (link.permission != Permission::Backward) {
            arrow(b - unit * stand, unit, look, both);
        }
        if (link.permission != Permission::Forward) {
            arrow(a + unit * stand, -unit, look, both);
        }
    }

private:
    void add(QPointF from, QPointF to, Stroke look) {
        look.from = from + shift_;
        look.to = to + shift_;
        out_.push_back(look);
    }

    /// One barb of an arrow says that the other way is closed.
    void arrow(QPointF tip, QPointF unit, const Stroke& look, bool both) {
        if (!clip_.contains(tip)) {
            return;
        }
        const QPointF across(-unit.y(), unit.x());
        const QPointF back = tip - unit * kArrow;
        add(tip, back + across * kArrow * 0.55, look);
        if (both) {
            add(tip, back - across * kArrow * 0.55, look);
        }
    }

    const GraphFrame& frame_;
    const QRectF& clip_;
    QPointF shift_;
    std::vector<Stroke>& out_;
    qreal opacity_ = 1;
    bool dashed_ = true;
};

/// The same numbers in each frame, without a pattern in them: Knuth's multiplicative hash.
std::uint32_t lot(std::size_t link) {
    return static_cast<std::uint32_t>(link) * 2654435761U;
}

qreal opacityFor(std::size_t links) {
    const double steps = std::log(static_cast<double>(std::max<std::size_t>(links, 1)) / kFewLinks)
                         / std::log(kManyLinks / kFewLinks);
    return 1 - (1 - kFaintest) * std::clamp(steps, 0.0, 1.0);
}

}  // namespace

void addLinks(
    const GraphFrame& frame, const QRectF& clip, QPointF shift, std::vector<Stroke>& strokes) {
    LinkMaker maker(frame, clip, shift, strokes);
    const std::vector<SceneLink>& links = frame.scene->links;
    std::vector<std::uint32_t> seen;
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (maker.piece(links[i])) {
            seen.push_back(static_cast<std::uint32_t>(i));
        }
    }
    if (seen.size() > kMostLinks) {
        // Those with the smallest lots: which ones changes little while the view moves.
        const auto last = seen.begin() + static_cast<std::ptrdiff_t>(kMostLinks);
        std::ranges::nth_element(seen, last, {}, lot);
        seen.erase(last, seen.end());
        std::ranges::sort(seen);
    }
    maker.setOpacity(opacityFor(seen.size()));
    maker.setDashed(seen.size() <= kMostDashedLinks);
    // Links without traffic lie below those with some.
    for (const bool idle : {true, false}) {
        for (const std::uint32_t i : seen) {
            const SceneLink& link = links[i];
            if ((link.style == LinkStyle::Idle) != idle) {
                continue;
            }
            if (frame.showsPermissions) {
                maker.permission(link);
            } else if (const auto piece = maker.piece(link)) {
                maker.tunnel(link, *piece);
            }
        }
    }
}

void addLinksOf(
    const GraphFrame& frame,
    std::size_t node,
    const QRectF& clip,
    const QColor& ink,
    std::vector<Stroke>& strokes) {
    LinkMaker maker(frame, clip, {}, strokes);
    for (const SceneLink& link : frame.scene->links) {
        if (link.from != node && link.to != node) {
            continue;
        }
        if (frame.showsPermissions && link.permission == Permission::None) {
            continue;
        }
        if (const auto piece = maker.piece(link)) {
            Stroke look;
            look.width = std::max(widthOf(link) * thinness(frame), kLeastHighlight);
            look.ink = premultiplied(ink);
            const bool plain = frame.showsPermissions;
            addStyled(plain ? LinkStyle::Direct : link.style, *piece, look, strokes);
        }
    }
}

void addDashes(
    QPointF from, QPointF to, const QRectF& clip, Stroke look, std::vector<Stroke>& strokes) {
    if (const auto piece = clipped(from, to, clip)) {
        addStyled(LinkStyle::Ice, *piece, look, strokes);
    }
}

}  // namespace weft::qml
