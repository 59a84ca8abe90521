// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/chart/chart_axis.h"
#include "ui/qml/items/chart/chart_lines.h"
#include "ui/qml/items/graph/drawing.h"
#include "ui/viewmodels/chart/chart_source.h"

#include <QColor>
#include <QFont>
#include <QPointer>
#include <QQmlEngine>
#include <QQuickItem>
#include <QStringList>
#include <QVariantList>

#include <memory>

namespace weft::qml {

class ChartFill;
class GraphPicture;

/// Draws values over time: the first series whole with a faint ground, the others dashed, an axis
/// with round values and one with times of the day. A cursor, by pointer or by keyboard (Left and
/// Right, Home and End, Escape), names the values of one moment. Draws anew for new data, another
/// size and another cursor alone; nothing moves on its own. Time runs to the right, whichever way
/// the language is written; `mirrored` puts the values at the right edge.
class TimeChart : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(weft::chart::ChartSource* source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(QColor textColor MEMBER text_ NOTIFY lookChanged)
    Q_PROPERTY(QColor gridColor MEMBER grid_ NOTIFY lookChanged)
    Q_PROPERTY(QColor cursorColor MEMBER cursorInk_ NOTIFY lookChanged)
    Q_PROPERTY(QColor markColor MEMBER mark_ NOTIFY lookChanged)
    /// Of the series; of a shorter list the last one is used again.
    Q_PROPERTY(QVariantList series MEMBER series_ NOTIFY lookChanged)
    Q_PROPERTY(QString fontFamily MEMBER fontFamily_ NOTIFY lookChanged)
    Q_PROPERTY(int fontPixelSize MEMBER fontPixelSize_ NOTIFY lookChanged)
    Q_PROPERTY(bool mirrored MEMBER mirrored_ NOTIFY lookChanged)
    /// The index of the moment that the cursor is at; -1: none. It stays at its time when data
    /// comes.
    Q_PROPERTY(int cursor READ cursor WRITE setCursorIndex NOTIFY cursorChanged)
    /// In pixels of the item.
    Q_PROPERTY(qreal cursorX READ cursorX NOTIFY cursorChanged)
    Q_PROPERTY(QString cursorTime READ cursorTime NOTIFY cursorChanged)
    /// "Received: 1.2 MiB/s", one for each series.
    Q_PROPERTY(QStringList cursorTexts READ cursorTexts NOTIFY cursorChanged)

public:
    explicit TimeChart(QQuickItem* parent = nullptr);

    chart::ChartSource* source() const { return source_; }
    void setSource(chart::ChartSource* source);
    int cursor() const { return cursor_; }
    void setCursorIndex(int cursor);
    qreal cursorX() const;
    QString cursorTime() const;
    QStringList cursorTexts() const;

    /// Moves the cursor by so many moments; from the newest when there is none.
    Q_INVOKABLE void moveCursor(int by);

    /// Where values stand, for tests.
    ChartPlace place() const;
    const ValueAxis& values() const { return values_; }
    const std::vector<TimeTick>& times() const { return times_; }
    /// The lines, from back to front.
    const Drawing& lines() const;

Q_SIGNALS:
    void sourceChanged();
    void lookChanged();
    void cursorChanged();

protected:
    void updatePolish() override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& value) override;
    void hoverEnterEvent(QHoverEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void takeData();
    void redraw();
    void layOut();
    void drawGround();
    void drawLines();
    void drawCursor();
    void pointAt(qreal x);
    const chart::ChartData& data() const;
    qreal ratio() const;
    QFont font() const;
    QColor inkOf(std::size_t series) const;

    QPointer<chart::ChartSource> source_;
    std::shared_ptr<const chart::ChartData> data_ = std::make_shared<chart::ChartData>();
    QColor text_ = QColor::fromRgb(0x4A, 0x53, 0x61);
    QColor grid_ = QColor::fromRgb(0xD5, 0xD9, 0xE0);
    QColor cursorInk_ = QColor::fromRgb(0x15, 0x19, 0x1F);
    QColor mark_ = QColor::fromRgb(0xB3, 0x24, 0x24);
    QVariantList series_;
    QString fontFamily_;
    int fontPixelSize_ = 12;
    bool mirrored_ = false;

    bool stale_ = true;
    QRectF plot_;
    ValueAxis values_;
    std::vector<TimeTick> times_;
    int cursor_ = -1;
    qint64 cursorAt_ = 0;
    bool hovering_ = false;
    /// Children, from back to front.
    GraphPicture* ground_;
    ChartFill* fill_;
    GraphPicture* lines_;
    GraphPicture* pointer_;
};

}  // namespace weft::qml
