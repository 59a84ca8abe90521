// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace weft::crypto {

/// Bytes that must not leak: no formatter, no stream operator, wiped when they go, compared in
/// constant time, copied only by name.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::span<const std::uint8_t> bytes);
    explicit SecretBytes(std::string_view text);
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes();

    /// A second copy, asked for by name.
    SecretBytes clone() const;

    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }
    /// The bytes themselves. Do not keep the span, do not log it.
    std::span<const std::uint8_t> reveal() const { return bytes_; }
    std::string_view revealText() const;

    /// Same length and same bytes, in time that depends on the length alone.
    friend bool equalInConstantTime(const SecretBytes& left, const SecretBytes& right);

private:
    void wipe();
    std::vector<std::uint8_t> bytes_;
};

bool equalInConstantTime(const SecretBytes& left, const SecretBytes& right);

/// Overwrites in a way that the compiler keeps.
void wipeMemory(std::span<std::uint8_t> bytes);

}  // namespace weft::crypto
