// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/instrumented.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::tests {

/// Where an honest caller waits longer, something is held up.
inline constexpr std::chrono::seconds kHonestPatience{5 * kSlowdown};

/// How long an honest call took, or nullopt when it failed, which fails the test.
std::optional<std::chrono::milliseconds> honestCall(const std::shared_ptr<grpc::Channel>& channel);

/// What the process has in memory.
std::size_t residentKilobytes();
/// How much larger the process is than it was; memory that was given back counts as nothing, and so
/// does all of it under a sanitizer, which keeps what was given back.
std::size_t grownSince(std::size_t before);

}  // namespace weft::tests
