// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/password_hash.h"

#include "core/base/text.h"
#include "core/services/auth/authenticator.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include <crypt.h>

namespace weft::services {

namespace {

constexpr std::string_view kArgonPrefix = "$argon2id$v=19$";
constexpr unsigned kLeastBcryptCost = 4;
// 14 is about a second; each step doubles it.
constexpr unsigned kMostBcryptCost = 14;
constexpr std::size_t kBcryptBytes = 60;
constexpr unsigned kMostArgonKibibytes = 128U * 1024;
constexpr unsigned kMostArgonPasses = 10;
// OWASP Password Storage Cheat Sheet, argon2id.
constexpr std::size_t kArgonBytes = std::size_t{19} * 1024 * 1024;
constexpr unsigned long long kArgonPasses = 2;

bool isBcrypt(std::string_view hash) {
    return hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$");
}

std::optional<unsigned> numberOf(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty()
               ? std::optional(value)
               : std::nullopt;
}

bool isBcryptText(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '.' || c == '/';
    });
}

Status checkBcrypt(std::string_view hash) {
    const auto cost = numberOf(hash.substr(4, 2));
    if (hash.size() != kBcryptBytes || hash[6] != '$' || !cost || !isBcryptText(hash.substr(7))) {
        return invalidArgument("the bcrypt hash is cut off or damaged: {}", kHashAdvice);
    }
    if (*cost < kLeastBcryptCost || *cost > kMostBcryptCost) {
        return invalidArgument(
            "a bcrypt hash of cost {} is not taken, {} to {} are: {}",
            *cost,
            kLeastBcryptCost,
            kMostBcryptCost,
            kHashAdvice);
    }
    return okStatus();
}

/// "m=19456,t=2,p=1" as three numbers.
std::optional<std::array<unsigned, 3>> argonCost(std::string_view text) {
    constexpr std::array<std::string_view, 3> kNames = {"m=", "t=", "p="};
    std::array<unsigned, 3> cost{};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        const auto end = i + 1 < kNames.size() ? text.find(',') : text.size();
        if (end == std::string_view::npos || !text.starts_with(kNames[i])) {
            return std::nullopt;
        }
        const auto value = numberOf(text.substr(2, end - 2));
        if (!value) {
            return std::nullopt;
        }
        cost[i] = *value;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return cost;
}

/// Salt and digest: base64 without padding, both there.
bool isArgonTail(std::string_view text) {
    const auto dollar = text.find('$');
    const auto isBase64 = [](std::string_view part) {
        constexpr std::size_t kLeastBytes = 11;
        return part.size() >= kLeastBytes && std::ranges::all_of(part, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                          || c == '+' || c == '/';
               });
    };
    return dollar != std::string_view::npos && isBase64(text.substr(0, dollar))
           && isBase64(text.substr(dollar + 1));
}

Status checkArgon(std::string_view hash) {
    const auto rest = hash.substr(kArgonPrefix.size());
    const auto dollar = rest.find('$');
    const auto cost =
        dollar == std::string_view::npos ? std::nullopt : argonCost(rest.substr(0, dollar));
    if (!cost || !isArgonTail(rest.substr(dollar + 1)) || hash.size() >= crypto_pwhash_STRBYTES) {
        return invalidArgument("the argon2id hash is cut off or damaged: {}", kHashAdvice);
    }
    const auto [memory, passes, lanes] = *cost;
    // RFC 9106 section 3.1: at least eight blocks for each lane.
    constexpr unsigned kLeastArgonKibibytes = 8;
    if (memory < kLeastArgonKibibytes || memory > kMostArgonKibibytes || passes < 1
        || passes > kMostArgonPasses || lanes != 1) {
        return invalidArgument(
            "an argon2id hash of m={},t={},p={} is not taken, at most m={},t={},p=1 is: {}",
            memory,
            passes,
            lanes,
            kMostArgonKibibytes,
            kMostArgonPasses,
            kHashAdvice);
    }
    return okStatus();
}

}  // namespace

Status checkHash(std::string_view hash) {
    if (hash.size() > kMaxHashBytes) {
        return invalidArgument("the hash is longer than {} bytes: {}", kMaxHashBytes, kHashAdvice);
    }
    if (isBcrypt(hash)) {
        return checkBcrypt(hash);
    }
    if (hash.starts_with(kArgonPrefix)) {
        return checkArgon(hash);
    }
    if (hash.starts_with("{SHA}")) {
        return invalidArgument(
            "SHA-1 without a salt is guessed in no time and not taken: {}", kHashAdvice);
    }
    if (hash.starts_with("$apr1$") || hash.starts_with("$1$")) {
        return invalidArgument("MD5 is guessed quickly and not taken: {}", kHashAdvice);
    }
    return invalidArgument(
        "this is neither bcrypt nor argon2id, perhaps a plain password, and not taken: {}",
        kHashAdvice);
}

bool matchesHash(const std::string& hash, const crypto::SecretBytes& password) {
    const auto text = password.revealText();
    // No password is none, whatever somebody made a hash of.
    if (text.empty() || text.find('\0') != std::string_view::npos || sodium_init() < 0) {
        return false;
    }
    if (!isBcrypt(hash)) {
        return crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
    }
    // 32 KiB, and it holds the password when it is done.
    const auto state = std::make_unique<crypt_data>();
    std::string phrase(text);
    const char* made = ::crypt_r(phrase.c_str(), hash.c_str(), state.get());
    const bool same = made != nullptr && std::char_traits<char>::length(made) == hash.size()
                      && sodium_memcmp(made, hash.data(), hash.size()) == 0;
    sodium_memzero(phrase.data(), phrase.size());
    sodium_memzero(state.get(), sizeof *state);
    return same;
}

StatusOr<std::string> makeHash(const crypto::SecretBytes& password) {
    const auto text = password.revealText();
    if (text.empty() || text.size() > Credentials::kMaxPasswordBytes) {
        return invalidArgument("a password has 1 to {} bytes", Credentials::kMaxPasswordBytes);
    }
    const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (!std::ranges::all_of(text, printable) || text.front() == ' ' || text.back() == ' ') {
        return invalidArgument(
            "a password travels in a header: use printable ASCII only, no space at its ends");
    }
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (sodium_init() < 0
        || crypto_pwhash_str_alg(
               hash.data(),
               text.data(),
               text.size(),
               kArgonPasses,
               kArgonBytes,
               crypto_pwhash_ALG_ARGON2ID13)
               != 0) {
        return resourceExhausted("there is not enough memory to hash the password");
    }
    return std::string(hash.data());
}

}  // namespace weft::services
