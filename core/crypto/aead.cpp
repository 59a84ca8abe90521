// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/aead.h"

#include "core/base/check.h"
#include "core/crypto/detail/openssl.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <limits>

namespace weft::crypto {
namespace {

using Nonce = std::array<std::uint8_t, 12>;

constexpr std::size_t kAlways = std::numeric_limits<std::uint32_t>::max();
/// OpenSSL counts in int; nothing near this crosses a network.
constexpr std::size_t kOpenSslMaxBytes = std::size_t{1} << 30;

Nonce nonceOf(std::uint64_t counter) {
    Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i) {
        nonce[4 + i] = static_cast<std::uint8_t>(counter >> (8 * i));
    }
    return nonce;
}

/// Libsodium picks the code for this processor when it is first told to.
void prepareSodium() {
    static const bool ready = sodium_init() >= 0;
    WEFT_CHECK(ready);
}

void sodiumSeal(
    const SecretKey32& key,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    const Nonce& nonce) {
    // Never fails.
    crypto_aead_chacha20poly1305_ietf_encrypt(
        out.data(),
        nullptr,
        in.data(),
        in.size(),
        aad.data(),
        aad.size(),
        nullptr,
        nonce.data(),
        key.reveal().data());
}

bool sodiumOpen(
    const SecretKey32& key,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    const Nonce& nonce) {
    return crypto_aead_chacha20poly1305_ietf_decrypt(
               out.data(),
               nullptr,
               nullptr,
               in.data(),
               in.size(),
               aad.data(),
               aad.size(),
               nonce.data(),
               key.reveal().data())
           == 0;
}

const EVP_CIPHER* cipher() {
    static const EVP_CIPHER* const method = EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
    return method;
}

int intOf(std::size_t size) {
    return static_cast<int>(size);
}

/// The parts before the tag, either way.
bool run(
    EVP_CIPHER_CTX* context,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad) {
    int length = 0;
    if (!aad.empty()
        && EVP_CipherUpdate(context, nullptr, &length, aad.data(), intOf(aad.size())) != 1) {
        return false;
    }
    return in.empty()
           || EVP_CipherUpdate(context, out.data(), &length, in.data(), intOf(in.size())) == 1;
}

}  // namespace

void Aead::FreeContext::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

AeadPlan AeadPlan::defaults() {
    return {.sealSodiumBelowBytes = 256, .openSodiumBelowBytes = 256};
}

AeadPlan AeadPlan::onlySodium() {
    return {.sealSodiumBelowBytes = kAlways, .openSodiumBelowBytes = kAlways};
}

AeadPlan AeadPlan::onlyOpenSsl() {
    return {};
}

Aead::Aead(std::span<const std::uint8_t, 32> key, const AeadPlan& plan)
    : key_(key)
    , sealSodiumBelow_(static_cast<std::uint32_t>(std::min(plan.sealSodiumBelowBytes, kAlways)))
    , openSodiumBelow_(static_cast<std::uint32_t>(std::min(plan.openSodiumBelowBytes, kAlways))) {
    prepareSodium();
}
Aead::Aead(Aead&&) noexcept = default;
Aead& Aead::operator=(Aead&&) noexcept = default;
Aead::~Aead() = default;

EVP_CIPHER_CTX* Aead::context() const {
    if (context_ == nullptr && cipher() != nullptr) {
        context_.reset(EVP_CIPHER_CTX_new());
        // The key stays in the context, each text brings only its nonce. One context for both ways:
        // this cipher's key is prepared in the same manner for either.
        if (context_ != nullptr
            && EVP_CipherInit_ex2(
                   context_.get(), cipher(), key_.reveal().data(), nullptr, 1, nullptr)
                   != 1) {
            context_.reset();
        }
    }
    return context_.get();
}

