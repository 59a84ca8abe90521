// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace weft::daemon::sandbox {

/// Numbers that look drawn by lot and are the same each time, on every machine: SplitMix64 (Steele,
/// Lea, Flood, 2014). For a simulation; no secret is made of them.
class Draw {
public:
    /// Another row of numbers for each `what`.
    Draw(std::uint64_t seed, std::string_view what);

    std::uint64_t next();
    /// At least `low`, less than `high`.
    double between(double low, double high);
    /// Less than `count`, which is not 0.
    std::uint64_t below(std::uint64_t count) { return next() % count; }

private:
    std::uint64_t state_;
};

}  // namespace weft::daemon::sandbox
