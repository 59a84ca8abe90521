// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"
#include "ui/viewmodels/chart/chart_data.h"

#include <QRectF>

#include <cstddef>
#include <vector>

namespace weft::qml {

/// Where values stand in pixels of the item.
struct ChartPlace {
    /// The field that lines are drawn in.
    QRectF plot;
    qint64 from = 0;
    qint64 to = 1;
    double top = 1;

    qreal x(qint64 at) const;
    qreal y(double value) const;
    QPointF point(qint64 at, double value) const { return {x(at), y(value)}; }
};

/// The parts of a series between its gaps.
std::vector<std::vector<QPointF>> runsOf(
    const chart::ChartData& data, std::size_t series, const ChartPlace& place);

/// Adds a line through `points`, in dashes or whole. A single point is a dot.
void addRun(
    const std::vector<QPointF>& points, Stroke look, bool dashed, std::vector<Stroke>& strokes);

/// Adds a cross at the foot of the plot for each gap of a series that marks them.
void addMarks(
    const chart::ChartData& data,
    std::size_t series,
    const ChartPlace& place,
    Stroke look,
    std::vector<Stroke>& strokes);

}  // namespace weft::qml
