// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/trace_run.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/diagnose/round_trip.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

void TraceRun::setMesh(const api::ProfileId& profile) {
    stop();
    profile_ = profile;
    clear();
}

void TraceRun::stop() {
    ++number_;
    ping_.cancel();
}

void TraceRun::clear() {
    stop();
    hops_.clear();
    error_.clear();
    notes_.setNotes({});
    Q_EMIT changed();
}

void TraceRun::begin(const std::string& node) {
    clear();
    const auto finish = [this, number = number_](const StatusOr<api::PathExplanation>& path) {
        if (number == number_) {
            take(path);
        }
    };
    bridge_.controller().diagnosis().explainPath(
        profile_, node, bridge_.deliver<api::PathExplanation>(this, finish));
}

void TraceRun::take(const StatusOr<api::PathExplanation>& path) {
    if (!path.ok()) {
        error_ = errorSentence(tr("The way could not be read"), path.status());
        Q_EMIT changed();
        return;
    }
    for (const auto& hop : path->hops) {
        if (hops_.size() < kMostHops) {
            hops_.push_back({hop, {}, {}, false});
        }
    }
    show();
    if (!hops_.empty()) {
        ask(0);
    }
}

void TraceRun::ask(std::size_t at) {
    api::PingQuestion question;
    question.target = hops_[at].hop.nodeId;
    question.count = kPings;
    question.interval = api::kShortestPingInterval;
    const std::uint64_t number = number_;
    const auto told = bridge_.deliver<api::PingUpdate>(
        this, [this, number, at](const StatusOr<api::PingUpdate>& update) {
            if (number == number_) {
                hops_[at].results.add(*update);
                show();
            }
        });
    const auto ended = bridge_.deliverStatus(this, [this, number, at](const Status& status) {
        if (number == number_) {
            end(at, status);
        }
    });
    ping_ = bridge_.controller().diagnosis().ping(
        profile_, question, [told](const api::PingUpdate& update) { told(update); }, ended);
}

void TraceRun::end(std::size_t at, const Status& status) {
    hops_[at].ended = true;
    if (!status.ok()) {
        hops_[at].error = errorSentence(tr("It could not be asked"), status);
    }
    show();
    if (at + 1 < hops_.size()) {
        ask(at + 1);
    }
}

void TraceRun::show() {
    std::vector<Note> notes;
    for (const Hop& hop : hops_) {
        Note note;
        note.text = bridge::shown(hop.hop.nodeId);
        note.detail = hop.error.isEmpty() ? bridge::shown(hop.hop.endpoint) : hop.error;
        if (hop.results.received() > 0) {
            note.word = roundTripText(hop.results.mean());
            note.tone =
                hop.results.received() == hop.results.sent() ? look::Tone::Ok : look::Tone::Warn;
        } else if (hop.ended) {
            note.word = tr("No answer");
            note.tone = look::Tone::Warn;
        } else {
            note.word = tr("Waiting");
        }
        notes.push_back(std::move(note));
    }
    notes_.setNotes(std::move(notes));
}

}  // namespace weft::viewmodels
