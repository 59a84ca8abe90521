// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/changes/draft_desk.h"
#include "ui/viewmodels/changes/edit_undo.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace weft::viewmodels {

/// One object of the policy while somebody looks at it or changes it. What is typed stays until it
/// is saved or thrown away: a lost connection, a refusal or somebody else's change takes nothing.
/// Saves only over the revision that was read; if there is another by now, both are shown. Where
/// the daemon keeps drafts an edit can go there instead, and the editor shows what the draft wants.
/// Those that derive from it name it in full: Qt 6.4 records bases for qmllint as they are written.
/// Thread: main.
class PolicyEditor : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed)
    Q_PROPERTY(bool isNew READ isNew NOTIFY changed)
    /// Names the object in a list; empty for a new one.
    Q_PROPERTY(QString key READ key NOTIFY changed)
    Q_PROPERTY(QString heading READ heading NOTIFY changed)
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)
    /// Why nothing can be changed; empty when it can.
    Q_PROPERTY(QString readOnlyText READ readOnlyText NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool dirty READ dirty NOTIFY changed)
    Q_PROPERTY(bool canSave READ canSave NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// Somebody changed or deleted the object since it was read.
    Q_PROPERTY(bool conflict READ conflict NOTIFY changed)
    Q_PROPERTY(QString conflictText READ conflictText NOTIFY changed)
    /// How the two differ, a line each.
    Q_PROPERTY(QString conflictDetail READ conflictDetail NOTIFY changed)
    /// What is wrong, by field.
    Q_PROPERTY(QVariantMap problems READ problems NOTIFY changed)
    /// What goes with the object when it is deleted, a line each; empty when nothing does.
    Q_PROPERTY(QString consequenceText READ consequenceText NOTIFY changed)
    /// The daemon keeps drafts.
    Q_PROPERTY(bool canDraft READ canDraft NOTIFY changed)
    /// The mesh has it, not the draft alone.
    Q_PROPERTY(bool stored READ isStored NOTIFY changed)
    /// The draft has an edit of this object.
    Q_PROPERTY(bool drafted READ drafted NOTIFY changed)
    /// What that edit does; empty when there is none.
    Q_PROPERTY(QString draftText READ draftText NOTIFY changed)

public:
    PolicyEditor(bridge::Bridge& bridge, api::PolicyKind kind, QObject* parent);

    bool isOpen() const { return open_; }
    bool isNew() const { return !original_ && !drafted_; }
    QString key() const;
    QString heading() const;
    QString name() const { return name_; }
    void setName(const QString& name);
    QString readOnlyText() const;
    bool readOnly() const { return !readOnlyText().isEmpty(); }
    bool busy() const { return busy_; }
    bool dirty() const;
    bool canSave() const { return open_ && !busy_ && !readOnly() && dirty(); }
    QString errorText() const { return error_; }
    bool conflict() const { return conflict_; }
    QString conflictText() const;
    QStringList conflictLines() const;
    QString conflictDetail() const { return conflictLines().join(u'\n'); }
    QVariantMap problems() const;
    QStringList consequences() const;
    QString consequenceText() const { return consequences().join(u'\n'); }
    bool canDraft() const { return desk_ != nullptr && desk_->isAvailable(); }
    bool isStored() const { return original_.has_value(); }
    bool drafted() const { return drafted_.has_value(); }
    QString draftText() const;

    Q_INVOKABLE void openKey(const QString& key);
    Q_INVOKABLE void openNew();
    Q_INVOKABLE void save();
    /// Throws away what was typed.
    Q_INVOKABLE void close();
    /// In a conflict: shows what the mesh has by now instead of what was typed.
    Q_INVOKABLE void takeTheirs();
    /// In a conflict: what was typed goes over what the mesh has by now.
    Q_INVOKABLE void writeMine();
    Q_INVOKABLE void remove();
    /// Into the draft instead of the mesh.
    Q_INVOKABLE void addToDraft();
    Q_INVOKABLE void removeInDraft();
    /// Takes this object out of the draft.
    Q_INVOKABLE void leaveDraft();

    /// Where edits go, and who can take them back. Both outlive this.
    void setDesk(DraftDesk& desk, EditUndo& undo);
    /// The mesh that the objects are of; another one closes the editor.
    void setMesh(const api::ProfileId& profile);
    /// What the mesh has. `state` may be null: nothing is known.
    void setState(std::shared_ptr<const api::PolicyState> state);
    /// Why this window may change nothing at all; empty when it may.
    void setLocked(const QString& why);

Q_SIGNALS:
    void changed();
    /// Something was done: "Rule office saved".
    void done(const QString& text);

protected:
    /// The fields as an object.
    virtual api::PolicyObject build() const = 0;
    /// Fills the fields; nullptr for those of a new object.
    virtual void load(const api::PolicyObject* object) = 0;
    /// Adds what is wrong with the fields; `missing` also what is still empty.
    virtual void check(QVariantMap& problems, bool missing) const = 0;
    /// Runs after a save, before the editor shows the object as saved.
    virtual void saved() {}
    /// Objects that go into the draft beside this one.
    virtual std::vector<api::PolicyObject> companions() const { return {}; }
    /// Runs after they went there.
    virtual void draftTaken() {}

    const api::PolicyState* state() const { return state_.get(); }
    bridge::Bridge& bridge() { return bridge_; }
    const api::ProfileId& profile() const { return profile_; }
    const std::optional<api::StoredObject>& original() const { return original_; }
    std::string coreName() const { return name_.trimmed().toStdString(); }
    /// All objects as the mesh has them, with the draft on top.
    std::vector<api::PolicyObject> shownObjects() const;
    /// Hands edits to the draft, that of the shown object first; `text` tells that they are there.
    void sendToDraft(const std::vector<api::PolicyEdit>& edits, const QString& text);
    /// A field was typed into.
    void edited();
    void setError(const QString& error);

private:
    void show(const api::StoredObject* stored, const api::PolicyEdit* edit);
    /// As the state and the draft have the object now.
    void showAgain();
    void takeDraft();
    void noteSaved(const api::PolicyEdit& edit);
    std::optional<api::PolicyObject> storedObject() const;
    api::ObjectRef shownRef() const;
    void write(std::optional<std::uint64_t> base);
    void takeWritten(const api::PolicyObject& object, const StatusOr<api::WriteReport>& report);
    const api::StoredObject* current() const;

    bridge::Bridge& bridge_;
    const api::PolicyKind kind_;
    api::ProfileId profile_;
    std::shared_ptr<const api::PolicyState> state_;
    QString locked_;
    bool open_ = false;
    bool busy_ = false;
    bool attempted_ = false;
    bool conflict_ = false;
    QString error_;
    QString name_;
    /// As it was read; nothing for a new one.
    std::optional<api::StoredObject> original_;
    /// The draft's edit of it as it was read; nothing when there was none.
    std::optional<api::PolicyEdit> drafted_;
    /// What the fields said before anybody typed.
    std::optional<api::PolicyObject> shown_;
    DraftDesk* desk_ = nullptr;
    EditUndo* undo_ = nullptr;
    /// An answer that comes for another object than the shown one is passed over.
    std::uint64_t session_ = 0;
};

}  // namespace weft::viewmodels
