// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/subscription.h"

#include <functional>

namespace weft::base {

/// One thread that owns state: others reach that state by `post`.
/// Thread: `post` any; `after` any, its task runs on the loop.
class Loop {
public:
    using Task = std::function<void()>;

    Loop() = default;
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    virtual ~Loop() = default;

    /// Runs `task` later on the loop, in the order of posting. After `stop` it is dropped.
    virtual void post(Task task) = 0;

    /// Runs `task` once after `delay`. Dropping the handle cancels it and waits while the task runs
    /// (except from inside the task), so do not drop it holding what the task needs to finish. The
    /// handle may outlive the loop.
    [[nodiscard]] virtual Subscription after(Duration delay, Task task) = 0;

    /// The clock that `after` counts by.
    virtual const Clock& clock() const = 0;

    /// Whether the caller is on the loop's thread.
    virtual bool isCurrent() const = 0;
};

}  // namespace weft::base
