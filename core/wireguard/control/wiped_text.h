// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_bytes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace weft::wireguard {

/// Text with keys in it: grows at the end, is taken from the front, leaves nothing behind in
/// memory.
class WipedText {
public:
    WipedText() = default;
    WipedText(const WipedText&) = delete;
    WipedText& operator=(const WipedText&) = delete;
    ~WipedText() { clear(); }

    void append(std::string_view text) {
        const auto needed = bytes_.size() + text.size();
        if (needed > bytes_.capacity()) {
            grow(std::max(needed, 2 * bytes_.capacity()));
        }
        bytes_.insert(bytes_.end(), text.begin(), text.end());
    }
    /// Two lower-case digits a byte.
    void appendHex(std::span<const std::uint8_t> bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        for (const auto each : bytes) {
            const char pair[] = {kDigits[each >> 4U], kDigits[each & 0xfU]};
            append({pair, 2});
        }
    }

    std::string_view text() const {
        return std::string_view(bytes_.data(), bytes_.size()).substr(taken_);
    }
    bool empty() const { return taken_ == bytes_.size(); }
    std::size_t size() const { return bytes_.size() - taken_; }
    void removePrefix(std::size_t count) {
        taken_ += std::min(count, size());
        if (empty()) {
            clear();
        }
    }
    void clear() {
        wipe(bytes_);
        bytes_.clear();
        taken_ = 0;
    }

private:
    static void wipe(std::vector<char>& bytes) {
        crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    }
    void grow(std::size_t capacity) {
        std::vector<char> larger;
        larger.reserve(capacity);
        larger.assign(bytes_.begin(), bytes_.end());
        wipe(bytes_);
        bytes_ = std::move(larger);
    }

    std::vector<char> bytes_;
    std::size_t taken_ = 0;
};

}  // namespace weft::wireguard
