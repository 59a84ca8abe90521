// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace weft::tests {

/// The seed of a random test: WEFT_TEST_SEED when it is set to a number, else a fresh one. It is
/// printed, so that a failure can be run again.
std::uint64_t randomSeed();

}  // namespace weft::tests
