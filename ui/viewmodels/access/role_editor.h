// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/access/policy_editor.h"

#include <QVariantList>

#include <vector>

namespace weft::viewmodels {

/// The rights that a role gives: each is a set of verbs on a set of resources, for all names or for
/// some.
class RoleEditor final : public weft::viewmodels::PolicyEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    /// Of each right: `verbs` and `resources` as lists of positions in the choices, `names` as
    /// texts, `sentence`.
    Q_PROPERTY(QVariantList rights READ rights NOTIFY changed)
    Q_PROPERTY(int rightCount READ rightCount NOTIFY changed)
    /// The words to choose from; the first stands for all.
    Q_PROPERTY(QStringList verbChoices READ verbChoices CONSTANT)
    Q_PROPERTY(QStringList resourceChoices READ resourceChoices CONSTANT)

public:
    RoleEditor(bridge::Bridge& bridge, QObject* parent);

    QVariantList rights() const;
    int rightCount() const { return static_cast<int>(rules_.size()); }
    QStringList verbChoices() const;
    QStringList resourceChoices() const;

    Q_INVOKABLE void addRight();
    Q_INVOKABLE void removeRight(int right);
    Q_INVOKABLE void toggleVerb(int right, int choice);
    Q_INVOKABLE void toggleResource(int right, int choice);
    Q_INVOKABLE void setNames(int right, const QStringList& names);

protected:
    api::PolicyObject build() const override;
    void load(const api::PolicyObject* object) override;
    void check(QVariantMap& problems, bool missing) const override;

private:
    api::RoleRule* at(int right);

    std::vector<api::RoleRule> rules_;
};

}  // namespace weft::viewmodels
