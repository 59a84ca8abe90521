// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/node_key.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/crypto/detail/edwards.h"
#include "core/crypto/detail/openssl.h"
#include "core/crypto/digest.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace weft::crypto {
namespace {

constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
/// A key protobuf by hand: field 1 (type) = 5, field 2 (bytes) of 32 or 64. A proto2 parser would
/// drop the type, which its enum does not have.
constexpr std::string_view kPublicHeader("\x08\x05\x12\x20", 4);
constexpr std::string_view kPrivateHeader("\x08\x05\x12\x40", 4);
/// The same with the ordinary Ed25519 type.
constexpr std::string_view kOrdinaryPublicHeader("\x08\x01\x12\x20", 4);
/// Multihash "identity" over the 36 bytes of a marshalled key.
constexpr std::string_view kPeerIdHeader("\x00\x24", 2);
constexpr std::size_t kMarshalledPublicBytes = 36;
constexpr std::size_t kMarshalledPrivateBytes = 68;
constexpr std::string_view kBase58Alphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

std::span<const std::uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view textOf(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void wipeText(std::string& text) {
    wipeMemory({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

/// Takes over a secret that a library function returned as a string, and wipes the string.
SecretBytes takeSecret(std::string text) {
    SecretBytes secret{std::string_view(text)};
    wipeText(text);
    return secret;
}

std::string base58Encode(std::string_view bytes) {
    // Base 58 digits, the least first.
    std::vector<std::uint8_t> digits;
    for (const auto byte : bytesOf(bytes)) {
        unsigned carry = byte;
        for (auto& digit : digits) {
            carry += static_cast<unsigned>(digit) << 8U;
            digit = static_cast<std::uint8_t>(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58) {
            digits.push_back(static_cast<std::uint8_t>(carry % 58));
        }
    }
    const auto firstValue = std::min(bytes.find_first_not_of('\0'), bytes.size());
    std::string out(firstValue, kBase58Alphabet[0]);
    std::transform(digits.rbegin(), digits.rend(), std::back_inserter(out), [](std::uint8_t digit) {
        return kBase58Alphabet[digit];
    });
    return out;
}

std::string marshal(std::string_view header, const std::array<std::uint8_t, 32>& raw) {
    std::string bytes(header);
    bytes += textOf(raw);
    return bytes;
}

std::string peerIdOf(std::string_view header, const std::array<std::uint8_t, 32>& raw) {
    std::string bytes(kPeerIdHeader);
    bytes += marshal(header, raw);
    return base58Encode(bytes);
}

detail::PkeyPtr privateKeyOf(const SecretBytes& seed) {
    return detail::PkeyPtr(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.reveal().data(), seed.size()));
}

}  // namespace

std::string WireGuardPublicKey::toBase64() const {
    return base::base64Encode(textOf(bytes));
}

StatusOr<PublicKey> PublicKey::parse(std::string_view text) {
    const auto bytes = base::base64Decode(text);
    if (!bytes) {
        return invalidArgument("invalid public key: not base64");
    }
    if (bytes->size() != kMarshalledPublicBytes) {
        return invalidArgument(
            "invalid public key: {} bytes instead of {}", bytes->size(), kMarshalledPublicBytes);
    }
    if (!bytes->starts_with(kPublicHeader)) {
        return invalidArgument("invalid public key: not of key type 5");
    }
    std::array<std::uint8_t, 32> raw{};
    std::copy(bytes->begin() + kPublicHeader.size(), bytes->end(), raw.begin());
    return PublicKey(raw);
}

std::string PublicKey::toString() const {
    return base::base64Encode(marshal(kPublicHeader, raw_));
}

StatusOr<WireGuardPublicKey> PublicKey::wireGuardKey() const {
    const auto u = detail::montgomeryU(raw_);
    if (!u) {
        return invalidArgument("invalid public key: not a usable point of the curve");
    }
    return WireGuardPublicKey{*u};
}

std::string PublicKey::peerIdType5() const {
    return peerIdOf(kPublicHeader, raw_);
}

std::string PublicKey::peerIdType1() const {
    return peerIdOf(kOrdinaryPublicHeader, raw_);
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
    const detail::ErrorScope errors;
    if (signature.size() != kSignatureBytes) {
        return false;
    }
    const detail::PkeyPtr key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw_.data(), raw_.size()));
    const detail::DigestContextPtr context(EVP_MD_CTX_new());
    if (!key || !context
        || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) {
        return false;
    }
    return EVP_DigestVerify(
               context.get(),
               bytesOf(signature).data(),
               signature.size(),
               bytesOf(message).data(),
               message.size())
           == 1;
}

NodeKey::NodeKey(SecretBytes seed, PublicKey publicKey)
    : seed_(std::move(seed)), publicKey_(publicKey) {}

StatusOr<NodeKey> NodeKey::generate() {
    const auto seed = randomSecret(kSeedBytes);
    return fromSeed(seed.reveal());
}

StatusOr<NodeKey> NodeKey::fromSeed(std::span<const std::uint8_t> seed32) {
    if (seed32.size() != kSeedBytes) {
        return invalidArgument("a key seed has {} bytes, not {}", kSeedBytes, seed32.size());
    }
    const detail::ErrorScope errors;
    SecretBytes seed(seed32);
    const auto key = privateKeyOf(seed);
    std::array<std::uint8_t, 32> raw{};
    std::size_t length = raw.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &length) != 1
        || length != raw.size()) {
        return internalError("deriving the public key: {}", detail::ErrorScope::reason());
    }
    return NodeKey(std::move(seed), PublicKey(raw));
}

