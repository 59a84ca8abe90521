// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/chart/chart_data.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QStringList>

#include <vector>

namespace weft::chart {

/// A chart has at most so many rows as a table: neighbours share one, with their mean.
inline constexpr int kMostTableRows = 60;

/// The same data as a chart, newest first, for who reads rather than looks. Rows that stay the same
/// are not reported as changed.
class ChartTable : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by a ChartSource")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        /// When the time of a row begins.
        TimeRole = Qt::UserRole + 1,
        /// One text for each series.
        ValuesRole,
        /// The whole row, to be read out.
        TextRole
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }

    void show(const ChartData& data);

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        qint64 at = 0;
        QString time;
        QStringList values;
        QString text;

        friend bool operator==(const Row&, const Row&) = default;
    };
    static std::vector<Row> rowsOf(const ChartData& data);

    std::vector<Row> rows_;
};

}  // namespace weft::chart
