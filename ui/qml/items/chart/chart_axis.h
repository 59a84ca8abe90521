// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/chart/chart_data.h"

#include <QString>

#include <vector>

namespace weft::qml {

struct ValueTick {
    double value = 0;
    QString text;
};

/// From zero to a round value that is as high as all of the chart.
struct ValueAxis {
    double top = 1;
    /// The first is zero, the last is `top`.
    std::vector<ValueTick> ticks;
};

struct TimeTick {
    qint64 at = 0;
    QString text;
};

/// With at most `most` steps.
ValueAxis valueAxis(const chart::ChartData& data, int most);

/// Round times of the user's day between both ends, at most `most`.
std::vector<TimeTick> timeAxis(qint64 from, qint64 to, int most);

}  // namespace weft::qml
