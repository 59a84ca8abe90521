// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::mesh::changes::detail {

/// Some of the numbers below a size that all sets which meet share.
class NameSet {
public:
    static constexpr std::size_t kWordBits = 64;

    NameSet() = default;
    explicit NameSet(std::size_t size) : words_((size + kWordBits - 1) / kWordBits) {}

    bool has(std::size_t number) const {
        return ((words_[number / kWordBits] >> (number % kWordBits)) & 1U) != 0;
    }
    void add(std::size_t number) {
        words_[number / kWordBits] |= std::uint64_t{1} << (number % kWordBits);
    }
    void addAllBelow(std::size_t size) {
        for (std::size_t number = 0; number < size; ++number) {
            add(number);
        }
    }
    NameSet& operator|=(const NameSet& other) {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            words_[at] |= other.words_[at];
        }
        return *this;
    }
    NameSet& operator&=(const NameSet& other) {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            words_[at] &= other.words_[at];
        }
        return *this;
    }
    NameSet& operator-=(const NameSet& other) {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            words_[at] &= ~other.words_[at];
        }
        return *this;
    }
    bool isEmpty() const {
        return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
    }
    bool contains(const NameSet& other) const {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            if ((other.words_[at] & ~words_[at]) != 0) {
                return false;
            }
        }
        return true;
    }
    bool intersects(const NameSet& other) const {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            if ((other.words_[at] & words_[at]) != 0) {
                return true;
            }
        }
        return false;
    }
    std::size_t count() const {
        std::size_t numbers = 0;
        for (const auto word : words_) {
            numbers += static_cast<std::size_t>(std::popcount(word));
        }
        return numbers;
    }
    /// In ascending order.
    template <typename Visit>
    void forEach(Visit visit) const {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            for (auto word = words_[at]; word != 0; word &= word - 1) {
                visit(at * kWordBits + static_cast<std::size_t>(std::countr_zero(word)));
            }
        }
    }

private:
    std::vector<std::uint64_t> words_;
};

}  // namespace weft::mesh::changes::detail
