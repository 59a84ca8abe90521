// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/access/policy_editor.h"
#include "ui/viewmodels/note_model.h"

#include <vector>

namespace weft::viewmodels {

/// Who is in a group, or whom a binding gives its role to. What the fields do not show of an object
/// is kept as it was read.
class SubjectsEditor : public weft::viewmodels::PolicyEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    Q_PROPERTY(QStringList nodes READ nodes WRITE setNodes NOTIFY changed)
    Q_PROPERTY(QStringList users READ users WRITE setUsers NOTIFY changed)
    Q_PROPERTY(QStringList groups READ groups WRITE setGroups NOTIFY changed)
    Q_PROPERTY(bool everybody READ everybody WRITE setEverybody NOTIFY changed)

public:
    QStringList nodes() const { return nodes_; }
    void setNodes(const QStringList& nodes);
    QStringList users() const { return users_; }
    void setUsers(const QStringList& users);
    QStringList groups() const { return groups_; }
    void setGroups(const QStringList& groups);
    bool everybody() const { return everybody_; }
    void setEverybody(bool everybody);

protected:
    using PolicyEditor::PolicyEditor;

    std::vector<api::Subject> subjects() const;
    void loadSubjects(const std::vector<api::Subject>& subjects);
    void check(QVariantMap& problems, bool missing) const override;

private:
    QStringList nodes_;
    QStringList users_;
    QStringList groups_;
    bool everybody_ = false;
    /// As it was read: its order stays when nothing was changed.
    std::vector<api::Subject> read_;
};

class GroupEditor final : public weft::viewmodels::SubjectsEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    /// Which rules, bindings and groups name it, with the draft on top.
    Q_PROPERTY(QString usedBy READ usedBy NOTIFY usesChanged)
    Q_PROPERTY(weft::viewmodels::NoteModel* uses READ uses CONSTANT)
    /// Why it cannot get another name; empty when it can.
    Q_PROPERTY(QString renameHint READ renameHint NOTIFY changed)

public:
    GroupEditor(bridge::Bridge& bridge, QObject* parent);

    QString usedBy() const;
    NoteModel* uses() { return &uses_; }
    QString renameHint() const;

    /// What is wrong with a new name; empty when nothing is.
    Q_INVOKABLE QString renameProblem(const QString& name) const;
    /// Gives it the name in the draft, and all that names it follows.
    Q_INVOKABLE void rename(const QString& name);

Q_SIGNALS:
    void usesChanged();

protected:
    api::PolicyObject build() const override;
    void load(const api::PolicyObject* object) override;

private:
    void showUses();

    NoteModel uses_;
};

class BindingEditor final : public weft::viewmodels::SubjectsEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    Q_PROPERTY(QString role READ role WRITE setRole NOTIFY changed)

public:
    BindingEditor(bridge::Bridge& bridge, QObject* parent);

    QString role() const { return role_; }
    void setRole(const QString& role);

protected:
    api::PolicyObject build() const override;
    void load(const api::PolicyObject* object) override;
    void check(QVariantMap& problems, bool missing) const override;

private:
    QString role_;
};

}  // namespace weft::viewmodels
