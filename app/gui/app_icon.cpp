// SPDX-License-Identifier: Apache-2.0
#include "app/gui/app_icon.h"

#include "ui/qml/items/state_shape.h"

#include <QPainter>
#include <QPixmap>

#include <array>

namespace weft::app {
namespace {

constexpr std::array kSizes{16, 32, 48, 128};
/// Parts of the side: the corner, and the margin around the three nodes.
constexpr qreal kCorner = 0.27;
constexpr qreal kMargin = 0.19;

}  // namespace

QIcon appIcon() {
    QIcon icon;
    for (const int size : kSizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0x1F, 0x5F, 0xD6));
        painter.drawRoundedRect(0, 0, size, size, kCorner * size, kCorner * size);
        qml::ShapeStyle style;
        style.shape = viewmodels::look::Shape::Filled;
        style.ink = Qt::white;
        const qreal margin = kMargin * size;
        qml::paintShape(
            painter, QRectF(margin, margin, size - 2 * margin, size - 2 * margin), style);
        icon.addPixmap(pixmap);
    }
    return icon;
}

}  // namespace weft::app
