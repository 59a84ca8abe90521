// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::services {

/// Which of the connections that ended before their first call are worth a line in the log: one in
/// a while, since anybody can make them. Pure.
class EarlyEnds {
public:
    static constexpr std::chrono::seconds kGap{10};

    /// One more. nullopt: it is counted only; else how many were, since the last line.
    std::optional<std::uint64_t> note(TimePoint now);

private:
    std::optional<TimePoint> told_;
    std::uint64_t untold_ = 0;
};

}  // namespace weft::services