void Aead::seal(
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter) const {
    WEFT_CHECK(out.size() >= in.size() + kAeadTagBytes);
    const auto nonce = nonceOf(counter);
    auto* const evp =
        in.size() < sealSodiumBelow_ || in.size() > kOpenSslMaxBytes ? nullptr : context();
    if (evp == nullptr) {
        sodiumSeal(key_, out, in, aad, nonce);
        return;
    }
    int length = 0;
    const bool sealed =
        EVP_CipherInit_ex2(evp, nullptr, nullptr, nonce.data(), 1, nullptr) == 1
        && run(evp, out, in, aad) && EVP_CipherFinal_ex(evp, out.data() + in.size(), &length) == 1
        && EVP_CIPHER_CTX_ctrl(
               evp, EVP_CTRL_AEAD_GET_TAG, intOf(kAeadTagBytes), out.data() + in.size())
               == 1;
    WEFT_CHECK(sealed);
}

bool Aead::open(
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter) const {
    if (in.size() < kAeadTagBytes) {
        return false;
    }
    const auto sealed = in.first(in.size() - kAeadTagBytes);
    WEFT_CHECK(out.size() >= sealed.size());
    const auto nonce = nonceOf(counter);
    auto* const evp =
        sealed.size() < openSodiumBelow_ || sealed.size() > kOpenSslMaxBytes ? nullptr : context();
    if (evp == nullptr) {
        return sodiumOpen(key_, out, in, aad, nonce);
    }
    // A copy: the library takes the tag by a pointer to what it might write.
    std::array<std::uint8_t, kAeadTagBytes> tag{};
    std::copy(in.end() - kAeadTagBytes, in.end(), tag.begin());
    std::array<std::uint8_t, kAeadTagBytes> rest{};
    int length = 0;
    const bool opened =
        EVP_CipherInit_ex2(evp, nullptr, nullptr, nonce.data(), 0, nullptr) == 1
        && EVP_CIPHER_CTX_ctrl(evp, EVP_CTRL_AEAD_SET_TAG, intOf(tag.size()), tag.data()) == 1
        && run(evp, out, sealed, aad) && EVP_CipherFinal_ex(evp, rest.data(), &length) == 1;
    if (!opened) {
        // The library deciphers before it compares the tags.
        wipeMemory(out.first(sealed.size()));
        ERR_clear_error();
    }
    return opened;
}

void aeadSealOnce(
    const SecretKey32& key,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter) {
    prepareSodium();
    WEFT_CHECK(out.size() >= in.size() + kAeadTagBytes);
    sodiumSeal(key, out, in, aad, nonceOf(counter));
}

bool aeadOpenOnce(
    const SecretKey32& key,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter) {
    prepareSodium();
    WEFT_CHECK(in.size() < kAeadTagBytes || out.size() >= in.size() - kAeadTagBytes);
    return in.size() >= kAeadTagBytes && sodiumOpen(key, out, in, aad, nonceOf(counter));
}

void xchachaSeal(
    std::span<const std::uint8_t, 32> key,
    std::span<const std::uint8_t, 24> nonce,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad) {
    prepareSodium();
    WEFT_CHECK(out.size() >= in.size() + kAeadTagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out.data(),
        nullptr,
        in.data(),
        in.size(),
        aad.data(),
        aad.size(),
        nullptr,
        nonce.data(),
        key.data());
}

bool xchachaOpen(
    std::span<const std::uint8_t, 32> key,
    std::span<const std::uint8_t, 24> nonce,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad) {
    prepareSodium();
    WEFT_CHECK(in.size() < kAeadTagBytes || out.size() >= in.size() - kAeadTagBytes);
    return in.size() >= kAeadTagBytes
           && crypto_aead_xchacha20poly1305_ietf_decrypt(
                  out.data(),
                  nullptr,
                  nullptr,
                  in.data(),
                  in.size(),
                  aad.data(),
                  aad.size(),
                  nonce.data(),
                  key.data())
                  == 0;
}

}  // namespace weft::crypto
