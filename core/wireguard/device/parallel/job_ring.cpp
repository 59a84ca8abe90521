// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/job_ring.h"

namespace weft::wireguard {

void JobRing::push() {
    ++filled_;
    bool somebodyWaits = false;
    {
        const base::MutexLock lock(mutex_);
        done_[pushed_ % done_.size()] = 0;
        ++pushed_;
        somebodyWaits = idle_ > 0;
    }
    if (somebodyWaits) {
        work_.notifyOne();
    }
}

std::size_t JobRing::doneInOrder() const {
    const base::MutexLock lock(mutex_);
    std::size_t count = 0;
    while (oldest_ + count != pushed_ && done_[(oldest_ + count) % done_.size()] != 0) {
        ++count;
    }
    return count;
}

void JobRing::take(std::size_t count) {
    taken_ += count;
    const base::MutexLock lock(mutex_);
    oldest_ = taken_;
}

void JobRing::waitForOldest() {
    const base::MutexLock lock(mutex_);
    while (oldest_ != pushed_ && !isOldestDone()) {
        oldestDone_.wait(mutex_);
    }
}

bool JobRing::askForWake() {
    const base::MutexLock lock(mutex_);
    if (isOldestDone()) {
        return false;
    }
    wantsWake_ = oldest_ != pushed_;
    return true;
}

JobRing::Claim JobRing::claim() {
    const base::MutexLock lock(mutex_);
    return claimLocked();
}

JobRing::Claim JobRing::claimLocked() {
    if (claimed_ == pushed_) {
        return {};
    }
    const auto number = claimed_++;
    return {&jobs_[number % jobs_.size()], number};
}

JobRing::Claim JobRing::waitForWork() {
    const base::MutexLock lock(mutex_);
    while (!isClosed_ && claimed_ == pushed_) {
        ++idle_;
        work_.wait(mutex_);
        --idle_;
    }
    return isClosed_ ? Claim{} : claimLocked();
}

bool JobRing::done(const Claim& claim, Duration busy) {
    bool wakes = false;
    bool isOldest = false;
    {
        const base::MutexLock lock(mutex_);
        done_[claim.number % done_.size()] = 1;
        busy_ += busy;
        isOldest = claim.number == oldest_;
        wakes = isOldest && wantsWake_;
        wantsWake_ = wantsWake_ && !wakes;
    }
    if (isOldest) {
        oldestDone_.notifyOne();
    }
    return wakes;
}

void JobRing::close() {
    {
        const base::MutexLock lock(mutex_);
        isClosed_ = true;
    }
    work_.notifyAll();
}

Duration JobRing::busy() const {
    const base::MutexLock lock(mutex_);
    return busy_;
}

}  // namespace weft::wireguard
