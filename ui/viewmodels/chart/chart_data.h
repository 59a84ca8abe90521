// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QtGlobal>

#include <vector>

namespace weft::chart {

enum class ChartUnit { BytesPerSecond, Milliseconds };

/// One line of a chart.
struct ChartSeries {
    QString name;
    /// One for each time of the chart; what is no finite number is a gap in the line.
    std::vector<double> values;
    /// Gaps mean something, such as an answer that did not come: each gets a mark.
    bool marksGaps = false;
};

/// What a chart shows. All series share the times.
struct ChartData {
    ChartUnit unit = ChartUnit::BytesPerSecond;
    /// The time that is shown, in milliseconds since 1970, which may be longer than what is known.
    qint64 from = 0;
    qint64 to = 0;
    /// Ascending, in milliseconds since 1970.
    std::vector<qint64> times;
    std::vector<ChartSeries> series;
};

}  // namespace weft::chart
