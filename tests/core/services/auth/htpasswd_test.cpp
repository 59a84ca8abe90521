// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/htpasswd.h"

#include "core/base/file.h"
#include "core/services/auth/authenticator.h"
#include "core/services/auth/htpasswd_authenticator.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::services {
namespace {

using namespace std::chrono_literals;
using crypto::SecretBytes;
using ::testing::HasSubstr;
using ::testing::Not;

/// "correct horse", the cheapest bcrypt.
const std::string kHash = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
/// "correct horse" as well.
const std::string kOther =
    "$argon2id$v=19$m=8,t=1,p=1$mWDRO9TLTN2S+bNZ7UZkMg$eS1nlVYC9+p+lZwCG679BYFn3pu3R771EP2PXd1TIjg";

TEST(Htpasswd, ReadsUsersAndPassesOverTheRest) {
    const auto file =
        Htpasswd::parse("# people\n\nbravo:" + kHash + "\r\ncharlie d\xC3\xA9:" + kOther);

    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->size(), 2U);
    ASSERT_NE(file->hashOf("bravo"), nullptr);
    EXPECT_EQ(*file->hashOf("bravo"), kHash);
    EXPECT_EQ(*file->hashOf("charlie d\xC3\xA9"), kOther);
    EXPECT_EQ(file->hashOf("brav"), nullptr);
    EXPECT_EQ(file->hashOf("# people"), nullptr);
    EXPECT_NE(file->anyHash(7), nullptr);
    EXPECT_EQ(Htpasswd::parse("")->anyHash(7), nullptr);
}

