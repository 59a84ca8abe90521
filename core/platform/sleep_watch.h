// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"

#include <functional>
#include <memory>
#include <optional>

namespace asio {
class io_context;
}  // namespace asio

namespace weft::platform {

/// A machine's time with and without that in which it slept.
struct MachineTime {
    Duration withSleep{};
    Duration awake{};
};
MachineTime machineTime();

/// Finds that the machine has slept: the two times have drifted apart. Pure. Thread: confined.
class SleepJudge {
public:
    /// The two are not read at the same moment, and a short nap breaks nothing.
    static constexpr std::chrono::seconds kLeast{2};

    explicit SleepJudge(const MachineTime& start) : slept_(start.withSleep - start.awake) {}

    /// For how long since the last look, when that was worth a word.
    std::optional<Duration> look(const MachineTime& now);

private:
    Duration slept_;
};

/// Tells when the machine has slept, and costs nothing while it does not.
/// Thread: made and destroyed on the context's, or while that stands still.
class SleepWatch {
public:
    SleepWatch() = default;
    SleepWatch(const SleepWatch&) = delete;
    SleepWatch& operator=(const SleepWatch&) = delete;
    virtual ~SleepWatch() = default;
};

/// `slept` runs on the thread of `context`, which outlives the watch. `time` is machineTime, or a
/// test's; it is read when the system says that its time has made a jump.
/// Errors: kUnavailable the system does not tell, in its words.
StatusOr<std::unique_ptr<SleepWatch>> watchSleep(
    asio::io_context& context,
    std::function<void(Duration)> slept,
    std::function<MachineTime()> time = machineTime);

}  // namespace weft::platform
