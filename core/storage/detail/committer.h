// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/detail/store_clock.h"
#include "core/storage/detail/watch_hub.h"
#include "core/storage/detail/write_backend.h"

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

namespace weft::storage::detail {

/// What may wait for the writer thread; more is refused. One job is always taken when nothing
/// waits, whatever its size.
inline constexpr std::size_t kMaxQueuedJobs = 8192;
inline constexpr std::size_t kMaxQueuedBytes = std::size_t{128} << 20;
/// What one batch, that is one fsync, carries at most.
inline constexpr std::size_t kMaxBatchJobs = 1024;
inline constexpr std::size_t kMaxBatchOperations = kMaxTransactionOperations;
/// How many expired entries ride along with a batch.
inline constexpr std::size_t kMaxExpiredPerBatch = 256;
/// How often a batch looks for expired entries.
inline constexpr std::chrono::seconds kPurgeInterval{10};
/// How long commits may stay deferred when no other follows, and how long at the most until the
/// next try when the disk refused them.
inline constexpr std::chrono::milliseconds kSettleDelay{250};
inline constexpr std::chrono::seconds kMaxSettleDelay{16};

/// The writer thread of an engine: takes queued transactions, commits as many as possible
/// together, then tells watchers and callers.
/// Thread: any.
class Committer {
public:
    /// `backend` and `clock` must outlive this; `backend` stands at `revision`.
    Committer(
        WriteBackend& backend,
        const StoreClock& clock,
        Revision revision,
        const std::string& threadName);
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;
    /// Finishes what is queued.
    ~Committer();

    void commit(Transaction transaction, Callback<CommitResult> done);
    void replaceAll(std::vector<Put> entries, Callback<CommitResult> done);
    StatusOr<std::size_t> removeExpired();
    StatusOr<WatchHandle> watch(
        std::string_view prefix, std::optional<Revision> afterRevision, WatchCallback callback);
    /// Makes every commit that was reported visible to reads. Waits for the writer thread only when
    /// the engine has deferred commits.
    Status makeVisible();
    Revision revision() const { return revision_.load(std::memory_order_acquire); }

private:
    struct CommitJob {
        Transaction transaction;
        Callback<CommitResult> done;
    };
    struct ReplaceJob {
        std::vector<Put> entries;
        Callback<CommitResult> done;
    };
    struct PurgeJob {
        Callback<std::size_t> done;
    };
    struct FlushJob {
        Callback<Revision> done;
    };
    /// Only makes the writer look at the watches.
    struct WakeJob {};

    struct Job {
        std::variant<CommitJob, ReplaceJob, PurgeJob, FlushJob, WakeJob> work;
        std::size_t operations = 1;
        std::size_t bytes = 0;
    };
    struct Outcome {
        Status status;
        CommitResult result;
        std::size_t purged = 0;
        std::vector<Event> events;
    };

    Status enqueue(Job&& job) WEFT_EXCLUDES(mutex_);
    /// False when the store is closed and nothing is left. May leave `batch` empty: nothing came
    /// while the engine has deferred commits.
    bool takeBatch(std::vector<Job>& batch) WEFT_EXCLUDES(mutex_);
    bool waitForJobs() WEFT_REQUIRES(mutex_);
    void flushFor(std::span<Job> jobs, std::span<Outcome> outcomes);
    void run();
    void runBatch(std::span<Job> jobs);
    Status attempt(std::span<Job> jobs, std::span<Outcome> outcomes);
    Status applyAll(std::span<Job> jobs, std::span<Outcome> outcomes, WallTime now, Revision& last);
    Status purgeIfDue(WallTime now);
    Status applyOne(Job& job, Revision next, WallTime now, Outcome& outcome);
    void publish(std::span<Outcome> outcomes);
    static void answer(Job& job, Outcome& outcome);

    WriteBackend& backend_;
    const StoreClock& clock_;
    const std::shared_ptr<WatchHub> hub_;
    std::atomic<Revision> revision_;
    /// Writer thread only.
    std::optional<WallTime> nextPurge_;
    std::chrono::milliseconds settleDelay_ = kSettleDelay;

    base::Mutex mutex_;
    base::ConditionVariable ready_;
    std::deque<Job> queue_ WEFT_GUARDED_BY(mutex_);
    std::size_t queuedBytes_ WEFT_GUARDED_BY(mutex_) = 0;
    bool closed_ WEFT_GUARDED_BY(mutex_) = false;

    std::thread thread_;
};

}  // namespace weft::storage::detail
