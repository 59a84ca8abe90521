// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/digest.h"

#include "core/base/check.h"
#include "core/crypto/random_source.h"

#include <openssl/evp.h>

#include <span>
#include <vector>

namespace weft::crypto {
namespace {

constexpr std::string_view kAlphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The multiples of 62 end here; bytes above would favour the first characters.
constexpr unsigned kFairBytes = 256 / kAlphanumeric.size() * kAlphanumeric.size();

const EVP_MD* sha256Method() {
    // Fetched once: the lookup costs more than the digest of a short text.
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    WEFT_CHECK(method != nullptr);
    return method;
}

void fillRandom(std::span<std::uint8_t> out) {
    SystemRandom().fill(out);
}

}  // namespace

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
    std::array<std::uint8_t, 32> digest{};
    unsigned length = 0;
    WEFT_CHECK(
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, sha256Method(), nullptr)
        == 1);
    WEFT_CHECK(length == digest.size());
    return digest;
}

std::array<std::uint8_t, 32> hmacSha256(std::string_view key, std::string_view message) {
    std::array<std::uint8_t, 32> digest{};
    std::size_t length = 0;
    // A null key means "keep the old one" to the library, so an empty key needs an address.
    const char* const keyBytes = key.empty() ? "" : key.data();
    const auto* const made = EVP_Q_mac(
        nullptr,
        "HMAC",
        nullptr,
        "SHA256",
        nullptr,
        keyBytes,
        key.size(),
        reinterpret_cast<const unsigned char*>(message.data()),
        message.size(),
        digest.data(),
        digest.size(),
        &length);
    WEFT_CHECK(made != nullptr && length == digest.size());
    return digest;
}

std::string randomBytes(std::size_t count) {
    std::string bytes(count, '\0');
    fillRandom({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    return bytes;
}

SecretBytes randomSecret(std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    fillRandom(bytes);
    SecretBytes secret{std::span<const std::uint8_t>(bytes)};
    wipeMemory(bytes);
    return secret;
}

std::string randomAlphanumeric(std::size_t count) {
    std::string out;
    out.reserve(count);
    std::array<std::uint8_t, 64> pool{};
    while (out.size() < count) {
        fillRandom(pool);
        for (const auto each : pool) {
            if (each < kFairBytes && out.size() < count) {
                out += kAlphanumeric[each % kAlphanumeric.size()];
            }
        }
    }
    wipeMemory(pool);
    return out;
}

}  // namespace weft::crypto
