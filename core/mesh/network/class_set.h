// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::mesh::network {

/// Some of the classes that the access rules make of nodes, as bits.
class ClassSet {
public:
    bool has(std::size_t number) const {
        return number / kWordBits < words_.size()
               && ((words_[number / kWordBits] >> (number % kWordBits)) & 1U) != 0;
    }
    void add(std::size_t number) {
        if (number / kWordBits >= words_.size()) {
            words_.resize(number / kWordBits + 1);
        }
        words_[number / kWordBits] |= std::uint64_t{1} << (number % kWordBits);
    }
    /// What is in both.
    ClassSet operator&(const ClassSet& other) const {
        ClassSet common;
        common.words_.resize(
            words_.size() < other.words_.size() ? words_.size() : other.words_.size());
        for (std::size_t at = 0; at < common.words_.size(); ++at) {
            common.words_[at] = words_[at] & other.words_[at];
        }
        common.trim();
        return common;
    }
    bool contains(const ClassSet& other) const { return (*this & other) == other.trimmed(); }

    friend bool operator==(const ClassSet&, const ClassSet&) = default;
    friend auto operator<=>(const ClassSet&, const ClassSet&) = default;

private:
    static constexpr std::size_t kWordBits = 64;

    /// So that equal sets compare equal.
    void trim() {
        while (!words_.empty() && words_.back() == 0) {
            words_.pop_back();
        }
    }
    ClassSet trimmed() const {
        auto copy = *this;
        copy.trim();
        return copy;
    }

    std::vector<std::uint64_t> words_;
};

}  // namespace weft::mesh::network
