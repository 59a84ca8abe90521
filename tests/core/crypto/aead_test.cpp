// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/aead.h"

#include "tests/core/crypto/hex_samples.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::crypto {
namespace {

using ByteVector = std::vector<std::uint8_t>;

constexpr std::string_view kKey =
    "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0";
/// RFC 8439, appendix A.5: the nonce begins with four zero bytes, as ours do.
constexpr std::uint64_t kCounter = 0x0807060504030201;
constexpr std::string_view kAad = "f33388860000000000004e91";
constexpr std::string_view kText =
    "Internet-Drafts are draft documents valid for a maximum of six months and may be updated, "
    "replaced, or obsoleted by other documents at any time. It is inappropriate to use "
    "Internet-Drafts as reference material or to cite them other than as "
    "/\xe2\x80\x9cwork in progress./\xe2\x80\x9d";
constexpr std::string_view kSealed =
    "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb2"
    "4c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf"
    "332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c855"
    "9797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4"
    "b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523e"
    "af4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a"
    "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a10"
    "49e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29"
    "a6ad5cb4022b02709beead9d67890cbb22392336fea1851f38";

/// Every way to do the same work.
class AeadOfEachLibrary : public testing::TestWithParam<AeadPlan> {
protected:
    Aead aead_{keyFromHex(kKey), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(
    Plans,
    AeadOfEachLibrary,
    testing::Values(AeadPlan::onlySodium(), AeadPlan::onlyOpenSsl(), AeadPlan::defaults()));

TEST_P(AeadOfEachLibrary, TakesTheKeyOfAnotherAndForgetsIt) {
    const auto text = bytesOf(kText);
    const std::array<std::uint8_t, 32> ownKey{7};
    Aead other(ownKey, GetParam());
    ByteVector own(text.size() + kAeadTagBytes);
    other.seal(own, text, {}, 1);
    ByteVector expected(own.size());
    aead_.seal(expected, text, {}, 1);
    ByteVector sealed(own.size());

    other.takeKeyOf(aead_);
    other.seal(sealed, text, {}, 1);
    EXPECT_EQ(sealed, expected);
    EXPECT_TRUE(other.open(sealed, expected, {}, 1));

    other.forgetKey();
    other.seal(sealed, text, {}, 1);
    EXPECT_NE(sealed, expected);
    EXPECT_NE(sealed, own);

    other.takeKeyOf(aead_);
    other.seal(sealed, text, {}, 1);
    EXPECT_EQ(sealed, expected);
}

TEST_P(AeadOfEachLibrary, TakesAKeyBeforeItHasWorked) {
    const auto text = bytesOf(kText);
    Aead other(std::array<std::uint8_t, 32>{7}, GetParam());
    ByteVector expected(text.size() + kAeadTagBytes);
    aead_.seal(expected, text, {}, 1);
    ByteVector sealed(expected.size());

    other.takeKeyOf(aead_);
    other.seal(sealed, text, {}, 1);

    EXPECT_EQ(sealed, expected);
}

TEST_P(AeadOfEachLibrary, MatchesTheVectorOfTheStandard) {
    const auto sealed = fromHex(kSealed);
    ByteVector out(sealed.size());
    aead_.seal(out, bytesOf(kText), fromHex(kAad), kCounter);
    EXPECT_EQ(toHex(out), kSealed);

    ByteVector text(kText.size());
    EXPECT_TRUE(aead_.open(text, sealed, fromHex(kAad), kCounter));
    EXPECT_EQ(toHex(text), toHex(bytesOf(kText)));
}

TEST_P(AeadOfEachLibrary, WorksInPlaceInTurnsForEachLength) {
    for (std::size_t length = 0; length <= 1500; length += length < 300 ? 1 : 61) {
        const auto text = countingBytes(length);
        auto buffer = text;
        buffer.resize(length + kAeadTagBytes);

        aead_.seal(buffer, std::span(buffer).first(length), {}, length);
        ByteVector apart(length + kAeadTagBytes);
        aead_.seal(apart, text, {}, length);
        EXPECT_EQ(buffer, apart) << length;

        EXPECT_TRUE(aead_.open(buffer, buffer, {}, length)) << length;
        buffer.resize(length);
        EXPECT_EQ(buffer, text);
    }
}

TEST_P(AeadOfEachLibrary, RefusesWhatWasAltered) {
    for (const std::size_t length : {0U, 1U, 300U}) {
        ByteVector sealed(length + kAeadTagBytes);
        const auto aad = fromHex(kAad);
        aead_.seal(sealed, countingBytes(length), aad, 5);
        ByteVector out(length);
        for (std::size_t at = 0; at < sealed.size(); ++at) {
            auto altered = sealed;
            altered[at] ^= 0x10;
            EXPECT_FALSE(aead_.open(out, altered, aad, 5)) << "byte " << at << " of " << length;
        }
        EXPECT_FALSE(aead_.open(out, sealed, aad, 6));
        EXPECT_FALSE(aead_.open(out, sealed, {}, 5));
        EXPECT_FALSE(aead_.open(out, std::span(sealed).first(sealed.size() - 1), aad, 5));
        EXPECT_TRUE(aead_.open(out, sealed, aad, 5));
    }
}

TEST_P(AeadOfEachLibrary, ShowsNothingOfATextWithAWrongTag) {
    const auto text = countingBytes(600);
    ByteVector buffer(text.size() + kAeadTagBytes);
    aead_.seal(buffer, text, {}, 1);
    buffer.back() ^= 1;

    EXPECT_FALSE(aead_.open(buffer, buffer, {}, 1));

    EXPECT_FALSE(std::equal(text.begin(), text.begin() + 16, buffer.begin()));
}

TEST_P(AeadOfEachLibrary, RefusesWhatIsShorterThanATag) {
    std::array<std::uint8_t, 16> out{};
    for (std::size_t length = 0; length < kAeadTagBytes; ++length) {
        EXPECT_FALSE(aead_.open(out, countingBytes(length), {}, 0)) << length;
    }
}

TEST_P(AeadOfEachLibrary, KeepsItsKeyWhenItMoves) {
    ByteVector before(400 + kAeadTagBytes);
    aead_.seal(before, countingBytes(400), {}, 9);
    const Aead moved(std::move(aead_));
    ByteVector after(before.size());

    moved.seal(after, countingBytes(400), {}, 9);

    EXPECT_EQ(after, before);
}

TEST(Aead, CountsInAllOfTheEightBytes) {
    const Aead aead(keyFromHex(kKey), AeadPlan::onlySodium());
    const Aead other(keyFromHex(kKey), AeadPlan::onlyOpenSsl());
    for (unsigned bit = 0; bit < 64; ++bit) {
        const auto counter = std::uint64_t{1} << bit;
        std::array<std::uint8_t, kAeadTagBytes> sealed{};
        aead.seal(sealed, {}, {}, counter);
        EXPECT_TRUE(other.open({}, sealed, {}, counter)) << bit;
        EXPECT_FALSE(other.open({}, sealed, {}, 0)) << bit;
    }
}

TEST(Aead, IsSmallWhileItIsIdle) {
    EXPECT_LE(sizeof(Aead), 64U);
}

TEST(Aead, ForOneTextDoesTheSameWork) {
    const SecretKey32 key{std::span<const std::uint8_t, 32>(keyFromHex(kKey))};
    ByteVector sealed(kText.size() + kAeadTagBytes);
    aeadSealOnce(key, sealed, bytesOf(kText), fromHex(kAad), kCounter);
    EXPECT_EQ(toHex(sealed), kSealed);

    ByteVector text(kText.size());
    EXPECT_TRUE(aeadOpenOnce(key, text, sealed, fromHex(kAad), kCounter));
    EXPECT_EQ(toHex(text), toHex(bytesOf(kText)));
    EXPECT_FALSE(aeadOpenOnce(key, text, sealed, fromHex(kAad), kCounter + 1));
    EXPECT_FALSE(aeadOpenOnce(key, text, std::span(sealed).first(15), {}));
}

/// draft-irtf-cfrg-xchacha, section A.3.1: the ends of the sealed text, and the tag.
TEST(XChaCha, MatchesTheVectorOfTheDraft) {
    const auto key = keyFromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const auto nonceBytes = fromHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const auto nonce = std::span<const std::uint8_t>(nonceBytes).first<24>();
    const auto aad = fromHex("50515253c0c1c2c3c4c5c6c7");
    const std::string_view text =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        "future, sunscreen would be it.";
    ByteVector sealed(text.size() + kAeadTagBytes);

    xchachaSeal(key, nonce, sealed, bytesOf(text), aad);

    EXPECT_EQ(
        toHex(std::span(sealed).first(32)),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb");
    EXPECT_EQ(toHex(std::span(sealed).last(16)), "c0875924c1c7987947deafd8780acf49");
    ByteVector opened(text.size());
    EXPECT_TRUE(xchachaOpen(key, nonce, opened, sealed, aad));
    EXPECT_EQ(toHex(opened), toHex(bytesOf(text)));
    EXPECT_FALSE(xchachaOpen(key, nonce, opened, sealed, {}));
    sealed[3] ^= 1;
    EXPECT_FALSE(xchachaOpen(key, nonce, opened, sealed, aad));
    EXPECT_FALSE(xchachaOpen(key, nonce, opened, std::span(sealed).first(15), aad));
}

}  // namespace
}  // namespace weft::crypto
