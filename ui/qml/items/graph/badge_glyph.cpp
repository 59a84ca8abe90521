// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/badge_glyph.h"

#include "ui/qml/items/icon_paths.h"

#include <QPainterPath>

#include <array>

namespace weft::qml {
namespace {

/// In the grid of icons, drawn to be told apart at 11 pixels.
constexpr std::array<const char*, 5> kGlyphs{
    "M 5.5 17 L 5 8.5 L 9 12 L 12 6 L 15 12 L 19 8.5 L 18.5 17 Z",
    "M 6.5 12.5 L 10.5 16.5 L 17.5 8",
    "M 7 17 L 16.5 7.5 M 9.5 7 L 17 7 L 17 14.5",
    "M 5.5 9 L 18 9 M 14.5 5.5 L 18 9 L 14.5 12.5 M 18.5 15.5 L 6 15.5 M 9.5 12 L 6 15.5 L 9.5 19",
    "M 9 6.5 L 9 17.5 L 11 17.5 C 18.4 17.5 18.4 6.5 11 6.5 Z"};

constexpr qreal kStroke = 2.4;
/// Of the disc.
constexpr qreal kRimShare = 0.08;

}  // namespace

void paintBadge(QPainter& painter, Badge badge, const QRectF& place, const BadgeInks& inks) {
    painter.save();
    const qreal rim = std::max(1.0, place.width() * kRimShare);
    painter.setPen(QPen(inks.rim, rim));
    painter.setBrush(inks.ground);
    painter.drawEllipse(place.adjusted(rim / 2, rim / 2, -rim / 2, -rim / 2));
    painter.translate(place.topLeft());
    painter.scale(place.width() / kIconGrid, place.height() / kIconGrid);
    painter.setPen(QPen(inks.glyph, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    // Only the crown is filled: it has to be seen first.
    painter.setBrush(badge == Badge::Leader ? QBrush(inks.glyph) : QBrush(Qt::NoBrush));
    painter.drawPath(parsePath(kGlyphs.at(static_cast<std::size_t>(badge))));
    painter.restore();
}

}  // namespace weft::qml
