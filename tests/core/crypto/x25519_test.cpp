// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/x25519.h"

#include "tests/core/crypto/hex_samples.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace weft::crypto {
namespace {

X25519PrivateKey privateKey(std::string_view hex) {
    return X25519PrivateKey::fromBytes(keyFromHex(hex));
}

WireGuardPublicKey publicKey(std::string_view hex) {
    return {.bytes = keyFromHex(hex)};
}

/// By either library, which must come to the same.
std::string agreed(const X25519PrivateKey& ours, const WireGuardPublicKey& theirs) {
    const auto shared = ours.agree(theirs);
    auto prepared = ours.clone();
    prepared.prepareForMany();
    const auto again = prepared.agree(theirs);
    EXPECT_EQ(shared.status(), again.status());
    if (!shared.ok() || !again.ok()) {
        return toString(shared.status());
    }
    EXPECT_TRUE(equalInConstantTime(*shared, *again));
    return toHex(shared->reveal());
}

/// RFC 7748, section 5.2. The points have unused bits set, the scalars are not clamped.
TEST(X25519, MatchesTheVectorsOfTheStandard) {
    EXPECT_EQ(
        agreed(
            privateKey("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
            publicKey("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")),
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    EXPECT_EQ(
        agreed(
            privateKey("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
            publicKey("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")),
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

/// RFC 7748, section 5.2: a thousand times over.
TEST(X25519, MatchesTheIteratedVectorOfTheStandard) {
    auto scalar = keyFromHex("0900000000000000000000000000000000000000000000000000000000000000");
    WireGuardPublicKey point{.bytes = scalar};
    for (int round = 0; round < 1000; ++round) {
        const auto shared = X25519PrivateKey::fromBytes(scalar).agree(point);
        ASSERT_TRUE(shared.ok());
        point.bytes = scalar;
        std::copy(shared->reveal().begin(), shared->reveal().end(), scalar.begin());
    }

    EXPECT_EQ(toHex(scalar), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

/// RFC 7748, section 6.1.
TEST(X25519, GivesBothSidesTheSecretOfTheStandard) {
    const auto alice =
        privateKey("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const auto bob = privateKey("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");

    EXPECT_EQ(
        toHex(alice.publicKey().bytes),
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    EXPECT_EQ(
        toHex(bob.publicKey().bytes),
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    const std::string secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    EXPECT_EQ(agreed(alice, bob.publicKey()), secret);
    EXPECT_EQ(agreed(bob, alice.publicKey()), secret);
}

TEST(X25519, RefusesPointsOfSmallOrderAndWorksOn) {
    const auto alice =
        privateKey("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    auto prepared = alice.clone();
    prepared.prepareForMany();
    const std::string before = agreed(alice, alice.publicKey());
    for (const std::string_view point :
         {"0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        EXPECT_EQ(alice.agree(publicKey(point)).status().code(), StatusCode::kInvalidArgument)
            << point;
        EXPECT_EQ(prepared.agree(publicKey(point)).status().code(), StatusCode::kInvalidArgument)
            << point;
    }

    EXPECT_EQ(agreed(alice, alice.publicKey()), before);
}

TEST(X25519, KeepsTheBytesAsTheyWereGiven) {
    const std::string text = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    EXPECT_EQ(toHex(privateKey(text).bytes().reveal()), text);
}

TEST(X25519, StaysTheSameKeyWhenItIsClonedMovedOrPrepared) {
    tests::SeededRandom random(1);
    auto original = X25519PrivateKey::generate(random);
    const auto other = X25519PrivateKey::generate(random);
    const auto secret = agreed(original, other.publicKey());

    const auto copy = original.clone();
    original.prepareForMany();
    EXPECT_EQ(agreed(original, other.publicKey()), secret);
    const auto moved = std::move(original);

    EXPECT_EQ(agreed(copy, other.publicKey()), secret);
    EXPECT_EQ(agreed(moved, other.publicKey()), secret);
    EXPECT_EQ(copy.publicKey(), moved.publicKey());
    EXPECT_NE(copy.publicKey(), other.publicKey());
}

TEST(X25519, AgreesWithTheKeyThatANodeDerives) {
    const auto node = NodeKey::generate();
    ASSERT_TRUE(node.ok());
    const auto secret = node->wireGuardPrivateKey();

    const auto key = X25519PrivateKey::fromBytes(secret.reveal().first<32>());

    EXPECT_EQ(key.publicKey(), node->publicKey().wireGuardKey().value());
}

TEST(SystemRandom, FillsAllOfIt) {
    SystemRandom random;
    SecretKey32 first;
    SecretKey32 second;
    random.fill(first.writable());
    random.fill(second.writable());

    EXPECT_FALSE(first.isZero());
    EXPECT_FALSE(equalInConstantTime(first, second));
}

TEST(SecretKey32, IsWipedWhenItIsMovedFrom) {
    SecretKey32 secret{std::span<const std::uint8_t, 32>(
        keyFromHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))};
    const auto copy = secret.clone();

    const SecretKey32 moved(std::move(secret));

    EXPECT_TRUE(equalInConstantTime(moved, copy));
    // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move): what is left matters
    EXPECT_TRUE(secret.isZero());
}

}  // namespace
}  // namespace weft::crypto
