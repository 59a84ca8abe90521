// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/history_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/changes/change_commands.h"
#include "ui/viewmodels/changes/review_words.h"
#include "ui/viewmodels/words.h"

#include <fmt/format.h>

namespace weft::viewmodels {
namespace {

using Listed = std::vector<api::Change>;

}  // namespace

HistoryViewModel::HistoryViewModel(
    bridge::Bridge& bridge, DraftDesk& desk, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), desk_(desk), changes_(clock) {
    connect(&desk_, &DraftDesk::changed, this, &HistoryViewModel::changed);
}

QString HistoryViewModel::restoreDraftHint() const {
    const auto count = static_cast<int>(desk_.draft().edits.size());
    return count == 0 ? QString()
                      : tr("The %n edit(s) in your draft would be replaced.", nullptr, count);
}

void HistoryViewModel::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++session_;
    stale_ = true;
    known_ = false;
    busy_ = false;
    canSkip_ = false;
    restoreKnown_ = false;
    limit_ = kPage;
    for (QString* text : {&denied_, &error_, &refusal_, &restoreError_}) {
        text->clear();
    }
    changes_.setChanges({});
    Q_EMIT changed();
}

void HistoryViewModel::follow(bool wanted) {
    wanted_ = wanted;
    if (wanted_ && stale_) {
        refresh();
    }
}

void HistoryViewModel::touch() {
    stale_ = true;
    if (wanted_) {
        refresh();
    }
}

void HistoryViewModel::refresh() {
    stale_ = false;
    const auto finish =
        [this, session = session_, number = ++reads_](const StatusOr<Listed>& changes) {
            if (session == session_ && number == reads_) {
                take(changes);
            }
        };
    bridge_.controller().changes().list(profile_, limit_, bridge_.deliver<Listed>(this, finish));
}

void HistoryViewModel::showMore() {
    limit_ += kPage;
    refresh();
}

void HistoryViewModel::take(const StatusOr<Listed>& changes) {
    denied_.clear();
    error_.clear();
    if (changes.ok()) {
        known_ = true;
        changes_.setChanges(*changes);
    } else {
        takeFailure(changes.status());
    }
    Q_EMIT changed();
}

void HistoryViewModel::takeFailure(const Status& status) {
    if (status.code() != StatusCode::kPermissionDenied) {
        stale_ = true;
        error_ = errorSentence(tr("The history could not be read"), status);
        return;
    }
    denied_ = tr("The history is for administrators of the mesh, and this node lacks a role that "
                 "gives it every right. An administrator can bind one to it. The mesh says: %1")
                  .arg(asSentence(bridge::shownLong(messageOf(status))));
}

void HistoryViewModel::undo(qulonglong change, const QString& object) {
    api::RevertWish wish{change, {}, false};
    if (!object.isEmpty()) {
        wish.only.push_back(fromObjectKey(object));
    }
    send(wish);
}

void HistoryViewModel::undoRest() {
    if (canSkip_) {
        api::RevertWish wish = last_;
        wish.skipChanged = true;
        send(wish);
    }
}

void HistoryViewModel::dismissRefusal() {
    refusal_.clear();
    canSkip_ = false;
    Q_EMIT changed();
}

void HistoryViewModel::send(const api::RevertWish& wish) {
    if (busy_) {
        return;
    }
    busy_ = true;
    last_ = wish;
    dismissRefusal();
    const auto finish = [this, session = session_](const StatusOr<api::AppliedChange>& applied) {
        if (session == session_) {
            this->finish(applied, tr("It was not taken back"));
        }
    };
    bridge_.controller().changes().revert(
        profile_, wish, bridge_.deliver<api::AppliedChange>(this, finish));
}

void HistoryViewModel::finish(const StatusOr<api::AppliedChange>& applied, const QString& failed) {
    busy_ = false;
    if (!applied.ok()) {
        canSkip_ = applied.status().code() == StatusCode::kAborted && last_.id != 0;
        refusal_ = errorSentence(failed, applied.status());
        if (canSkip_) {
            refusal_ = tr("%1 Nothing was changed.").arg(refusal_);
        }
        Q_EMIT changed();
        touch();
        return;
    }
    QStringList left;
    for (const std::string& line : applied->leftAlone) {
        left.append(asSentence(bridge::shownLong(line)));
    }
    if (!left.isEmpty()) {
        refusal_ = tr("This was left as it is: %1").arg(left.join(QLatin1Char(' ')));
    }
    Q_EMIT done(
        applied->id == 0 ? tr("Everything is so already")
                         : tr("Done: change #%1 of the history").arg(applied->id));
    Q_EMIT this->applied(*applied);
    Q_EMIT changed();
    touch();
}

void HistoryViewModel::lookAtRestore(qulonglong change) {
    restoreTo_ = change;
    restoreKnown_ = false;
    restoreError_.clear();
    restorePlan_.clear();
    restoreEdits_.setEdits({});
    restoreWarnings_.setNotes({});
    // The difference between then and now is what the core makes of the history.
    const auto finish =
        [this, session = session_, number = ++plans_](const StatusOr<api::PlanReview>& review) {
            if (session == session_ && number == plans_) {
                takeRestore(review);
            }
        };
    bridge_.controller().planning().review(
        profile_, api::PastRules{change}, bridge_.deliver<api::PlanReview>(this, finish));
    Q_EMIT changed();
}

void HistoryViewModel::takeRestore(const StatusOr<api::PlanReview>& review) {
    if (review.ok()) {
        restoreKnown_ = true;
        restorePlan_ = review->edits;
        restoreEdits_.setEdits(restorePlan_);
        restoreWarnings_.setNotes(warningNotes(*review));
    } else {
        restoreError_ =
            errorSentence(tr("It could not be found out how the rules were then"), review.status());
    }
    Q_EMIT changed();
}

void HistoryViewModel::restoreNow() {
    if (busy_ || !restoreKnown_ || restorePlan_.empty()) {
        return;
    }
    busy_ = true;
    last_ = {};
    dismissRefusal();
    const auto finish = [this, session = session_](const StatusOr<api::AppliedChange>& applied) {
        if (session == session_) {
            this->finish(applied, tr("The rules were not restored"));
        }
    };
    // As the command line notes it.
    const api::ChangeWish wish{restorePlan_, fmt::format("restore of change {}", restoreTo_), {}};
    bridge_.controller().changes().apply(
        profile_, wish, bridge_.deliver<api::AppliedChange>(this, finish));
}

void HistoryViewModel::restoreToDraft() {
    if (busy_ || !restoreKnown_ || restorePlan_.empty()) {
        return;
    }
    dismissRefusal();
    desk_.put(restorePlan_, true, [this](const Status& status) {
        if (status.ok()) {
            Q_EMIT done(tr("The way back to change #%1 is in the draft").arg(restoreTo_));
            Q_EMIT drafted();
        } else {
            refusal_ = errorSentence(tr("It is not in the draft"), status);
            Q_EMIT changed();
        }
    });
}

QString HistoryViewModel::undoCommand(qulonglong change, const QString& object) const {
    std::vector<api::ObjectRef> only;
    if (!object.isEmpty()) {
        only.push_back(fromObjectKey(object));
    }
    return viewmodels::undoCommand(profile_, change, only, false);
}

QString HistoryViewModel::restoreCommand(qulonglong change, bool intoDraft) const {
    return viewmodels::restoreCommand(profile_, change, intoDraft);
}

}  // namespace weft::viewmodels
