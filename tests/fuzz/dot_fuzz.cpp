// SPDX-License-Identifier: Apache-2.0
// Node ids are chosen by strangers; none may leave its quotes in the Graphviz text.
#include "core/services/mesh/dot.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace {

namespace storage = weft::storage;

/// The text with each quoted string replaced by Q. A quote that is left open stays.
std::string withoutStrings(std::string_view dot) {
    std::string skeleton;
    while (!dot.empty()) {
        if (dot.front() != '"') {
            skeleton += dot.front();
            dot.remove_prefix(1);
            continue;
        }
        std::size_t end = 1;
        while (end < dot.size() && dot[end] != '"') {
            end += dot[end] == '\\' ? 2 : 1;
        }
        if (end >= dot.size()) {
            return skeleton + "OPEN";
        }
        skeleton += 'Q';
        dot.remove_prefix(end + 1);
    }
    return skeleton;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    storage::NodeRecord node;
    node.id = storage::NodeId(std::string(text));
    storage::EdgeRecord edge;
    edge.source = node.id;
    edge.target = storage::NodeId("beta");
    edge.weight = 1;

    const auto dot = weft::services::toDot({&node}, {&edge});

    WEFT_FUZZ_CHECK(
        withoutStrings(dot)
        == "strict graph {\n\n\tQ [ weight=0 ];\n\n\tQ -- Q [ weight=1 ];\n"
           "\tQ -- Q [ weight=1 ];\n}\n");
    WEFT_FUZZ_CHECK(std::ranges::none_of(weft::services::dotEscape(text), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    }));
    return 0;
}
