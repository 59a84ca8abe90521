// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_loop.h"

namespace weft::tests {

void ManualLoop::post(Task task) {
    const base::MutexLock lock(mutex_);
    posted_.push_back(std::move(task));
}

Subscription ManualLoop::after(Duration delay, Task task) {
    const auto at = clock_.now() + std::chrono::duration_cast<TimePoint::duration>(delay);
    auto timer = std::make_shared<Timer>(Timer{std::move(task)});
    timers_.emplace(std::pair{at, nextTimer_++}, timer);
    return Subscription([timer] { timer->task = nullptr; });
}

std::size_t ManualLoop::runPosted() {
    std::size_t ran = 0;
    while (true) {
        Task task;
        {
            const base::MutexLock lock(mutex_);
            if (posted_.empty()) {
                return ran;
            }
            task = std::move(posted_.front());
            posted_.pop_front();
        }
        task();
        ++ran;
    }
}

void ManualLoop::advance(Duration by) {
    const auto end = clock_.now() + std::chrono::duration_cast<TimePoint::duration>(by);
    runPosted();
    while (!timers_.empty() && timers_.begin()->first.first <= end) {
        const auto first = timers_.begin();
        const auto at = first->first.first;
        const auto timer = first->second;
        timers_.erase(first);
        if (at > clock_.now()) {
            clock_.advance(at - clock_.now());
        }
        if (timer->task) {
            timer->task();
        }
        runPosted();
    }
    if (end > clock_.now()) {
        clock_.advance(end - clock_.now());
    }
    runPosted();
}

}  // namespace weft::tests
