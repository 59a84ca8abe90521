// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/draft_desk.h"

#include "ui/viewmodels/access/policy_diff.h"

#include <utility>

namespace weft::viewmodels {

DraftDesk::DraftDesk(bridge::Bridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {}

void DraftDesk::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++session_;
    draft_ = {};
    index_.clear();
    known_ = false;
    refused_ = false;
    busy_ = false;
    error_ = okStatus();
    if (!profile_.empty()) {
        reload();
    }
    Q_EMIT changed();
}

void DraftDesk::forgetRefusal() {
    refused_ = false;
    if (!profile_.empty()) {
        reload();
    }
}

void DraftDesk::reload() {
    reloadThen([] {});
}

void DraftDesk::reloadThen(std::function<void()> then) {
    if (profile_.empty() || refused_) {
        then();
        return;
    }
    const auto finish = [this, session = session_, number = ++reads_, then = std::move(then)](
                            const StatusOr<api::Draft>& draft) {
        if (session != session_) {
            return;
        }
        if (number == reads_) {
            takeRead(draft);
        }
        then();
    };
    bridge_.controller().drafts().get(profile_, bridge_.deliver<api::Draft>(this, finish));
}

void DraftDesk::takeRead(const StatusOr<api::Draft>& draft) {
    if (draft.ok()) {
        take(*draft);
        return;
    }
    error_ = draft.status();
    if (error_.code() == StatusCode::kUnimplemented) {
        refused_ = true;
        known_ = true;
        draft_ = {};
        index_.clear();
    }
    Q_EMIT changed();
}

void DraftDesk::take(const api::Draft& draft) {
    const bool same = known_ && error_.ok() && draft == draft_;
    draft_ = draft;
    known_ = true;
    error_ = okStatus();
    if (same) {
        return;
    }
    index_.clear();
    for (std::size_t i = 0; i < draft_.edits.size(); ++i) {
        index_.insert(identityOf(draft_.edits[i].ref), i);
    }
    Q_EMIT changed();
}

const api::PolicyEdit* DraftDesk::find(const api::ObjectRef& ref) const {
    const auto found = index_.constFind(identityOf(ref));
    return found == index_.constEnd() ? nullptr : &draft_.edits[*found];
}

bool DraftDesk::begin(const std::function<void(const Status&)>& refuse) {
    if (busy_ || !isAvailable()) {
        refuse(
            busy_ ? failedPrecondition("the draft is being written just now")
                  : unavailable("the draft has not been read yet"));
        return false;
    }
    busy_ = true;
    // A read on its way would bring back what was before.
    ++reads_;
    Q_EMIT changed();
    return true;
}

Callback<api::Draft> DraftDesk::written(Done done) {
    const auto finish =
        [this, session = session_, done = std::move(done)](const StatusOr<api::Draft>& draft) {
            if (session != session_) {
                return;
            }
            busy_ = false;
            if (draft.ok()) {
                ++reads_;
                take(*draft);
                Q_EMIT changed();
                done(okStatus());
                return;
            }
            // Another window wrote it, or nobody knows what became of it: what there is now counts.
            reloadThen([done, status = draft.status()] { done(status); });
            Q_EMIT changed();
        };
    return bridge_.deliver<api::Draft>(this, finish);
}

void DraftDesk::put(const std::vector<api::PolicyEdit>& edits, bool replace, Done done) {
    if (begin(done)) {
        bridge_.controller().drafts().edit(
            profile_, edits, replace, draft_.number, written(std::move(done)));
    }
}

void DraftDesk::discard(const std::vector<api::ObjectRef>& objects, Done done) {
    if (begin(done)) {
        bridge_.controller().drafts().discard(
            profile_, objects, draft_.number, written(std::move(done)));
    }
}

void DraftDesk::rebase(const api::RebaseWish& wish, Done done) {
    if (begin(done)) {
        bridge_.controller().drafts().rebase(
            profile_, wish, draft_.number, written(std::move(done)));
    }
}

void DraftDesk::apply(const api::ApplyDraftWish& wish, Applied done) {
    if (!begin([&done](const Status& status) { done(status); })) {
        return;
    }
    const auto finish = [this, session = session_, done = std::move(done)](
                            const StatusOr<api::AppliedChange>& applied) {
        if (session != session_) {
            return;
        }
        busy_ = false;
        reloadThen([done, applied] { done(applied); });
        Q_EMIT changed();
    };
    bridge_.controller().drafts().apply(
        profile_, wish, draft_.number, bridge_.deliver<api::AppliedChange>(this, finish));
}

}  // namespace weft::viewmodels