TEST(Htpasswd, NamesTheLineThatItDoesNotTakeAndShowsNoHash) {
    for (const auto& [text, says] : std::vector<std::pair<std::string, std::string>>{
             {"bravo:" + kHash + "\nmallory:secret word\n", "line 2: this is neither"},
             {"bravo\n", "line 1 has no ':'"},
             {":" + kHash, "line 1: a user name has"},
             {"a\tb:" + kHash, "line 1: a user name is"},
             {"\xff:" + kHash, "line 1: a user name is"},
             {std::string(254, 'a') + ":" + kHash, "line 1: a user name has"},
             {"\n\nbravo:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "line 3: SHA-1"},
             {"bravo:" + kHash + "\nbravo:" + kHash, "bravo is there twice"}}) {
        const auto file = Htpasswd::parse(text);

        EXPECT_EQ(file.status().code(), StatusCode::kInvalidArgument) << text;
        EXPECT_THAT(messageOf(file.status()), HasSubstr(says));
        EXPECT_THAT(messageOf(file.status()), Not(HasSubstr("secret word")));
        EXPECT_THAT(messageOf(file.status()), Not(HasSubstr("W6ph5")));
    }
}

TEST(Htpasswd, HoldsItsCaps) {
    std::string text;
    for (std::size_t i = 0; i < Htpasswd::kMaxUsers; ++i) {
        text += "u" + std::to_string(i) + ":" + kHash + "\n";
    }
    EXPECT_TRUE(Htpasswd::parse(text).ok());
    EXPECT_EQ(
        Htpasswd::parse(text + "more:" + kHash).status().code(), StatusCode::kResourceExhausted);
    EXPECT_TRUE(Htpasswd::parse(std::string(Htpasswd::kMaxFileBytes, '\n')).ok());
    EXPECT_EQ(
        Htpasswd::parse(std::string(Htpasswd::kMaxFileBytes + 1, '\n')).status().code(),
        StatusCode::kResourceExhausted);
}

TEST(Htpasswd, ReplacesOneLineAndKeepsTheOthers) {
    const std::string rest = "# people\nold:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n";

    const auto added = Htpasswd::withUser(rest + "last:" + kHash, "bravo", kOther);
    ASSERT_TRUE(added.ok());
    EXPECT_EQ(*added, rest + "last:" + kHash + "\nbravo:" + kOther + "\n");
    const auto replaced = Htpasswd::withUser(*added + "bravo:again\n", "bravo", kHash);
    EXPECT_EQ(*replaced, rest + "last:" + kHash + "\nbravo:" + kHash + "\n");
    EXPECT_EQ(*Htpasswd::withUser("", "bravo", kHash), "bravo:" + kHash + "\n");
    EXPECT_EQ(
        Htpasswd::withUser("", "br:avo", kHash).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        Htpasswd::withUser("", "#bravo", kHash).status().code(), StatusCode::kInvalidArgument);
}

class HtpasswdAuthenticatorTest : public ::testing::Test {
protected:
    Status write(const std::string& text, unsigned mode = base::kPrivateFileMode) {
        return base::writeFileAtomically(path_, text, mode);
    }
    StatusOr<std::string> login(const std::string& name, const std::string& password) {
        return authenticator_->identityOf(
            {Credentials::Scheme::Basic, name, SecretBytes(password)});
    }
    Status open() {
        auto opened = HtpasswdAuthenticator::open(path_, clock_);
        if (opened.ok()) {
            authenticator_ = *std::move(opened);
        }
        return opened.status();
    }

    tests::TempDir folder_;
    const std::filesystem::path path_ = folder_.path() / "htpasswd";
    tests::FakeClock clock_;
    std::unique_ptr<HtpasswdAuthenticator> authenticator_;
};

TEST_F(HtpasswdAuthenticatorTest, LetsInWhoIsInTheFileWithTheRightPassword) {
    ASSERT_TRUE(write("bravo:" + kHash + "\ncharlie:" + kOther + "\n").ok());
    ASSERT_TRUE(open().ok());

    EXPECT_EQ(*login("bravo", "correct horse"), "bravo");
    EXPECT_EQ(*login("charlie", "correct horse"), "charlie");
    EXPECT_EQ(login("bravo", "battery staple").status(), wrongCredentials());
    EXPECT_EQ(login("delta", "correct horse").status(), wrongCredentials());
    EXPECT_EQ(login("Bravo", "correct horse").status(), wrongCredentials());
}

TEST_F(HtpasswdAuthenticatorTest, LetsNobodyInByAnEmptyFile) {
    ASSERT_TRUE(write("").ok());
    ASSERT_TRUE(open().ok());

    EXPECT_EQ(login("delta", "correct horse").status(), wrongCredentials());
}

TEST_F(HtpasswdAuthenticatorTest, FollowsTheFileASecondLater) {
    ASSERT_TRUE(write("bravo:" + kHash + "\n").ok());
    ASSERT_TRUE(open().ok());
    const auto before = authenticator_->generation();

    ASSERT_TRUE(write("charlie:" + kHash + "\n").ok());
    EXPECT_TRUE(login("bravo", "correct horse").ok());
    clock_.advance(1s);

    EXPECT_NE(authenticator_->generation(), before);
    EXPECT_EQ(login("bravo", "correct horse").status(), wrongCredentials());
    EXPECT_TRUE(login("charlie", "correct horse").ok());
}

TEST_F(HtpasswdAuthenticatorTest, LetsNobodyInWhileTheFileIsBad) {
    ASSERT_TRUE(write("bravo:" + kHash + "\n").ok());
    ASSERT_TRUE(open().ok());

    for (const bool gone : {false, true}) {
        if (gone) {
            std::filesystem::remove(path_);
        } else {
            ASSERT_TRUE(write("bravo:" + kHash + "\ncharlie:plain\n").ok());
        }
        clock_.advance(1s);
        const auto status = login("bravo", "correct horse").status();
        EXPECT_EQ(status.code(), StatusCode::kUnavailable);
        EXPECT_THAT(messageOf(status), Not(HasSubstr("htpasswd"))) << "a caller learns no path";
    }
    ASSERT_TRUE(write("bravo:" + kHash + "\n").ok());
    clock_.advance(1s);

    EXPECT_TRUE(login("bravo", "correct horse").ok());
}

TEST_F(HtpasswdAuthenticatorTest, DoesNotStartWithAFileThatIsNoGood) {
    EXPECT_EQ(open().code(), StatusCode::kNotFound);
    ASSERT_TRUE(write("bravo:plain\n").ok());
    EXPECT_EQ(open().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(open()), HasSubstr(path_.string()));
    ASSERT_TRUE(write("bravo:" + kHash + "\n", 0666).ok());
    EXPECT_EQ(open().code(), StatusCode::kFailedPrecondition);
    ASSERT_TRUE(write("bravo:" + kHash + "\n", 0644).ok());
    EXPECT_TRUE(open().ok());
}

}  // namespace
}  // namespace weft::services
