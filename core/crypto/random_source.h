// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace weft::crypto {

/// Where secret random bytes come from. Pure code is handed one, tests hand in a seeded one.
class RandomSource {
public:
    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    RandomSource& operator=(const RandomSource&) = delete;
    virtual ~RandomSource() = default;

    /// Overwrites `out`. Cannot fail.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// The system's random source. Stops the process when there is none.
/// Thread: any.
class SystemRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace weft::crypto
