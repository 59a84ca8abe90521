// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"

#include <functional>
#include <thread>

namespace weft::base {

/// A task that runs at most once, and neither runs nor is about to run when `cancel` has returned.
/// What the task holds is destroyed before that too. The core of a loop's timers.
/// Thread: any.
class OneShot {
public:
    explicit OneShot(std::function<void()> task);

    /// Runs the task unless it ran before or was cancelled.
    void run() WEFT_EXCLUDES(mutex_);

    /// Waits while the task runs in another thread; from inside the task it returns at once.
    void cancel() WEFT_EXCLUDES(mutex_);

private:
    Mutex mutex_;
    ConditionVariable finished_;
    std::function<void()> task_ WEFT_GUARDED_BY(mutex_);
    std::thread::id runner_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::base
