// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/chart/chart_words.h"

#include "ui/viewmodels/digits.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace weft::chart {
namespace {

constexpr double kStep = 1024;
/// What is rounded to less than 1,000.
constexpr double kMostShown = 999.5;
/// Up to "TiB".
constexpr int kMostSteps = 4;

/// The context of these texts in the catalogues.
class ChartWords {
    Q_DECLARE_TR_FUNCTIONS(ChartWords)
};

/// "MiB", as the locale has it: Qt tells it with a number alone.
QString byteUnit(int steps) {
    if (steps == 0) {
        return ChartWords::tr("B", "bytes");
    }
    const QLocale locale;
    QString text = locale.formattedDataSize(
        static_cast<qint64>(std::pow(kStep, steps)), 0, QLocale::DataSizeIecFormat);
    text.remove(locale.toString(1));
    return text.trimmed();
}

}  // namespace

ChartScale scaleFor(ChartUnit unit, double value) {
    if (unit == ChartUnit::Milliseconds) {
        return {1, ChartWords::tr("ms", "milliseconds")};
    }
    int steps = 0;
    // Four digits are one unit more: numbers keep their width.
    for (double left = value; left >= kMostShown && steps < kMostSteps; left /= kStep) {
        ++steps;
    }
    return {std::pow(kStep, steps), ChartWords::tr("%1/s").arg(byteUnit(steps))};
}

QString valueText(ChartUnit unit, double value) {
    if (!std::isfinite(value)) {
        return QString(QChar(0x2013));
    }
    const double shown = std::max(0.0, value);
    const ChartScale scale = scaleFor(unit, shown);
    const bool isWhole = unit == ChartUnit::BytesPerSecond && scale.size == 1;
    return ChartWords::tr("%1 %2", "a number and its unit")
        .arg(
            viewmodels::withPlainDigits(
                QLocale().toString(shown / scale.size, 'f', isWhole ? 0 : 1)),
            scale.unit);
}

QString timeText(qint64 at, bool seconds) {
    const QLocale locale;
    QString format = locale.timeFormat(QLocale::ShortFormat);
    // Some locales have them in their short format too.
    format.remove(QLatin1String(":ss"));
    if (seconds) {
        format.replace(QLatin1String("mm"), QLatin1String("mm:ss"));
    }
    return viewmodels::withPlainDigits(
        locale.toString(QDateTime::fromMSecsSinceEpoch(at).time(), format));
}

std::optional<ChartTotals> totalsOf(const ChartSeries& series) {
    ChartTotals totals;
    std::size_t count = 0;
    for (const double value : series.values) {
        if (std::isfinite(value)) {
            totals.highest = count == 0 ? value : std::max(totals.highest, value);
            totals.mean += value;
            ++count;
        }
    }
    if (count == 0) {
        return std::nullopt;
    }
    totals.now = series.values.back();
    totals.mean /= static_cast<double>(count);
    return totals;
}

QString summaryOf(const ChartData& data) {
    QStringList sentences;
    for (const ChartSeries& series : data.series) {
        if (const auto totals = totalsOf(series)) {
            sentences.push_back(ChartWords::tr("%1: %2 now, %3 at most, %4 on average.")
                                    .arg(
                                        series.name,
                                        valueText(data.unit, totals->now),
                                        valueText(data.unit, totals->highest),
                                        valueText(data.unit, totals->mean)));
        }
    }
    return sentences.join(QLatin1Char(' '));
}

}  // namespace weft::chart
