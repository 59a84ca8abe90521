// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace weft::base {
namespace {

using testing::Optional;

std::string bytes(std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) {
        out += static_cast<char>(value);
    }
    return out;
}

TEST(IsUtf8, AcceptsTheFirstAndTheLastOfEachLength) {
    for (const auto& text : {
             std::string(),
             bytes({0x00}),
             bytes({0x7F}),
             bytes({0xC2, 0x80}),
             bytes({0xDF, 0xBF}),
             bytes({0xE0, 0xA0, 0x80}),
             bytes({0xED, 0x9F, 0xBF}),
             bytes({0xEE, 0x80, 0x80}),
             bytes({0xEF, 0xBF, 0xBF}),
             bytes({0xF0, 0x90, 0x80, 0x80}),
             bytes({0xF4, 0x8F, 0xBF, 0xBF}),
         }) {
        EXPECT_TRUE(isUtf8(text)) << hexEncode(text);
    }
}

TEST(IsUtf8, RefusesWhatIsNotWellFormed) {
    for (const auto& text : {
             bytes({0x80}),                    // a continuation alone
             bytes({0xC0, 0x80}),              // overlong
             bytes({0xC1, 0xBF}),              // overlong
             bytes({0xE0, 0x9F, 0xBF}),        // overlong
             bytes({0xF0, 0x8F, 0xBF, 0xBF}),  // overlong
             bytes({0xED, 0xA0, 0x80}),        // surrogate
             bytes({0xED, 0xBF, 0xBF}),        // surrogate
             bytes({0xF4, 0x90, 0x80, 0x80}),  // above U+10FFFF
             bytes({0xF5, 0x80, 0x80, 0x80}),  // above U+10FFFF
             bytes({0xFF}),
             bytes({0xC2}),              // cut off
             bytes({0xE2, 0x82}),        // cut off
             bytes({0xF0, 0x9F, 0x98}),  // cut off
             bytes({0xC2, 0x41}),
             bytes({0xE2, 0x41, 0x80}),
         }) {
        EXPECT_FALSE(isUtf8(text)) << hexEncode(text);
    }
}

TEST(EscapeForLine, LeavesPlainTextAlone) {
    EXPECT_EQ(escapeForLine("node-1 büro 東京 😀"), "node-1 büro 東京 😀");
}

TEST(EscapeForLine, EscapesWhatCouldMislead) {
    EXPECT_EQ(escapeForLine("a\nb\tc"), "a\\x0ab\\x09c");
    EXPECT_EQ(escapeForLine("\x1b[31m"), "\\x1b[31m");
    EXPECT_EQ(escapeForLine("\x7f"), "\\x7f");
    EXPECT_EQ(escapeForLine("\u0085"), "\\xc2\\x85");
    EXPECT_EQ(escapeForLine("\u2028\u2029"), "\\xe2\\x80\\xa8\\xe2\\x80\\xa9");
    EXPECT_EQ(escapeForLine("\u202e"), "\\xe2\\x80\\xae");
    EXPECT_EQ(escapeForLine("\u200b"), "\\xe2\\x80\\x8b");
    EXPECT_EQ(escapeForLine("\ufeff"), "\\xef\\xbb\\xbf");
    EXPECT_EQ(escapeForLine(std::string("a\0b", 3)), "a\\x00b");
}

TEST(EscapeForLine, EscapesBytesThatAreNotUtf8OneByOne) {
    EXPECT_EQ(escapeForLine(bytes({'a', 0xFF, 0xC3, 'b'})), "a\\xff\\xc3b");
    EXPECT_EQ(escapeForLine(bytes({0xED, 0xA0, 0x80})), "\\xed\\xa0\\x80");
}

TEST(EscapeForLine, IsUnambiguous) {
    EXPECT_NE(escapeForLine("\\x0a"), escapeForLine("\n"));
    EXPECT_EQ(escapeForLine("\\"), "\\x5c");
}

TEST(EscapeForLine, CutsBetweenWholePieces) {
    EXPECT_EQ(escapeForLine("abcd", 4), "abcd");
    EXPECT_EQ(escapeForLine("abcde", 4), "abcd…");
    EXPECT_EQ(escapeForLine("abü", 3), "ab…");
    EXPECT_EQ(escapeForLine("a\nb", 4), "a…");
    EXPECT_EQ(escapeForLine("abc", 0), "…");
    EXPECT_EQ(escapeForLine("", 0), "");
}

