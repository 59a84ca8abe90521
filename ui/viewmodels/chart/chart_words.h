// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/chart/chart_data.h"

#include <QString>

#include <optional>

namespace weft::chart {

/// What values are told in: "MiB/s", of 1,048,576 bytes a second.
struct ChartScale {
    double size = 1;
    QString unit;
};

/// The smallest unit in which `value` has at most three digits.
ChartScale scaleFor(ChartUnit unit, double value);

/// "1.2 MiB/s", "512 B/s", "12.3 ms", by locale. The decimals follow from the unit alone, so that a
/// text does not jump when a value changes a little. A dash for what is no number.
QString valueText(ChartUnit unit, double value);

/// "14:05", or "14:05:30" for `seconds`, in the user's locale and time zone.
QString timeText(qint64 at, bool seconds);

/// What a series comes to, without its gaps.
struct ChartTotals {
    double now = 0;
    double highest = 0;
    double mean = 0;
};

/// nullopt: nothing but gaps. `now` is the last value, a gap too.
std::optional<ChartTotals> totalsOf(const ChartSeries& series);

/// One sentence for each series, to be read out: now, highest, mean.
QString summaryOf(const ChartData& data);

}  // namespace weft::chart
