// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace weft::mesh::detail {

/// Keeps somebody who is refused over and over from pushing everything else out of a bounded log.
/// Pure.
class DenialLimiter {
public:
    static constexpr int kMaxDenials = 60;
    static constexpr std::chrono::minutes kWindow{1};
    /// Past it the one that began longest ago is forgotten.
    static constexpr std::size_t kMaxCallers = 4096;

    /// Whether a refusal of `caller` is worth an entry: how many of its kind were left out since
    /// the last one; nullopt: leave this one out as well.
    std::optional<std::uint64_t> admit(std::string_view caller, TimePoint now);
    std::size_t callers() const { return counts_.size(); }

private:
    struct Count {
        TimePoint since;
        int denials = 0;
        std::uint64_t leftOut = 0;
    };

    std::map<std::string, Count, std::less<>> counts_;
};

}  // namespace weft::mesh::detail
