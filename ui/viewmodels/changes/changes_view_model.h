// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/changes/conflict_model.h"
#include "ui/viewmodels/changes/draft_desk.h"
#include "ui/viewmodels/changes/draft_review.h"
#include "ui/viewmodels/changes/edit_model.h"
#include "ui/viewmodels/changes/history_view_model.h"
#include "ui/viewmodels/changes/waiting_change.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <set>
#include <string>

namespace weft::viewmodels {

/// How the window stands to the shown mesh.
struct ChangesStanding {
    /// The daemon answers and the node is in the mesh.
    bool inMesh = false;
    bool lost = false;
    /// Why this window may change nothing; empty when it may.
    QString locked;
    /// Connection::policyChanges.
    std::uint64_t policyChanges = 0;

    friend bool operator==(const ChangesStanding&, const ChangesStanding&) = default;
};

/// Changes of the shown mesh's rules: the draft and what it would do, what others changed
/// meanwhile, the history, and the change that waits to be kept.
/// Thread: main.
class ChangesViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// Whether the draft was read.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// False when the daemon keeps no drafts.
    Q_PROPERTY(bool available READ available NOTIFY changed)
    /// Why the draft could not be read.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// Of edits.
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// "3 edits, changed 5 min ago".
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// The draft is being applied.
    Q_PROPERTY(bool applying READ applying NOTIFY changed)
    /// Why the draft cannot be changed now; empty when it can.
    Q_PROPERTY(QString lockedText READ lockedText NOTIFY changed)
    /// Why it cannot be applied now; empty when it can.
    Q_PROPERTY(QString applyHint READ applyHint NOTIFY changed)
    /// What came of the last that was done here when it did not go well.
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::EditModel* edits READ edits CONSTANT)
    Q_PROPERTY(weft::viewmodels::ConflictModel* conflicts READ conflicts CONSTANT)
    Q_PROPERTY(weft::viewmodels::DraftReview* review READ review CONSTANT)
    Q_PROPERTY(weft::viewmodels::HistoryViewModel* history READ history CONSTANT)
    Q_PROPERTY(weft::viewmodels::WaitingChange* waiting READ waiting CONSTANT)

public:
    ChangesViewModel(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    bool known() const { return desk_.isKnown(); }
    bool available() const { return !desk_.isRefused(); }
    QString errorText() const;
    int count() const { return static_cast<int>(desk_.draft().edits.size()); }
    QString summary() const;
    bool busy() const { return desk_.isBusy(); }
    bool applying() const { return applying_; }
    QString lockedText() const;
    QString applyHint() const;
    QString noticeText() const { return notice_; }
    EditModel* edits() { return &edits_; }
    ConflictModel* conflicts() { return &conflicts_; }
    DraftReview* review() { return &review_; }
    HistoryViewModel* history() { return &history_; }
    WaitingChange* waiting() { return &waiting_; }
    DraftDesk& desk() { return desk_; }

    void setMesh(const api::ProfileId& profile);
    void setStanding(const ChangesStanding& standing);
    void refreshClock();
    void refreshAges();
    /// The daemon answers, maybe another one than before.
    void linkIsReady();

    /// Somebody looks at the page, or nobody does any more.
    Q_INVOKABLE void show(bool shown);
    /// The same for what the draft would do, seen elsewhere.
    Q_INVOKABLE void showEffect(bool shown);
    /// Reads the draft anew.
    Q_INVOKABLE void refresh();
    /// With 0 seconds it stays.
    Q_INVOKABLE void apply(const QString& note, int revertSeconds);
    Q_INVOKABLE void discard(const QString& object);
    Q_INVOKABLE void discardAll();
    Q_INVOKABLE void keepMine(const QString& object);
    Q_INVOKABLE void takeTheirs(const QString& object);
    /// Adds the fix of a row of the linter.
    Q_INVOKABLE void fix(int row);
    Q_INVOKABLE void dismissNotice();

    Q_INVOKABLE QString applyCommand(const QString& note, int revertSeconds) const;
    Q_INVOKABLE QString reviewCommand() const;
    Q_INVOKABLE QString discardCommand(const QString& object) const;
    Q_INVOKABLE QString rebaseCommand(const QString& object, bool mine) const;

Q_SIGNALS:
    void changed();
    void done(const QString& text);
    /// There is something to decide about before the draft can be applied.
    void conflictsFound();

private:
    void takeDraft();
    /// The rules have changed.
    void takeNews();
    void takePeers(const api::PeersUpdate& update);
    void takeApplied(const StatusOr<api::AppliedChange>& applied, std::uint64_t number);
    QString abortedText(std::uint64_t number, const Status& status) const;
    void rebase(const api::RebaseWish& wish);
    /// The completion of a write to the draft.
    DraftDesk::Done finish(const QString& failed, const QString& text);
    void setNotice(const QString& text);
    void followAll();

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    ChangesStanding standing_;
    DraftDesk desk_;
    EditModel edits_;
    ConflictModel conflicts_;
    DraftReview review_;
    HistoryViewModel history_;
    WaitingChange waiting_;
    bool shown_ = false;
    bool effectShown_ = false;
    /// The rules themselves are told, not only that they change.
    bool seesRules_ = false;
    bool applying_ = false;
    QString notice_;
    /// The number of the draft that was last shown.
    std::uint64_t number_ = 0;
    /// Members, by id: the review is about them too.
    std::set<std::string> members_;
};

}  // namespace weft::viewmodels
