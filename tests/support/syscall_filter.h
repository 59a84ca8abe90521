// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace weft::tests {

/// A condition on an argument of a system call: whether its low 32 bits, masked, are `value`.
struct ArgumentIs {
    unsigned index = 0;
    std::uint32_t value = 0;
    std::uint32_t mask = 0xFFFFFFFF;
};

/// Makes the system refuse a call with `error` on the calling thread, for the rest of its life:
/// run it on a thread of its own. Only calls that meet all `conditions` are refused. False when
/// this machine cannot filter.
bool refuseSystemCall(long number, int error, const std::vector<ArgumentIs>& conditions = {});

}  // namespace weft::tests
