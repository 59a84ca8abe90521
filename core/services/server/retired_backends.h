// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <cstddef>
#include <list>
#include <memory>
#include <thread>

namespace weft::services {

class Backend;

/// Servers whose certificate was renewed, while their calls end: each on a thread of its own,
/// beside whoever retires it. Thread: confined to the server's owner.
class RetiredBackends {
public:
    /// So many get their grace; the oldest one past that is ended at once.
    static constexpr std::size_t kMostDraining = 2;

    RetiredBackends() = default;
    RetiredBackends(const RetiredBackends&) = delete;
    RetiredBackends& operator=(const RetiredBackends&) = delete;
    /// Ends.
    ~RetiredBackends();

    /// Shuts it down with `grace`. Does not block.
    void add(std::shared_ptr<Backend> backend, Duration grace);
    /// Cancels what is left, and returns when all are down. Idempotent.
    void end();
    /// Those that are not down yet.
    std::size_t draining() const;

private:
    struct Drain {
        std::shared_ptr<Backend> backend;
        std::shared_ptr<std::atomic<bool>> over;
        std::thread thread;
    };

    void takeEnded();

    std::list<Drain> drains_;
};

}  // namespace weft::services
