// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"

#include <atomic>
#include <memory>
#include <utility>

namespace weft::storage::detail {

/// Turns one completion into a blocking call.
/// Thread: `wait` any but the one that runs the completion.
template <typename T>
class Waiter {
public:
    Callback<T> callback() {
        return [state = state_](StatusOr<T> result) {
            state->result = std::move(result);
            state->ready.store(true, std::memory_order_release);
            state->ready.notify_one();
        };
    }

    StatusOr<T> wait() {
        state_->ready.wait(false, std::memory_order_acquire);
        return std::move(state_->result);
    }

private:
    /// Shared, because the completing thread still notifies while the waiter already returns.
    struct State {
        std::atomic<bool> ready = false;
        StatusOr<T> result = cancelled("no answer");
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace weft::storage::detail
