// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/digest.h"

#include "core/base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace weft::crypto {
namespace {

std::string hex(const std::array<std::uint8_t, 32>& digest) {
    return base::hexEncode(asString(digest));
}

/// FIPS 180-4 examples.
TEST(Sha256, MatchesTheVectorsOfTheStandard) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(
        hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(sha256({})), hex(sha256("")));
}

/// RFC 4231 test cases 1, 2 and 6.
TEST(HmacSha256, MatchesTheVectorsOfTheStandard) {
    EXPECT_EQ(
        hex(hmacSha256(std::string(20, '\x0b'), "Hi There")),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(
        hex(hmacSha256("Jefe", "what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(
        hex(hmacSha256(
            std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, TakesAnEmptyKeyAndAnEmptyMessage) {
    const std::string expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";

    EXPECT_EQ(hex(hmacSha256("", "")), expected);
    EXPECT_EQ(hex(hmacSha256({}, {})), expected);
}

TEST(Random, HasTheLengthAskedForAndDiffers) {
    for (const std::size_t length : {0U, 1U, 32U, 1000U}) {
        EXPECT_EQ(randomBytes(length).size(), length);
        EXPECT_EQ(randomSecret(length).size(), length);
        EXPECT_EQ(randomAlphanumeric(length).size(), length);
    }
    EXPECT_NE(randomBytes(32), randomBytes(32));
    EXPECT_FALSE(equalInConstantTime(randomSecret(32), randomSecret(32)));
    EXPECT_NE(randomAlphanumeric(32), randomAlphanumeric(32));
}

TEST(Random, AlphanumericUsesEachOfTheCharactersAboutAsOften) {
    constexpr std::size_t kCount = 62 * 1000;
    std::array<std::size_t, 256> seen{};
    for (const char each : randomAlphanumeric(kCount)) {
        ASSERT_TRUE(std::isalnum(static_cast<unsigned char>(each)) != 0);
        ++seen[static_cast<unsigned char>(each)];
    }

    // Twelve standard deviations: a biased choice by the remainder of 256 is off by 21 %.
    EXPECT_EQ(std::ranges::count_if(seen, [](std::size_t times) { return times > 620; }), 62);
    EXPECT_EQ(std::ranges::count_if(seen, [](std::size_t times) { return times > 1380; }), 0);
}

}  // namespace
}  // namespace weft::crypto
