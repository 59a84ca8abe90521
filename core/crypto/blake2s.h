// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_key.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>

namespace weft::crypto {

// BLAKE2s (RFC 7693) and what the WireGuard paper, section 5.4, builds on it. The library's
// contexts are made once per thread. Thread: any.

using Bytes = std::span<const std::uint8_t>;
using Blake2sDigest = std::array<std::uint8_t, 32>;
using Mac16 = std::array<std::uint8_t, 16>;

/// BLAKE2s-256 over the parts one after the other.
Blake2sDigest blake2s256(std::initializer_list<Bytes> parts);

/// Keyed BLAKE2s with an output of 16 bytes. `key` has 1 to 32 bytes.
Mac16 blake2sMac16(Bytes key, std::initializer_list<Bytes> parts);

/// RFC 2104 with BLAKE2s-256. Keys above 64 bytes are hashed first.
SecretKey32 hmacBlake2s(Bytes key, std::initializer_list<Bytes> parts);

struct TwoKeys {
    SecretKey32 first;
    SecretKey32 second;
};
struct ThreeKeys {
    SecretKey32 first;
    SecretKey32 second;
    SecretKey32 third;
};

/// HKDF (RFC 5869) with BLAKE2s-256, no info: one, two or three keys from `salt` and `input`.
SecretKey32 kdf1(const SecretKey32& salt, Bytes input);
TwoKeys kdf2(const SecretKey32& salt, Bytes input);
ThreeKeys kdf3(const SecretKey32& salt, Bytes input);

/// Keyed BLAKE2s with an output of 16 bytes whose key is set once: for one key and many messages.
/// Thread: confined.
class Blake2sMac16 {
public:
    /// `key` has 1 to 32 bytes.
    explicit Blake2sMac16(Bytes key);
    Blake2sMac16(Blake2sMac16&& other) noexcept;
    Blake2sMac16& operator=(Blake2sMac16&& other) noexcept;
    ~Blake2sMac16();

    Mac16 of(Bytes message) const;

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace weft::crypto
