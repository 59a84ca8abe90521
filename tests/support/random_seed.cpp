// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_seed.h"

#include <charconv>
#include <cstdlib>
#include <random>
#include <string_view>

namespace weft::tests {

std::uint32_t randomSeed() {
    // Tests read it before they start threads.
    if (const char* given = std::getenv("WEFT_TEST_SEED")) {  // NOLINT(concurrency-mt-unsafe): above
        const std::string_view text(given);
        std::uint32_t seed = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
        if (error == std::errc{} && end == text.data() + text.size()) {
            return seed;
        }
    }
    return std::random_device{}();  // check-tests: allow random, this is the place it is asked at
}

}  // namespace weft::tests
