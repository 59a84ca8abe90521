// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/check.h"
#include "core/base/mutex.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace weft::base {

/// What a full queue does with one more element.
enum class Overflow {
    Refuse,      ///< `push` returns false
    DropOldest,  ///< the element that has waited longest goes
};

/// A queue between threads with a cap and a named policy at the cap.
/// Thread: any.
template <typename T>
class BoundedQueue {
public:
    /// `capacity` is at least 1.
    BoundedQueue(std::size_t capacity, Overflow overflow)
        : capacity_(capacity), overflow_(overflow) {
        WEFT_CHECK(capacity > 0);
    }

    /// False when the queue is full and refuses, or is closed.
    bool push(T value) WEFT_EXCLUDES(mutex_) {
        // Destroyed without the lock: its destructor may come back to this queue.
        std::optional<T> oldest;
        {
            const MutexLock lock(mutex_);
            if (closed_) {
                return false;
            }
            if (items_.size() >= capacity_) {
                if (overflow_ == Overflow::Refuse) {
                    return false;
                }
                oldest.emplace(std::move(items_.front()));
                items_.pop_front();
                ++dropped_;
            }
            items_.push_back(std::move(value));
        }
        ready_.notifyOne();
        return true;
    }

    /// The next element without waiting.
    std::optional<T> tryPop() WEFT_EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        if (items_.empty()) {
            return std::nullopt;
        }
        std::optional<T> value(std::move(items_.front()));
        items_.pop_front();
        return value;
    }

    /// Waits until there is something, then takes up to `most` (at least 1) elements. Empty only
    /// when the queue is closed and drained.
    std::vector<T> popBatch(std::size_t most) WEFT_EXCLUDES(mutex_) {
        WEFT_CHECK(most > 0);
        const MutexLock lock(mutex_);
        while (items_.empty() && !closed_) {
            ready_.wait(mutex_);
        }
        std::vector<T> batch;
        while (!items_.empty() && batch.size() < most) {
            batch.push_back(std::move(items_.front()));
            items_.pop_front();
        }
        return batch;
    }

    /// Refuses what comes later; what is inside can still be taken.
    void close() WEFT_EXCLUDES(mutex_) {
        {
            const MutexLock lock(mutex_);
            closed_ = true;
        }
        ready_.notifyAll();
    }

    std::size_t size() const WEFT_EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        return items_.size();
    }

    /// How many elements DropOldest has dropped.
    std::size_t dropped() const WEFT_EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        return dropped_;
    }

private:
    const std::size_t capacity_;
    const Overflow overflow_;
    mutable Mutex mutex_;
    ConditionVariable ready_;
    std::deque<T> items_ WEFT_GUARDED_BY(mutex_);
    std::size_t dropped_ WEFT_GUARDED_BY(mutex_) = 0;
    bool closed_ WEFT_GUARDED_BY(mutex_) = false;
};

}  // namespace weft::base
