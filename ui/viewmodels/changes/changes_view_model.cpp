// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/changes_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/changes/change_commands.h"
#include "ui/viewmodels/words.h"

#include <utility>

namespace weft::viewmodels {

ChangesViewModel::ChangesViewModel(
    bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent)
    , bridge_(bridge)
    , clock_(clock)
    , desk_(bridge)
    , review_(bridge)
    , history_(bridge, desk_, clock)
    , waiting_(bridge, clock) {
    connect(&desk_, &DraftDesk::changed, this, &ChangesViewModel::takeDraft);
    connect(&bridge_, &bridge::Bridge::policyChanged, this, [this] {
        seesRules_ = true;
        takeNews();
    });
    connect(&bridge_, &bridge::Bridge::peersChanged, this, &ChangesViewModel::takePeers);
    connect(&history_, &HistoryViewModel::done, this, &ChangesViewModel::done);
    connect(&waiting_, &WaitingChange::done, this, &ChangesViewModel::done);
    connect(&waiting_, &WaitingChange::changed, this, &ChangesViewModel::changed);
    connect(&waiting_, &WaitingChange::ended, &history_, &HistoryViewModel::touch);
}

QString ChangesViewModel::errorText() const {
    return desk_.error().ok() || desk_.isRefused()
               ? QString()
               : errorSentence(tr("The draft could not be read"), desk_.error());
}

QString ChangesViewModel::summary() const {
    if (count() == 0) {
        return {};
    }
    const QString edits = tr("%n edit(s)", nullptr, count());
    const auto& changedAt = desk_.draft().changedAt;
    return changedAt ? tr("%1, changed %2", "edits of the draft, when")
                           .arg(edits, relativeTime(*changedAt, clock_.wallNow()))
                     : edits;
}

QString ChangesViewModel::lockedText() const {
    if (!standing_.locked.isEmpty()) {
        return standing_.locked;
    }
    return standing_.lost ? tr("The background service does not answer.") : QString();
}

QString ChangesViewModel::applyHint() const {
    if (QString locked = lockedText(); !locked.isEmpty()) {
        return locked;
    }
    if (count() == 0) {
        return tr("The draft has no edits.");
    }
    if (!standing_.inMesh) {
        return tr("Connect first: the draft is made in the mesh.");
    }
    if (conflicts_.count() > 0) {
        return tr("First decide about %n conflict(s).", nullptr, conflicts_.count());
    }
    return waiting_.waits() ? tr("Another change waits to be kept or taken back.") : QString();
}

void ChangesViewModel::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    applying_ = false;
    notice_.clear();
    members_.clear();
    seesRules_ = false;
    desk_.setMesh(profile);
    review_.setMesh(profile);
    history_.setMesh(profile);
    waiting_.setMesh(profile);
    Q_EMIT changed();
}

void ChangesViewModel::setStanding(const ChangesStanding& standing) {
    if (standing == standing_) {
        return;
    }
    const ChangesStanding before = std::exchange(standing_, standing);
    waiting_.setStanding(standing_.inMesh, standing_.lost, standing_.locked);
    // Who may not see the rules is told that they change, not how.
    const bool isNews = !seesRules_ && before.policyChanges != standing_.policyChanges;
    if (standing_.inMesh && (!before.inMesh || isNews)) {
        takeNews();
    }
    followAll();
    Q_EMIT changed();
}

void ChangesViewModel::takeNews() {
    desk_.reload();
    review_.touch();
    history_.touch();
    waiting_.look();
}

void ChangesViewModel::linkIsReady() {
    desk_.forgetRefusal();
}

void ChangesViewModel::followAll() {
    const bool looks = shown_ && standing_.inMesh;
    review_.follow((looks || (effectShown_ && standing_.inMesh)) && count() > 0);
    history_.follow(looks);
}

void ChangesViewModel::show(bool shown) {
    if (shown && !shown_) {
        desk_.reload();
    }
    shown_ = shown;
    followAll();
}

void ChangesViewModel::showEffect(bool shown) {
    effectShown_ = shown;
    followAll();
}

void ChangesViewModel::refresh() {
    desk_.reload();
    review_.touch();
    history_.touch();
}

void ChangesViewModel::refreshClock() {
    waiting_.refreshClock();
}

void ChangesViewModel::refreshAges() {
    history_.refreshAges();
    if (count() > 0) {
        Q_EMIT changed();
    }
}

void ChangesViewModel::takeDraft() {
    const api::Draft& draft = desk_.draft();
    edits_.setEdits(draft.edits);
    conflicts_.setConflicts(draft.conflicts);
    if (std::exchange(number_, draft.number) != draft.number) {
        review_.touch();
    }
    followAll();
    Q_EMIT changed();
}

void ChangesViewModel::takePeers(const api::PeersUpdate& update) {
    const auto before = members_;
    if (update.reset) {
        members_.clear();
    }
    for (const api::Peer& peer : update.changed) {
        members_.insert(peer.id);
    }
    for (const std::string& id : update.removedIds) {
        members_.erase(id);
    }
    if (members_ != before) {
        review_.touch();
    }
}

