// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/look.h"

#include <QBasicTimer>
#include <QColor>
#include <QQmlEngine>
#include <QQuickPaintedItem>

namespace weft::qml {

/// The state picture in the window. Moves only while it is visible.
class StateGlyph : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(weft::viewmodels::look::Shape shape READ shape WRITE setShape NOTIFY lookChanged)
    Q_PROPERTY(QColor ink READ ink WRITE setInk NOTIFY lookChanged)
    Q_PROPERTY(QColor ground READ ground WRITE setGround NOTIFY lookChanged)
    Q_PROPERTY(bool animated READ animated WRITE setAnimated NOTIFY lookChanged)

public:
    explicit StateGlyph(QQuickItem* parent = nullptr);

    viewmodels::look::Shape shape() const { return shape_; }
    void setShape(viewmodels::look::Shape shape);
    QColor ink() const { return ink_; }
    void setInk(const QColor& ink);
    QColor ground() const { return ground_; }
    void setGround(const QColor& ground);
    bool animated() const { return animated_; }
    void setAnimated(bool animated);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void lookChanged();

protected:
    void timerEvent(QTimerEvent* event) override;
    void itemChange(ItemChange change, const ItemChangeData& value) override;

private:
    void renew();

    viewmodels::look::Shape shape_ = viewmodels::look::Shape::Hollow;
    QColor ink_;
    QColor ground_ = Qt::transparent;
    bool animated_ = false;
    /// Standing still, the moving shape shows two nodes.
    int frame_ = 2;
    QBasicTimer timer_;
};

}  // namespace weft::qml
