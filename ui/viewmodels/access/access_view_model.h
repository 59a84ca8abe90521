// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bridge/bridge.h"
#include "ui/viewmodels/access/path_editors.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/access/rights_view_model.h"
#include "ui/viewmodels/access/role_editor.h"
#include "ui/viewmodels/access/rule_editor.h"
#include "ui/viewmodels/access/rule_order.h"
#include "ui/viewmodels/access/subject_editors.h"
#include "ui/viewmodels/peers_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QStringList>

#include <array>
#include <memory>

namespace weft::viewmodels {

/// Who may do what in the shown mesh, and how it hangs together: lists and editors.
/// Thread: main.
class AccessViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// Whether the rules were read.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// Why nothing is shown; empty while it loads or is shown.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// The mesh was made without roles.
    Q_PROPERTY(bool rolesDisabled READ rolesDisabled NOTIFY changed)
    /// No rule at all: nobody reaches anybody.
    Q_PROPERTY(bool isolated READ isolated NOTIFY changed)
    /// What is wrong with what is stored; empty when nothing is.
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed)
    Q_PROPERTY(QStringList groupNames READ groupNames NOTIFY changed)
    Q_PROPERTY(QStringList roleNames READ roleNames NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::PolicyModel* rules READ rules CONSTANT)
    Q_PROPERTY(weft::viewmodels::PolicyModel* groups READ groups CONSTANT)
    Q_PROPERTY(weft::viewmodels::PolicyModel* roles READ roles CONSTANT)
    Q_PROPERTY(weft::viewmodels::PolicyModel* bindings READ bindings CONSTANT)
    Q_PROPERTY(weft::viewmodels::PolicyModel* edges READ edges CONSTANT)
    Q_PROPERTY(weft::viewmodels::PolicyModel* routes READ routes CONSTANT)
    Q_PROPERTY(weft::viewmodels::RightsViewModel* rights READ rights CONSTANT)
    Q_PROPERTY(weft::viewmodels::RuleOrder* order READ order CONSTANT)
    Q_PROPERTY(weft::viewmodels::RuleEditor* rule READ rule CONSTANT)
    Q_PROPERTY(weft::viewmodels::GroupEditor* group READ group CONSTANT)
    Q_PROPERTY(weft::viewmodels::RoleEditor* role READ role CONSTANT)
    Q_PROPERTY(weft::viewmodels::BindingEditor* binding READ binding CONSTANT)
    Q_PROPERTY(weft::viewmodels::EdgeEditor* edge READ edge CONSTANT)
    Q_PROPERTY(weft::viewmodels::RouteEditor* route READ route CONSTANT)

public:
    /// More names at once are refused.
    static constexpr qsizetype kMostPasted = 1000;

    /// `members` and `desk` outlive this.
    AccessViewModel(
        bridge::Bridge& bridge,
        const PeersModel& members,
        DraftDesk& desk,
        QObject* parent = nullptr);

    bool known() const { return state_ != nullptr; }
    QString errorText() const { return error_; }
    bool rolesDisabled() const { return state_ && state_->rolesDisabled; }
    bool isolated() const { return state_ && !hasRules_; }
    QString problemText() const;
    QStringList groupNames() const { return groupNames_; }
    QStringList roleNames() const { return roleNames_; }
    PolicyModel* rules() { return &rules_; }
    PolicyModel* groups() { return &groups_; }
    PolicyModel* roles() { return &roles_; }
    PolicyModel* bindings() { return &bindings_; }
    PolicyModel* edges() { return &edges_; }
    PolicyModel* routes() { return &routes_; }
    RightsViewModel* rights() { return &rights_; }
    RuleOrder* order() { return &order_; }
    RuleEditor* rule() { return &rule_; }
    GroupEditor* group() { return &group_; }
    RoleEditor* role() { return &role_; }
    BindingEditor* binding() { return &binding_; }
    EdgeEditor* edge() { return &edge_; }
    RouteEditor* route() { return &route_; }

    /// The mesh that is shown, and why this window may change nothing in it (empty: it may).
    void setMesh(const api::ProfileId& profile);
    void setLocked(const QString& why);
    /// Begins or ends to follow the rules: they are read while the node is in the mesh.
    void follow(bool inMesh);

    /// Takes back the last that was saved or put into the draft here, and tells what it was.
    Q_INVOKABLE void undo();

    /// An entry of a list as people may see it.
    Q_INVOKABLE QString shownEntry(const QString& entry) const;
    /// What is wrong with one entry that is about to be added; empty when it is fine.
    Q_INVOKABLE QString entryProblem(const QString& typed, bool network) const;
    /// `entries` with what was typed, if there is anything: each once, and everybody ("*") alone.
    Q_INVOKABLE QStringList withEntry(const QStringList& entries, const QString& typed) const;
    /// The names of a list that was copied elsewhere: lines, or separated by commas or spaces. None
    /// when it is one name or too many.
    Q_INVOKABLE QStringList pasted();
    /// Whether an entry names a member or a group that is not there.
    Q_INVOKABLE bool isUnknown(const QString& entry) const;
    /// Members that the typed text may mean, and groups as "group:NAME" with `withGroups`; without
    /// those that are `taken`.
    Q_INVOKABLE QStringList
    suggestions(const QString& typed, bool withGroups, const QStringList& taken) const;

Q_SIGNALS:
    void changed();
    /// Something was saved or deleted.
    void done(const QString& text);

private:
    void takePolicy(const std::shared_ptr<const api::PolicyState>& policy);
    void askWhy();
    /// The rules with the draft on top.
    void showLists();

    bridge::Bridge& bridge_;
    const PeersModel& members_;
    DraftDesk& desk_;
    EditUndo undo_;
    api::ProfileId profile_;
    bool following_ = false;
    std::shared_ptr<const api::PolicyState> state_;
    bool hasRules_ = false;
    QString error_;
    QStringList groupNames_;
    QStringList roleNames_;
    PolicyModel rules_;
    PolicyModel groups_;
    PolicyModel roles_;
    PolicyModel bindings_;
    PolicyModel edges_;
    PolicyModel routes_;
    RightsViewModel rights_;
    RuleOrder order_;
    RuleEditor rule_;
    GroupEditor group_;
    RoleEditor role_;
    BindingEditor binding_;
    EdgeEditor edge_;
    RouteEditor route_;
    const std::array<PolicyModel*, 6> models_;
    const std::array<PolicyEditor*, 6> editors_;
};

}  // namespace weft::viewmodels
