// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/chart/chart_source.h"

#include "ui/viewmodels/chart/chart_words.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::chart {

void ChartSource::setData(ChartData data) {
    for (ChartSeries& series : data.series) {
        series.values.resize(data.times.size(), std::numeric_limits<double>::quiet_NaN());
    }
    data_ = std::make_shared<const ChartData>(std::move(data));
    if (tableShown_) {
        table_.show(*data_);
    }
    Q_EMIT dataChanged();
}

bool ChartSource::hasValues() const {
    return std::ranges::any_of(
        data_->series, [](const ChartSeries& series) { return totalsOf(series).has_value(); });
}

QStringList ChartSource::names() const {
    QStringList names;
    for (const ChartSeries& series : data_->series) {
        names.push_back(series.name);
    }
    return names;
}

QStringList ChartSource::current() const {
    QStringList texts;
    for (const ChartSeries& series : data_->series) {
        texts.push_back(valueText(
            data_->unit,
            series.values.empty() ? std::numeric_limits<double>::quiet_NaN()
                                  : series.values.back()));
    }
    return texts;
}

QString ChartSource::summary() const {
    return summaryOf(*data_);
}

void ChartSource::setTableShown(bool shown) {
    if (std::exchange(tableShown_, shown) != shown) {
        table_.show(shown ? *data_ : ChartData());
        Q_EMIT tableShownChanged();
    }
}

}  // namespace weft::chart
