// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/status.h"
#include "core/daemon/local/grade.h"

#include <atomic>
#include <cstddef>
#include <string_view>

namespace weft::daemon {

/// What one user of the local server may do: a grade, and how many calls at once (streams count for
/// as long as they are open). Thread: any.
class CallGate {
public:
    CallGate(api::Grade grade, std::size_t calls) : grade_(grade), calls_(calls) {}

    api::Grade grade() const { return grade_; }

    /// A place for one call of `method`; ok must be followed by `leave`.
    /// Errors: kPermissionDenied, kResourceExhausted.
    Status enter(std::string_view method) {
        WEFT_RETURN_IF_ERROR(authorise(method, grade_));
        if (running_.fetch_add(1) >= calls_) {
            running_.fetch_sub(1);
            return resourceExhausted("you have {} calls under way already", calls_);
        }
        return okStatus();
    }
    void leave() { running_.fetch_sub(1); }

    std::size_t running() const { return running_.load(); }

private:
    const api::Grade grade_;
    const std::size_t calls_;
    std::atomic<std::size_t> running_{0};
};

}  // namespace weft::daemon
