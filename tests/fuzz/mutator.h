// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace weft::fuzz {

/// Makes damaged copies of given inputs. The same seed and inputs give the same sequence on every
/// machine.
class Mutator {
public:
    /// The largest input made.
    static constexpr std::size_t kMaxInputBytes = std::size_t{1} << 16;

    /// `inputs` must not be empty.
    Mutator(std::vector<std::string> inputs, std::uint64_t seed);

    /// One input with one to eight changes: bits, bytes, pieces taken out, doubled, moved in from
    /// another input, or the end cut off.
    std::string next();

private:
    void change(std::string& text);
    void insert(std::string& text, const std::string& piece);
    std::string pieceOf(const std::string& text);
    /// From 0 to `bound` - 1; 0 for a bound of 0.
    std::size_t below(std::size_t bound);

    std::vector<std::string> inputs_;
    std::mt19937_64 random_;
};

}  // namespace weft::fuzz