TEST(DisplayText, DropsWhatCouldMislead) {
    EXPECT_EQ(displayText("a\nb\u202ec\u200bd"), "abcd");
    EXPECT_EQ(displayText(bytes({'a', 0xFF, 'b'})), "ab");
    EXPECT_EQ(displayText("C:\\x"), "C:\\x");
    EXPECT_EQ(displayText("<img src=x>"), "<img src=x>");
}

TEST(DisplayText, CutsAtTheCap) {
    EXPECT_EQ(displayText(std::string(253, 'a')), std::string(253, 'a'));
    EXPECT_EQ(displayText(std::string(254, 'a')), std::string(253, 'a') + "…");
}

/// RFC 4648 section 10.
TEST(Base64, MatchesTheVectorsOfTheStandard) {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [plain, text] : vectors) {
        EXPECT_EQ(base64Encode(plain), text);
        EXPECT_THAT(base64Decode(text), Optional(std::string(plain)));
    }
}

TEST(Base64, RefusesWhatIsNotTheOneText) {
    for (const auto* const text : {
             "Z",
             "Zg",
             "Zg=",
             "Zg===",
             "=",
             "==",
             "====",
             "Zm=8",
             "Zm9v=",
             "Zm9vZg",
             "Zm9v\n",
             " Zm9v",
             "Zm-v",
             "Zm_v",
             "Zh==",  // unused bits are set
             "Zm9=",  // unused bits are set
             "Zg==Zg==",
         }) {
        EXPECT_EQ(base64Decode(text), std::nullopt) << text;
    }
    EXPECT_EQ(base64Decode(std::string("Zm9\0", 4)), std::nullopt);
}

TEST(Base64Url, UsesItsOwnAlphabetWithoutPadding) {
    const auto raw = bytes({0xFB, 0xFF, 0xBF, 0xFE});

    EXPECT_EQ(base64UrlEncode(raw), "-_-__g");
    EXPECT_THAT(base64UrlDecode("-_-__g"), Optional(raw));
    for (const auto* const text : {"-_-__g==", "+/+//g", "-_-__h", "-", "-_-__"}) {
        EXPECT_EQ(base64UrlDecode(text), std::nullopt) << text;
    }
}

TEST(Hex, ReadsEitherCaseAndWritesLower) {
    EXPECT_EQ(hexEncode(bytes({0x00, 0x9A, 0xFF})), "009aff");
    EXPECT_THAT(hexDecode("009AfF"), Optional(bytes({0x00, 0x9A, 0xFF})));
    EXPECT_THAT(hexDecode(""), Optional(std::string()));
    for (const auto* const text : {"0", "0g", "g0", "0x", " 0", "00 "}) {
        EXPECT_EQ(hexDecode(text), std::nullopt) << text;
    }
}

TEST(Encodings, RoundTripRandomBytes) {
    const auto seed = weft::tests::randomSeed();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (std::size_t round = 0; round < 500; ++round) {
        std::string raw(random() % 70, '\0');
        for (auto& each : raw) {
            each = static_cast<char>(random());
        }
        ASSERT_THAT(base64Decode(base64Encode(raw)), Optional(raw));
        ASSERT_THAT(base64UrlDecode(base64UrlEncode(raw)), Optional(raw));
        ASSERT_THAT(hexDecode(hexEncode(raw)), Optional(raw));
        ASSERT_TRUE(isUtf8(escapeForLine(raw)));
        ASSERT_TRUE(isUtf8(displayText(raw)));
    }
}

TEST(Encodings, HaveOneTextForEachByteString) {
    const auto seed = weft::tests::randomSeed();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view kMostlyGood = "AQgwZz09+/=-_";
    std::size_t decoded = 0;
    for (std::size_t round = 0; round < 20'000; ++round) {
        std::string text(4 * (1 + random() % 2), '\0');
        for (auto& each : text) {
            each = kMostlyGood[random() % kMostlyGood.size()];
        }
        if (const auto raw = base64Decode(text)) {
            ASSERT_EQ(base64Encode(*raw), text);
            ++decoded;
        }
    }
    EXPECT_GT(decoded, 100U);
}

}  // namespace
}  // namespace weft::base
