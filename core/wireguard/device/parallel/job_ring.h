// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/wireguard/device/parallel/job.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace weft::wireguard {

/// Jobs in the order in which the packet loop pushed them. Whoever has time claims the oldest that
/// nobody works on; the loop takes them off strictly in order. All jobs are made in the
/// constructor, and there are never more.
class JobRing {
public:
    struct Claim {
        Job* job = nullptr;
        std::uint64_t number = 0;
    };

    explicit JobRing(std::size_t jobs) : jobs_(jobs), done_(jobs) {}

    // Thread: the packet loop.

    bool isEmpty() const { return taken_ == filled_; }
    bool isFull() const { return filled_ - taken_ == jobs_.size(); }
    /// The job to be filled next. Not while it is full.
    Job& next() { return jobs_[filled_ % jobs_.size()]; }
    /// What `next` gave may be claimed.
    void push() WEFT_EXCLUDES(mutex_);
    /// How many jobs are done, from the oldest on and without a gap.
    std::size_t doneInOrder() const WEFT_EXCLUDES(mutex_);
    /// The oldest is 0.
    Job& at(std::size_t position) { return jobs_[(taken_ + position) % jobs_.size()]; }
    /// The oldest `count` jobs may be filled again.
    void take(std::size_t count) WEFT_EXCLUDES(mutex_);
    /// Until the oldest job is done, which somebody works on.
    void waitForOldest() WEFT_EXCLUDES(mutex_);
    /// False when the oldest job is done. Else the next done() of it says that the loop is to be
    /// woken.
    bool askForWake() WEFT_EXCLUDES(mutex_);

    // Thread: any.

    /// The oldest job that nobody works on; nothing when there is none.
    Claim claim() WEFT_EXCLUDES(mutex_);
    /// The same, and waits for one. Nothing after close().
    Claim waitForWork() WEFT_EXCLUDES(mutex_);
    /// True when the packet loop is to be woken. `busy` is what it took.
    bool done(const Claim& claim, Duration busy) WEFT_EXCLUDES(mutex_);
    /// Nobody waits for work any more.
    void close() WEFT_EXCLUDES(mutex_);
    /// The sum of what done() was told.
    Duration busy() const WEFT_EXCLUDES(mutex_);

private:
    Claim claimLocked() WEFT_REQUIRES(mutex_);
    bool isOldestDone() const WEFT_REQUIRES(mutex_) {
        return oldest_ != pushed_ && done_[oldest_ % done_.size()] != 0;
    }

    /// Handed from thread to thread by the numbers below.
    std::vector<Job> jobs_;
    /// Numbers go on for ever. Those of the packet loop:
    std::uint64_t taken_ = 0;
    std::uint64_t filled_ = 0;

    mutable base::Mutex mutex_;
    base::ConditionVariable work_;
    base::ConditionVariable oldestDone_;
    std::vector<std::uint8_t> done_ WEFT_GUARDED_BY(mutex_);
    /// Copies of the two above.
    std::uint64_t oldest_ WEFT_GUARDED_BY(mutex_) = 0;
    std::uint64_t pushed_ WEFT_GUARDED_BY(mutex_) = 0;
    std::uint64_t claimed_ WEFT_GUARDED_BY(mutex_) = 0;
    std::size_t idle_ WEFT_GUARDED_BY(mutex_) = 0;
    bool wantsWake_ WEFT_GUARDED_BY(mutex_) = false;
    bool isClosed_ WEFT_GUARDED_BY(mutex_) = false;
    Duration busy_ WEFT_GUARDED_BY(mutex_){};
};

}  // namespace weft::wireguard