StatusOr<NodeKey> NodeKey::parse(std::string_view text) {
    auto decoded = base::base64Decode(text);
    if (!decoded) {
        return invalidArgument("invalid private key: not base64");
    }
    const auto bytes = takeSecret(std::exchange(*decoded, {}));
    if (bytes.size() != kMarshalledPrivateBytes) {
        return invalidArgument(
            "invalid private key: {} bytes instead of {}", bytes.size(), kMarshalledPrivateBytes);
    }
    if (!bytes.revealText().starts_with(kPrivateHeader)) {
        return invalidArgument("invalid private key: not of key type 5");
    }
    WEFT_ASSIGN_OR_RETURN(
        auto key, fromSeed(bytes.reveal().subspan(kPrivateHeader.size(), kSeedBytes)));
    const auto given = bytes.reveal().last(kSeedBytes);
    if (!std::equal(given.begin(), given.end(), key.publicKey_.raw().begin())) {
        return invalidArgument("invalid private key: its two halves do not belong together");
    }
    return key;
}

SecretBytes NodeKey::wireGuardPrivateKey() const {
    std::array<std::uint8_t, 64> digest{};
    unsigned length = 0;
    const int made = EVP_Digest(
        seed_.reveal().data(), seed_.size(), digest.data(), &length, EVP_sha512(), nullptr);
    WEFT_CHECK(made == 1 && length == digest.size());
    // Clamping, RFC 7748 section 5.
    digest[0] &= 0xF8U;
    digest[31] &= 0x7FU;
    digest[31] |= 0x40U;
    SecretBytes key(std::span<const std::uint8_t>(digest).first(32));
    wipeMemory(digest);
    return key;
}

SecretBytes NodeKey::encode() const {
    std::string bytes;
    // Reserved whole: growing would leave unwiped copies behind.
    bytes.reserve(kMarshalledPrivateBytes);
    bytes += kPrivateHeader;
    bytes += seed_.revealText();
    bytes += textOf(publicKey_.raw());
    auto secret = takeSecret(base::base64Encode(bytes));
    wipeText(bytes);
    return secret;
}

std::string NodeKey::sign(std::string_view message) const {
    const detail::ErrorScope errors;
    const auto key = privateKeyOf(seed_);
    const detail::DigestContextPtr context(EVP_MD_CTX_new());
    std::string signature(kSignatureBytes, '\0');
    std::size_t length = signature.size();
    WEFT_CHECK(key && context);
    WEFT_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    const int made = EVP_DigestSign(
        context.get(),
        reinterpret_cast<unsigned char*>(signature.data()),
        &length,
        bytesOf(message).data(),
        message.size());
    WEFT_CHECK(made == 1 && length == kSignatureBytes);
    return signature;
}

NodeKey NodeKey::clone() const {
    return {seed_.clone(), publicKey_};
}

std::string relayRendezvous(const WireGuardPublicKey& left, const WireGuardPublicKey& right) {
    const auto leftText = left.toBase64();
    const auto rightText = right.toBase64();
    const auto both = leftText < rightText ? leftText + rightText : rightText + leftText;
    return base::hexEncode(textOf(sha256(both)));
}

net::IpPrefix meshPrefixFromSecret(std::string_view secret) {
    const auto digest = sha256(secret);
    std::array<std::uint8_t, 16> bytes{0xFD};
    std::copy_n(digest.begin(), 5, bytes.begin() + 1);
    return {net::IpAddress::v6(bytes), 32};
}

net::IpPrefix nodePrefix(const net::IpPrefix& meshPrefix, const WireGuardPublicKey& key) {
    std::array<std::uint8_t, 16> bytes{};
    if (meshPrefix.family() == net::Family::V6) {
        std::ranges::copy(meshPrefix.address().bytes(), bytes.begin());
    }
    const auto digest = sha256(textOf(key.bytes));
    std::copy_n(digest.begin(), 8, bytes.begin() + 6);
    bytes[14] = 0;
    bytes[15] = 0;
    return {net::IpAddress::v6(bytes), 112};
}

}  // namespace weft::crypto
