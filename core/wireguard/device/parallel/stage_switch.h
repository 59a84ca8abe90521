// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/device/parallel/crypto_stage.h"
#include "core/wireguard/device/parallel/stage_choice.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace weft::wireguard {

struct ParallelOptions {
    /// Threads beside the packet loop. Nothing: as many as the cores give, and only while the load
    /// asks for them. 0: never any. A number: always so many, at most CryptoStage::kMostWorkers.
    std::optional<std::size_t> workers{};
    /// A shorter run is not worth a job: the loop does it itself, unless it would overtake others.
    std::size_t leastJobBytes = 8192;
    StageLimits limits{};
};

/// What became of the choice so far.
struct ParallelFigures {
    /// Threads beside the packet loop, now.
    std::size_t workers = 0;
    /// How often the stage went on, and runs that went through it.
    std::uint64_t starts = 0;
    std::uint64_t jobs = 0;
};

/// Has the crypto stage while it is on, and turns it on and off. Off, there is neither a thread nor
/// a buffer of it. Thread: confined to the packet loop.
class StageSwitch {
public:
    /// `cores` of the machine.
    StageSwitch(
        const ParallelOptions& options,
        std::string name,
        const CryptoStage::Surroundings& surroundings,
        std::size_t cores);

    /// Whether a run of `bytes` takes the way through the stage now: it is on, and the run is long
    /// or would overtake another.
    bool takes(std::size_t bytes) const {
        return stage_ != nullptr && (bytes >= leastJobBytes_ || !stage_->isIdle());
    }
    /// nullptr while it is off.
    CryptoStage* stage() { return stage_.get(); }

    void addRun(std::size_t bytes) {
        if (choice_) {
            choice_->addRun(bytes);
        }
    }
    /// The loop worked from `begin` to `end`. May turn the stage on or, when everything in it is
    /// finished, off.
    void note(TimePoint begin, Moment end);
    /// How long the loop may wait without a look at the load; nothing when that does not matter.
    std::optional<Duration> longestWait() const;
    /// What is under way is finished, the threads go.
    void turnOff(Moment at);

    ParallelFigures figures() const;

private:
    void turnOn();

    const CryptoStage::Surroundings around_;
    const std::string name_;
    const std::size_t leastJobBytes_;
    const Duration window_;
    std::size_t workers_ = 0;
    bool isForced_ = false;
    std::optional<StageChoice> choice_;
    std::unique_ptr<CryptoStage> stage_;
    Duration workersBusy_{};
    std::uint64_t starts_ = 0;
    /// Of stages that have gone.
    std::uint64_t jobs_ = 0;
};

}  // namespace weft::wireguard
