// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::changes::detail {

struct Fault {
    /// From 1.
    std::size_t line = 1;
    std::string text;

    friend bool operator==(const Fault&, const Fault&) = default;
};

/// What is wrong with one file: as many as are told, and how many more there are.
class Faults {
public:
    void add(std::size_t line, std::string text);
    bool empty() const { return listed_.empty(); }
    const std::vector<Fault>& listed() const { return listed_; }
    std::size_t unlisted() const { return unlisted_; }

private:
    std::vector<Fault> listed_;
    std::size_t unlisted_ = 0;
};

/// A YAML document as it stands: no word is taken for a number or a truth value.
struct YamlValue {
    enum class Kind : std::uint8_t { Nothing, Word, List, Map };

    Kind kind = Kind::Nothing;
    std::size_t line = 1;
    /// Of a word.
    std::string text{};
    /// Of a list its entries, of a map a key and its value in turn.
    std::vector<YamlValue> items{};
};

/// The one document of a file. Without one there is a fault. Aliases, anchors and tags are refused,
/// and what is larger or deeper than a file of the rules gets.
YamlValue parseYaml(std::string_view text, Faults& faults);

}  // namespace weft::mesh::changes::detail
