// SPDX-License-Identifier: Apache-2.0
#include "core/config/print.h"

#include "core/config/detail/codec.h"
#include "core/config/key_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace weft::config {
namespace {

std::vector<std::string_view> partsOf(std::string_view name) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto dot = name.find('.');
        parts.push_back(name.substr(0, dot));
        if (dot == std::string_view::npos) {
            return parts;
        }
        name.remove_prefix(dot + 1);
    }
}

/// A double-quoted YAML scalar. Values are UTF-8; only what would end the quotes or the line, and
/// controls, are written as escapes.
std::string quotedYaml(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            result += fmt::format("\\x{:02x}", byte);
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string yamlOf(const detail::Rendered& rendered) {
    const auto one = [&](const std::string& item) {
        return rendered.isText ? quotedYaml(item) : item;
    };
    if (!rendered.isList) {
        return one(rendered.items.front());
    }
    std::string list;
    for (const auto& item : rendered.items) {
        list += (list.empty() ? "" : ", ") + one(item);
    }
    return "[" + list + "]";
}

/// Writes `parent.child:` lines for the sections that begin.
void openSections(
    std::string& out,
    const std::vector<std::string_view>& parts,
    std::vector<std::string_view>& open) {
    std::size_t same = 0;
    while (same < open.size() && same + 1 < parts.size() && open[same] == parts[same]) {
        ++same;
    }
    open.resize(same);
    for (std::size_t depth = same; depth + 1 < parts.size(); ++depth) {
        out += fmt::format("{:{}}{}:\n", "", depth * 2, parts[depth]);
        open.push_back(parts[depth]);
    }
}

std::string wrapped(std::string_view text, std::size_t indent) {
    constexpr std::size_t kWidth = 90;
    std::string out;
    std::size_t column = kWidth;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto word = text.substr(0, space);
        if (column + word.size() + 1 > kWidth) {
            out += fmt::format("{}{:{}}{}", out.empty() ? "" : "\n", "", indent, word);
            column = indent + word.size();
        } else {
            out += fmt::format(" {}", word);
            column += word.size() + 1;
        }
        text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    }
    return out;
}

std::string defaultOf(const Key& key) {
    const auto rendered = detail::render(key, NodeOptions{});
    const auto text = fmt::format("{}", fmt::join(rendered.items, ","));
    return text.empty() || text == "false" ? "" : fmt::format(" (default {})", text);
}

}  // namespace

std::string printConfig(const NodeOptions& options) {
    std::string out;
    std::vector<std::string_view> open;
    for (const Key& key : keyTable()) {
        if (!key.supported()) {
            continue;
        }
        const auto parts = partsOf(key.name);
        openSections(out, parts, open);
        const auto origin = options.origins.find(key.name);
        const auto indent = (parts.size() - 1) * 2;
        const auto rendered = detail::render(key, options);
        if (key.secret()) {
            const bool isSet = !rendered.items.front().empty();
            out += fmt::format(
                "{:{}}# {}: {}", "", indent, parts.back(), isSet ? "redacted" : "not set");
        } else {
            out += fmt::format("{:{}}{}: {}", "", indent, parts.back(), yamlOf(rendered));
        }
        if (origin != options.origins.end()) {
            out += fmt::format("{}{}", key.secret() ? ", " : "  # ", origin->second);
        }
        out += '\n';
    }
    return out;
}

std::string helpText(const std::string& program) {
    constexpr std::size_t kIndent = 6;
    std::string out = fmt::format(
        "Usage: {} [flags]\n\nThe node of a Webmesh network as a service.\n\n"
        "  -c, --config FILE  settings from FILE (.yaml .yml .json .toml)\n"
        "  --print-config     print the merged settings with their origins, then end\n"
        "  --version          print the version, then end\n"
        "  -h, --help         print this text, then end\n\n"
        "Each setting below can stand in the file (section and key), in the environment\n"
        "(WEFT_MESH_NODE_ID) or on the command line (--mesh.node-id=NAME). Flags win over the\n"
        "environment, the environment wins over the file. Lists are given with commas or by\n"
        "repeating the flag. Durations are 3s, 250ms, 1h30m.\n",
        program);
    std::string_view section;
    std::string foreign;
    for (const Key& key : keyTable()) {
        if (!key.supported()) {
            foreign += fmt::format(
                "{}{}{}", foreign.empty() ? "" : " ", key.name, key.subtree ? ".*" : "");
            continue;
        }
        const auto first = partsOf(key.name).front();
        if (first != section) {
            section = first;
            out += fmt::format("\n{}\n", section);
        }
        out += fmt::format("  --{} {}{}\n", key.name, typeName(key), defaultOf(key));
        out += wrapped(key.help, kIndent) + '\n';
    }
    out += "\nKnown from the reference, and without effect or refused here:\n";
    out += wrapped(foreign, 2) + '\n';
    return out;
}

}  // namespace weft::config
