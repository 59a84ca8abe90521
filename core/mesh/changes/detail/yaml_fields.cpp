// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/yaml_fields.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <limits>

namespace weft::mesh::changes::detail {
namespace {

using Kind = YamlValue::Kind;

constexpr std::size_t kMostShownBytes = 80;

template <typename Number>
bool readNumber(const YamlValue& value, Number& number) {
    const char* const end = value.text.data() + value.text.size();
    const auto [stopped, error] = std::from_chars(value.text.data(), end, number);
    return value.kind == Kind::Word && error == std::errc{} && stopped == end;
}

}  // namespace

bool YamlFields::has(std::string_view name) {
    return take(name) != nullptr;
}

std::string YamlFields::text(std::string_view name) {
    const auto* value = take(name);
    if (value == nullptr) {
        return {};
    }
    if (value->kind == Kind::Nothing) {
        // `~` and `null` may be what somebody is called.
        faults_.add(
            value->line,
            fmt::format(R"({} has no value: write "" for nothing, and a name in quotes)", name));
    } else if (value->kind != Kind::Word) {
        faults_.add(value->line, fmt::format("{} must be a word", name));
    }
    return value->text;
}

std::int32_t YamlFields::number(std::string_view name) {
    std::int32_t number = 0;
    if (const auto* value = take(name); value != nullptr && !readNumber(*value, number)) {
        faults_.add(
            value->line,
            fmt::format(
                "{} must be a whole number from {} to {}",
                name,
                std::numeric_limits<std::int32_t>::min(),
                std::numeric_limits<std::int32_t>::max()));
    }
    return number;
}

void YamlFields::skipRevision(std::string_view name) {
    std::uint64_t number = 0;
    if (const auto* value = take(name); value != nullptr && !readNumber(*value, number)) {
        faults_.add(value->line, fmt::format("{} must be a whole number: remove it", name));
    }
}

std::vector<PlacedText> YamlFields::list(std::string_view name) {
    std::vector<PlacedText> texts;
    const auto* value = take(name);
    if (value == nullptr || value->kind == Kind::Nothing) {
        return texts;
    }
    if (value->kind != Kind::List) {
        faults_.add(value->line, fmt::format("{} must be a list", name));
        return texts;
    }
    for (const auto& item : value->items) {
        if (item.kind == Kind::Word) {
            texts.push_back({item.text, item.line});
        } else {
            faults_.add(
                item.line, fmt::format("{} must be a list of words: write a name in quotes", name));
        }
    }
    return texts;
}

std::vector<YamlFields> YamlFields::maps(std::string_view name) {
    std::vector<YamlFields> entries;
    const auto* value = take(name);
    if (value == nullptr || value->kind == Kind::Nothing) {
        return entries;
    }
    if (value->kind != Kind::List) {
        faults_.add(value->line, fmt::format("{} must be a list", name));
        return entries;
    }
    for (const auto& item : value->items) {
        if (item.kind == Kind::Map) {
            entries.emplace_back(item, faults_);
        } else {
            faults_.add(item.line, fmt::format("{} must be a list of objects", name));
        }
    }
    return entries;
}

std::map<std::string, std::string> YamlFields::pairs(std::string_view name) {
    std::map<std::string, std::string> entries;
    const auto* value = take(name);
    if (value == nullptr || value->kind == Kind::Nothing) {
        return entries;
    }
    if (value->kind != Kind::Map) {
        faults_.add(value->line, fmt::format("{} must hold names and values", name));
        return entries;
    }
    for (std::size_t at = 0; at + 1 < value->items.size(); at += 2) {
        const auto& key = value->items[at];
        const auto& item = value->items[at + 1];
        if (key.kind != Kind::Word || item.kind != Kind::Word) {
            faults_.add(
                key.line, fmt::format("{} must hold names and values: write them in quotes", name));
        } else if (!entries.emplace(key.text, item.text).second) {
            faults_.add(
                key.line,
                fmt::format(
                    "{} is given twice: remove one",
                    base::escapeForLine(key.text, kMostShownBytes)));
        }
    }
    return entries;
}

std::size_t YamlFields::lineOf(std::string_view name) const {
    const auto* value = find(name);
    return value == nullptr ? map_.line : value->line;
}

void YamlFields::finish() {
    std::set<std::string_view> seen;
    for (std::size_t at = 0; at < map_.items.size(); at += 2) {
        const auto& key = map_.items[at];
        const auto shown =
            key.kind == Kind::Word ? base::escapeForLine(key.text, kMostShownBytes) : "?";
        if (key.kind != Kind::Word || !known_.contains(key.text)) {
            faults_.add(
                key.line,
                fmt::format("there is no field {}; there are: {}", shown, fmt::join(known_, ", ")));
        } else if (!seen.insert(key.text).second) {
            faults_.add(key.line, fmt::format("{} is given twice: remove one", shown));
        }
    }
}

const YamlValue* YamlFields::find(std::string_view name) const {
    for (std::size_t at = 0; at + 1 < map_.items.size(); at += 2) {
        if (map_.items[at].kind == Kind::Word && map_.items[at].text == name) {
            return &map_.items[at + 1];
        }
    }
    return nullptr;
}

const YamlValue* YamlFields::take(std::string_view name) {
    known_.emplace(name);
    return find(name);
}

}  // namespace weft::mesh::changes::detail
