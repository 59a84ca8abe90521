// SPDX-License-Identifier: Apache-2.0
// An editor's way into the draft.
#include "ui/viewmodels/access/group_references.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/access/policy_editor.h"
#include "ui/viewmodels/words.h"

#include <utility>

namespace weft::viewmodels {

void PolicyEditor::setDesk(DraftDesk& desk, EditUndo& undo) {
    desk_ = &desk;
    undo_ = &undo;
    connect(desk_, &DraftDesk::changed, this, &PolicyEditor::takeDraft);
}

void PolicyEditor::takeDraft() {
    if (!open_ || isNew() || busy_) {
        Q_EMIT changed();
        return;
    }
    const api::PolicyEdit* edit = desk_->find(shownRef());
    const bool same = edit == nullptr ? !drafted_ : drafted_ == *edit;
    if (same) {
        Q_EMIT changed();
    } else if (!dirty()) {
        showAgain();
    } else if (original_ || edit != nullptr) {
        // What was typed stays; it goes on top of what the draft has now.
        drafted_ = edit == nullptr ? std::nullopt : std::optional(*edit);
        Q_EMIT changed();
    }
}

std::vector<api::PolicyObject> PolicyEditor::shownObjects() const {
    static const std::vector<api::PolicyEdit> kNone;
    return state_ ? objectsWith(*state_, desk_ == nullptr ? kNone : desk_->draft().edits)
                  : std::vector<api::PolicyObject>();
}

void PolicyEditor::noteSaved(const api::PolicyEdit& edit) {
    if (undo_ != nullptr) {
        undo_->note(EditUndo::Saved{edit});
    }
}

void PolicyEditor::addToDraft() {
    if (!open_ || busy_ || readOnly() || !canDraft()) {
        return;
    }
    attempted_ = true;
    if (!problems().isEmpty()) {
        Q_EMIT changed();
        return;
    }
    const api::PolicyObject object = build();
    std::vector<api::PolicyEdit> edits{
        {api::refOf(object), drafted_ ? drafted_->after : storedObject(), object}};
    for (const api::PolicyObject& companion : companions()) {
        const api::ObjectRef ref = api::refOf(companion);
        const api::PolicyEdit* known = desk_->find(ref);
        edits.push_back({ref, known == nullptr ? std::nullopt : known->after, companion});
    }
    sendToDraft(edits, tr("%1 is in the draft").arg(objectText(edits.front().ref)));
}

void PolicyEditor::removeInDraft() {
    if (isNew() || busy_ || readOnly() || !canDraft()) {
        return;
    }
    if (!original_) {
        // What only the draft has is gone with its edit.
        leaveDraft();
        return;
    }
    const api::ObjectRef ref = shownRef();
    const auto before = drafted_ ? drafted_->after : storedObject();
    sendToDraft(
        {{ref, before, std::nullopt}}, tr("%1 is removed by the draft").arg(objectText(ref)));
}

void PolicyEditor::sendToDraft(const std::vector<api::PolicyEdit>& edits, const QString& text) {
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    std::vector<EditUndo::Drafted> noted;
    noted.reserve(edits.size());
    for (const api::PolicyEdit& edit : edits) {
        const api::PolicyEdit* known = desk_->find(edit.ref);
        noted.push_back({known == nullptr ? std::nullopt : std::optional(*known), edit});
    }
    const auto finish = [this, ref = edits.front().ref, noted, text, session = session_](
                            const Status& status) {
        if (status.ok() && undo_ != nullptr) {
            undo_->note(noted);
        }
        if (session != session_) {
            return;
        }
        busy_ = false;
        if (!status.ok()) {
            const bool moved = status.code() == StatusCode::kAborted;
            setError(
                moved
                    ? tr("The draft was changed in another window meanwhile. What you typed is "
                         "kept: add it once more.")
                    : errorSentence(tr("It is not in the draft; what you typed is kept"), status));
            return;
        }
        draftTaken();
        Q_EMIT done(text);
        const api::StoredObject* stored = state_ ? state_->find(ref) : nullptr;
        show(stored, desk_->find(ref));
    };
    desk_->put(edits, false, finish);
}

void PolicyEditor::leaveDraft() {
    if (!drafted_ || !canDraft()) {
        return;
    }
    const api::ObjectRef ref = shownRef();
    const auto finish = [this, ref](const Status& status) {
        if (status.ok()) {
            Q_EMIT done(tr("%1 is out of the draft").arg(objectText(ref)));
        } else {
            setError(errorSentence(tr("It is still in the draft"), status));
        }
    };
    desk_->discard({ref}, finish);
}

}  // namespace weft::viewmodels
