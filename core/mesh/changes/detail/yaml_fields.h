// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/detail/yaml_tree.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::changes::detail {

/// A word of a list, and where it stands.
struct PlacedText {
    std::string text;
    std::size_t line = 1;
};

/// One map of a file, read field by field. A field that is missing reads as nothing.
class YamlFields {
public:
    /// Both outlive it. `map` is a map.
    YamlFields(const YamlValue& map, Faults& faults) : map_(map), faults_(faults) {}

    bool has(std::string_view name);
    std::string text(std::string_view name);
    std::int32_t number(std::string_view name);
    std::vector<PlacedText> list(std::string_view name);
    std::vector<YamlFields> maps(std::string_view name);
    std::map<std::string, std::string> pairs(std::string_view name);
    /// A whole number that is checked and not used.
    void skipRevision(std::string_view name);

    /// Of the field, or of the map when there is none.
    std::size_t lineOf(std::string_view name) const;
    std::size_t line() const { return map_.line; }
    Faults& faults() { return faults_; }
    /// Whatever was not asked for is a mistake.
    void finish();

    /// nullptr: there is none.
    const YamlValue* find(std::string_view name) const;

private:
    const YamlValue* take(std::string_view name);

    const YamlValue& map_;
    Faults& faults_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace weft::mesh::changes::detail
