// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/chart/chart_lines.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace weft::qml {
namespace {

/// In pixels.
constexpr qreal kDash = 6;
constexpr qreal kDashGap = 4;
constexpr float kLonePoint = 2;
constexpr qreal kMark = 3;

void addJoint(QPointF at, Stroke look, std::vector<Stroke>& strokes) {
    look.from = at;
    look.to = at;
    look.isDot = true;
    strokes.push_back(look);
}

void addDashed(const std::vector<QPointF>& points, Stroke look, std::vector<Stroke>& strokes) {
    // How far the pattern has come, over all corners.
    qreal along = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const QPointF d = points[i] - points[i - 1];
        const qreal length = std::hypot(d.x(), d.y());
        for (qreal at = 0; at < length;) {
            const qreal phase = std::fmod(along + at, kDash + kDashGap);
            const bool inked = phase < kDash;
            // A piece of rounding size would not end.
            const qreal piece = std::max(0.01, (inked ? kDash : kDash + kDashGap) - phase);
            if (inked) {
                look.from = points[i - 1] + d * (at / length);
                look.to = points[i - 1] + d * (std::min(length, at + piece) / length);
                strokes.push_back(look);
            }
            at += piece;
        }
        along += length;
    }
}

}  // namespace

qreal ChartPlace::x(qint64 at) const {
    const auto span = static_cast<qreal>(std::max<qint64>(1, to - from));
    return plot.left() + static_cast<qreal>(at - from) / span * plot.width();
}

qreal ChartPlace::y(double value) const {
    return plot.bottom() - std::clamp(value / top, 0.0, 1.0) * plot.height();
}

std::vector<std::vector<QPointF>> runsOf(
    const chart::ChartData& data, std::size_t series, const ChartPlace& place) {
    std::vector<std::vector<QPointF>> runs;
    std::vector<QPointF> run;
    const auto& values = data.series[series].values;
    for (std::size_t i = 0; i <= data.times.size(); ++i) {
        const bool shown = i < data.times.size() && std::isfinite(values[i])
                           && data.times[i] >= place.from && data.times[i] <= place.to;
        if (shown) {
            run.push_back(place.point(data.times[i], values[i]));
        } else if (!run.empty()) {
            runs.push_back(std::exchange(run, {}));
        }
    }
    return runs;
}

void addRun(
    const std::vector<QPointF>& points, Stroke look, bool dashed, std::vector<Stroke>& strokes) {
    if (points.size() == 1) {
        look.width *= kLonePoint;
        addJoint(points.front(), look, strokes);
        return;
    }
    if (dashed) {
        addDashed(points, look, strokes);
        return;
    }
    for (std::size_t i = 1; i < points.size(); ++i) {
        look.from = points[i - 1];
        look.to = points[i];
        strokes.push_back(look);
        // Pieces end bluntly: without this, sharp corners have a notch.
        addJoint(points[i], look, strokes);
    }
}

void addMarks(
    const chart::ChartData& data,
    std::size_t series,
    const ChartPlace& place,
    Stroke look,
    std::vector<Stroke>& strokes) {
    if (!data.series[series].marksGaps) {
        return;
    }
    for (std::size_t i = 0; i < data.times.size(); ++i) {
        const bool shown = data.times[i] >= place.from && data.times[i] <= place.to;
        if (!shown || std::isfinite(data.series[series].values[i])) {
            continue;
        }
        const QPointF middle(place.x(data.times[i]), place.plot.bottom() - 2 * kMark);
        for (const QPointF off : {QPointF(kMark, kMark), QPointF(kMark, -kMark)}) {
            look.from = middle - off;
            look.to = middle + off;
            strokes.push_back(look);
        }
    }
}

}  // namespace weft::qml
