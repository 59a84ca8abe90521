// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_seed.h"

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string_view>

namespace weft::tests {
namespace {

std::uint64_t givenOrFresh() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment while tests run
    if (const char* given = std::getenv("WEFT_TEST_SEED")) {
        const std::string_view text(given);
        std::uint64_t seed = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
        if (error == std::errc{} && end == text.data() + text.size()) {
            return seed;
        }
    }
    return std::random_device{}();  // check-tests: allow random, randomSeed prints it
}

}  // namespace

std::uint64_t randomSeed() {
    const auto seed = givenOrFresh();
    std::cout << "WEFT_TEST_SEED=" << seed << '\n';
    return seed;
}

}  // namespace weft::tests
