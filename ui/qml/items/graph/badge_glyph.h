// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/node_atlas.h"

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace weft::qml {

struct BadgeInks {
    QColor ground;
    QColor rim;
    QColor glyph;
};

/// A disc with the sign of `badge` in `place`.
void paintBadge(QPainter& painter, Badge badge, const QRectF& place, const BadgeInks& inks);

}  // namespace weft::qml
