// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace weft::mesh::policy {

/// How many random meshes a test takes: WEFT_POLICY_ROUNDS, else so few that it stays short. The
/// campaign takes 100,000.
inline std::size_t rounds() {
    std::size_t count = 2'000;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment while tests run
    if (const char* given = std::getenv("WEFT_POLICY_ROUNDS")) {
        const std::string_view text(given);
        std::from_chars(text.data(), text.data() + text.size(), count);
    }
    return count;
}

}  // namespace weft::mesh::policy
