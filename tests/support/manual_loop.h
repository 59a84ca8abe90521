// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/base/one_shot.h"
#include "tests/support/fake_clock.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace weft::tests {

/// A Loop that runs when the test says so, in the thread that made it. `post` and `after` may come
/// from any thread.
class ManualLoop final : public base::Loop {
public:
    void post(Task task) override WEFT_EXCLUDES(mutex_);
    [[nodiscard]] Subscription after(Duration delay, Task task) override WEFT_EXCLUDES(mutex_);
    const base::Clock& clock() const override { return clock_; }
    bool isCurrent() const override { return std::this_thread::get_id() == thread_; }

    FakeClock& fakeClock() { return clock_; }

    /// Runs what is posted, and what that posts, until nothing is left. Returns how many ran.
    std::size_t runPosted();
    /// Moves time forward and runs each timer at its time, then what is posted.
    void advance(Duration by);

private:
    struct Due {
        TimePoint at;
        std::shared_ptr<base::OneShot> shot;
    };
    std::optional<Task> takePosted() WEFT_EXCLUDES(mutex_);
    std::optional<Due> takeDue(TimePoint end) WEFT_EXCLUDES(mutex_);
    void moveTo(TimePoint time);

    const std::thread::id thread_ = std::this_thread::get_id();
    FakeClock clock_;
    base::Mutex mutex_;
    std::deque<Task> posted_ WEFT_GUARDED_BY(mutex_);
    std::map<std::pair<TimePoint, std::uint64_t>, std::shared_ptr<base::OneShot>> timers_
        WEFT_GUARDED_BY(mutex_);
    std::uint64_t nextTimer_ WEFT_GUARDED_BY(mutex_) = 0;
};

}  // namespace weft::tests
