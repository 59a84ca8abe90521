// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/node_key.h"
#include "core/crypto/random_source.h"
#include "core/crypto/secret_key.h"

#include <cstdint>
#include <memory>
#include <span>

namespace weft::crypto {

/// A Curve25519 private key (RFC 7748, section 5): 80 bytes.
/// Thread: confined, the const functions too; a second thread takes a clone.
class X25519PrivateKey {
public:
    static X25519PrivateKey generate(RandomSource& random);
    /// Keeps the bytes as they are; they are clamped where they are used.
    static X25519PrivateKey fromBytes(std::span<const std::uint8_t, 32> bytes);

    X25519PrivateKey(X25519PrivateKey&& other) noexcept;
    X25519PrivateKey& operator=(X25519PrivateKey&& other) noexcept;
    ~X25519PrivateKey();

    /// A second copy, asked for by name.
    X25519PrivateKey clone() const;

    const WireGuardPublicKey& publicKey() const;
    /// The bytes that the key was made from.
    const SecretKey32& bytes() const { return bytes_; }

    /// The secret shared with the owner of `other`.
    /// Errors: kInvalidArgument when it is all zero: `other` is one of the points of small order,
    ///         with which every secret would be the same and known.
    StatusOr<SecretKey32> agree(const WireGuardPublicKey& other) const;

    /// For a key that is used over and over: makes OpenSSL's objects for it (1 KB, 40 us), with
    /// which an agreement takes 36.6 us instead of libsodium's 39. A key of one handshake is better
    /// without.
    void prepareForMany();

private:
    struct Contexts;
    explicit X25519PrivateKey(SecretKey32 bytes);

    SecretKey32 bytes_;
    mutable WireGuardPublicKey publicKey_;
    mutable bool hasPublicKey_ = false;
    std::unique_ptr<Contexts> contexts_;
};

}  // namespace weft::crypto
