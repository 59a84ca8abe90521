// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/icon.h"

#include "ui/qml/items/icon_paths.h"

#include <QPainter>

namespace weft::qml {
namespace {

/// In units of the grid.
constexpr qreal kStroke = 1.7;

}  // namespace

Icon::Icon(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setImplicitSize(size_, size_);
    setAntialiasing(true);
}

void Icon::setName(const QString& name) {
    if (name != name_) {
        name_ = name;
        update();
        Q_EMIT nameChanged();
    }
}

void Icon::setColor(const QColor& color) {
    if (color != color_) {
        color_ = color;
        update();
        Q_EMIT colorChanged();
    }
}

void Icon::setSize(qreal size) {
    if (!qFuzzyCompare(size, size_)) {
        size_ = size;
        setImplicitSize(size, size);
        Q_EMIT sizeChanged();
    }
}

void Icon::paint(QPainter* painter) {
    const qreal scale = std::min(width(), height()) / kIconGrid;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->scale(scale, scale);
    painter->setPen(QPen(color_, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(iconPath(name_));
}

}  // namespace weft::qml
