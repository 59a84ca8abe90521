// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/callback.h"
#include "core/base/status.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <utility>

namespace weft::daemon {

/// Questions that wait or are being answered; one more is refused.
inline constexpr std::size_t kMostPlanQuestions = 32;

/// Answers long questions one after the other on a thread of its own, so that no connection and no
/// other call waits for them. Thread: any.
class Planner {
public:
    Planner() : loop_("plan") {}
    ~Planner() { stop(); }
    Planner(const Planner&) = delete;
    Planner& operator=(const Planner&) = delete;

    /// `done` runs on the thread of its own, or here when the question is refused.
    template <typename Answer>
    void ask(std::function<StatusOr<Answer>()> question, Callback<Answer> done) {
        if (waiting_.fetch_add(1) >= kMostPlanQuestions) {
            waiting_.fetch_sub(1);
            done(resourceExhausted("too many questions wait for an answer: ask again later"));
            return;
        }
        loop_.post([this, question = std::move(question), done = std::move(done)] {
            if (stopping_) {
                done(cancelled("the daemon is stopping"));
            } else {
                done(question());
            }
            waiting_.fetch_sub(1);
        });
    }

    std::size_t waiting() const { return waiting_; }
    /// What runs is waited for, what waits is answered with kCancelled.
    void stop() {
        stopping_ = true;
        loop_.stop();
    }

private:
    std::atomic<bool> stopping_{false};
    std::atomic<std::size_t> waiting_{0};
    base::AsioLoop loop_;
};

}  // namespace weft::daemon
