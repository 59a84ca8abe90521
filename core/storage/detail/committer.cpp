// SPDX-License-Identifier: Apache-2.0
#include "core/storage/detail/committer.h"

#include "core/base/thread_name.h"
#include "core/storage/detail/waiter.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::storage::detail {
namespace {

std::size_t sizeOf(const Transaction& transaction) {
    std::size_t bytes = 0;
    for (const Compare& condition : transaction.conditions) {
        bytes += sizeof(Compare) + condition.key.size() + condition.value.size();
    }
    for (const Operation& operation : transaction.operations) {
        bytes += sizeof(Operation);
        if (const auto* put = std::get_if<Put>(&operation)) {
            bytes += put->key.size() + put->value.size();
        }
    }
    return bytes;
}

std::size_t sizeOf(const std::vector<Put>& entries) {
    std::size_t bytes = 0;
    for (const Put& entry : entries) {
        bytes += sizeof(Put) + entry.key.size() + entry.value.size();
    }
    return bytes;
}

}  // namespace

Committer::Committer(
    WriteBackend& backend,
    const StoreClock& clock,
    Revision revision,
    const std::string& threadName)
    : backend_(backend)
    , clock_(clock)
    , hub_(std::make_shared<WatchHub>(revision))
    , revision_(revision)
    , thread_([this, threadName] {
        base::setThreadName(threadName);
        run();
    }) {}

Committer::~Committer() {
    {
        const base::MutexLock lock(mutex_);
        closed_ = true;
    }
    ready_.notifyAll();
    thread_.join();
}

void Committer::commit(Transaction transaction, Callback<CommitResult> done) {
    if (Status status = validate(transaction); !status.ok()) {
        done(std::move(status));
        return;
    }
    Job job;
    job.operations = transaction.operations.size() + transaction.conditions.size();
    job.bytes = sizeOf(transaction);
    job.work = CommitJob{std::move(transaction), std::move(done)};
    if (Status status = enqueue(std::move(job)); !status.ok()) {
        // NOLINTNEXTLINE(bugprone-use-after-move): left as it was on an error
        std::get<CommitJob>(job.work).done(std::move(status));
    }
}

void Committer::replaceAll(std::vector<Put> entries, Callback<CommitResult> done) {
    if (Status status = validateReplacement(entries); !status.ok()) {
        done(std::move(status));
        return;
    }
    Job job;
    job.operations = entries.size();
    job.bytes = sizeOf(entries);
    job.work = ReplaceJob{std::move(entries), std::move(done)};
    if (Status status = enqueue(std::move(job)); !status.ok()) {
        // NOLINTNEXTLINE(bugprone-use-after-move): left as it was on an error
        std::get<ReplaceJob>(job.work).done(std::move(status));
    }
}

StatusOr<std::size_t> Committer::removeExpired() {
    Waiter<std::size_t> waiter;
    Job job;
    job.work = PurgeJob{waiter.callback()};
    WEFT_RETURN_IF_ERROR(enqueue(std::move(job)));
    return waiter.wait();
}

StatusOr<WatchHandle> Committer::watch(
    std::string_view prefix, std::optional<Revision> afterRevision, WatchCallback callback) {
    WEFT_RETURN_IF_ERROR(validatePrefix(prefix));
    WEFT_RETURN_IF_ERROR(backend_.health());
    bool backlog = false;
    WEFT_ASSIGN_OR_RETURN(
        auto handle, hub_->add(prefix, afterRevision, std::move(callback), backlog));
    if (backlog) {
        Job job;
        job.work = WakeJob{};
        // A full queue is as good: the writer delivers after each batch.
        enqueue(std::move(job)).IgnoreError();
    }
    return handle;
}

/// Leaves `job` as it was on an error.
Status Committer::enqueue(Job&& job) {
    {
        const base::MutexLock lock(mutex_);
        if (closed_) {
            return unavailable("the store is closed");
        }
        const bool full =
            queue_.size() >= kMaxQueuedJobs || queuedBytes_ + job.bytes > kMaxQueuedBytes;
        if (!queue_.empty() && full) {
            return resourceExhausted(
                "the commit queue is full: {} transactions of {} bytes wait",
                queue_.size(),
                queuedBytes_);
        }
        queuedBytes_ += job.bytes;
        queue_.push_back(std::move(job));
    }
    ready_.notifyOne();
    return okStatus();
}

bool Committer::waitForJobs() {
    const auto settleAt = std::chrono::steady_clock::now() + settleDelay_;
    const bool settles = backend_.hasDeferred();
    while (queue_.empty() && !closed_) {
        if (!settles) {
            ready_.wait(mutex_);
        } else if (ready_.waitUntil(mutex_, settleAt) == std::cv_status::timeout) {
            return true;
        }
    }
    return !queue_.empty();
}

