// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "ui/viewmodels/changes/keyed_rows.h"

#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

struct EditRow {
    QString key;
    api::PolicyEdit edit;

    friend bool operator==(const EditRow&, const EditRow&) = default;
};

/// The edits of a draft, grouped by kind. Words are made for the rows that are seen.
/// Thread: main.
class EditModel : public KeyedRows<EditRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        /// The heading of the group.
        GroupRole,
        TitleRole,
        WordRole,
        ToneRole,
        FieldsRole,
    };

    using KeyedRows<EditRow>::KeyedRows;

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void setEdits(const std::vector<api::PolicyEdit>& edits);

Q_SIGNALS:
    void countChanged();
};

}  // namespace weft::viewmodels
