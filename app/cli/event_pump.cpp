// SPDX-License-Identifier: Apache-2.0
#include "app/cli/event_pump.h"

#include <utility>

namespace weft::cli {

void EventPump::post(Task task) {
    {
        const base::MutexLock lock(mutex_);
        if (waiting_.size() >= kMostWaiting) {
            overflowed_ = true;
        } else {
            waiting_.push_back(std::move(task));
        }
    }
    changed_.notifyAll();
}

void EventPump::interrupt() {
    {
        const base::MutexLock lock(mutex_);
        interrupted_ = true;
    }
    changed_.notifyAll();
}

bool EventPump::interrupted() const {
    const base::MutexLock lock(mutex_);
    return interrupted_;
}

std::optional<EventPump::Task> EventPump::next(std::optional<TimePoint> deadline, Status& ended) {
    const base::MutexLock lock(mutex_);
    while (true) {
        if (interrupted_) {
            ended = cancelled("interrupted");
            return std::nullopt;
        }
        if (!waiting_.empty()) {
            Task task = std::move(waiting_.front());
            waiting_.pop_front();
            return task;
        }
        if (overflowed_) {
            ended = resourceExhausted("events come faster than they are read: some were lost");
            return std::nullopt;
        }
        if (!deadline) {
            changed_.wait(mutex_);
        } else if (changed_.waitUntil(mutex_, *deadline) == std::cv_status::timeout) {
            ended = deadlineExceeded(
                "no answer in time: what was asked for may be done all the same, so look before "
                "you try again, or give a longer --timeout");
            return std::nullopt;
        }
    }
}

Status EventPump::runUntil(const std::function<bool()>& done, std::optional<TimePoint> deadline) {
    while (!done()) {
        Status ended;
        const auto task = next(deadline, ended);
        if (!task) {
            return ended;
        }
        (*task)();
    }
    return okStatus();
}

}  // namespace weft::cli
