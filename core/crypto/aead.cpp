// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/aead.h"

#include "core/base/check.h"
#include "core/crypto/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
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

OSSL_PARAM octets(const char* name, std::span<std::uint8_t> bytes) {
    return OSSL_PARAM_construct_octet_string(name, bytes.data(), bytes.size());
}

/// Starts a text the documented way, which costs 80 ns more than the one below.
bool startAnew(EVP_CIPHER_CTX* context, const Nonce& nonce, bool seals) {
    return EVP_CipherInit_ex2(context, nullptr, nullptr, nonce.data(), seals ? 1 : 0, nullptr) == 1;
}

/// Starts a text in a context that ended one in the same direction, as the library's own TLS does.
bool startNext(EVP_CIPHER_CTX* context, Nonce& nonce) {
    const std::array<OSSL_PARAM, 2> params{
        octets(OSSL_CIPHER_PARAM_AEAD_TLS1_IV_FIXED, nonce), OSSL_PARAM_construct_end()};
    return EVP_CIPHER_CTX_set_params(context, params.data()) == 1;
}

/// From the start to the tag, which is not compared or given out yet; `out` may begin where `in`
/// does.
bool run(
    EVP_CIPHER_CTX* context,
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad) {
    int length = 0;
    std::array<std::uint8_t, kAeadTagBytes> rest{};
    return (aad.empty()
            || EVP_CipherUpdate(context, nullptr, &length, aad.data(), intOf(aad.size())) == 1)
           && (in.empty()
               || EVP_CipherUpdate(context, out.data(), &length, in.data(), intOf(in.size())) == 1)
           && EVP_CipherFinal_ex(context, rest.data(), &length) == 1;
}

bool takeTag(EVP_CIPHER_CTX* context, std::span<std::uint8_t> out) {
    std::array<OSSL_PARAM, 2> params{
        octets(OSSL_CIPHER_PARAM_AEAD_TAG, out.first(kAeadTagBytes)), OSSL_PARAM_construct_end()};
    return EVP_CIPHER_CTX_get_params(context, params.data()) == 1;
}

bool giveTag(EVP_CIPHER_CTX* context, std::span<std::uint8_t> tag) {
    const std::array<OSSL_PARAM, 2> params{
        octets(OSSL_CIPHER_PARAM_AEAD_TAG, tag), OSSL_PARAM_construct_end()};
    return EVP_CIPHER_CTX_set_params(context, params.data()) == 1;
}

/// The key stays in the context, each text brings only its nonce.
bool giveKey(EVP_CIPHER_CTX* context, const SecretKey32& key) {
    return EVP_CipherInit_ex2(context, cipher(), key.reveal().data(), nullptr, 1, nullptr) == 1;
}

EVP_CIPHER_CTX* newContext(const SecretKey32& key) {
    EVP_CIPHER_CTX* context = cipher() == nullptr ? nullptr : EVP_CIPHER_CTX_new();
    if (context != nullptr && !giveKey(context, key)) {
        EVP_CIPHER_CTX_free(context);
        context = nullptr;
    }
    return context;
}

/// Whether a text that is started by `startNext` is sealed as libsodium seals it, in this library,
/// whose manual does not promise it for texts that are no TLS records.
bool tryStartNext() {
    const SecretKey32 key;
    const std::unique_ptr<EVP_CIPHER_CTX, detail::FreeWith<EVP_CIPHER_CTX_free>> context(
        newContext(key));
    if (context == nullptr || !startAnew(context.get(), nonceOf(1), true)) {
        return false;
    }
    constexpr std::array<std::size_t, 4> kSizes{64, 0, 1000, 17};
    std::array<std::uint8_t, 1000 + kAeadTagBytes> ours{};
    std::array<std::uint8_t, 1000 + kAeadTagBytes> theirs{};
    const std::array<std::uint8_t, 1000> text{};
    for (const auto size : kSizes) {
        const auto in = std::span(text).first(size);
        auto nonce = nonceOf(std::uint64_t{0x0807060504030201} * (size + 1));
        if (!startNext(context.get(), nonce) || !run(context.get(), ours, in, {})
            || !takeTag(context.get(), std::span(ours).subspan(size))) {
            return false;
        }
        sodiumSeal(key, theirs, in, {}, nonce);
        if (!std::equal(ours.begin(), ours.begin() + intOf(size + kAeadTagBytes), theirs.begin())) {
            return false;
        }
    }
    return true;
}

bool canStartNext() {
    static const bool works = tryStartNext();
    return works;
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
Aead::Aead(Aead&& other) noexcept = default;
Aead& Aead::operator=(Aead&& other) noexcept = default;
Aead::~Aead() = default;

EVP_CIPHER_CTX* Aead::context() const {
    if (context_ == nullptr) {
        context_.reset(newContext(key_));
        direction_ = Direction::None;
    } else if (isContextStale_) {
        WEFT_CHECK(giveKey(context_.get(), key_));
        direction_ = Direction::None;
    }
    isContextStale_ = false;
    return context_.get();
}

void Aead::takeKeyOf(const Aead& other) {
    key_ = other.key_.clone();
    sealSodiumBelow_ = other.sealSodiumBelow_;
    openSodiumBelow_ = other.openSodiumBelow_;
    isContextStale_ = true;
}

void Aead::forgetKey() {
    key_.wipe();
    if (context_ != nullptr) {
        WEFT_CHECK(giveKey(context_.get(), key_));
    }
    isContextStale_ = false;
    direction_ = Direction::None;
}

bool Aead::start(std::uint64_t counter, Direction direction) const {
    auto nonce = nonceOf(counter);
    if (direction_ == direction && canStartNext()) {
        return startNext(context_.get(), nonce);
    }
    direction_ = direction;
    return startAnew(context_.get(), nonce, direction == Direction::Seals);
}

void Aead::seal(
    std::span<std::uint8_t> out,
    std::span<const std::uint8_t> in,
    std::span<const std::uint8_t> aad,
    std::uint64_t counter) const {
    WEFT_CHECK(out.size() >= in.size() + kAeadTagBytes);
    auto* const evp =
        in.size() < sealSodiumBelow_ || in.size() > kOpenSslMaxBytes ? nullptr : context();
    if (evp == nullptr) {
        sodiumSeal(key_, out, in, aad, nonceOf(counter));
        return;
    }
    WEFT_CHECK(
        start(counter, Direction::Seals) && run(evp, out, in, aad)
        && takeTag(evp, out.subspan(in.size())));
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
    auto* const evp =
        sealed.size() < openSodiumBelow_ || sealed.size() > kOpenSslMaxBytes ? nullptr : context();
    if (evp == nullptr) {
        return sodiumOpen(key_, out, in, aad, nonceOf(counter));
    }
    // A copy: the library takes the tag by a pointer to what it might write.
    std::array<std::uint8_t, kAeadTagBytes> tag{};
    std::copy(in.end() - kAeadTagBytes, in.end(), tag.begin());
    if (start(counter, Direction::Opens) && giveTag(evp, tag) && run(evp, out, sealed, aad)) {
        return true;
    }
    // The library deciphers before it compares the tags.
    wipeMemory(out.first(sealed.size()));
    ERR_clear_error();
    direction_ = Direction::None;
    return false;
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
