// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_loop.h"

namespace weft::tests {

void ManualLoop::post(Task task) {
    const base::MutexLock lock(mutex_);
    posted_.push_back(std::move(task));
}

Subscription ManualLoop::after(Duration delay, Task task) {
    auto shot = std::make_shared<base::OneShot>(std::move(task));
    const auto now = clock_.now();
    const auto at = delay > TimePoint::max() - now ? TimePoint::max() : now + delay;
    {
        const base::MutexLock lock(mutex_);
        timers_.emplace(std::pair{at, nextTimer_++}, shot);
    }
    return Subscription([shot] { shot->cancel(); });
}

std::size_t ManualLoop::runPosted() {
    std::size_t ran = 0;
    while (const auto task = takePosted()) {
        (*task)();
        ++ran;
    }
    return ran;
}

void ManualLoop::advance(Duration by) {
    const auto end = clock_.now() + std::chrono::duration_cast<TimePoint::duration>(by);
    runPosted();
    while (const auto due = takeDue(end)) {
        moveTo(due->at);
        due->shot->run();
        runPosted();
    }
    moveTo(end);
    runPosted();
}

std::optional<base::Loop::Task> ManualLoop::takePosted() {
    const base::MutexLock lock(mutex_);
    if (posted_.empty()) {
        return std::nullopt;
    }
    std::optional<Task> task(std::move(posted_.front()));
    posted_.pop_front();
    return task;
}

std::optional<ManualLoop::Due> ManualLoop::takeDue(TimePoint end) {
    const base::MutexLock lock(mutex_);
    const auto first = timers_.begin();
    if (first == timers_.end() || first->first.first > end) {
        return std::nullopt;
    }
    Due due{first->first.first, first->second};
    timers_.erase(first);
    return due;
}

void ManualLoop::moveTo(TimePoint time) {
    if (time > clock_.now()) {
        clock_.advance(time - clock_.now());
    }
}

}  // namespace weft::tests
