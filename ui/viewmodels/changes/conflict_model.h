// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/plan_review.h"
#include "ui/viewmodels/changes/keyed_rows.h"

#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

struct ConflictRow {
    QString key;
    api::PlanConflict conflict;

    friend bool operator==(const ConflictRow&, const ConflictRow&) = default;
};

/// What the draft and somebody else changed in ways that do not go together, from three sides.
/// Thread: main.
class ConflictModel : public KeyedRows<ConflictRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        TitleRole,
        TextRole,
        FieldsRole,
        /// Why a side has no fields: "It did not exist", "Deleted"; empty when it has.
        BaseTextRole,
        MineTextRole,
        TheirsTextRole,
    };

    using KeyedRows<ConflictRow>::KeyedRows;

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void setConflicts(const std::vector<api::PlanConflict>& conflicts);

Q_SIGNALS:
    void countChanged();
};

}  // namespace weft::viewmodels
