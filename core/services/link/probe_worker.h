// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/mutex.h"

#include <atomic>
#include <functional>
#include <memory>

namespace weft::services {

/// A thread for probes, which block; made when first needed.
/// Thread: any.
class ProbeWorker {
public:
    ProbeWorker() = default;
    ProbeWorker(const ProbeWorker&) = delete;
    ProbeWorker& operator=(const ProbeWorker&) = delete;
    /// Ends running probes and joins.
    ~ProbeWorker() { stopping_ = true; }

    void run(std::function<void()> task) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        if (thread_ == nullptr) {
            thread_ = std::make_unique<base::AsioLoop>("probe");
        }
        thread_->post(std::move(task));
    }
    /// For ProbeLimit.
    const std::atomic<bool>* stopping() const { return &stopping_; }

private:
    std::atomic<bool> stopping_{false};
    base::Mutex mutex_;
    std::unique_ptr<base::AsioLoop> thread_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
