// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace weft::tests {

/// Makes the system refuse a call with `error` on the calling thread, for the rest of its life:
/// run it on a thread of its own. With `firstArgument` only calls with that one are refused. False
/// when this machine cannot filter.
bool refuseSystemCall(
    long number, int error, std::optional<std::uint32_t> firstArgument = std::nullopt);

}  // namespace weft::tests
