// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"
#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <utility>
#include <vector>

namespace weft::viewmodels {

/// The objects of one kind that say who may do what, sorted for reading: rules by the order in
/// which they are asked, everything else by name.
/// Thread: main.
class PolicyModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// With those that the search leaves out.
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY searchTextChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        TitleRole,
        DetailRole,
        LeadRole,
        BadgeRole,
        ToneRole,
        LockedRole,
        /// What the draft does to it: "New", "Changed"; empty when nothing.
        MarkRole,
        MarkToneRole,
    };

    explicit PolicyModel(api::PolicyKind kind, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    api::PolicyKind kind() const { return kind_; }
    int count() const { return static_cast<int>(rows_.size()); }
    int total() const { return static_cast<int>(all_.size()); }
    QString searchText() const { return search_; }
    void setSearchText(const QString& text);

    /// With the draft on top: what it makes is listed, what it changes is shown as it wants it.
    void setState(const api::PolicyState& state, const std::vector<api::PolicyEdit>& draft = {});

    /// The row of an object; -1 when it is not in the list.
    Q_INVOKABLE int rowOf(const QString& key) const;

Q_SIGNALS:
    void countChanged();
    void searchTextChanged();

private:
    struct Row {
        QString key;
        QString title;
        QString detail;
        /// Before the title: the priority of a rule.
        QString lead;
        QString badge;
        look::Tone tone = look::Tone::Neutral;
        bool locked = false;
        QString mark;
        look::Tone markTone = look::Tone::Neutral;
        /// Lower case, for the search.
        QString haystack;

        friend bool operator==(const Row&, const Row&) = default;
    };

    using Edits = QHash<QString, const api::PolicyEdit*>;

    /// What is listed, with the number that it is sorted by.
    using Sorted = std::pair<std::int64_t, Row>;

    Row makeRow(const api::PolicyObject& object, bool isSystem) const;
    Sorted sorted(
        const api::PolicyObject& object, bool isSystem, const api::PolicyEdit* edit) const;
    void fill(Row& row, const api::PolicyObject& object) const;
    void applySearch();
    /// Changes only the rows that differ, so that people stay where they are in the list.
    void show(std::vector<Row> rows);

    const api::PolicyKind kind_;
    std::vector<Row> all_;
    std::vector<Row> rows_;
    QString search_;
};

/// An object as QML carries it: opaque, and whole even when a name is not text.
QString toPolicyKey(const api::ObjectRef& ref);
api::ObjectRef fromPolicyKey(api::PolicyKind kind, const QString& key);

}  // namespace weft::viewmodels