void ChangesViewModel::apply(const QString& note, int revertSeconds) {
    if (applying_ || busy() || !applyHint().isEmpty()) {
        return;
    }
    applying_ = true;
    dismissNotice();
    const api::ApplyDraftWish wish{
        bridge::toCore(note.trimmed()), std::chrono::seconds(revertSeconds)};
    const auto finish =
        [this, number = desk_.draft().number](const StatusOr<api::AppliedChange>& applied) {
            takeApplied(applied, number);
        };
    desk_.apply(wish, finish);
}

void ChangesViewModel::takeApplied(
    const StatusOr<api::AppliedChange>& applied, std::uint64_t number) {
    applying_ = false;
    if (applied.ok()) {
        waiting_.noteApplied(*applied);
        history_.touch();
        Q_EMIT done(
            applied->revertAt ? tr("The draft is applied; keep it before its time is over")
                              : tr("The draft is applied"));
        Q_EMIT changed();
        return;
    }
    const Status& status = applied.status();
    switch (status.code()) {
    case StatusCode::kAborted:
        setNotice(abortedText(number, status));
        if (conflicts_.count() > 0) {
            Q_EMIT conflictsFound();
        }
        break;
    case StatusCode::kUnavailable:
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kCancelled:
        // The answer was lost, maybe after the mesh did it.
        setNotice(tr("Nobody knows whether the draft was applied: the background service was lost "
                     "meanwhile. What you see here is kept; look at the history before you apply "
                     "it again."));
        break;
    default:
        setNotice(errorSentence(tr("The draft was not applied and is kept"), status));
    }
    Q_EMIT changed();
}

QString ChangesViewModel::abortedText(std::uint64_t number, const Status& status) const {
    if (conflicts_.count() > 0) {
        return tr("Nothing was applied: others have changed the same meanwhile. Your draft is "
                  "kept; decide what holds.");
    }
    if (desk_.draft().number != number) {
        return tr("Nothing was applied: the draft was changed in another window. This is how it is "
                  "now; look at it once more.");
    }
    return errorSentence(tr("Nothing was applied and your draft is kept"), status);
}

DraftDesk::Done ChangesViewModel::finish(const QString& failed, const QString& text) {
    return [this, failed, text, number = desk_.draft().number](const Status& status) {
        if (status.ok()) {
            Q_EMIT done(text);
            return;
        }
        const bool moved = status.code() == StatusCode::kAborted && desk_.draft().number != number;
        setNotice(
            moved ? tr("%1: the draft was changed in another window. This is how it is now.")
                        .arg(failed)
                  : errorSentence(failed, status));
    };
}

void ChangesViewModel::discard(const QString& object) {
    dismissNotice();
    const api::ObjectRef ref = fromObjectKey(object);
    desk_.discard(
        {ref},
        finish(
            tr("The edit was not discarded"), tr("%1 is out of the draft").arg(objectText(ref))));
}

void ChangesViewModel::discardAll() {
    dismissNotice();
    desk_.discard({}, finish(tr("The draft was not discarded"), tr("The draft is discarded")));
}

void ChangesViewModel::keepMine(const QString& object) {
    rebase({{fromObjectKey(object)}, {}});
}

void ChangesViewModel::takeTheirs(const QString& object) {
    rebase({{}, {fromObjectKey(object)}});
}

void ChangesViewModel::rebase(const api::RebaseWish& wish) {
    dismissNotice();
    const bool mine = !wish.keepMine.empty();
    const QString what = objectText((mine ? wish.keepMine : wish.takeTheirs).front());
    desk_.rebase(
        wish,
        finish(
            tr("The conflict is not decided"),
            mine ? tr("%1: yours holds").arg(what) : tr("%1: theirs holds").arg(what)));
}

void ChangesViewModel::fix(int row) {
    const api::LintFinding* finding = review_.lint()->findingAt(row);
    if (finding == nullptr || finding->fix.empty()) {
        return;
    }
    dismissNotice();
    desk_.put(
        finding->fix,
        false,
        finish(tr("The fix is not in the draft"), tr("The fix is in the draft")));
}

void ChangesViewModel::dismissNotice() {
    setNotice({});
}

void ChangesViewModel::setNotice(const QString& text) {
    if (text != notice_) {
        notice_ = text;
        Q_EMIT changed();
    }
}

QString ChangesViewModel::applyCommand(const QString& note, int revertSeconds) const {
    return viewmodels::applyCommand(profile_, std::chrono::seconds(revertSeconds), note.trimmed());
}

QString ChangesViewModel::reviewCommand() const {
    return viewmodels::reviewCommand(profile_);
}

QString ChangesViewModel::discardCommand(const QString& object) const {
    std::vector<api::ObjectRef> objects;
    if (!object.isEmpty()) {
        objects.push_back(fromObjectKey(object));
    }
    return viewmodels::discardCommand(profile_, objects);
}

QString ChangesViewModel::rebaseCommand(const QString& object, bool mine) const {
    return viewmodels::rebaseCommand(profile_, fromObjectKey(object), mine);
}

}  // namespace weft::viewmodels
