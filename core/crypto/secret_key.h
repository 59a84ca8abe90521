// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_bytes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::crypto {

/// 32 secret bytes without heap: a symmetric key, a private key or a shared secret. No formatter,
/// wiped when they go and when they are moved from, copied only by name. The default is all zero.
class SecretKey32 {
public:
    static constexpr std::size_t kBytes = 32;

    SecretKey32() = default;
    explicit SecretKey32(std::span<const std::uint8_t, kBytes> bytes) {
        std::copy(bytes.begin(), bytes.end(), bytes_.begin());
    }
    SecretKey32(const SecretKey32&) = delete;
    SecretKey32& operator=(const SecretKey32&) = delete;
    SecretKey32(SecretKey32&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
    SecretKey32& operator=(SecretKey32&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            other.wipe();
        }
        return *this;
    }
    ~SecretKey32() { wipe(); }

    /// A second copy, asked for by name.
    SecretKey32 clone() const { return SecretKey32(reveal()); }

    /// The bytes themselves. Do not keep the span, do not log it.
    std::span<const std::uint8_t, kBytes> reveal() const { return bytes_; }
    /// To be filled by what makes the secret.
    std::span<std::uint8_t, kBytes> writable() { return bytes_; }

    /// All bytes zero, in constant time.
    bool isZero() const {
        unsigned seen = 0;
        for (const auto each : bytes_) {
            seen |= each;
        }
        return seen == 0;
    }

    void wipe() { wipeMemory(bytes_); }

private:
    std::array<std::uint8_t, kBytes> bytes_{};
};

/// In time that does not depend on the bytes.
inline bool equalInConstantTime(
    std::span<const std::uint8_t> left, std::span<const std::uint8_t> right) {
    if (left.size() != right.size()) {
        return false;
    }
    // Volatile: the compiler must not leave the loop at the first difference.
    volatile std::uint8_t difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference = static_cast<std::uint8_t>(difference | (left[i] ^ right[i]));
    }
    return difference == 0;
}

inline bool equalInConstantTime(const SecretKey32& left, const SecretKey32& right) {
    return equalInConstantTime(
        std::span<const std::uint8_t>(left.reveal()),
        std::span<const std::uint8_t>(right.reveal()));
}

}  // namespace weft::crypto
