// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/mutex.h"

#include <memory>
#include <optional>
#include <utility>

namespace weft::storage::detail {

/// Turns one completion into a blocking call. Not std::atomic::wait: the notifier of g++ 12 may
/// look for waiters before its store is seen, and then the waiter sleeps for ever. Thread: `wait`
/// any but the one that runs the completion.
template <typename T>
class Waiter {
public:
    Callback<T> callback() {
        return [state = state_](StatusOr<T> result) {
            {
                const base::MutexLock lock(state->mutex);
                state->result = std::move(result);
            }
            state->ready.notifyOne();
        };
    }

    StatusOr<T> wait() {
        const base::MutexLock lock(state_->mutex);
        while (!state_->result) {
            state_->ready.wait(state_->mutex);
        }
        return *std::move(state_->result);
    }

private:
    /// Shared, because the completing thread still notifies while the waiter already returns.
    struct State {
        base::Mutex mutex;
        base::ConditionVariable ready;
        std::optional<StatusOr<T>> result WEFT_GUARDED_BY(mutex);
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace weft::storage::detail
