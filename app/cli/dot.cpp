// SPDX-License-Identifier: Apache-2.0
#include "app/cli/dot.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace weft::cli {

std::string dotId(std::string_view text) {
    constexpr std::size_t kMostBytes = 1024;
    std::string out = "\"";
    for (const char c : base::escapeForLine(text, kMostBytes)) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + '"';
}

std::string toDot(const api::Graph& graph) {
    std::string out = "strict graph mesh {\n";
    for (const auto& node : graph.nodes) {
        out += fmt::format("  {};\n", dotId(node));
    }
    for (const auto& edge : graph.edges) {
        out += fmt::format(
            "  {} -- {} [weight={}];\n", dotId(edge.source), dotId(edge.target), edge.weight);
    }
    return out + "}\n";
}

}  // namespace weft::cli
