// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::crypto {

inline std::vector<std::uint8_t> fromHex(std::string_view text) {
    const auto bytes = base::hexDecode(text).value();
    return {bytes.begin(), bytes.end()};
}

inline std::array<std::uint8_t, 32> keyFromHex(std::string_view text) {
    const auto bytes = fromHex(text);
    std::array<std::uint8_t, 32> key{};
    std::copy_n(bytes.begin(), key.size(), key.begin());
    return key;
}

inline std::string toHex(std::span<const std::uint8_t> bytes) {
    return base::hexEncode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

inline std::span<const std::uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// 0, 1, 2, ...
inline std::vector<std::uint8_t> countingBytes(std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    for (std::size_t i = 0; i < count; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    return bytes;
}

}  // namespace weft::crypto
