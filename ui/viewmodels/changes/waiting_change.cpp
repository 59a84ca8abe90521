// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/waiting_change.h"

#include "ui/viewmodels/changes/change_words.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::viewmodels {
namespace {

using namespace std::chrono_literals;
using Listed = std::vector<api::Change>;

/// It is read out at its start and at these, not each second.
constexpr std::array kReadOut{30s, 10s, 0s};

int stageAt(std::chrono::seconds left) {
    return static_cast<int>(
        std::ranges::count_if(kReadOut, [left](auto limit) { return left <= limit; }));
}

}  // namespace

WaitingChange::WaitingChange(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock) {}

std::chrono::seconds WaitingChange::left() const {
    return std::chrono::ceil<std::chrono::seconds>(revertAt_ - clock_.wallNow());
}

QString WaitingChange::text() const {
    if (!waits()) {
        return {};
    }
    const auto rest = left();
    if (rest <= 0s) {
        return lost_ ? tr("The time is over: the mesh takes these changes back by itself")
                     : tr("The time is over: these changes are being taken back");
    }
    return tr("Keep these changes? They are taken back in %1")
        .arg(rest < 1min ? duration(rest) : runningTime(rest));
}

QString WaitingChange::detail() const {
    if (!error_.isEmpty()) {
        return error_;
    }
    if (lost_) {
        return tr("The background service does not answer, so they cannot be kept from here now. "
                  "This counts on by the time that was told last.");
    }
    return what_;
}

QString WaitingChange::lockedText() const {
    if (!locked_.isEmpty()) {
        return locked_;
    }
    if (lost_) {
        return tr("The background service does not answer.");
    }
    return readable_ ? QString() : tr("This node is not in the mesh.");
}

void WaitingChange::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++session_;
    id_ = 0;
    busy_ = false;
    asking_ = false;
    again_ = false;
    error_.clear();
    readable_ = false;
    stage_ = -1;
    Q_EMIT changed();
}

void WaitingChange::setStanding(bool readable, bool lost, const QString& locked) {
    const bool readableNow = readable && !readable_;
    const bool news = readable != readable_ || lost != lost_ || locked != locked_;
    readable_ = readable;
    lost_ = lost;
    locked_ = locked;
    if (news) {
        Q_EMIT changed();
    }
    if (readableNow) {
        look();
    }
}

void WaitingChange::look() {
    if (!readable_ || profile_.empty()) {
        return;
    }
    if (asking_) {
        again_ = true;
        return;
    }
    asking_ = true;
    again_ = false;
    askedAt_ = clock_.now();
    const auto finish = [this, session = session_](const StatusOr<Listed>& changes) {
        if (session == session_) {
            asking_ = false;
            takeList(changes);
        }
    };
    bridge_.controller().changes().list(profile_, kDepth, bridge_.deliver<Listed>(this, finish));
}

void WaitingChange::takeList(const StatusOr<Listed>& changes) {
    if (changes.ok()) {
        const auto waiting = std::ranges::find_if(
            *changes, [](const api::Change& each) { return each.revertAt.has_value(); });
        const auto known = std::ranges::find(*changes, id_, &api::Change::id);
        if (waiting != changes->end()) {
            begin(waiting->id, *waiting->revertAt, changeSummary(*waiting));
        } else if (waits() && known != changes->end()) {
            end(known->revertedBy.empty() ? tr("The changes are kept")
                                          : tr("The changes were taken back"));
        } else if (waits()) {
            end({});
        }
    }
    if (again_) {
        look();
    }
}

void WaitingChange::begin(std::uint64_t id, WallTime revertAt, const QString& what) {
    if (id != id_) {
        error_.clear();
        stage_ = -1;
    }
    id_ = id;
    revertAt_ = revertAt;
    what_ = what;
    announce();
    Q_EMIT changed();
}

void WaitingChange::end(const QString& text) {
    id_ = 0;
    stage_ = -1;
    error_.clear();
    if (!text.isEmpty()) {
        Q_EMIT done(text);
    }
    Q_EMIT changed();
    Q_EMIT ended();
}

void WaitingChange::noteApplied(const api::AppliedChange& applied) {
    if (applied.revertAt) {
        begin(applied.id, *applied.revertAt, {});
        look();
    }
}

void WaitingChange::announce() {
    const int stage = stageAt(left());
    if (stage != stage_) {
        stage_ = stage;
        announcement_ = text();
        Q_EMIT announced();
    }
}

void WaitingChange::refreshClock() {
    if (!waits()) {
        return;
    }
    announce();
    Q_EMIT changed();
    const auto rest = left();
    if (clock_.now() - askedAt_ >= (rest > 0s ? kPoll : kPollDue)) {
        look();
    }
    // Who may not read the history hears no more of it.
    if (rest < -kGrace && !lost_) {
        end({});
    }
}

void WaitingChange::keep() {
    if (!waits() || busy_ || !lockedText().isEmpty()) {
        return;
    }
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    const auto finish = [this, session = session_](const Status& status) {
        if (session == session_) {
            this->finish(status, tr("The changes could not be kept"), tr("The changes are kept"));
        }
    };
    bridge_.controller().changes().confirm(profile_, id_, bridge_.deliverStatus(this, finish));
}

void WaitingChange::takeBack() {
    if (!waits() || busy_ || !lockedText().isEmpty()) {
        return;
    }
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    const auto finish = [this, session = session_](const StatusOr<api::AppliedChange>& applied) {
        if (session == session_) {
            this->finish(
                applied.status(),
                tr("The changes could not be taken back"),
                tr("The changes are taken back"));
        }
    };
    bridge_.controller().changes().revert(
        profile_, {id_, {}, false}, bridge_.deliver<api::AppliedChange>(this, finish));
}

void WaitingChange::finish(const Status& status, const QString& failed, const QString& text) {
    busy_ = false;
    if (status.ok()) {
        end(text);
        return;
    }
    error_ = errorSentence(failed, status);
    Q_EMIT changed();
    look();
}

}  // namespace weft::viewmodels
