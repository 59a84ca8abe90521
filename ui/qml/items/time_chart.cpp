// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/time_chart.h"

#include "ui/qml/items/chart/chart_fill.h"
#include "ui/qml/items/graph/graph_frame.h"
#include "ui/qml/items/graph/graph_picture.h"
#include "ui/viewmodels/chart/chart_words.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>
#include <utility>

namespace weft::qml {
namespace {

/// In pixels.
constexpr qreal kGap = 6;
constexpr float kLine = 1.6F;
constexpr float kDot = 7;
constexpr qreal kLeastRow = 34;
/// Of the ground below the first line.
constexpr float kFillOpacity = 0.14F;
constexpr int kMostValueSteps = 4;
/// Shorter charts have seconds in their times, in milliseconds.
constexpr qint64 kShortTime = 120'000;

Stroke strokeOf(QPointF from, QPointF to, float width, const QColor& ink) {
    return {from, to, width, premultiplied(ink), false};
}

}  // namespace

TimeChart::TimeChart(QQuickItem* parent)
    : QQuickItem(parent)
    , ground_(new GraphPicture(this))
    , fill_(new ChartFill(this))
    , lines_(new GraphPicture(this))
    , pointer_(new GraphPicture(this)) {
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    connect(this, &TimeChart::lookChanged, this, &TimeChart::redraw);
}

void TimeChart::setSource(chart::ChartSource* source) {
    if (source == source_) {
        return;
    }
    if (source_ != nullptr) {
        disconnect(source_, nullptr, this, nullptr);
    }
    source_ = source;
    if (source != nullptr) {
        connect(source, &chart::ChartSource::dataChanged, this, &TimeChart::takeData);
        connect(source, &QObject::destroyed, this, [this] {
            source_ = nullptr;
            takeData();
            Q_EMIT sourceChanged();
        });
    }
    takeData();
    Q_EMIT sourceChanged();
}

void TimeChart::takeData() {
    data_ = source_ != nullptr ? source_->data() : std::make_shared<const chart::ChartData>();
    if (cursor_ >= 0) {
        // The same moment, or the one that comes next when it has left.
        const auto found = std::ranges::lower_bound(data_->times, cursorAt_);
        const auto last = static_cast<std::ptrdiff_t>(data_->times.size()) - 1;
        cursor_ = static_cast<int>(std::min(found - data_->times.begin(), last));
        cursorAt_ = cursor_ >= 0 ? data_->times[static_cast<std::size_t>(cursor_)] : 0;
        Q_EMIT cursorChanged();
    }
    redraw();
}

void TimeChart::redraw() {
    stale_ = true;
    polish();
}

const chart::ChartData& TimeChart::data() const {
    return *data_;
}

const Drawing& TimeChart::lines() const {
    return lines_->drawing();
}

qreal TimeChart::ratio() const {
    return window() != nullptr ? window()->effectiveDevicePixelRatio() : 1;
}

QFont TimeChart::font() const {
    QFont font;
    if (!fontFamily_.isEmpty()) {
        font.setFamily(fontFamily_);
    }
    font.setPixelSize(std::max(1, fontPixelSize_));
    return font;
}

QColor TimeChart::inkOf(std::size_t series) const {
    const qsizetype last = series_.size() - 1;
    return last < 0 ? text_
                    : series_.at(std::min(static_cast<qsizetype>(series), last)).value<QColor>();
}

ChartPlace TimeChart::place() const {
    return {plot_, data().from, data().to, values_.top};
}

void TimeChart::updatePolish() {
    if (!isVisible() || width() <= 0 || height() <= 0) {
        return;
    }
    if (std::exchange(stale_, false)) {
        for (QQuickItem* part : childItems()) {
            part->setSize(size());
        }
        layOut();
        drawGround();
        drawLines();
        // Where the cursor is follows from the axes.
        Q_EMIT cursorChanged();
    }
    drawCursor();
}

void TimeChart::layOut() {
    const QFontMetricsF metrics(font());
    const qreal high = metrics.height();
    const qreal room = height() - 1.5 * high - kGap;
    const int steps =
        std::clamp(static_cast<int>(room / std::max(kLeastRow, 1.6 * high)), 1, kMostValueSteps);
    values_ = valueAxis(data(), steps);
    qreal wide = 0;
    for (const ValueTick& tick : values_.ticks) {
        wide = std::max(wide, metrics.horizontalAdvance(tick.text));
    }
    wide = std::ceil(wide) + kGap;
    plot_ = QRectF(
        mirrored_ ? 0 : wide,
        std::ceil(high / 2),
        std::max(1.0, width() - wide),
        std::max(1.0, room - std::ceil(high / 2) + high / 2));
    const bool seconds = data().to - data().from < kShortTime;
    const qreal timeWide = 1.5 * metrics.horizontalAdvance(chart::timeText(data().from, seconds));
    times_ =
        timeAxis(data().from, data().to, static_cast<int>(plot_.width() / std::max(1.0, timeWide)));
}

void TimeChart::drawGround() {
    const QFontMetricsF metrics(font());
    Drawing ground;
    ground.ratio = ratio();
    QImage image(
        (size() * ground.ratio).toSize().expandedTo(QSize(1, 1)),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(ground.ratio, ground.ratio);
    painter.setFont(font());
    painter.setPen(text_);
    // Numbers and units read from left to right within the text of any language.
    painter.setLayoutDirection(mirrored_ ? Qt::RightToLeft : Qt::LeftToRight);
    const ChartPlace at = place();
    const auto beside = mirrored_ ? Qt::AlignLeft : Qt::AlignRight;
    for (const ValueTick& tick : values_.ticks) {
        const qreal y = std::round(at.y(tick.value)) + 0.5;
        ground.strokes.push_back(strokeOf({plot_.left(), y}, {plot_.right(), y}, 1, grid_));
        const qreal left = mirrored_ ? plot_.right() + kGap : 0;
        const QRectF box(
            left, y - metrics.height() / 2, width() - plot_.width() - kGap, metrics.height());
        painter.drawText(
            box, static_cast<int>(Qt::AlignAbsolute | beside | Qt::AlignVCenter), tick.text);
    }
    const qreal top = plot_.bottom() + kGap;
    QRectF last;
    for (const TimeTick& tick : times_) {
        const qreal wide = metrics.horizontalAdvance(tick.text) + 2;
        const qreal x = at.x(tick.at);
        ground.strokes.push_back(
            strokeOf({x, plot_.bottom()}, {x, plot_.bottom() + kGap / 2}, 1, grid_));
        const qreal left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        const QRectF room(left, top, wide, metrics.height());
        // At the edge a label moves inwards, to where the one before may stand.
        if (!room.adjusted(-kGap, 0, kGap, 0).intersects(last)) {
            painter.drawText(room, Qt::AlignHCenter | Qt::AlignTop, tick.text);
            last = room;
        }
    }
    painter.end();
    ground.labels.sprites.push_back({image.rect(), {}});
    ground.labels.atlas = std::move(image);
    ground_->show(std::move(ground));
}

void TimeChart::drawLines() {
    Drawing lines;
    lines.ratio = ratio();
    const ChartPlace at = place();
    fill_->show({}, 0, {});
    // The first one is in front.
    for (std::size_t i = data().series.size(); i-- > 0;) {
        Stroke look = strokeOf({}, {}, kLine, inkOf(i));
        auto runs = runsOf(data(), i, at);
        for (const auto& run : runs) {
            addRun(run, look, i > 0, lines.strokes);
        }
        addMarks(data(), i, at, strokeOf({}, {}, kLine, mark_), lines.strokes);
        if (i == 0) {
            QColor ink = inkOf(0);
            ink.setAlphaF(kFillOpacity);
            fill_->show(std::move(runs), plot_.bottom(), ink);
        }
    }
    lines_->show(std::move(lines));
}

void TimeChart::drawCursor() {
    Drawing pointer;
    pointer.ratio = ratio();
    if (cursor_ >= 0) {
        const auto index = static_cast<std::size_t>(cursor_);
        const ChartPlace at = place();
        const qreal x = std::round(cursorX()) + 0.5;
        pointer.strokes.push_back(strokeOf({x, plot_.top()}, {x, plot_.bottom()}, 1, cursorInk_));
        for (std::size_t i = data().series.size(); i-- > 0;) {
            const double value = data().series[i].values[index];
            if (std::isfinite(value)) {
                Stroke dot = strokeOf(at.point(cursorAt_, value), {}, kDot, inkOf(i));
                dot.isDot = true;
                pointer.strokes.push_back(dot);
            }
        }
    }
    pointer_->show(std::move(pointer));
}

void TimeChart::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size()) {
        redraw();
    }
}

void TimeChart::itemChange(ItemChange change, const ItemChangeData& value) {
    QQuickItem::itemChange(change, value);
    if (change == ItemVisibleHasChanged || change == ItemSceneChange
        || change == ItemDevicePixelRatioHasChanged) {
        redraw();
    }
}

}  // namespace weft::qml
