// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace weft::app {

/// Time since the kernel started this process, in steps of 10 ms (/proc/self/stat, field 22).
std::optional<std::chrono::milliseconds> sinceProcessStart();

/// Memory of this process that is in RAM (/proc/self/status, VmRSS).
std::optional<std::size_t> residentBytes();

}  // namespace weft::app
