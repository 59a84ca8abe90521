// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/blake2s.h"

#include "core/base/check.h"
#include "core/crypto/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace weft::crypto {
namespace {

constexpr std::size_t kBlockBytes = 64;

const EVP_MD* hashMethod() {
    // Fetched once: the lookup costs more than the digest of a short text.
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "BLAKE2S-256", nullptr);
    WEFT_CHECK(method != nullptr);
    return method;
}

/// A digest under way in this thread's only context: one at a time.
class Hash {
public:
    Hash() : context_(contextOfThread()) {
        WEFT_CHECK(EVP_DigestInit_ex2(context_, hashMethod(), nullptr) == 1);
    }

    void add(Bytes part) { WEFT_CHECK(EVP_DigestUpdate(context_, part.data(), part.size()) == 1); }

    /// The library wipes the state of the digest here.
    void finish(std::span<std::uint8_t, 32> out) {
        unsigned length = 0;
        WEFT_CHECK(EVP_DigestFinal_ex(context_, out.data(), &length) == 1);
        WEFT_CHECK(length == out.size());
    }

private:
    static EVP_MD_CTX* contextOfThread() {
        thread_local const detail::DigestContextPtr context(EVP_MD_CTX_new());
        WEFT_CHECK(context != nullptr);
        return context.get();
    }

    EVP_MD_CTX* context_;
};

EVP_MAC_CTX* newMacContext() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library wants it so
    static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "BLAKE2SMAC", nullptr);
    WEFT_CHECK(method != nullptr);
    EVP_MAC_CTX* const context = EVP_MAC_CTX_new(method);
    WEFT_CHECK(context != nullptr);
    std::size_t length = std::tuple_size_v<Mac16>;
    const std::array<OSSL_PARAM, 2> params{
        OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &length), OSSL_PARAM_construct_end()};
    WEFT_CHECK(EVP_MAC_CTX_set_params(context, params.data()) == 1);
    return context;
}

/// Without a key the context starts anew with the key it has.
Mac16 macWith(EVP_MAC_CTX* context, Bytes key, std::initializer_list<Bytes> parts) {
    WEFT_CHECK(EVP_MAC_init(context, key.data(), key.size(), nullptr) == 1);
    for (const auto part : parts) {
        WEFT_CHECK(EVP_MAC_update(context, part.data(), part.size()) == 1);
    }
    Mac16 mac{};
    std::size_t length = 0;
    WEFT_CHECK(EVP_MAC_final(context, mac.data(), &length, mac.size()) == 1);
    WEFT_CHECK(length == mac.size());
    return mac;
}

/// The next key of RFC 5869, section 2.3: what `index` counts, from the key before.
SecretKey32 expand(const SecretKey32& extracted, Bytes before, std::uint8_t index) {
    const std::array<std::uint8_t, 1> tail{index};
    return hmacBlake2s(extracted.reveal(), {before, tail});
}

}  // namespace

struct Blake2sMac16::Context {
    std::unique_ptr<EVP_MAC_CTX, detail::FreeWith<EVP_MAC_CTX_free>> mac{newMacContext()};
};

Blake2sMac16::Blake2sMac16(Bytes key) : context_(std::make_unique<Context>()) {
    WEFT_CHECK(!key.empty() && key.size() <= SecretKey32::kBytes);
    WEFT_CHECK(EVP_MAC_init(context_->mac.get(), key.data(), key.size(), nullptr) == 1);
}
Blake2sMac16::Blake2sMac16(Blake2sMac16&& other) noexcept = default;
Blake2sMac16& Blake2sMac16::operator=(Blake2sMac16&& other) noexcept = default;
Blake2sMac16::~Blake2sMac16() = default;

Mac16 Blake2sMac16::of(Bytes message) const {
    return macWith(context_->mac.get(), {}, {message});
}

Blake2sDigest blake2s256(std::initializer_list<Bytes> parts) {
    Hash hash;
    for (const auto part : parts) {
        hash.add(part);
    }
    Blake2sDigest digest{};
    hash.finish(digest);
    return digest;
}

Mac16 blake2sMac16(Bytes key, std::initializer_list<Bytes> parts) {
    WEFT_CHECK(!key.empty() && key.size() <= SecretKey32::kBytes);
    thread_local const std::unique_ptr<EVP_MAC_CTX, detail::FreeWith<EVP_MAC_CTX_free>> context(
        newMacContext());
    return macWith(context.get(), key, parts);
}

SecretKey32 hmacBlake2s(Bytes key, std::initializer_list<Bytes> parts) {
    std::array<std::uint8_t, kBlockBytes> pad{};
    if (key.size() > pad.size()) {
        const auto digest = blake2s256({key});
        std::copy(digest.begin(), digest.end(), pad.begin());
    } else {
        std::copy(key.begin(), key.end(), pad.begin());
    }
    const auto flip = [&pad](std::uint8_t with) {
        for (auto& each : pad) {
            each = static_cast<std::uint8_t>(each ^ with);
        }
    };
    SecretKey32 result;
    flip(0x36);
    Hash inner;
    inner.add(pad);
    for (const auto part : parts) {
        inner.add(part);
    }
    inner.finish(result.writable());
    flip(0x36 ^ 0x5c);
    Hash outer;
    outer.add(pad);
    outer.add(result.reveal());
    outer.finish(result.writable());
    wipeMemory(pad);
    return result;
}

SecretKey32 kdf1(const SecretKey32& salt, Bytes input) {
    const auto extracted = hmacBlake2s(salt.reveal(), {input});
    return expand(extracted, {}, 1);
}

TwoKeys kdf2(const SecretKey32& salt, Bytes input) {
    const auto extracted = hmacBlake2s(salt.reveal(), {input});
    TwoKeys keys;
    keys.first = expand(extracted, {}, 1);
    keys.second = expand(extracted, keys.first.reveal(), 2);
    return keys;
}

ThreeKeys kdf3(const SecretKey32& salt, Bytes input) {
    const auto extracted = hmacBlake2s(salt.reveal(), {input});
    ThreeKeys keys;
    keys.first = expand(extracted, {}, 1);
    keys.second = expand(extracted, keys.first.reveal(), 2);
    keys.third = expand(extracted, keys.second.reveal(), 3);
    return keys;
}

}  // namespace weft::crypto
