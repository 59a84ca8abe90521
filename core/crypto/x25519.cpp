// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/x25519.h"

#include "core/base/check.h"
#include "core/crypto/detail/openssl.h"

#include <sodium.h>

#include <utility>

namespace weft::crypto {
namespace {

/// Libsodium picks the code for this processor when it is first told to.
void prepareSodium() {
    static const bool ready = sodium_init() >= 0;
    WEFT_CHECK(ready);
}

using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, detail::FreeWith<EVP_PKEY_CTX_free>>;

}  // namespace

struct X25519PrivateKey::Contexts {
    detail::PkeyPtr key;
    PkeyContextPtr derivation;

    bool agree(const WireGuardPublicKey& other, SecretKey32& shared) const {
        const detail::ErrorScope errors;
        const detail::PkeyPtr peer(EVP_PKEY_new_raw_public_key_ex(
            nullptr, "X25519", nullptr, other.bytes.data(), other.bytes.size()));
        WEFT_CHECK(peer != nullptr);
        // Every 32 bytes are a public key of this curve: nothing to be checked before.
        WEFT_CHECK(EVP_PKEY_derive_set_peer_ex(derivation.get(), peer.get(), 0) == 1);
        std::size_t length = SecretKey32::kBytes;
        return EVP_PKEY_derive(derivation.get(), shared.writable().data(), &length) == 1
               && length == SecretKey32::kBytes;
    }
};

X25519PrivateKey::X25519PrivateKey(SecretKey32 bytes) : bytes_(std::move(bytes)) {}
X25519PrivateKey::X25519PrivateKey(X25519PrivateKey&& other) noexcept = default;
X25519PrivateKey& X25519PrivateKey::operator=(X25519PrivateKey&& other) noexcept = default;
X25519PrivateKey::~X25519PrivateKey() = default;

X25519PrivateKey X25519PrivateKey::generate(RandomSource& random) {
    SecretKey32 bytes;
    random.fill(bytes.writable());
    return X25519PrivateKey(std::move(bytes));
}

X25519PrivateKey X25519PrivateKey::fromBytes(std::span<const std::uint8_t, 32> bytes) {
    return X25519PrivateKey(SecretKey32(bytes));
}

X25519PrivateKey X25519PrivateKey::clone() const {
    X25519PrivateKey copy(bytes_.clone());
    copy.publicKey_ = publicKey_;
    copy.hasPublicKey_ = hasPublicKey_;
    return copy;
}

void X25519PrivateKey::prepareForMany() {
    if (contexts_ != nullptr) {
        return;
    }
    auto made = std::make_unique<Contexts>();
    made->key.reset(EVP_PKEY_new_raw_private_key_ex(
        nullptr, "X25519", nullptr, bytes_.reveal().data(), SecretKey32::kBytes));
    WEFT_CHECK(made->key != nullptr);
    made->derivation.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, made->key.get(), nullptr));
    WEFT_CHECK(made->derivation != nullptr);
    WEFT_CHECK(EVP_PKEY_derive_init(made->derivation.get()) == 1);
    contexts_ = std::move(made);
}

const WireGuardPublicKey& X25519PrivateKey::publicKey() const {
    if (!hasPublicKey_) {
        prepareSodium();
        WEFT_CHECK(crypto_scalarmult_base(publicKey_.bytes.data(), bytes_.reveal().data()) == 0);
        hasPublicKey_ = true;
    }
    return publicKey_;
}

StatusOr<SecretKey32> X25519PrivateKey::agree(const WireGuardPublicKey& other) const {
    prepareSodium();
    SecretKey32 shared;
    const bool agreed =
        contexts_ != nullptr
            ? contexts_->agree(other, shared)
            : crypto_scalarmult(
                  shared.writable().data(), bytes_.reveal().data(), other.bytes.data())
                  == 0;
    if (!agreed || shared.isZero()) {
        return invalidArgument("the public key is of small order");
    }
    return shared;
}

}  // namespace weft::crypto
