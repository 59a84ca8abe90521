// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

namespace weft::tests {

/// The seed of a random test: WEFT_TEST_SEED when it is set, else a new one. It is printed, so that
/// a failure can be run again.
inline std::uint64_t randomSeed() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment while tests run
    const char* given = std::getenv("WEFT_TEST_SEED");
    const std::uint64_t seed =
        given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "WEFT_TEST_SEED=" << seed << '\n';
    return seed;
}

}  // namespace weft::tests
