// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/base/clock.h"
#include "ui/viewmodels/changes/keyed_rows.h"

#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <vector>

namespace weft::viewmodels {

struct HistoryRow {
    std::uint64_t key = 0;
    api::Change change;

    friend bool operator==(const HistoryRow&, const HistoryRow&) = default;
};

/// The changes of a mesh's rules, newest first. Words are made for the rows that are seen.
/// Thread: main.
class HistoryModel final : public KeyedRows<HistoryRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        NumberRole = Qt::UserRole + 1,
        VerbRole,
        /// "5 min ago", and the day and time.
        AgeRole,
        TimeRole,
        AuthorRole,
        ObjectsTextRole,
        NoteRole,
        /// What it did to each object, see objectChanges().
        ObjectsRole,
        /// The change that it took back; 0: none.
        RevertsRole,
        /// The change that took it back; 0: none.
        RevertedByRole,
        WaitsRole,
        /// What could not be taken back, a line each.
        LeftAloneRole,
        /// Why it cannot be taken back; empty when it can.
        UndoHintRole,
    };

    explicit HistoryModel(const base::Clock& clock, QObject* parent = nullptr)
        : KeyedRows(parent), clock_(clock) {}

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void setChanges(const std::vector<api::Change>& changes);
    void refreshAges();
    /// nullptr when it is not listed.
    const api::Change* find(std::uint64_t id) const;
    /// -1 when it is not listed.
    Q_INVOKABLE int rowOf(qulonglong number) const;

Q_SIGNALS:
    void countChanged();

private:
    const base::Clock& clock_;
};

}  // namespace weft::viewmodels
