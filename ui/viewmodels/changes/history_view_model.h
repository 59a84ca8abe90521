// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bridge/bridge.h"
#include "ui/viewmodels/changes/draft_desk.h"
#include "ui/viewmodels/changes/edit_model.h"
#include "ui/viewmodels/changes/history_model.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <vector>

namespace weft::viewmodels {

/// Who changed what in the shown mesh, and the ways back.
/// Thread: main.
class HistoryViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    /// Whether it was read.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// What is missing to read it; empty when nothing is.
    Q_PROPERTY(QString deniedText READ deniedText NOTIFY changed)
    /// Why it could not be read otherwise.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// There are older ones.
    Q_PROPERTY(bool hasMore READ hasMore NOTIFY changed)
    /// Something is being taken back.
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// Why the last way back was refused, or what it left as it is.
    Q_PROPERTY(QString refusalText READ refusalText NOTIFY changed)
    /// It goes when what others changed since is left alone.
    Q_PROPERTY(bool canSkip READ canSkip NOTIFY changed)
    /// What a restore would do is known.
    Q_PROPERTY(bool restoreKnown READ restoreKnown NOTIFY changed)
    Q_PROPERTY(QString restoreError READ restoreError NOTIFY changed)
    /// A restore into the draft takes the place of edits that are there.
    Q_PROPERTY(QString restoreDraftHint READ restoreDraftHint NOTIFY changed)
    Q_PROPERTY(bool canDraft READ canDraft NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::HistoryModel* changes READ changes CONSTANT)
    Q_PROPERTY(weft::viewmodels::EditModel* restoreEdits READ restoreEdits CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* restoreWarnings READ restoreWarnings CONSTANT)

public:
    /// So many are read at first, and as many more each time.
    static constexpr std::uint32_t kPage = 100;

    /// `desk` outlives this.
    HistoryViewModel(
        bridge::Bridge& bridge,
        DraftDesk& desk,
        const base::Clock& clock,
        QObject* parent = nullptr);

    bool known() const { return known_; }
    QString deniedText() const { return denied_; }
    QString errorText() const { return error_; }
    bool hasMore() const { return known_ && changes_.count() >= static_cast<int>(limit_); }
    bool busy() const { return busy_; }
    QString refusalText() const { return refusal_; }
    bool canSkip() const { return canSkip_; }
    bool restoreKnown() const { return restoreKnown_; }
    QString restoreError() const { return restoreError_; }
    QString restoreDraftHint() const;
    bool canDraft() const { return desk_.isAvailable(); }
    HistoryModel* changes() { return &changes_; }
    EditModel* restoreEdits() { return &restoreEdits_; }
    NoteModel* restoreWarnings() { return &restoreWarnings_; }

    void setMesh(const api::ProfileId& profile);
    /// Whether somebody looks and it can be read.
    void follow(bool wanted);
    /// The rules have changed.
    void touch();
    void refreshAges() { changes_.refreshAges(); }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void showMore();
    /// The whole change, or with `object` that one alone.
    Q_INVOKABLE void undo(qulonglong change, const QString& object);
    /// The same once more, without what others changed since.
    Q_INVOKABLE void undoRest();
    Q_INVOKABLE void dismissRefusal();
    /// Finds out what it would do to make the rules what they were after a change.
    Q_INVOKABLE void lookAtRestore(qulonglong change);
    Q_INVOKABLE void restoreNow();
    Q_INVOKABLE void restoreToDraft();
    Q_INVOKABLE QString undoCommand(qulonglong change, const QString& object) const;
    Q_INVOKABLE QString restoreCommand(qulonglong change, bool intoDraft) const;

Q_SIGNALS:
    void changed();
    void done(const QString& text);
    /// A change was made.
    void applied(const weft::api::AppliedChange& change);
    /// The edits are in the draft.
    void drafted();

private:
    void take(const StatusOr<std::vector<api::Change>>& changes);
    void takeFailure(const Status& status);
    void send(const api::RevertWish& wish);
    void finish(const StatusOr<api::AppliedChange>& applied, const QString& failed);
    void takeRestore(const StatusOr<api::PlanReview>& review);

    bridge::Bridge& bridge_;
    DraftDesk& desk_;
    api::ProfileId profile_;
    HistoryModel changes_;
    EditModel restoreEdits_;
    NoteModel restoreWarnings_;
    bool wanted_ = false;
    bool stale_ = true;
    bool known_ = false;
    bool busy_ = false;
    bool canSkip_ = false;
    bool restoreKnown_ = false;
    std::uint32_t limit_ = kPage;
    QString denied_;
    QString error_;
    QString refusal_;
    QString restoreError_;
    api::RevertWish last_;
    std::uint64_t restoreTo_ = 0;
    std::vector<api::PolicyEdit> restorePlan_;
    /// Tells answers about this mesh, and the newest question, from older ones.
    std::uint64_t session_ = 0;
    std::uint64_t reads_ = 0;
    std::uint64_t plans_ = 0;
};

}  // namespace weft::viewmodels
