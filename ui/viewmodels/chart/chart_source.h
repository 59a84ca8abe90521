// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/chart/chart_data.h"
#include "ui/viewmodels/chart/chart_table.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <memory>

namespace weft::chart {

/// Where a TimeChart gets what it draws; a view-model owns one for each chart. Thread: main.
class ChartSource : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by a view-model")
    /// There is a value to show, a zero too.
    Q_PROPERTY(bool hasValues READ hasValues NOTIFY dataChanged)
    Q_PROPERTY(QStringList names READ names NOTIFY dataChanged)
    /// The newest value of each series.
    Q_PROPERTY(QStringList current READ current NOTIFY dataChanged)
    /// Whole sentences, to be read out.
    Q_PROPERTY(QString summary READ summary NOTIFY dataChanged)
    Q_PROPERTY(weft::chart::ChartTable* table READ table CONSTANT)
    /// The table is filled while somebody reads it.
    Q_PROPERTY(bool tableShown READ tableShown WRITE setTableShown NOTIFY tableShownChanged)

public:
    using QObject::QObject;

    /// Never null; what was given does not change any more.
    const std::shared_ptr<const ChartData>& data() const { return data_; }
    void setData(ChartData data);

    bool hasValues() const;
    QStringList names() const;
    QStringList current() const;
    QString summary() const;
    ChartTable* table() { return &table_; }
    bool tableShown() const { return tableShown_; }
    void setTableShown(bool shown);

Q_SIGNALS:
    void dataChanged();
    void tableShownChanged();

private:
    std::shared_ptr<const ChartData> data_ = std::make_shared<ChartData>();
    ChartTable table_;
    bool tableShown_ = false;
};

}  // namespace weft::chart
