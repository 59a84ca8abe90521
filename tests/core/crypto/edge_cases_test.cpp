// SPDX-License-Identifier: Apache-2.0
// The edges of key agreement and of sealing: RFC 7748 sections 5 and 6, RFC 8439,
// draft-irtf-cfrg-xchacha. Numbers that stand in none of them follow from their arithmetic.
#include "core/crypto/aead.h"
#include "core/crypto/x25519.h"
#include "tests/core/crypto/hex_samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace weft::crypto {
namespace {

using ByteVector = std::vector<std::uint8_t>;

/// The points of order 1, 2, 4 and 8 on the curve and on its twist, and the other ways to write
/// them in 255 bits: 0, 1, two of order 8, p - 1, p and p + 1, with p = 2^255 - 19.
constexpr std::array<std::string_view, 7> kSmallOrder{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};

/// Scalars at the edges of what clamping leaves, and one of RFC 7748, section 5.2.
constexpr std::array<std::string_view, 4> kScalars{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0000000000000000000000000000000000000000000000000000000000000040",
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"};

/// By libsodium, which works for keys of one handshake, and by OpenSSL for the others.
class EachX25519 : public testing::TestWithParam<bool> {
protected:
    static StatusOr<SecretKey32> agree(
        std::string_view scalar, const std::array<std::uint8_t, 32>& point) {
        auto key = X25519PrivateKey::fromBytes(keyFromHex(scalar));
        if (GetParam()) {
            key.prepareForMany();
        }
        return key.agree({.bytes = point});
    }
    static std::string agreed(std::string_view scalar, const std::array<std::uint8_t, 32>& point) {
        const auto shared = agree(scalar, point);
        return shared.ok() ? toHex(shared->reveal()) : toString(shared.status());
    }
};

INSTANTIATE_TEST_SUITE_P(Libraries, EachX25519, testing::Bool());

TEST_P(EachX25519, NeverGivesASecretOfZeros) {
    for (const auto point : kSmallOrder) {
        for (const auto scalar : kScalars) {
            for (const unsigned highBit : {0x00U, 0x80U}) {
                auto bytes = keyFromHex(point);
                bytes[31] = static_cast<std::uint8_t>(bytes[31] | highBit);

                EXPECT_EQ(agree(scalar, bytes).status().code(), StatusCode::kInvalidArgument)
                    << scalar << " with " << toHex(bytes);
            }
        }
    }
}

TEST_P(EachX25519, TakesAPointForWhatItIsModuloThePrime) {
    // p + 2 to 2^255 - 1 are 2 to 18, written with all the bits there are (section 5).
    for (std::uint8_t small = 2; small <= 18; ++small) {
        std::array<std::uint8_t, 32> canonical{small};
        auto large = keyFromHex(kSmallOrder[5]);
        large[0] = static_cast<std::uint8_t>(large[0] + small);
        for (const auto scalar : kScalars) {
            const auto expected = agreed(scalar, canonical);
            ASSERT_EQ(expected.size(), 64U) << expected;

            EXPECT_EQ(agreed(scalar, large), expected) << scalar << " with p + " << int{small};
        }
    }
}

TEST_P(EachX25519, IgnoresTheHighestBitOfAPoint) {
    for (const auto scalar : kScalars) {
        auto point = keyFromHex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
        const auto expected = agreed(scalar, point);
        ASSERT_EQ(expected.size(), 64U) << expected;
        point[31] |= 0x80;

        EXPECT_EQ(agreed(scalar, point), expected) << scalar;
    }
}

TEST_P(EachX25519, ClampsAScalarOfAnyBits) {
    // Section 5: bits 0, 1, 2 and 255 count as zero, bit 254 as one.
    const std::array<std::uint8_t, 32> base{9};
    EXPECT_EQ(agreed(kScalars[0], base), agreed(kScalars[2], base));
    EXPECT_EQ(
        agreed(kScalars[1], base),
        agreed("f8ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", base));
    EXPECT_NE(agreed(kScalars[0], base), agreed(kScalars[1], base));
}

constexpr std::string_view kKey =
    "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0";

/// Each way to seal that there is.
struct Way {
    const char* name;
    void (*seal)(
        std::span<std::uint8_t>, std::span<const std::uint8_t>, std::span<const std::uint8_t>);
    bool (*open)(
        std::span<std::uint8_t>, std::span<const std::uint8_t>, std::span<const std::uint8_t>);
};

template <AeadPlan (*Plan)()>
constexpr Way wayBy(const char* name) {
    return {
        name,
        [](auto out, auto in, auto aad) { Aead(keyFromHex(kKey), Plan()).seal(out, in, aad, 7); },
        [](auto out, auto in, auto aad) {
            return Aead(keyFromHex(kKey), Plan()).open(out, in, aad, 7);
        }};
}

const std::array<std::uint8_t, 24> kNonce{1, 2, 3};

const std::array<Way, 4> kWays{
    wayBy<AeadPlan::onlySodium>("Sodium"),
    wayBy<AeadPlan::onlyOpenSsl>("OpenSsl"),
    Way{"Once",
        [](auto out, auto in, auto aad) {
            aeadSealOnce(SecretKey32{keyFromHex(kKey)}, out, in, aad, 7);
        },
        [](auto out, auto in, auto aad) {
            return aeadOpenOnce(SecretKey32{keyFromHex(kKey)}, out, in, aad, 7);
        }},
    Way{"XChaCha",
        [](auto out, auto in, auto aad) { xchachaSeal(keyFromHex(kKey), kNonce, out, in, aad); },
        [](auto out, auto in, auto aad) {
            return xchachaOpen(keyFromHex(kKey), kNonce, out, in, aad);
        }}};

class EachAead : public testing::TestWithParam<Way> {};

INSTANTIATE_TEST_SUITE_P(Ways, EachAead, testing::ValuesIn(kWays), [](const auto& each) {
    return each.param.name;
});

/// Around the blocks of ChaCha20 (64 bytes) and Poly1305 (16), and a full packet.
constexpr std::array<std::size_t, 12> kLengths{0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1420};

TEST_P(EachAead, OpensWhatItSealedAtTheEdgesOfTheBlocks) {
    for (const auto length : kLengths) {
        for (const std::size_t aadLength : {0U, 1U, 15U, 16U, 17U, 32U}) {
            const auto text = countingBytes(length);
            const auto aad = countingBytes(aadLength);
            ByteVector sealed(length + kAeadTagBytes);
            GetParam().seal(sealed, text, aad);
            ByteVector opened(length);

            EXPECT_TRUE(GetParam().open(opened, sealed, aad)) << length << ", " << aadLength;
            EXPECT_EQ(opened, text);
        }
    }
}

TEST_P(EachAead, RefusesATagWithAnyBitFlipped) {
    for (const auto length : kLengths) {
        const auto aad = countingBytes(12);
        ByteVector sealed(length + kAeadTagBytes);
        GetParam().seal(sealed, countingBytes(length), aad);
        ByteVector opened(length);
        for (std::size_t bit = 0; bit < 8 * kAeadTagBytes; ++bit) {
            auto& byte = sealed[length + bit / 8];
            byte ^= static_cast<std::uint8_t>(1U << bit % 8);

            EXPECT_FALSE(GetParam().open(opened, sealed, aad)) << length << ", bit " << bit;

            byte ^= static_cast<std::uint8_t>(1U << bit % 8);
        }
        EXPECT_TRUE(GetParam().open(opened, sealed, aad)) << length;
    }
}

TEST_P(EachAead, RefusesTagsThatAreNoTags) {
    for (const auto length : kLengths) {
        ByteVector sealed(length + kAeadTagBytes);
        GetParam().seal(sealed, countingBytes(length), {});
        const auto tag = std::span(sealed).subspan(length);
        ByteVector opened(length);
        for (const int kind : {0x00, 0xFF, 0x80, 0x01}) {
            auto wrong = sealed;
            std::fill(
                wrong.begin() + static_cast<std::ptrdiff_t>(length),
                wrong.end(),
                static_cast<std::uint8_t>(kind));
            EXPECT_FALSE(GetParam().open(opened, wrong, {})) << length << ", all " << kind;
        }
        // The halves of a right tag in the wrong order.
        std::rotate(tag.begin(), tag.begin() + 8, tag.end());
        EXPECT_FALSE(GetParam().open(opened, sealed, {})) << length;
    }
}

TEST_P(EachAead, BindsTheEmptyTextToItsData) {
    const auto aad = countingBytes(16);
    ByteVector sealed(kAeadTagBytes);
    GetParam().seal(sealed, {}, aad);

    EXPECT_TRUE(GetParam().open({}, sealed, aad));
    EXPECT_FALSE(GetParam().open({}, sealed, {}));
    EXPECT_FALSE(GetParam().open({}, sealed, std::span(aad).first(15)));
    auto longer = aad;
    longer.push_back(0);
    // The padding of Poly1305's input is zeros too; the lengths at its end tell them apart.
    EXPECT_FALSE(GetParam().open({}, sealed, longer));
}

/// draft-irtf-cfrg-xchacha, section A.3.1, in full.
TEST(XChaCha, MatchesAllOfTheVectorOfTheDraft) {
    const auto key = keyFromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const auto nonce = fromHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const std::string_view text =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        "future, sunscreen would be it.";
    ByteVector sealed(text.size() + kAeadTagBytes);

    xchachaSeal(
        key,
        std::span<const std::uint8_t>(nonce).first<24>(),
        sealed,
        bytesOf(text),
        fromHex("50515253c0c1c2c3c4c5c6c7"));

    EXPECT_EQ(
        toHex(sealed),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
        "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
        "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52e"
        "c0875924c1c7987947deafd8780acf49");
}

}  // namespace
}  // namespace weft::crypto
