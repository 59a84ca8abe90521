// SPDX-License-Identifier: Apache-2.0
#include "app/cli/document.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace weft::cli {
namespace {

/// Bytes of the code point at the front of `text`; 0 when they are not UTF-8.
std::size_t lengthAt(std::string_view text) {
    constexpr std::size_t kLongest = 4;
    for (std::size_t length = 1; length <= kLongest && length <= text.size(); ++length) {
        if (base::isUtf8(text.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

char32_t codePointOf(std::string_view bytes) {
    constexpr std::array<unsigned char, 5> kLeadMask = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t value = static_cast<unsigned char>(bytes.front()) & kLeadMask.at(bytes.size());
    for (const char byte : bytes.substr(1)) {
        value = (value << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
    }
    return value;
}

/// `escapeForLine` is the one that knows what a terminal acts on.
bool needsEscape(std::string_view bytes) {
    return base::escapeForLine(bytes) != bytes;
}

void appendEscape(std::string& out, char32_t value) {
    constexpr char32_t kFirstBeyondPlane = 0x10000;
    if (value == '\n') {
        out += "\\n";
    } else if (value == '\t') {
        out += "\\t";
    } else if (value == '"' || value == '\\') {
        out += '\\';
        out += static_cast<char>(value);
    } else if (value < kFirstBeyondPlane) {
        out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(value));
    } else {
        const char32_t offset = value - kFirstBeyondPlane;
        out += fmt::format(
            "\\u{:04x}\\u{:04x}",
            0xD800U + static_cast<std::uint32_t>(offset >> 10U),
            0xDC00U + static_cast<std::uint32_t>(offset & 0x3FFU));
    }
}

std::string spaces(std::size_t count) {
    return std::string(count, ' ');
}

}  // namespace

std::string jsonString(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::size_t length = lengthAt(text);
        if (length == 0) {
            out += "\\ufffd";
            text.remove_prefix(1);
            continue;
        }
        const auto bytes = text.substr(0, length);
        if (bytes == "\"" || bytes == "\\" || needsEscape(bytes)) {
            appendEscape(out, codePointOf(bytes));
        } else {
            out += bytes;
        }
        text.remove_prefix(length);
    }
    return out + '"';
}

Document Document::listOf(const std::vector<std::string>& texts) {
    List list;
    for (const auto& text : texts) {
        list.emplace_back(text);
    }
    return list;
}

bool Document::isNested() const {
    const auto* list = std::get_if<List>(&value_);
    const auto* members = std::get_if<Members>(&value_);
    return (list != nullptr && !list->empty()) || (members != nullptr && !members->empty());
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the commands build documents
void Document::appendJson(std::string& out, std::size_t indent) const {
    constexpr std::size_t kStep = 2;
    const auto separator = [&](bool isFirst) {
        out += (isFirst ? "\n" : ",\n") + spaces(indent + kStep);
    };
    if (const auto* list = std::get_if<List>(&value_)) {
        out += '[';
        for (std::size_t i = 0; i < list->size(); ++i) {
            separator(i == 0);
            (*list)[i].appendJson(out, indent + kStep);
        }
        out += list->empty() ? "]" : "\n" + spaces(indent) + "]";
    } else if (const auto* members = std::get_if<Members>(&value_)) {
        out += '{';
        for (std::size_t i = 0; i < members->size(); ++i) {
            separator(i == 0);
            out += jsonString((*members)[i].first) + ": ";
            (*members)[i].second.appendJson(out, indent + kStep);
        }
        out += members->empty() ? "}" : "\n" + spaces(indent) + "}";
    } else if (const auto* text = std::get_if<std::string>(&value_)) {
        out += jsonString(*text);
    } else if (const auto* flag = std::get_if<bool>(&value_)) {
        out += *flag ? "true" : "false";
    } else if (const auto* whole = std::get_if<std::int64_t>(&value_)) {
        out += std::to_string(*whole);
    } else if (const auto* count = std::get_if<std::uint64_t>(&value_)) {
        out += std::to_string(*count);
    } else {
        out += "null";
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the commands build documents
void Document::appendYaml(std::string& out, std::size_t indent) const {
    constexpr std::size_t kStep = 2;
    if (!isNested()) {
        appendJson(out, indent);  // scalars and empty collections are the same in YAML
        out += '\n';
        return;
    }
    if (const auto* list = std::get_if<List>(&value_)) {
        for (const Document& item : *list) {
            out += spaces(indent) + (item.isNested() ? "-\n" : "- ");
            item.appendYaml(out, indent + kStep);
        }
        return;
    }
    for (const auto& [name, member] : std::get<Members>(value_)) {
        out += spaces(indent) + name + (member.isNested() ? ":\n" : ": ");
        member.appendYaml(out, indent + kStep);
    }
}

std::string Document::toJson() const {
    std::string out;
    appendJson(out, 0);
    return out + '\n';
}

std::string Document::toYaml() const {
    std::string out;
    appendYaml(out, 0);
    return out;
}

}  // namespace weft::cli
