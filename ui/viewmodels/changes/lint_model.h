// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "ui/viewmodels/changes/keyed_rows.h"

#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

struct LintRow {
    QString key;
    api::LintFinding finding;

    friend bool operator==(const LintRow&, const LintRow&) = default;
};

/// What the linter says of the draft, errors first.
/// Thread: main.
class LintModel : public KeyedRows<LintRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        TitleRole,
        WordRole,
        ToneRole,
        /// The command that fixes it; empty when nothing safe does.
        FixRole,
    };

    using KeyedRows<LintRow>::KeyedRows;

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The first `kMost` of them.
    void setFindings(const std::vector<api::LintFinding>& findings);
    /// nullptr when there is no such row.
    const api::LintFinding* findingAt(int row) const;

    static constexpr std::size_t kMost = 200;

Q_SIGNALS:
    void countChanged();
};

}  // namespace weft::viewmodels
