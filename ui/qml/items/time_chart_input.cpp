// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/time_chart.h"
#include "ui/viewmodels/chart/chart_words.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace weft::qml {
namespace {

/// A span in which moments differ by seconds, in milliseconds.
constexpr qint64 kShortSpan = 3'600'000;

}  // namespace

void TimeChart::setCursorIndex(int cursor) {
    const int last = static_cast<int>(data().times.size()) - 1;
    const int kept = std::clamp(cursor, -1, last);
    if (kept != cursor_) {
        cursor_ = kept;
        cursorAt_ = kept >= 0 ? data().times[static_cast<std::size_t>(kept)] : 0;
        polish();
        Q_EMIT cursorChanged();
    }
}

void TimeChart::moveCursor(int by) {
    const int last = static_cast<int>(data().times.size()) - 1;
    setCursorIndex(cursor_ < 0 ? last : std::clamp(cursor_ + by, std::min(0, last), last));
}

qreal TimeChart::cursorX() const {
    return cursor_ < 0 ? 0 : std::clamp(place().x(cursorAt_), plot_.left(), plot_.right());
}

QString TimeChart::cursorTime() const {
    return cursor_ < 0 ? QString()
                       : chart::timeText(cursorAt_, data().to - data().from < kShortSpan);
}

QStringList TimeChart::cursorTexts() const {
    QStringList texts;
    if (cursor_ < 0) {
        return texts;
    }
    const auto index = static_cast<std::size_t>(cursor_);
    for (const chart::ChartSeries& series : data().series) {
        const bool isMark = series.marksGaps && !std::isfinite(series.values[index]);
        texts.push_back(tr("%1: %2").arg(
            series.name,
            isMark ? tr("no answer") : chart::valueText(data().unit, series.values[index])));
    }
    return texts;
}

void TimeChart::pointAt(qreal x) {
    const auto& times = data().times;
    if (times.empty() || x < plot_.left() - 1 || x > plot_.right() + 1) {
        setCursorIndex(-1);
        return;
    }
    const qreal share = (x - plot_.left()) / plot_.width();
    const auto at = data().from + std::llround(share * static_cast<qreal>(data().to - data().from));
    const auto after = std::ranges::lower_bound(times, at);
    auto nearest = after == times.end() ? std::prev(after) : after;
    if (nearest != times.begin() && at - *std::prev(nearest) < *nearest - at) {
        --nearest;
    }
    setCursorIndex(static_cast<int>(nearest - times.begin()));
}

void TimeChart::hoverEnterEvent(QHoverEvent* event) {
    hoverMoveEvent(event);
}

void TimeChart::hoverMoveEvent(QHoverEvent* event) {
    hovering_ = true;
    pointAt(event->position().x());
}

void TimeChart::hoverLeaveEvent(QHoverEvent* /*event*/) {
    if (hovering_) {
        hovering_ = false;
        setCursorIndex(-1);
    }
}

void TimeChart::mousePressEvent(QMouseEvent* event) {
    forceActiveFocus(Qt::MouseFocusReason);
    pointAt(event->position().x());
}

void TimeChart::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        moveCursor(-1);
        return;
    case Qt::Key_Right:
        moveCursor(1);
        return;
    case Qt::Key_Home:
        setCursorIndex(data().times.empty() ? -1 : 0);
        return;
    case Qt::Key_End:
        setCursorIndex(static_cast<int>(data().times.size()) - 1);
        return;
    case Qt::Key_Escape:
        if (cursor_ >= 0) {
            setCursorIndex(-1);
            return;
        }
        break;
    default:
        break;
    }
    event->ignore();
}

}  // namespace weft::qml
