// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/access/rule_priorities.h"
#include "ui/viewmodels/changes/draft_desk.h"
#include "ui/viewmodels/changes/edit_undo.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace weft::viewmodels {

/// Puts rules into another order: new priorities become edits of the draft, all of one move
/// together, and nothing is written to the mesh. Rules that the draft removes have no place.
/// Thread: main.
class RuleOrder final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    /// Why nothing can be moved; empty when it can.
    Q_PROPERTY(QString lockedText READ lockedText NOTIFY changed)

public:
    /// Both outlive it.
    RuleOrder(DraftDesk& desk, EditUndo& undo, QObject* parent = nullptr);

    QString lockedText() const;
    void setState(std::shared_ptr<const api::PolicyState> state);
    void setLocked(const QString& why);

    /// Whether a rule can be moved at all.
    Q_INVOKABLE bool canMove(const QString& key) const;
    /// Puts the rule directly before or after another one.
    Q_INVOKABLE void move(const QString& key, const QString& target, bool after);

Q_SIGNALS:
    void changed();
    /// In words.
    void done(const QString& text);
    /// The rule has its new place.
    void moved(const QString& key);

private:
    struct Place {
        api::NetworkAcl rule;
        RankedRule ranked;
    };

    /// As they are asked with the draft on top.
    std::vector<Place> places() const;
    void write(
        const std::vector<Place>& order,
        const std::vector<PriorityChange>& changes,
        const QString& key,
        const QString& text);

    DraftDesk& desk_;
    EditUndo& undo_;
    std::shared_ptr<const api::PolicyState> state_;
    QString locked_;
};

}  // namespace weft::viewmodels
