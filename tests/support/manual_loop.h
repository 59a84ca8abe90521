// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "tests/support/fake_clock.h"

namespace weft::tests {

/// A Loop that runs when the test says so, in the test's thread. `post` may come from any thread.
class ManualLoop final : public base::Loop {
public:
    void post(Task task) override;
    [[nodiscard]] Subscription after(Duration delay, Task task) override;
    const base::Clock& clock() const override { return clock_; }
    bool isCurrent() const override { return true; }

    FakeClock& fakeClock() { return clock_; }

    /// Runs what is posted, and what that posts, until nothing is left. Returns how many ran.
    std::size_t runPosted();
    /// Moves time forward and runs each timer at its time.
    void advance(Duration by);

private:
    struct Timer {
        Task task;
    };
    FakeClock clock_;
    base::Mutex mutex_;
    std::deque<Task> posted_ WEFT_GUARDED_BY(mutex_);
    std::map<std::pair<TimePoint, std::uint64_t>, std::shared_ptr<Timer>> timers_;
    std::uint64_t nextTimer_ = 0;
};

}  // namespace weft::tests
