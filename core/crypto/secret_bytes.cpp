// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/secret_bytes.h"

#include <openssl/crypto.h>

#include <utility>

namespace weft::crypto {

SecretBytes::SecretBytes(std::span<const std::uint8_t> bytes)
    : bytes_(bytes.begin(), bytes.end()) {}

SecretBytes::SecretBytes(std::string_view text) : bytes_(text.begin(), text.end()) {}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    wipe();
}

SecretBytes SecretBytes::clone() const {
    return SecretBytes(reveal());
}

std::string_view SecretBytes::revealText() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

void SecretBytes::wipe() {
    wipeMemory(bytes_);
}

bool equalInConstantTime(const SecretBytes& left, const SecretBytes& right) {
    return left.size() == right.size()
           && (left.empty()
               || CRYPTO_memcmp(left.bytes_.data(), right.bytes_.data(), left.size()) == 0);
}

void wipeMemory(std::span<std::uint8_t> bytes) {
    if (!bytes.empty()) {
        OPENSSL_cleanse(bytes.data(), bytes.size());
    }
}

}  // namespace weft::crypto
