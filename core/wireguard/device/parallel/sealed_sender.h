// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/device/parallel/job.h"
#include "core/wireguard/device/path_set.h"
#include "core/wireguard/session/engine.h"

#include <array>
#include <cstddef>

namespace weft::wireguard {

/// Sends what jobs have sealed, several runs at a time, in order. What belongs to a session that
/// has ended is dropped. No allocation. Thread: confined to the packet loop.
class SealedSender {
public:
    SealedSender(Engine& engine, const PathSet& paths) : engine_(engine), paths_(paths) {}

    /// `job` is a sealed one, and stays as it is until the next flush().
    void add(Job& job, Moment at);
    /// Sends what waits. The peers are told of what they were sent.
    void flush(Moment at);

private:
    /// More leave with one call than a stage has jobs.
    static constexpr std::size_t kMostRuns = 32;

    Engine& engine_;
    const PathSet& paths_;
    std::size_t count_ = 0;
    std::uint8_t path_ = 0;
    std::array<Job*, kMostRuns> jobs_{};
    std::array<transport::OutgoingRun, kMostRuns> runs_;
};

}  // namespace weft::wireguard
