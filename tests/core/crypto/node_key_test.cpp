// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/node_key.h"

#include "core/base/text.h"
#include "core/crypto/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace weft::crypto {
namespace {

using testing::StartsWith;

constexpr std::string_view kPrivateA =
    "CAUSQAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
constexpr std::string_view kPublicA = "CAUSIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr std::string_view kPublicB = "CAUSICmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";

/// The seed first, first+1, ... of 32 bytes.
NodeKey keyFrom(std::uint8_t first) {
    std::array<std::uint8_t, 32> seed{};
    std::iota(seed.begin(), seed.end(), first);
    return NodeKey::fromSeed(seed).value();
}

NodeKey keyA() {
    return keyFrom(0x00);
}

NodeKey keyB() {
    return keyFrom(0x20);
}

std::string base64Of(const SecretBytes& secret) {
    return base::base64Encode(secret.revealText());
}

PublicKey publicKeyFromHex(std::string_view hex) {
    const auto bytes = base::hexDecode(hex).value();
    std::array<std::uint8_t, 32> raw{};
    std::copy(bytes.begin(), bytes.end(), raw.begin());
    return PublicKey(raw);
}

TEST(NodeKey, DerivesTheEd25519PublicKeyFromTheSeed) {
    EXPECT_EQ(
        base::hexEncode(asString(keyA().publicKey().raw())),
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
}

TEST(NodeKey, EncodesBothKeysInTheMeshTextForm) {
    EXPECT_EQ(keyA().encode().revealText(), kPrivateA);
    EXPECT_EQ(keyA().publicKey().toString(), kPublicA);
    EXPECT_EQ(keyB().publicKey().toString(), kPublicB);
}

TEST(NodeKey, DerivesTheWireGuardKeys) {
    EXPECT_EQ(
        base64Of(keyA().wireGuardPrivateKey()), "OJTupJxYCu+BaTV2K+BJVZ1tFEDe3hLmoSXxhB//jm8=");
    EXPECT_EQ(
        keyA().publicKey().wireGuardKey()->toBase64(),
        "RwHQhIhFH1RaQJ+1iuPlhYHKQKw/fxFGmM1x3qxzygE=");
    EXPECT_EQ(
        keyB().publicKey().wireGuardKey()->toBase64(),
        "VzCACrNA/LGM5REe2p1wX5E4i0HkVEy9EDullC2yIz4=");
}

TEST(NodeKey, DerivesThePeerIds) {
    EXPECT_EQ(
        keyA().publicKey().peerIdType5(), "12D3LCx9C2hRMAoV5Gy9b54TFoiX8pVEw81ta7kTfiev8y18nwPm");
    EXPECT_EQ(
        keyA().publicKey().peerIdType1(), "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB");
    EXPECT_EQ(
        keyB().publicKey().peerIdType5(), "12D3LCx9EbDG4JLzLw3ncSdUXaTXfX9vnupn1qUuBjhkKRGLq6AA");
}

TEST(NodeKey, DerivesTheRelayRendezvousInEitherOrder) {
    const auto a = keyA().publicKey().wireGuardKey().value();
    const auto b = keyB().publicKey().wireGuardKey().value();

    EXPECT_EQ(
        relayRendezvous(a, b), "2c4e1c1c723174835e2efa84af96a86cee09f1dede63ce0338e4a5ff77c0e31a");
    EXPECT_EQ(relayRendezvous(b, a), relayRendezvous(a, b));
}

TEST(MeshPrefix, ComesFromTheSecretAndKeepsItsHostBits) {
    EXPECT_EQ(meshPrefixFromSecret("example-psk").toString(), "fdfd:e82c:4973::/32");
}

TEST(NodePrefix, ComesFromTheWireGuardKey) {
    const auto mesh = meshPrefixFromSecret("example-psk");

    EXPECT_EQ(
        nodePrefix(mesh, keyA().publicKey().wireGuardKey().value()).toString(),
        "fdfd:e82c:4973:ff73:2ac4:40f5:1a35:0/112");
    EXPECT_EQ(
        nodePrefix(mesh, keyB().publicKey().wireGuardKey().value()).toString(),
        "fdfd:e82c:4973:5201:6f61:94a2:4059:0/112");
}

TEST(NodePrefix, TakesNothingFromAnIpv4Prefix) {
    const auto mesh = net::IpPrefix::parse("172.16.0.0/12").value();

    const auto prefix = nodePrefix(mesh, keyA().publicKey().wireGuardKey().value());

    EXPECT_EQ(prefix.toString(), "::ff73:2ac4:40f5:1a35:0/112");
}

TEST(NodeKey, ParsesItsOwnText) {
    const auto key = NodeKey::parse(kPrivateA);

    ASSERT_TRUE(key.ok()) << toString(key.status());
    EXPECT_EQ(key->publicKey(), keyA().publicKey());
    EXPECT_EQ(key->encode().revealText(), kPrivateA);
}

TEST(NodeKey, ClonesToAnIndependentCopy) {
    auto key = keyA();
    const auto copy = key.clone();
    key = keyB();

    EXPECT_EQ(copy.encode().revealText(), kPrivateA);
}

TEST(NodeKey, GeneratesADifferentKeyEachTime) {
    const auto first = NodeKey::generate();
    const auto second = NodeKey::generate();

    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_NE(first->publicKey(), second->publicKey());
}

TEST(NodeKey, RefusesSeedsOfAnotherLength) {
    for (const std::size_t length : {0U, 31U, 33U, 64U}) {
        const std::vector<std::uint8_t> seed(length, 1);

        EXPECT_EQ(NodeKey::fromSeed(seed).status().code(), StatusCode::kInvalidArgument) << length;
    }
}

TEST(NodeKey, RefusesTextThatIsNoPrivateKey) {
    const auto raw = base::base64Decode(kPrivateA).value();
    auto otherType = raw;
    otherType[1] = 1;
    auto otherLength = raw;
    otherLength[3] = 0x20;
    auto otherHalf = raw;
    otherHalf.back() = static_cast<char>(otherHalf.back() ^ 1);
    const std::string texts[] = {
        "",
        "CAUSQ",
        std::string(kPublicA),
        std::string(kPrivateA) + "\n",
        " " + std::string(kPrivateA),
        base::base64Encode(raw.substr(0, 67)),
        base::base64Encode(raw + "x"),
        base::base64Encode(otherType),
        base::base64Encode(otherLength),
        base::base64Encode(otherHalf),
    };

    for (const auto& text : texts) {
        const auto key = NodeKey::parse(text);

        ASSERT_EQ(key.status().code(), StatusCode::kInvalidArgument) << text;
        EXPECT_THAT(messageOf(key.status()), StartsWith("invalid private key: ")) << text;
    }
}

TEST(PublicKey, RefusesTextThatIsNoPublicKey) {
    const auto raw = base::base64Decode(kPublicA).value();
    auto otherType = raw;
    otherType[1] = 1;
    auto otherField = raw;
    otherField[2] = 0x1A;
    const std::string texts[] = {
        "",
        "=",
        "CAUSI",
        std::string(kPrivateA),
        std::string(kPublicA) + "=",
        std::string(kPublicA) + "\n",
        std::string(kPublicA.substr(0, 47)),
        base::base64Encode(raw.substr(0, 35)),
        base::base64Encode(raw + "x"),
        base::base64Encode(otherType),
        base::base64Encode(otherField),
        base::base64UrlEncode(raw.substr(0, 35)),
    };

    for (const auto& text : texts) {
        const auto key = PublicKey::parse(text);

        ASSERT_EQ(key.status().code(), StatusCode::kInvalidArgument) << text;
        EXPECT_THAT(messageOf(key.status()), StartsWith("invalid public key: ")) << text;
    }
}

TEST(PublicKey, ParsesItsOwnText) {
    const auto key = PublicKey::parse(kPublicB);

    ASSERT_TRUE(key.ok());
    EXPECT_EQ(*key, keyB().publicKey());
}

TEST(PublicKey, HasNoWireGuardKeyWhenTheBytesAreNoPoint) {
    const char* const noPoints[] = {
        // y = 2 has no x.
        "0200000000000000000000000000000000000000000000000000000000000000",
        // y = p + 3, a second encoding of 3.
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // x = 0 with the sign bit set.
        "0100000000000000000000000000000000000000000000000000000000000080",
    };

    for (const auto* const hex : noPoints) {
        EXPECT_EQ(
            publicKeyFromHex(hex).wireGuardKey().status().code(), StatusCode::kInvalidArgument)
            << hex;
    }
}

TEST(PublicKey, HasNoWireGuardKeyWhenThePointHasSmallOrder) {
    const char* const smallOrder[] = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    };

    for (const auto* const hex : smallOrder) {
        EXPECT_EQ(
            publicKeyFromHex(hex).wireGuardKey().status().code(), StatusCode::kInvalidArgument)
            << hex;
    }
}

/// RFC 8032 section 7.1, test 2.
TEST(NodeKey, SignsAsTheStandardDoes) {
    const auto seed =
        base::hexDecode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").value();
    std::array<std::uint8_t, 32> bytes{};
    std::copy(seed.begin(), seed.end(), bytes.begin());
    const auto key = NodeKey::fromSeed(bytes).value();

    EXPECT_EQ(
        base::hexEncode(key.sign("\x72")),
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(PublicKey, VerifiesOnlyTheSignatureOfThisMessageByThisKey) {
    const auto signature = keyA().sign("hello");
    auto damaged = signature;
    damaged[10] = static_cast<char>(damaged[10] ^ 1);

    EXPECT_TRUE(keyA().publicKey().verify("hello", signature));
    EXPECT_FALSE(keyA().publicKey().verify("hellp", signature));
    EXPECT_FALSE(keyB().publicKey().verify("hello", signature));
    EXPECT_FALSE(keyA().publicKey().verify("hello", damaged));
    EXPECT_FALSE(keyA().publicKey().verify("hello", ""));
    EXPECT_FALSE(keyA().publicKey().verify("hello", signature.substr(0, 63)));
    EXPECT_FALSE(keyA().publicKey().verify("hello", signature + "x"));
    EXPECT_TRUE(keyA().publicKey().verify("", keyA().sign("")));
}

}  // namespace
}  // namespace weft::crypto
