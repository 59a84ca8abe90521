// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/random_source.h"

#include <cstdint>
#include <random>
#include <span>

namespace weft::tests {

/// The same bytes in each run for the same seed. For tests: nothing it makes is secret.
class SeededRandom final : public crypto::RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}

    void fill(std::span<std::uint8_t> out) override {
        for (auto& each : out) {
            each = static_cast<std::uint8_t>(engine_() >> 32U);
        }
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace weft::tests
