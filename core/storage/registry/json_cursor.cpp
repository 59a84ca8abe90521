// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/json_cursor.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace weft::storage {

bool JsonCursor::takeInteger(std::int32_t& out) {
    skipSpace();
    const auto* first = text_.data() + at_;
    const auto* last = text_.data() + text_.size();
    const auto parsed = std::from_chars(first, last, out);
    if (parsed.ec != std::errc{}) {
        return false;
    }
    const auto* digits = *first == '-' ? first + 1 : first;
    if (*digits == '0' && parsed.ptr != digits + 1) {
        return false;
    }
    if (parsed.ptr != last && (*parsed.ptr == '.' || *parsed.ptr == 'e' || *parsed.ptr == 'E')) {
        return false;
    }
    at_ = static_cast<std::size_t>(parsed.ptr - text_.data());
    return true;
}

void appendJsonText(std::string& out, std::string_view text) {
    const auto isSpecial = [](char symbol) {
        return symbol == '"' || symbol == '\\' || static_cast<unsigned char>(symbol) < 0x20;
    };
    out.push_back('"');
    if (std::ranges::none_of(text, isSpecial)) {
        out += text;
        out.push_back('"');
        return;
    }
    for (const char symbol : text) {
        if (!isSpecial(symbol)) {
            out.push_back(symbol);
        } else if (symbol == '"' || symbol == '\\') {
            out.push_back('\\');
            out.push_back(symbol);
        } else {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(symbol));
        }
    }
    out.push_back('"');
}

}  // namespace weft::storage
