// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_key.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

// NOLINTNEXTLINE(readability-identifier-naming): OpenSSL's name, whose headers stay out of this one
struct evp_cipher_ctx_st;

namespace weft::crypto {

/// What ChaCha20-Poly1305 adds to a text.
inline constexpr std::size_t kAeadTagBytes = 16;

/// Which library works on a text of which size: each has sizes where it is the faster one.
struct AeadPlan {
    /// Texts (without tag) below this many bytes go to libsodium, the others to OpenSSL.
    std::size_t sealSodiumBelowBytes = 0;
    std::size_t openSodiumBelowBytes = 0;

    /// For machines that were not measured.
    static AeadPlan defaults();
    static AeadPlan onlySodium();
    static AeadPlan onlyOpenSsl();
};

/// ChaCha20-Poly1305 (RFC 8439) under one key. The nonce is 4 zero bytes and a little-endian
/// counter of 64 bits. Never seal two texts with the same counter.
///
/// 56 bytes until OpenSSL's context is first needed (1 KB, kept), then no allocation.
/// Thread: confined, the const functions too: one Aead per key and thread.
class Aead {
public:
    explicit Aead(
        std::span<const std::uint8_t, 32> key, const AeadPlan& plan = AeadPlan::defaults());
    Aead(Aead&& other) noexcept;
    Aead& operator=(Aead&& other) noexcept;
    ~Aead();

    /// Works under the key and plan of `other` from the next text on; keeps its own context, so
    /// that there is no allocation once it has one.
    void takeKeyOf(const Aead& other);
    /// Wipes the key, in the context too: of no use until takeKeyOf().
    void forgetKey();

    /// Writes the sealed text and the tag to the first in.size() + 16 bytes of `out`, which must
    /// be there. `out` begins where `in` begins, or they do not overlap.
    void seal(
        std::span<std::uint8_t> out,
        std::span<const std::uint8_t> in,
        std::span<const std::uint8_t> aad,
        std::uint64_t counter) const;

    /// Writes the text of `in` (sealed text and tag) to the first in.size() - 16 bytes of `out`,
    /// which must be there. `out` begins where `in` begins, or they do not overlap. False when the
    /// tag is wrong or `in` is shorter than a tag: what those bytes of `out` are then is of no use.
    [[nodiscard]] bool open(
        std::span<std::uint8_t> out,
        std::span<const std::uint8_t> in,
        std::span<const std::uint8_t> aad,
        std::uint64_t counter) const;

private:
    struct FreeContext {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    /// What the context was used for last.
    enum class Direction : std::uint8_t { None, Seals, Opens };

    evp_cipher_ctx_st* context() const;
    bool start(std::uint64_t counter, Direction direction) const;

    SecretKey32 key_;
    std::uint32_t sealSodiumBelow_;
    std::uint32_t openSodiumBelow_;
    mutable std::unique_ptr<evp_cipher_ctx_st, FreeContext> context_;
    mutable Direction direction_ = Direction::None;
    /// Whether the context has another key than this.
    mutable bool isContextStale_ = false;
};

/// For a key that is used once: no context, small texts. As Aead::seal and Aead::open.
void aeadSealOnce(
    const SecretKey32& key,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter = 0);
[[nodiscard]] bool aeadOpenOnce(
    const SecretKey32& key,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter = 0);

/// XChaCha20-Poly1305 with a random nonce of 24 bytes. Sizes and overlap as in Aead.
void xchachaSeal(
    std::span<const std::uint8_t, 32> key,
    std::span<const std::uint8_t, 24> nonce,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad);
[[nodiscard]] bool xchachaOpen(
    std::span<const std::uint8_t, 32> key,
    std::span<const std::uint8_t, 24> nonce,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad);

}  // namespace weft::crypto
