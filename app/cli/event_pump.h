// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/base/status.h"

#include <deque>
#include <functional>
#include <optional>

namespace weft::cli {

/// Brings what happens on the threads of a Controller to the one thread of a command, so that
/// commands are straight code without locks.
/// Thread: `post` and `interrupt` any; `runUntil` the command's.
class EventPump {
public:
    using Task = std::function<void()>;

    /// More waiting events than this end the command: its output is not read fast enough.
    static constexpr std::size_t kMostWaiting = 65536;

    void post(Task task) WEFT_EXCLUDES(mutex_);
    /// Ends the present and every later `runUntil`.
    void interrupt() WEFT_EXCLUDES(mutex_);
    bool interrupted() const WEFT_EXCLUDES(mutex_);

    /// Runs tasks in the order of posting until `done` says so.
    /// Errors: kCancelled (interrupted), kDeadlineExceeded, kResourceExhausted (see above).
    Status runUntil(const std::function<bool()>& done, std::optional<TimePoint> deadline)
        WEFT_EXCLUDES(mutex_);

private:
    /// The next task; nullopt with the reason in `ended`.
    std::optional<Task> next(std::optional<TimePoint> deadline, Status& ended)
        WEFT_EXCLUDES(mutex_);

    mutable base::Mutex mutex_;
    base::ConditionVariable changed_;
    std::deque<Task> waiting_ WEFT_GUARDED_BY(mutex_);
    bool interrupted_ WEFT_GUARDED_BY(mutex_) = false;
    bool overflowed_ WEFT_GUARDED_BY(mutex_) = false;
};

}  // namespace weft::cli
