// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"

#include <functional>
#include <thread>
#include <utility>

namespace weft::control::detail {

/// A callback that its owner may take back from any thread: `cancel` returns only when the callback
/// is not running, unless it is called from inside it.
template <typename... Args>
class Watcher {
public:
    explicit Watcher(std::function<void(Args...)> callback) : callback_(std::move(callback)) {}

    /// One at a time, by the controller's thread.
    void deliver(Args... args) WEFT_EXCLUDES(mutex_) {
        {
            const base::MutexLock lock(mutex_);
            if (cancelled_ || !callback_) {
                return;
            }
            running_ = true;
            runner_ = std::this_thread::get_id();
        }
        callback_(std::forward<Args>(args)...);
        {
            const base::MutexLock lock(mutex_);
            running_ = false;
        }
        idle_.notifyAll();
    }

    void cancel() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        cancelled_ = true;
        while (running_ && runner_ != std::this_thread::get_id()) {
            idle_.wait(mutex_);
        }
    }

    bool cancelled() const WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        return cancelled_;
    }

private:
    const std::function<void(Args...)> callback_;
    mutable base::Mutex mutex_;
    base::ConditionVariable idle_;
    std::thread::id runner_ WEFT_GUARDED_BY(mutex_);
    bool running_ WEFT_GUARDED_BY(mutex_) = false;
    bool cancelled_ WEFT_GUARDED_BY(mutex_) = false;
};

}  // namespace weft::control::detail
