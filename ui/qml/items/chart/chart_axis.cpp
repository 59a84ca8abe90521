// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/chart/chart_axis.h"

#include "ui/viewmodels/chart/chart_words.h"
#include "ui/viewmodels/digits.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace weft::qml {
namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr std::array<qint64, 16> kTimeSteps{
    1000,
    2000,
    5000,
    10'000,
    15'000,
    30'000,
    kMinute,
    2 * kMinute,
    5 * kMinute,
    10 * kMinute,
    15 * kMinute,
    30 * kMinute,
    kHour,
    3 * kHour,
    6 * kHour,
    12 * kHour};

/// What an axis without any values ends at.
double leastTop(chart::ChartUnit unit) {
    return unit == chart::ChartUnit::BytesPerSecond ? 1024 : 1;
}

double highestOf(const chart::ChartData& data) {
    double highest = 0;
    for (const chart::ChartSeries& series : data.series) {
        for (const double value : series.values) {
            if (std::isfinite(value)) {
                highest = std::max(highest, value);
            }
        }
    }
    return highest > 0 ? highest : leastTop(data.unit);
}

/// 1, 2 or 5 times a power of ten, `least` or more.
double roundStep(double least) {
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        // A hair of room: 0.2 is not 2 * 0.1 for a computer.
        if (factor * power >= least * (1 - 1e-9)) {
            return factor * power;
        }
    }
    return 10 * power;
}

}  // namespace

ValueAxis valueAxis(const chart::ChartData& data, int most) {
    const double highest = highestOf(data);
    const chart::ChartScale scale = chart::scaleFor(data.unit, highest);
    double step = roundStep(highest / scale.size / std::max(1, most));
    if (data.unit == chart::ChartUnit::BytesPerSecond && scale.size == 1) {
        step = std::max(1.0, step);
    }
    const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 6);
    const int count = std::max(1, static_cast<int>(std::ceil(highest / scale.size / step - 1e-9)));
    ValueAxis axis;
    axis.top = count * step * scale.size;
    for (int i = 0; i <= count; ++i) {
        const QString number =
            viewmodels::withPlainDigits(QLocale().toString(i * step, 'f', i == 0 ? 0 : decimals));
        axis.ticks.push_back(
            {i * step * scale.size,
             QCoreApplication::translate("ChartWords", "%1 %2", "a number and its unit")
                 .arg(number, scale.unit)});
    }
    return axis;
}

std::vector<TimeTick> timeAxis(qint64 from, qint64 to, int most) {
    std::vector<TimeTick> ticks;
    if (to <= from || most < 1) {
        return ticks;
    }
    const auto* found = std::ranges::find_if(
        kTimeSteps, [&](qint64 step) { return (to - from) / step + 1 <= most; });
    const qint64 step = found != kTimeSteps.end() ? *found : (to - from) / most + 1;
    // Round on the clock of the user.
    const qint64 offset = qint64{1000} * QDateTime::fromMSecsSinceEpoch(from).offsetFromUtc();
    const qint64 begin = from + offset;
    const qint64 first = begin + (step - begin % step) % step - offset;
    for (qint64 at = first; at <= to; at += step) {
        ticks.push_back({at, chart::timeText(at, step < kMinute)});
    }
    return ticks;
}

}  // namespace weft::qml
