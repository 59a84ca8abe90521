// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// A rule among others: a higher priority is asked first, and of equal ones the lower name.
struct RankedRule {
    std::string name;
    std::int32_t priority = 0;
    /// Its priority cannot be changed.
    bool fixed = false;

    friend bool operator==(const RankedRule&, const RankedRule&) = default;
};

struct PriorityChange {
    std::string name;
    std::int32_t priority = 0;

    friend bool operator==(const PriorityChange&, const PriorityChange&) = default;
};

/// Room for others in between.
inline constexpr std::int64_t kPriorityStep = 100;

/// Whether `one` is asked before `other`.
bool isAskedBefore(const RankedRule& one, const RankedRule& other);

/// The fewest new priorities after which the rules are asked in the order of `wanted`; of equally
/// few those that leave all but `moved` (a place in `wanted`) alone. A rule that gets another
/// priority shares it with none; rules that shared one before may go on. nullopt: rules that cannot
/// be changed are in the way.
std::optional<std::vector<PriorityChange>> prioritiesFor(
    const std::vector<RankedRule>& wanted, std::size_t moved);

}  // namespace weft::viewmodels
