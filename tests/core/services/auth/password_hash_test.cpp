// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/password_hash.h"

#include "core/services/auth/authenticator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::services {
namespace {

using crypto::SecretBytes;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// From the tests of crypt_blowfish.
const std::string kBcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
/// From the tests of the reference code of Argon2.
const std::string kArgon =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

TEST(PasswordHash, MatchesWhatOthersMade) {
    ASSERT_TRUE(checkHash(kBcrypt).ok());
    EXPECT_TRUE(matchesHash(kBcrypt, SecretBytes("U*U")));
    EXPECT_FALSE(matchesHash(kBcrypt, SecretBytes("U*V")));
    ASSERT_TRUE(checkHash(kArgon).ok());
    EXPECT_TRUE(matchesHash(kArgon, SecretBytes("password")));
    EXPECT_FALSE(matchesHash(kArgon, SecretBytes("passwore")));
}

TEST(PasswordHash, TakesEveryLetterOfBcryptThatHtpasswdFilesHave) {
    for (const std::string letter : {"2a", "2b", "2y"}) {
        const std::string hash =
            "$" + letter + "$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

        ASSERT_TRUE(checkHash(hash).ok()) << letter;
        EXPECT_TRUE(matchesHash(hash, SecretBytes("correct horse"))) << letter;
        EXPECT_FALSE(matchesHash(hash, SecretBytes("battery staple"))) << letter;
    }
}

TEST(PasswordHash, OfOneOfOursIsArgon2idAndMatchesItsPasswordOnly) {
    const auto hash = makeHash(SecretBytes("correct horse"));

    ASSERT_TRUE(hash.ok());
    EXPECT_THAT(*hash, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_TRUE(checkHash(*hash).ok());
    EXPECT_TRUE(matchesHash(*hash, SecretBytes("correct horse")));
    EXPECT_FALSE(matchesHash(*hash, SecretBytes("correct horsf")));
    EXPECT_FALSE(matchesHash(*hash, SecretBytes("")));
    EXPECT_FALSE(matchesHash(*hash, SecretBytes(std::string_view("correct horse\0", 14))));
}

TEST(PasswordHash, OfAPasswordThatNoHeaderCarriesIsNotMade) {
    for (const std::string& password :
         {std::string(),
          std::string("p\xC3\xA4ss"),
          std::string(" padded"),
          std::string("two\nlines"),
          std::string(Credentials::kMaxPasswordBytes + 1, 'x')}) {
        EXPECT_EQ(makeHash(SecretBytes(password)).status().code(), StatusCode::kInvalidArgument);
    }
}

struct Refused {
    std::string hash;
    std::string says;
};
class RefusedHash : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedHash, IsNamedWithAWayOut) {
    const Status status = checkHash(GetParam().hash);

    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(status), HasSubstr(GetParam().says));
    EXPECT_THAT(messageOf(status), HasSubstr("weftctl passwd"));
    if (GetParam().hash.size() > 8) {
        EXPECT_THAT(messageOf(status), Not(HasSubstr(GetParam().hash.substr(8))));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    RefusedHash,
    ::testing::Values(
        Refused{"{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "SHA-1"},
        Refused{"$apr1$Ab12Cd34$m3bcVqXn0Dn9kH4vUfIYr.", "MD5"},
        Refused{"$1$Ab12Cd34$m3bcVqXn0Dn9kH4vUfIYr.", "MD5"},
        Refused{"correct horse", "plain password"},
        Refused{"", "neither bcrypt nor argon2id"},
        Refused{"$6$rounds=5000$salt$hash", "neither bcrypt nor argon2id"},
        Refused{"$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR", "neither bcrypt"},
        Refused{"$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe", "cut off"},
        Refused{"$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO*W", "damaged"},
        Refused{"$2y$", "cut off"},
        Refused{"$2y$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "cost 3"},
        Refused{"$2y$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "cost 15"},
        Refused{"$argon2id$v=19$m=131073,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR", "m=131073"},
        Refused{"$argon2id$v=19$m=256,t=11,p=1$c29tZXNhbHQ$nf65EOgLrQMR", "t=11"},
        Refused{"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$nf65EOgLrQMR", "p=2"},
        Refused{"$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgLrQMR", "damaged"},
        Refused{"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ", "cut off"},
        Refused{"$argon2id$v=19$", "cut off"},
        Refused{std::string(kMaxHashBytes + 1, 'x'), "longer"}));

}  // namespace
}  // namespace weft::services