bool Committer::takeBatch(std::vector<Job>& batch) {
    const base::MutexLock lock(mutex_);
    if (!waitForJobs()) {
        return false;
    }
    std::size_t operations = 0;
    while (!queue_.empty() && batch.size() < kMaxBatchJobs) {
        operations += queue_.front().operations;
        if (!batch.empty() && operations > kMaxBatchOperations) {
            break;
        }
        queuedBytes_ -= queue_.front().bytes;
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return true;
}

void Committer::run() {
    backend_.prepare();
    std::vector<Job> batch;
    while (takeBatch(batch)) {
        if (batch.empty()) {
            backend_.settle();
            settleDelay_ = std::min<std::chrono::milliseconds>(2 * settleDelay_, kMaxSettleDelay);
            continue;
        }
        settleDelay_ = kSettleDelay;
        runBatch(batch);
        batch.clear();
        backend_.housekeeping();
    }
}

Status Committer::makeVisible() {
    if (!backend_.hasDeferred()) {
        return okStatus();
    }
    if (std::this_thread::get_id() == thread_.get_id()) {
        // A callback reads: its batch is finished.
        return backend_.flush();
    }
    Waiter<Revision> waiter;
    Job job;
    job.work = FlushJob{waiter.callback()};
    {
        const base::MutexLock lock(mutex_);
        if (closed_) {
            return unavailable("the store is closed");
        }
        // Readers wait, so that there are few of them: no limit, and no place behind others.
        queue_.push_front(std::move(job));
    }
    ready_.notifyOne();
    return waiter.wait().status();
}

void Committer::flushFor(std::span<Job> jobs, std::span<Outcome> outcomes) {
    const auto isFlush = [](const Job& job) { return std::holds_alternative<FlushJob>(job.work); };
    if (std::ranges::none_of(jobs, isFlush)) {
        return;
    }
    Status status = backend_.health();
    if (status.ok()) {
        status = backend_.flush();
    }
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (isFlush(jobs[i])) {
            outcomes[i].status = status;
        }
    }
}

void Committer::runBatch(std::span<Job> jobs) {
    std::vector<Outcome> outcomes(jobs.size());
    const Status status = attempt(jobs, outcomes);
    if (!status.ok() && jobs.size() > 1 && backend_.health().ok()) {
        // One of them is at fault, or they are too much for the disk together: each on its own.
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            outcomes[i] = Outcome{};
            outcomes[i].status = attempt(jobs.subspan(i, 1), std::span(outcomes).subspan(i, 1));
        }
    } else if (!status.ok()) {
        for (Outcome& outcome : outcomes) {
            outcome.status = status;
        }
    }
    flushFor(jobs, outcomes);
    hub_->deliver();
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        answer(jobs[i], outcomes[i]);
    }
}

Status Committer::attempt(std::span<Job> jobs, std::span<Outcome> outcomes) {
    WEFT_RETURN_IF_ERROR(backend_.health());
    WEFT_RETURN_IF_ERROR(backend_.begin());
    const WallTime now = clock_.now();
    Revision last = revision();
    Status status = applyAll(jobs, outcomes, now, last);
    if (status.ok()) {
        hub_->announce(last);
        status = backend_.finish(last);
    }
    if (!status.ok()) {
        backend_.rollback();
        return status;
    }
    revision_.store(last, std::memory_order_release);
    publish(outcomes);
    return okStatus();
}

Status Committer::applyAll(
    std::span<Job> jobs, std::span<Outcome> outcomes, WallTime now, Revision& last) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        WEFT_RETURN_IF_ERROR(applyOne(jobs[i], last + 1, now, outcomes[i]));
        if (!outcomes[i].events.empty()) {
            ++last;
        }
    }
    // Only next to a change: a batch that writes nothing shall stay without an fsync.
    return last == revision() ? okStatus() : purgeIfDue(now);
}

Status Committer::purgeIfDue(WallTime now) {
    if (nextPurge_ && now < *nextPurge_) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(const auto purged, backend_.eraseExpired(now, kMaxExpiredPerBatch));
    if (purged < kMaxExpiredPerBatch) {
        nextPurge_ = now + kPurgeInterval;
    }
    return okStatus();
}

Status Committer::applyOne(Job& job, Revision next, WallTime now, Outcome& outcome) {
    if (const auto* commit = std::get_if<CommitJob>(&job.work)) {
        WEFT_ASSIGN_OR_RETURN(
            outcome.result,
            applyTransaction(backend_, commit->transaction, next, now, outcome.events));
    } else if (const auto* replace = std::get_if<ReplaceJob>(&job.work)) {
        WEFT_ASSIGN_OR_RETURN(
            outcome.result,
            applyReplacement(backend_, replace->entries, next, now, outcome.events));
    } else if (std::holds_alternative<PurgeJob>(job.work)) {
        WEFT_ASSIGN_OR_RETURN(
            outcome.purged, backend_.eraseExpired(now, std::numeric_limits<std::size_t>::max()));
    }
    return okStatus();
}

void Committer::publish(std::span<Outcome> outcomes) {
    for (Outcome& outcome : outcomes) {
        if (!outcome.events.empty()) {
            hub_->publish(std::move(outcome.events), outcome.result.revision);
        }
    }
}

void Committer::answer(Job& job, Outcome& outcome) {
    if (auto* purge = std::get_if<PurgeJob>(&job.work)) {
        outcome.status.ok() ? purge->done(outcome.purged) : purge->done(outcome.status);
        return;
    }
    if (auto* flush = std::get_if<FlushJob>(&job.work)) {
        outcome.status.ok() ? flush->done(outcome.result.revision) : flush->done(outcome.status);
        return;
    }
    Callback<CommitResult> done;
    if (auto* commit = std::get_if<CommitJob>(&job.work)) {
        done = std::move(commit->done);
    } else if (auto* replace = std::get_if<ReplaceJob>(&job.work)) {
        done = std::move(replace->done);
    } else {
        return;
    }
    outcome.status.ok() ? done(outcome.result) : done(outcome.status);
}

}  // namespace weft::storage::detail
