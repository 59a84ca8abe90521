// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace weft::tests {

/// The seed of a random test: WEFT_TEST_SEED when it is set to a number, else a fresh one. Show it
/// on failure with SCOPED_TRACE(seed), so that the run can be repeated.
std::uint32_t randomSeed();

}  // namespace weft::tests
