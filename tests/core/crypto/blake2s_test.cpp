// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/blake2s.h"

#include "tests/core/crypto/hex_samples.h"

#include <gtest/gtest.h>

#include <utility>

namespace weft::crypto {
namespace {

/// RFC 7693, appendix B, and the empty text.
TEST(Blake2s, MatchesTheVectorsOfTheStandard) {
    EXPECT_EQ(
        toHex(blake2s256({bytesOf("abc")})),
        "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
    EXPECT_EQ(
        toHex(blake2s256({})), "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9");
}

TEST(Blake2s, HashesPartsAsOneText) {
    EXPECT_EQ(blake2s256({bytesOf("a"), {}, bytesOf("bc")}), blake2s256({bytesOf("abc")}));
}

/// Made with Python's hashlib.
TEST(Blake2sMac16, MatchesAnotherImplementation) {
    const auto key = countingBytes(32);
    const auto text = countingBytes(64);
    const auto half = std::span(key).first(16);

    EXPECT_EQ(toHex(blake2sMac16(key, {text})), "f1efa90d2547036841ecd3627fafbc36");
    EXPECT_EQ(toHex(blake2sMac16(half, {})), "af4e5d3bb230e9ff9096ca6f7c501f76");
    EXPECT_EQ(
        blake2sMac16(key, {std::span(text).first(10), std::span(text).subspan(10)}),
        blake2sMac16(key, {text}));
}

TEST(Blake2sMac16, KeepsItsKeyForManyMessages) {
    const auto key = countingBytes(32);
    const auto half = std::span(key).first(16);
    Blake2sMac16 longKey(key);
    const Blake2sMac16 shortKey(half);
    for (const std::size_t length : {64U, 0U, 1U, 116U, 500U}) {
        const auto text = countingBytes(length);
        EXPECT_EQ(longKey.of(text), blake2sMac16(key, {text})) << length;
        EXPECT_EQ(shortKey.of(text), blake2sMac16(half, {text})) << length;
    }

    const auto moved = std::move(longKey);

    EXPECT_EQ(toHex(moved.of(countingBytes(64))), "f1efa90d2547036841ecd3627fafbc36");
}

/// Made with Python's hmac over hashlib.
TEST(HmacBlake2s, MatchesAnotherImplementation) {
    EXPECT_EQ(
        toHex(hmacBlake2s(countingBytes(32), {}).reveal()),
        "e2641d24dfa8dd89e8cb77f1cdc77d8c006e5bebdfc4d6a3a3a6f8d5b7586fb0");
    // Longer than a block: the key is hashed first.
    EXPECT_EQ(
        toHex(hmacBlake2s(countingBytes(80), {bytesOf("mess"), bytesOf("age")}).reveal()),
        "17b626721a1283fb2c06c67188f3c8e9f032beef94af0aab8974bc4b893d2e03");
}

/// Made with Python's hmac over hashlib.
TEST(Kdf, MatchesAnotherImplementationForOneTwoAndThreeKeys) {
    const std::string first = "87b7f70b24183c6db5dc4f6d9f4c47cdb203321aa2a0bef714896adb3107a040";
    const std::string second = "538a02e1eb2e31b7e4d4b82476d1fe2acf50085d3fb584537279195f5d1f5824";
    const std::string third = "9ad858025593be88de0f9442a589cfe84a88dc19e4753d93684d1c5efc4837f9";
    const auto bytes = countingBytes(32);
    const SecretKey32 salt(std::span<const std::uint8_t>(bytes).first<32>());
    const auto input = bytesOf("input");

    EXPECT_EQ(toHex(kdf1(salt, input).reveal()), first);
    const auto two = kdf2(salt, input);
    EXPECT_EQ(toHex(two.first.reveal()), first);
    EXPECT_EQ(toHex(two.second.reveal()), second);
    const auto three = kdf3(salt, input);
    EXPECT_EQ(toHex(three.first.reveal()), first);
    EXPECT_EQ(toHex(three.second.reveal()), second);
    EXPECT_EQ(toHex(three.third.reveal()), third);
}

}  // namespace
}  // namespace weft::crypto
