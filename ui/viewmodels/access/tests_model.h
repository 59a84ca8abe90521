// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy_test.h"
#include "ui/viewmodels/changes/keyed_rows.h"
#include "ui/viewmodels/look.h"

#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// What came of one test in one set of rules.
struct TestOutcome {
    QString word;
    look::Tone tone = look::Tone::Neutral;
    /// What was found.
    QString text;

    friend bool operator==(const TestOutcome&, const TestOutcome&) = default;
};

struct TestRow {
    QString key;
    QString title;
    QString sentence;
    TestOutcome live;
    TestOutcome draft;

    friend bool operator==(const TestRow&, const TestRow&) = default;
};

/// The tests that are kept with the mesh, in their order, with the last result of each.
/// Thread: main.
class TestsModel : public KeyedRows<TestRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by PolicyTestsViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        TitleRole,
        SentenceRole,
        WordRole,
        ToneRole,
        TextRole,
        /// The same with the draft on top.
        DraftWordRole,
        DraftToneRole,
        DraftTextRole,
    };

    using KeyedRows<TestRow>::KeyedRows;

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// A test without a result has not run; `draft` is empty while there is no draft.
    void setTests(
        const std::vector<api::PolicyTest>& tests,
        const std::vector<api::PolicyTestResult>& live,
        const std::vector<api::PolicyTestResult>& draft);
    Q_INVOKABLE QString keyAt(int row) const;

Q_SIGNALS:
    void countChanged();
};

/// The result of a test; nullptr when it has none.
const api::PolicyTestResult* resultOf(
    const std::vector<api::PolicyTestResult>& results, const std::string& name);

}  // namespace weft::viewmodels
