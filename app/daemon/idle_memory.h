// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

namespace weft::app {

/// Decides when a process that has worked and is quiet again gives back memory that it does not
/// need for being quiet.
/// Thread: one at a time.
class IdleMemory {
public:
    /// How often `isDue` is to be asked.
    static constexpr std::chrono::seconds kInterval{2};

    /// `used` is all processor time of the process up to now. True once after each stretch of work,
    /// when an interval went by in which next to nothing was done.
    bool isDue(Duration used);

private:
    Duration atLastCall_{};
    Duration atLastTrim_{};
};

/// All processor time of this process up to now.
Duration processorTimeUsed();

/// Returns free heap memory and lets go of the pages of program and libraries that are as in their
/// files: the system reads the ones that are needed again from its cache. Starting and opening a
/// mesh touches several times the code that keeping it up does.
void giveBackMemory();

}  // namespace weft::app
