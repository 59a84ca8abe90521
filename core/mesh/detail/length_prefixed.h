// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace weft::mesh::detail {

/// The parts one after another, each with its length in front as four bytes, big-endian: no two
/// lists of parts give the same bytes.
inline std::string lengthPrefixed(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts) {
        const auto length = static_cast<std::uint32_t>(part.size());
        for (const int shift : {24, 16, 8, 0}) {
            out.push_back(static_cast<char>((length >> shift) & 0xffU));
        }
        out += part;
    }
    return out;
}

}  // namespace weft::mesh::detail
