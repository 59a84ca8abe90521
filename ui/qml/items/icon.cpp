// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/icon.h"

#include "ui/qml/items/icon_paths.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <array>

namespace weft::qml {
namespace {

/// In units of the grid.
constexpr qreal kStroke = 1.7;

/// Those that point along the line, or begin where it begins.
constexpr std::array kDirected{"back", "chevron-right", "list", "undo"};

bool isDirected(const QString& name) {
    return std::any_of(kDirected.begin(), kDirected.end(), [&name](const char* directed) {
        return name == QLatin1String(directed);
    });
}

}  // namespace

Icon::Icon(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setImplicitSize(size_, size_);
    setAntialiasing(true);
    connect(qGuiApp, &QGuiApplication::layoutDirectionChanged, this, [this] { update(); });
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
    if (QGuiApplication::isRightToLeft() && isDirected(name_)) {
        painter->translate(kIconGrid * scale, 0);
        painter->scale(-1, 1);
    }
    painter->scale(scale, scale);
    painter->setPen(QPen(color_, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(iconPath(name_));
}

}  // namespace weft::qml
