// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define WEFT_CAPABILITY(x) __attribute__((capability(x)))
#define WEFT_SCOPED_CAPABILITY __attribute__((scoped_lockable))
#define WEFT_GUARDED_BY(x) __attribute__((guarded_by(x)))
#define WEFT_ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define WEFT_RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))
#define WEFT_REQUIRES(...) __attribute__((requires_capability(__VA_ARGS__)))
#define WEFT_EXCLUDES(...) __attribute__((locks_excluded(__VA_ARGS__)))
#else
#define WEFT_CAPABILITY(x)
#define WEFT_SCOPED_CAPABILITY
#define WEFT_GUARDED_BY(x)
#define WEFT_ACQUIRE(...)
#define WEFT_RELEASE(...)
#define WEFT_REQUIRES(...)
#define WEFT_EXCLUDES(...)
#endif

namespace weft::base {

/// std::mutex with the attributes that clang's thread-safety analysis reads. abseil's is not
/// instrumented in Debian, so that the thread sanitizer would report what is not there.
class WEFT_CAPABILITY("mutex") Mutex {
public:
    void lock() WEFT_ACQUIRE() { mutex_.lock(); }
    void unlock() WEFT_RELEASE() { mutex_.unlock(); }

private:
    std::mutex mutex_;
};

/// Holds a Mutex for a scope. Never across I/O or a callback.
class WEFT_SCOPED_CAPABILITY MutexLock {
public:
    explicit MutexLock(Mutex& mutex) WEFT_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    ~MutexLock() WEFT_RELEASE() { mutex_.unlock(); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;

private:
    Mutex& mutex_;
};

/// Waits with a Mutex held; to be used with a loop around it that tests the condition.
class ConditionVariable {
public:
    void wait(Mutex& mutex) WEFT_REQUIRES(mutex) { condition_.wait(mutex); }
    template <typename Deadline>
    std::cv_status waitUntil(Mutex& mutex, const Deadline& deadline) WEFT_REQUIRES(mutex) {
        return condition_.wait_until(mutex, deadline);
    }
    void notifyOne() { condition_.notify_one(); }
    void notifyAll() { condition_.notify_all(); }

private:
    std::condition_variable_any condition_;
};

}  // namespace weft::base
