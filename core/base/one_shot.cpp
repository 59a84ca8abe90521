// SPDX-License-Identifier: Apache-2.0
#include "core/base/one_shot.h"

#include <utility>

namespace weft::base {

OneShot::OneShot(std::function<void()> task) : task_(std::move(task)) {}

void OneShot::run() {
    std::function<void()> task;
    {
        const MutexLock lock(mutex_);
        task = std::exchange(task_, nullptr);
        if (!task) {
            return;
        }
        runner_ = std::this_thread::get_id();
    }
    task();
    task = nullptr;
    {
        const MutexLock lock(mutex_);
        runner_ = {};
    }
    finished_.notifyAll();
}

void OneShot::cancel() {
    // Destroyed without the lock: what the task holds may have a destructor that comes back.
    std::function<void()> dropped;
    const MutexLock lock(mutex_);
    dropped = std::exchange(task_, nullptr);
    while (runner_ != std::thread::id{} && runner_ != std::this_thread::get_id()) {
        finished_.wait(mutex_);
    }
}

}  // namespace weft::base
