// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/object_writer.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace weft::mesh::changes::detail {
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

/// What needs no second look.
bool isPlain(char symbol) {
    return symbol >= ' ' && symbol <= '~' && symbol != '"' && symbol != '\\';
}

std::uint32_t codePointOf(std::string_view bytes) {
    constexpr std::array<std::uint8_t, 5> kLeadMask = {0, 0x7F, 0x1F, 0x0F, 0x07};
    std::uint32_t value = static_cast<std::uint8_t>(bytes.front()) & kLeadMask.at(bytes.size());
    for (const char byte : bytes.substr(1)) {
        value = (value << 6U) | (static_cast<std::uint8_t>(byte) & 0x3FU);
    }
    return value;
}

void appendEscape(std::string& out, std::uint32_t value) {
    constexpr std::uint32_t kFirstBeyondPlane = 0x10000;
    if (value == '\n') {
        out += "\\n";
    } else if (value == '\t') {
        out += "\\t";
    } else if (value == '"' || value == '\\') {
        out += '\\';
        out += static_cast<char>(value);
    } else if (value < kFirstBeyondPlane) {
        out += fmt::format("\\u{:04x}", value);
    } else {
        // Unlike JSON, YAML knows no pairs of surrogates.
        out += fmt::format("\\U{:08x}", value);
    }
}

/// Lines in the block style of `weftctl get -o yaml`.
class Lines {
public:
    std::string take() { return std::move(text_); }

    void field(std::string_view name, std::string_view value) {
        line(fmt::format("{}: {}", name, yamlText(value)));
    }
    void number(std::string_view name, std::int32_t value) {
        line(fmt::format("{}: {}", name, value));
    }
    /// Begins a list or a map of `count` entries; without any it is `empty`.
    bool open(std::string_view name, std::size_t count, std::string_view empty = "[]") {
        line(count == 0 ? fmt::format("{}: {}", name, empty) : fmt::format("{}:", name));
        indent_ += count == 0 ? 0 : kStep;
        return count != 0;
    }
    void openEntry() {
        line("-");
        indent_ += kStep;
    }
    void close() { indent_ -= kStep; }
    void line(std::string_view text) {
        text_.append(indent_, ' ');
        text_ += text;
        text_ += '\n';
    }
    void list(std::string_view name, const std::vector<std::string>& texts) {
        if (open(name, texts.size())) {
            for (const auto& text : texts) {
                line("- " + yamlText(text));
            }
            close();
        }
    }

private:
    static constexpr std::size_t kStep = 2;

    std::string text_;
    std::size_t indent_ = 0;
};

/// A number that has no name is written as it is, and is no word that reads.
template <typename Value>
std::string wordFor(Value value) {
    auto word = std::string(policy::nameOf(value));
    return word == policy::nameOf(Value::Unknown) ? std::to_string(static_cast<std::int32_t>(value))
                                                  : word;
}

template <typename Value>
std::vector<std::string> words(const std::vector<Value>& values) {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const auto value : values) {
        texts.push_back(wordFor(value));
    }
    return texts;
}

void appendSubjects(const std::vector<policy::Subject>& subjects, Lines& lines) {
    if (!lines.open("subjects", subjects.size())) {
        return;
    }
    for (const auto& subject : subjects) {
        lines.openEntry();
        lines.field("kind", wordFor(subject.kind));
        lines.field("name", subject.name);
        lines.close();
    }
    lines.close();
}

void append(const policy::Role& role, Lines& lines) {
    lines.field("kind", "role");
    lines.field("name", role.name);
    if (!lines.open("rules", role.rules.size())) {
        return;
    }
    for (const auto& rule : role.rules) {
        lines.openEntry();
        lines.list("resources", words(rule.resources));
        lines.list("resourceNames", rule.resourceNames);
        lines.list("verbs", words(rule.verbs));
        lines.close();
    }
    lines.close();
}

void append(const policy::RoleBinding& binding, Lines& lines) {
    lines.field("kind", "rolebinding");
    lines.field("name", binding.name);
    lines.field("role", binding.role);
    appendSubjects(binding.subjects, lines);
}

void append(const policy::Group& group, Lines& lines) {
    lines.field("kind", "group");
    lines.field("name", group.name);
    appendSubjects(group.subjects, lines);
}

void append(const policy::NetworkAcl& acl, Lines& lines) {
    lines.field("kind", "acl");
    lines.field("name", acl.name);
    lines.number("priority", acl.priority);
    if (acl.action == policy::AclAction::Accept || acl.action == policy::AclAction::Deny) {
        lines.field("action", policy::nameOf(acl.action));
    } else if (acl.action != policy::AclAction::Unknown) {
        lines.field("action", std::to_string(static_cast<std::int32_t>(acl.action)));
    }
    lines.list("sourceNodes", acl.sourceNodes);
    lines.list("destinationNodes", acl.destinationNodes);
    lines.list("sourceCidrs", acl.sourceCidrs);
    lines.list("destinationCidrs", acl.destinationCidrs);
}

void append(const storage::RouteRecord& route, Lines& lines) {
    std::vector<std::string> destinations;
    for (const auto& destination : route.destinations) {
        destinations.push_back(destination.toString());
    }
    lines.field("kind", "route");
    lines.field("name", route.name);
    lines.field("node", route.node);
    lines.list("destinationCidrs", destinations);
    lines.field("nextHopNode", route.nextHopNode);
}

void append(const storage::EdgeRecord& edge, Lines& lines) {
    // YAML finds the colon behind a name within so many bytes only.
    constexpr std::size_t kMostKeyBytes = 1000;
    lines.field("kind", "edge");
    lines.field("source", edge.source.value());
    lines.field("target", edge.target.value());
    lines.number("weight", edge.weight);
    if (!lines.open("attributes", edge.attributes.size(), "{}")) {
        return;
    }
    for (const auto& [name, value] : edge.attributes) {
        const auto key = yamlText(name);
        if (key.size() > kMostKeyBytes) {
            lines.line("? " + key);
            lines.line(": " + yamlText(value));
        } else {
            lines.line(fmt::format("{}: {}", key, yamlText(value)));
        }
    }
    lines.close();
}

}  // namespace

std::string yamlText(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const auto plain =
            static_cast<std::size_t>(std::ranges::find_if_not(text, isPlain) - text.begin());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) {
            break;
        }
        const std::size_t length = lengthAt(text);
        if (length == 0) {
            out += "\\ufffd";
            text.remove_prefix(1);
            continue;
        }
        const auto bytes = text.substr(0, length);
        if (length == 1 || base::escapeForLine(bytes) != bytes) {
            appendEscape(out, codePointOf(bytes));
        } else {
            out += bytes;
        }
        text.remove_prefix(length);
    }
    return out + '"';
}

std::string yamlOf(const PolicyObject& object) {
    Lines lines;
    std::visit([&lines](const auto& known) { append(known, lines); }, object);
    return lines.take();
}

}  // namespace weft::mesh::changes::detail
