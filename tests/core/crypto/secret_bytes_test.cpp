// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/secret_bytes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace weft::crypto {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value) {
    out << value;
};

static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);
static_assert(!fmt::is_formattable<SecretBytes>::value);
static_assert(!Streamable<SecretBytes>);

SecretBytes secret(std::string_view text) {
    return SecretBytes(text);
}

TEST(SecretBytes, HoldsWhatItWasGiven) {
    const std::array<std::uint8_t, 3> raw{1, 0, 255};
    const SecretBytes bytes{std::span<const std::uint8_t>(raw)};

    EXPECT_THAT(bytes.reveal(), testing::ElementsAre(1, 0, 255));
    EXPECT_EQ(secret("abc").revealText(), "abc");
    EXPECT_EQ(secret("abc").size(), 3U);
    EXPECT_TRUE(SecretBytes().empty());
}

TEST(SecretBytes, LeavesNothingBehindWhenMoved) {
    auto first = secret("abc");
    auto second = std::move(first);
    SecretBytes third = secret("old");
    third = std::move(second);

    EXPECT_EQ(third.revealText(), "abc");
    EXPECT_TRUE(first.empty());   // NOLINT(bugprone-use-after-move): the contract under test.
    EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move): the contract under test.
}

TEST(SecretBytes, ClonesByName) {
    auto first = secret("abc");
    const auto second = first.clone();
    first = secret("xyz");

    EXPECT_EQ(second.revealText(), "abc");
}

TEST(SecretBytes, ComparesLengthAndBytes) {
    EXPECT_TRUE(equalInConstantTime(secret("abc"), secret("abc")));
    EXPECT_TRUE(equalInConstantTime(SecretBytes(), secret("")));
    EXPECT_FALSE(equalInConstantTime(secret("abc"), secret("abd")));
    EXPECT_FALSE(equalInConstantTime(secret("abc"), secret("abcd")));
    EXPECT_FALSE(equalInConstantTime(secret("abc"), SecretBytes()));
}

TEST(WipeMemory, OverwritesEachByte) {
    std::array<std::uint8_t, 5> bytes{1, 2, 3, 4, 5};

    wipeMemory(std::span(bytes).first(4));
    wipeMemory({});

    EXPECT_THAT(bytes, testing::ElementsAre(0, 0, 0, 0, 5));
}

}  // namespace
}  // namespace weft::crypto
