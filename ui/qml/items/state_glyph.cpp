// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/state_glyph.h"

#include "ui/qml/items/state_shape.h"

#include <QPainter>
#include <QTimerEvent>

namespace weft::qml {
namespace {

constexpr int kFrameMilliseconds = 300;

}  // namespace

StateGlyph::StateGlyph(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAntialiasing(true);
}

void StateGlyph::setShape(viewmodels::look::Shape shape) {
    if (shape != shape_) {
        shape_ = shape;
        renew();
    }
}

void StateGlyph::setInk(const QColor& ink) {
    if (ink != ink_) {
        ink_ = ink;
        renew();
    }
}

void StateGlyph::setGround(const QColor& ground) {
    if (ground != ground_) {
        ground_ = ground;
        renew();
    }
}

void StateGlyph::setAnimated(bool animated) {
    if (animated != animated_) {
        animated_ = animated;
        renew();
    }
}

void StateGlyph::paint(QPainter* painter) {
    const qreal side = std::min(width(), height());
    ShapeStyle style;
    style.shape = shape_;
    style.ink = ink_;
    style.ground = ground_;
    style.badge = ink_;
    style.frame = frame_;
    paintShape(*painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side), style);
}

void StateGlyph::timerEvent(QTimerEvent* event) {
    if (event->timerId() == timer_.timerId()) {
        frame_ = (frame_ + 1) % kShapeFrames;
        update();
    }
}

void StateGlyph::itemChange(ItemChange change, const ItemChangeData& value) {
    QQuickPaintedItem::itemChange(change, value);
    if (change == ItemVisibleHasChanged) {
        renew();
    }
}

void StateGlyph::renew() {
    if (animated_ && isVisible()) {
        if (!timer_.isActive()) {
            timer_.start(kFrameMilliseconds, this);
        }
    } else {
        timer_.stop();
        frame_ = 2;
    }
    update();
    Q_EMIT lookChanged();
}

}  // namespace weft::qml
