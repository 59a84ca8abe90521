// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/poller.h"
#include "core/base/status.h"
#include "core/wireguard/device/parallel/job.h"
#include "core/wireguard/device/parallel/job_ring.h"
#include "core/wireguard/session/types.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace weft::wireguard {

/// Takes jobs that are done.
class JobTaker {
public:
    JobTaker() = default;
    JobTaker(const JobTaker&) = delete;
    JobTaker& operator=(const JobTaker&) = delete;
    virtual ~JobTaker() = default;

    /// In the order in which they were pushed. They are filled anew afterwards.
    virtual void finish(std::span<Job* const> jobs, Moment at) = 0;
};

/// Threads that seal and open packets for a packet loop, which keeps everything else and the order.
/// Whoever fills a job may see earlier ones finished: they go to the taker within `room`, `collect`
/// and `drain`, never elsewhere. The loop works too rather than wait.
///
/// Thread: confined to the packet loop, but for the workers inside, which touch nothing but jobs.
class CryptoStage {
public:
    /// What may be under way: six super-packets each way and more.
    static constexpr std::size_t kJobs = 16;
    static constexpr std::size_t kMostWorkers = 16;
    /// The buffers of all jobs: 2.3 MB, there while the stage is.
    static constexpr std::size_t kBufferBytes = kJobs * (Job::kInBytes + Job::kOutBytes);

    /// What a stage works for; all of it outlives the stage.
    struct Surroundings {
        /// Woken when there is something to collect.
        base::Poller& loop;
        const base::Clock& clock;
        JobTaker& taker;
    };

    /// 1 to kMostWorkers; `name` is that of the interface. Errors: kResourceExhausted the system
    /// gives no thread.
    static StatusOr<std::unique_ptr<CryptoStage>> start(
        std::size_t workers, const std::string& name, const Surroundings& surroundings);
    CryptoStage(const CryptoStage&) = delete;
    CryptoStage& operator=(const CryptoStage&) = delete;
    /// Waits for jobs that are worked on, no longer. What was not collected is lost.
    ~CryptoStage();

    std::size_t workers() const { return threads_.size(); }
    /// Whether nothing is under way.
    bool isIdle() const { return ring_.isEmpty(); }

    /// The job to be filled next. When there is none the oldest one is waited for and finished.
    Job& room(Moment at);
    /// What `room` gave is filled.
    void push() { ring_.push(); }
    /// Finishes what is done, as far as the order allows. False when there was nothing.
    bool collect(Moment at);
    /// Finishes everything.
    void drain(Moment at);
    /// Before the loop waits: works on a job that nobody has taken. False when there was none.
    bool help();
    /// False when there is something to collect, so that the loop must not wait; otherwise it is
    /// woken when there is.
    bool mayWait() { return ring_.askForWake(); }

    /// Time that the workers have worked, and jobs that were finished.
    Duration busy() const { return ring_.busy(); }
    std::uint64_t jobs() const { return finished_; }

private:
    explicit CryptoStage(const Surroundings& surroundings);
    void work();
    void advanceOldest(Moment at);

    const Surroundings around_;
    JobRing ring_;
    std::uint64_t finished_ = 0;
    std::vector<std::thread> threads_;
};

}  // namespace weft::wireguard
