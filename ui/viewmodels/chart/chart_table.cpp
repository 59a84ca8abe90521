// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/chart/chart_table.h"

#include "ui/viewmodels/chart/chart_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace weft::chart {
namespace {

/// Rows begin at round times, in milliseconds: they stay where they are while time goes on.
constexpr std::array<qint64, 13> kRowSteps{
    1000,
    2000,
    5000,
    10'000,
    15'000,
    30'000,
    60'000,
    120'000,
    300'000,
    1'800'000,
    3'600'000,
    7'200'000,
    14'400'000};

qint64 rowStep(const ChartData& data) {
    const qint64 span = data.times.empty() ? 0 : data.times.back() - data.times.front();
    const auto* found = std::ranges::find_if(
        kRowSteps, [span](qint64 step) { return span / step + 2 <= kMostTableRows; });
    // Something shorter than an hour for a day, and longer than all for a year.
    return found != kRowSteps.end() ? *found : span / (kMostTableRows - 2) + 1;
}

/// Of the values from `first` up to `last`, without gaps.
double meanOf(const ChartSeries& series, std::size_t first, std::size_t last) {
    double sum = 0;
    int count = 0;
    for (std::size_t i = first; i < std::min(last, series.values.size()); ++i) {
        if (std::isfinite(series.values[i])) {
            sum += series.values[i];
            ++count;
        }
    }
    return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / count;
}

QString cellText(const ChartData& data, const ChartSeries& series, double value) {
    if (!std::isfinite(value) && series.marksGaps) {
        return QCoreApplication::translate("ChartWords", "no answer");
    }
    return valueText(data.unit, value);
}

}  // namespace

std::vector<ChartTable::Row> ChartTable::rowsOf(const ChartData& data) {
    const qint64 step = rowStep(data);
    std::vector<Row> rows;
    for (std::size_t first = 0; first < data.times.size();) {
        std::size_t last = first + 1;
        while (last < data.times.size() && data.times[last] / step == data.times[first] / step) {
            ++last;
        }
        Row row;
        row.at = data.times[first] / step * step;
        row.time = timeText(row.at, step < 60'000);
        bool known = false;
        for (const ChartSeries& series : data.series) {
            const double mean = meanOf(series, first, last);
            known = known || std::isfinite(mean) || series.marksGaps;
            row.values.push_back(cellText(data, series, mean));
            row.text += QCoreApplication::translate("ChartWords", ", %1: %2")
                            .arg(series.name, row.values.back());
        }
        row.text.prepend(row.time);
        if (known) {
            rows.push_back(std::move(row));
        }
        first = last;
    }
    std::ranges::reverse(rows);
    return rows;
}

void ChartTable::show(const ChartData& data) {
    std::vector<Row> rows = rowsOf(data);
    const auto before = count();
    // New times come at the top, old ones go at the end; whoever reads in between is left alone.
    const auto known = rows_.empty() ? rows.end() : std::ranges::find(rows, rows_[0].at, &Row::at);
    const int fresh = known == rows.end() ? 0 : static_cast<int>(known - rows.begin());
    if (fresh > 0) {
        beginInsertRows({}, 0, fresh - 1);
        rows_.insert(rows_.begin(), rows.begin(), known);
        endInsertRows();
    }
    const int size = static_cast<int>(rows.size());
    if (count() > size) {
        beginRemoveRows({}, size, count() - 1);
        rows_.resize(rows.size());
        endRemoveRows();
    } else if (count() < size) {
        beginInsertRows({}, count(), size - 1);
        rows_.insert(rows_.end(), rows.begin() + count(), rows.end());
        endInsertRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows_[i] != rows[i]) {
            rows_[i] = std::move(rows[i]);
            const QModelIndex changed = index(static_cast<int>(i));
            Q_EMIT dataChanged(changed, changed);
        }
    }
    if (count() != before) {
        Q_EMIT countChanged();
    }
}

int ChartTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant ChartTable::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case TimeRole:
        return row.time;
    case ValuesRole:
        return row.values;
    case TextRole:
        return row.text;
    default:
        return {};
    }
}

QHash<int, QByteArray> ChartTable::roleNames() const {
    return {{TimeRole, "time"}, {ValuesRole, "values"}, {TextRole, "text"}};
}

}  // namespace weft::chart
