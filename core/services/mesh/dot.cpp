// SPDX-License-Identifier: Apache-2.0
#include "core/services/mesh/dot.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace weft::services {

std::string dotEscape(std::string_view id) {
    // Longest output of one byte is \xNN; an id is at most 253 bytes, so nothing is cut.
    constexpr std::size_t kMost = 253 * 4;
    std::string quoted;
    for (const char c : base::escapeForLine(id, kMost)) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted;
}

std::string toDot(
    const std::vector<const storage::NodeRecord*>& nodes,
    const std::vector<const storage::EdgeRecord*>& edges) {
    std::string dot = "strict graph {\n\n";
    for (const auto* node : nodes) {
        const std::string id = dotEscape(node->id.value());
        dot += fmt::format("\t\"{}\" [ weight=0 ];\n", id);
    }
    dot += '\n';
    for (const auto* edge : edges) {
        const std::string source = dotEscape(edge->source.value());
        const std::string target = dotEscape(edge->target.value());
        dot += fmt::format("\t\"{}\" -- \"{}\" [ weight={} ];\n", source, target, edge->weight);
        dot += fmt::format("\t\"{}\" -- \"{}\" [ weight={} ];\n", target, source, edge->weight);
    }
    dot += "}\n";
    return dot;
}

}  // namespace weft::services
