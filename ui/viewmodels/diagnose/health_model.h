// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/clock.h"
#include "ui/viewmodels/connection_presentation.h"
#include "ui/viewmodels/note_model.h"

#include <QAbstractListModel>
#include <QQmlEngine>

#include <memory>
#include <vector>

namespace weft::viewmodels {

/// Each mesh with its state, its checks and what is wrong with it; the shown one first.
/// Thread: main.
class HealthModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by DiagnoseViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// "2 problems in 1 mesh", or that all is well; empty while nothing is known.
    Q_PROPERTY(QString summary READ summary NOTIFY summaryChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        WordRole,
        DetailRole,
        ToneRole,
        ChecksRole,
        ProblemsRole
    };

    explicit HealthModel(const base::Clock& clock, QObject* parent = nullptr)
        : QAbstractListModel(parent), clock_(clock) {}

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }
    QString summary() const { return summary_; }

    void setState(
        const api::DaemonState& state,
        const api::ProfileId& current,
        api::LinkState link,
        api::Grade grade);
    /// Ages run with the time of day.
    void refreshAges();

Q_SIGNALS:
    void countChanged();
    void summaryChanged();

private:
    struct Row {
        api::ProfileId id;
        QString name;
        ConnectionPresentation shown;
        std::unique_ptr<NoteModel> checks;
        std::unique_ptr<NoteModel> problems;
    };

    void setRows(const std::vector<api::ProfileId>& ids);
    void fill(Row& row);
    void summarise();

    const base::Clock& clock_;
    api::DaemonState state_;
    api::LinkState link_ = api::LinkState::Connecting;
    api::Grade grade_ = api::Grade::None;
    std::vector<Row> rows_;
    /// Of before the last reset.
    std::vector<Row> left_;
    QString summary_;
};

}  // namespace weft::viewmodels
