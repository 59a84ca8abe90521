// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/graph_frame.h"

#include <QColor>
#include <QFont>
#include <QQmlEngine>
#include <QQuickItem>
#include <QVariantList>

namespace weft::qml {

/// Colours and font of a graph; they come from the theme.
class GraphLook : public QQuickItem {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(QColor surfaceColor MEMBER surface_ NOTIFY lookChanged)
    Q_PROPERTY(QColor textColor MEMBER text_ NOTIFY lookChanged)
    Q_PROPERTY(QColor secondaryTextColor MEMBER secondaryText_ NOTIFY lookChanged)
    Q_PROPERTY(QColor linkColor MEMBER link_ NOTIFY lookChanged)
    Q_PROPERTY(QColor idleLinkColor MEMBER idleLink_ NOTIFY lookChanged)
    Q_PROPERTY(QColor accentColor MEMBER accent_ NOTIFY lookChanged)
    Q_PROPERTY(QColor warnColor MEMBER warn_ NOTIFY lookChanged)
    Q_PROPERTY(QColor relayColor MEMBER relay_ NOTIFY lookChanged)
    Q_PROPERTY(QColor focusColor MEMBER focus_ NOTIFY lookChanged)
    /// Six colours; of a shorter list the last one is used again.
    Q_PROPERTY(QVariantList series MEMBER series_ NOTIFY lookChanged)
    Q_PROPERTY(QString fontFamily MEMBER fontFamily_ NOTIFY lookChanged)
    Q_PROPERTY(int fontPixelSize MEMBER fontPixelSize_ NOTIFY lookChanged)
    /// The view jumps where it would glide.
    Q_PROPERTY(bool reduceMotion MEMBER reduceMotion_ NOTIFY lookChanged)

public:
    using QQuickItem::QQuickItem;

Q_SIGNALS:
    void lookChanged();

protected:
    GraphPalette palette() const;
    QFont labelFont() const;
    bool reducesMotion() const { return reduceMotion_; }

private:
    QColor surface_ = QColor::fromRgb(0xFF, 0xFF, 0xFF);
    QColor text_ = QColor::fromRgb(0x15, 0x19, 0x1F);
    QColor secondaryText_ = QColor::fromRgb(0x4A, 0x53, 0x61);
    QColor link_ = QColor::fromRgb(0x62, 0x6B, 0x79);
    QColor idleLink_ = QColor::fromRgb(0xD5, 0xD9, 0xE0);
    QColor accent_ = QColor::fromRgb(0x1F, 0x5F, 0xD6);
    QColor warn_ = QColor::fromRgb(0x8F, 0x54, 0x00);
    QColor relay_ = QColor::fromRgb(0x7A, 0x3F, 0xC0);
    QColor focus_ = QColor::fromRgb(0x1F, 0x5F, 0xD6);
    QVariantList series_;
    QString fontFamily_;
    int fontPixelSize_ = 12;
    bool reduceMotion_ = false;
};

}  // namespace weft::qml
