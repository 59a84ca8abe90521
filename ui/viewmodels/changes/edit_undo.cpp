// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/edit_undo.h"

#include "ui/bridge/policy_json.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

using Listed = std::vector<api::Change>;

/// Whether a change of the history left the object as this window wrote it.
bool isOurs(const api::ChangedObject& object, const api::PolicyEdit& edit) {
    return object.after.empty()
               ? !edit.after
               : bridge::policyObjectOf(object.ref.kind, object.after) == edit.after;
}

}  // namespace

EditUndo::EditUndo(bridge::Bridge& bridge, DraftDesk& desk, QObject* parent)
    : QObject(parent), bridge_(bridge), desk_(desk) {}

void EditUndo::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        ++session_;
        busy_ = false;
        steps_.clear();
    }
}

void EditUndo::note(const std::vector<Drafted>& edits) {
    push(edits);
}

void EditUndo::note(const Saved& saved) {
    push(saved);
}

void EditUndo::push(Step step) {
    if (steps_.size() == kMost) {
        steps_.erase(steps_.begin());
    }
    steps_.push_back(std::move(step));
}

void EditUndo::undo() {
    if (busy_) {
        return;
    }
    if (steps_.empty()) {
        Q_EMIT done(tr("There is nothing to take back"));
        return;
    }
    const Step step = std::move(steps_.back());
    steps_.pop_back();
    if (const auto* drafted = std::get_if<std::vector<Drafted>>(&step)) {
        undoDraft(*drafted);
    } else {
        undoSave(std::get<Saved>(step));
    }
}

void EditUndo::undoDraft(const std::vector<Drafted>& edits) {
    const QString what = objectText(edits.front().edit.ref);
    const bool isAsLeft = std::ranges::all_of(edits, [this](const Drafted& each) {
        const api::PolicyEdit* now = desk_.find(each.edit.ref);
        return now != nullptr && now->after == each.edit.after;
    });
    if (!isAsLeft) {
        Q_EMIT done(tr("%1 is no longer in the draft as you put it there").arg(what));
        return;
    }
    busy_ = true;
    restoreDraft(edits, what);
}

void EditUndo::restoreDraft(const std::vector<Drafted>& edits, const QString& what) {
    std::vector<api::ObjectRef> goes;
    std::vector<api::PolicyEdit> stays;
    for (const Drafted& each : edits) {
        if (each.previous) {
            stays.push_back({each.edit.ref, each.edit.after, each.previous->after});
        } else {
            goes.push_back(each.edit.ref);
        }
    }
    const auto finish = [this, what, session = session_](const Status& status) {
        if (session != session_) {
            return;
        }
        busy_ = false;
        Q_EMIT done(
            status.ok() ? tr("Undone: %1 in the draft").arg(what)
                        : errorSentence(tr("%1 was not undone").arg(what), status));
    };
    if (goes.empty()) {
        desk_.put(stays, false, finish);
    } else if (stays.empty()) {
        desk_.discard(goes, finish);
    } else {
        desk_.put(stays, false, [this, goes, finish](const Status& status) {
            if (status.ok()) {
                desk_.discard(goes, finish);
            } else {
                finish(status);
            }
        });
    }
}

void EditUndo::undoSave(const Saved& saved) {
    busy_ = true;
    const auto finish = [this, saved, session = session_](const StatusOr<Listed>& changes) {
        if (session == session_) {
            takeHistory(saved, changes);
        }
    };
    bridge_.controller().changes().list(profile_, kDepth, bridge_.deliver<Listed>(this, finish));
}

void EditUndo::takeHistory(const Saved& saved, const StatusOr<Listed>& changes) {
    if (!changes.ok()) {
        // Who may not read the history, or has none, writes what was before: over what this window
        // wrote, and nothing else.
        applyInverse(saved);
        return;
    }
    const auto isAbout = [&saved](const api::ChangedObject& object) {
        return api::sameObject(object.ref, saved.edit.ref);
    };
    for (const api::Change& change : *changes) {
        const auto object = std::ranges::find_if(change.objects, isAbout);
        if (object == change.objects.end()) {
            continue;
        }
        if (isOurs(*object, saved.edit)) {
            revert(saved, change.id);
        } else {
            finish(saved, aborted("somebody has changed it since"));
        }
        return;
    }
    applyInverse(saved);
}

void EditUndo::revert(const Saved& saved, std::uint64_t change) {
    const auto finish =
        [this, saved, session = session_](const StatusOr<api::AppliedChange>& applied) {
            if (session == session_) {
                this->finish(saved, applied.status());
            }
        };
    bridge_.controller().changes().revert(
        profile_, {change, {}, false}, bridge_.deliver<api::AppliedChange>(this, finish));
}

void EditUndo::applyInverse(const Saved& saved) {
    const auto finish =
        [this, saved, session = session_](const StatusOr<api::AppliedChange>& applied) {
            if (session == session_) {
                this->finish(saved, applied.status());
            }
        };
    const api::PolicyEdit inverse{saved.edit.ref, saved.edit.after, saved.edit.before};
    bridge_.controller().changes().apply(
        profile_, {{inverse}, {}, {}}, bridge_.deliver<api::AppliedChange>(this, finish));
}

void EditUndo::finish(const Saved& saved, const Status& status) {
    busy_ = false;
    const QString what = objectText(saved.edit.ref);
    Q_EMIT done(
        status.ok() ? tr("Undone: %1 is as it was before").arg(what)
                    : errorSentence(tr("%1 was not undone").arg(what), status));
}

}  // namespace weft::viewmodels
