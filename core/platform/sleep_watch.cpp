// SPDX-License-Identifier: Apache-2.0
#include "core/platform/sleep_watch.h"

namespace weft::platform {

std::optional<Duration> SleepJudge::look(const MachineTime& now) {
    const auto slept = now.withSleep - now.awake;
    const auto more = slept - slept_;
    if (more < kLeast) {
        return std::nullopt;
    }
    slept_ = slept;
    return more;
}

}  // namespace weft::platform
