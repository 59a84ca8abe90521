// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"

#include <memory>
#include <string>

namespace asio {
class io_context;
}  // namespace asio

namespace weft::base {

/// A Loop over asio on a thread of its own. Starts with construction.
class AsioLoop final : public Loop {
public:
    /// `name` shows in debuggers and in `ps -L`; at most 15 bytes are used.
    explicit AsioLoop(const std::string& name);
    /// Stops and joins.
    ~AsioLoop() override;

    void post(Task task) override;
    [[nodiscard]] Subscription after(Duration delay, Task task) override;
    const Clock& clock() const override { return clock_; }
    bool isCurrent() const override;

    /// Runs what was posted before, refuses what comes later, joins the thread. Idempotent.
    /// Not from the loop itself.
    void stop();

    /// For the sockets of this loop's owner.
    asio::io_context& context();

private:
    struct Impl;
    SystemClock clock_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::base
