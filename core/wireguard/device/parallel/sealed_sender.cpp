// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/sealed_sender.h"

namespace weft::wireguard {

void SealedSender::add(Job& job, Moment at) {
    const auto* to = engine_.destinationOf(job.peer(), job.session(), job.packets());
    if (to == nullptr) {
        return;
    }
    // A copy: what is sent below tells the engine.
    const PathAddress destination = *to;
    if (count_ == kMostRuns || (count_ > 0 && destination.path != path_)) {
        flush(at);
    }
    path_ = destination.path;
    jobs_[count_] = &job;
    runs_[count_] = job.sealed(destination);
    ++count_;
}

void SealedSender::flush(Moment at) {
    if (count_ == 0) {
        return;
    }
    transport::SendReport report;
    if (auto* path = paths_.find(path_); path != nullptr) {
        report = path->send(std::span(runs_).first(count_));
    }
    for (std::size_t i = 0; i < count_; ++i) {
        if (!report.isClean && report.runs[i].sourceRefused) {
            engine_.forgetSource(jobs_[i]->peer());
        }
        engine_.sent(jobs_[i]->peer(), jobs_[i]->packets(), runs_[i].bytes.size(), at);
    }
    count_ = 0;
}

}  // namespace weft::wireguard
