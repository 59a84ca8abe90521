// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/config/detail/sources.h"

#include <toml++/toml.h>

namespace weft::config::detail {
namespace {

class TomlReader {
public:
    explicit TomlReader(const std::string& name) : name_(name) {}

    // NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth deep
    Status readTable(const toml::table& table, const std::string& prefix, std::size_t depth) {
        if (depth > kMaxDepth) {
            return invalidArgument(
                "{}: {}: more than {} levels of sections",
                place(table),
                base::escapeForLine(prefix, 80),
                kMaxDepth);
        }
        for (const auto& [word, node] : table) {
            const std::string path =
                prefix.empty() ? std::string(word.str()) : fmt::format("{}.{}", prefix, word.str());
            WEFT_RETURN_IF_ERROR(readEntry(node, path, depth));
        }
        return okStatus();
    }

    std::vector<Assignment> take() { return std::move(assignments_); }

private:
    // NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth deep
    Status readEntry(const toml::node& node, const std::string& path, std::size_t depth) {
        if (path.size() > kMaxPathBytes) {
            return invalidArgument("{}: a key has at most {} bytes", place(node), kMaxPathBytes);
        }
        if (const auto* inner = node.as_table()) {
            return readTable(*inner, path, depth + 1);
        }
        if (assignments_.size() >= kMaxAssignments) {
            return invalidArgument("{}: more than {} keys", name_, kMaxAssignments);
        }
        assignments_.push_back({.key = path, .value = valueOf(node), .origin = place(node)});
        return okStatus();
    }

    std::string place(const toml::node& node) const {
        const auto line = node.source().begin.line;
        return line == 0 ? name_ : fmt::format("{}:{}", name_, line);
    }

    static Value valueOf(const toml::node& node) {
        Value value;
        const auto* list = node.as_array();
        if (list == nullptr) {
            append(node, value);
            return value;
        }
        value.isList = true;
        for (const auto& item : *list) {
            if (value.items.size() > kMaxListItems) {
                break;  // one too many is enough to be refused
            }
            append(item, value);
        }
        return value;
    }

    static void append(const toml::node& node, Value& value) {
        if (const auto* text = node.as_string()) {
            value.items.push_back({.text = text->get(), .type = ScalarType::Text});
        } else if (const auto* flag = node.as_boolean()) {
            value.items.push_back(
                {.text = flag->get() ? "true" : "false", .type = ScalarType::Bool});
        } else if (const auto* whole = node.as_integer()) {
            value.items.push_back(
                {.text = std::to_string(whole->get()), .type = ScalarType::Number});
        } else if (const auto* real = node.as_floating_point()) {
            value.items.push_back(
                {.text = fmt::format("{}", real->get()), .type = ScalarType::Number});
        } else if (node.is_array() || node.is_table()) {
            value.problem = "a list holds plain values only, no lists and no sections";
        } else {
            value.problem = "a date or a time is no value of this key";
        }
    }

    static constexpr std::size_t kMaxPathBytes = 256;
    const std::string& name_;
    std::vector<Assignment> assignments_;
};

}  // namespace

StatusOr<std::vector<Assignment>> readToml(std::string_view text, const std::string& name) {
    try {
        const toml::table table = toml::parse(text);
        TomlReader reader(name);
        WEFT_RETURN_IF_ERROR(reader.readTable(table, "", 1));
        return reader.take();
    } catch (const toml::parse_error& error) {
        return invalidArgument(
            "{}:{}: this is not TOML: {}",
            name,
            error.source().begin.line,
            base::escapeForLine(error.description(), 160));
    }
}

}  // namespace weft::config::detail
