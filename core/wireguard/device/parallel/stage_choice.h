// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>

namespace weft::wireguard {

/// Workers of an interface on a machine with `cores`: none on up to two, where they would compete
/// with the loop and with the programs that send; two cores are always left to those.
std::size_t automaticWorkers(std::size_t cores);

/// When a packet loop is worth a crypto stage.
struct StageLimits {
    /// How often is decided.
    Duration window = std::chrono::milliseconds(100);
    /// Share of a core that the loop takes, alone or with its workers.
    double onShare = 0.60;
    double offShare = 0.40;
    /// Windows in a row that say the same.
    int onWindows = 3;
    int offWindows = 10;
    /// A run from which on a worker is worth being woken. At least half of the bytes must come in
    /// such runs.
    std::size_t largeRunBytes = 8192;
    /// After a first window that does not count, this many must bring so much more than the windows
    /// before the stage; else it goes off and is not tried again for a while.
    int trialWindows = 5;
    double leastGain = 1.05;
    Duration pause = std::chrono::seconds(30);
};

/// Decides by measured load whether a crypto stage is on: it goes on when the loop is busy with
/// large runs, stays when that brings more bytes, and goes off when the work would again fit the
/// loop. Pure. Thread: confined to the packet loop.
class StageChoice {
public:
    explicit StageChoice(TimePoint start, const StageLimits& limits = {})
        : limits_(limits), windowStart_(start), pausedUntil_(start) {}

    bool isOn() const { return isOn_; }
    /// Bytes that came together, from the host or from a path.
    void addRun(std::size_t bytes) {
        bytes_ += bytes;
        largeBytes_ += bytes >= limits_.largeRunBytes ? bytes : 0;
    }
    /// The loop has worked from `begin` to `end`; `workers` is what the workers have worked since
    /// the last call. Returns whether the stage is to be on.
    bool note(TimePoint begin, TimePoint end, Duration workers);

private:
    struct Window {
        double share = 0;
        double rate = 0;
        bool isLarge = false;
    };

    void endWindow(const Window& window, TimePoint now);
    void whileOff(const Window& window, TimePoint now);
    void whileOn(const Window& window, TimePoint now);
    void turn(bool on);

    StageLimits limits_;
    bool isOn_ = false;

    TimePoint windowStart_;
    Duration busy_{};
    std::uint64_t bytes_ = 0;
    std::uint64_t largeBytes_ = 0;

    TimePoint pausedUntil_;
    /// Windows in a row for a change.
    int streak_ = 0;
    /// Bytes in a second: the sum over the windows of the streak, the mean of those before the
    /// stage, and the sum since.
    double streakRate_ = 0;
    double rateBefore_ = 0;
    double trialRate_ = 0;
    int windowsOn_ = 0;
};

}  // namespace weft::wireguard
