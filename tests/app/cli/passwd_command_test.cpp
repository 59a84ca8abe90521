// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/services/auth/htpasswd.h"
#include "core/services/auth/password_hash.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class Passwd : public testing::Test {
protected:
    Result run(const std::string& user, const std::string& input) {
        // No daemon: the command works without one.
        Weftctl weftctl("lost");
        weftctl.input = input;
        return weftctl.run({"passwd", path_.string(), user});
    }
    std::string read() const { return *base::readFile(path_, services::Htpasswd::kMaxFileBytes); }

    tests::TempDir folder_;
    const std::filesystem::path path_ = folder_.path() / "htpasswd";
};

TEST_F(Passwd, MakesAFileForItsOwnerWithAHashOfThePassword) {
    const Result result = run("bravo", "correct horse\n");

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "bravo\n");
    const auto file = services::Htpasswd::parse(read());
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE(
        services::matchesHash(*file->hashOf("bravo"), crypto::SecretBytes("correct horse")));
    EXPECT_THAT(*file->hashOf("bravo"), testing::StartsWith("$argon2id$"));
    EXPECT_EQ(base::readFileWithOwner(path_, 1 << 20)->mode, base::kPrivateFileMode);
}

TEST_F(Passwd, ReplacesOneLineAndKeepsOthersAndTheMode) {
    const std::string old = "# people\nold:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n";
    ASSERT_TRUE(base::writeFileAtomically(path_, old, 0640).ok());

    EXPECT_EQ(run("bravo", "correct horse\n").code, kExitOk);
    const std::string first = read();
    const Result second = run("bravo", "battery staple\n");

    EXPECT_THAT(read(), testing::StartsWith(old));
    EXPECT_NE(read(), first);
    EXPECT_EQ(read().find("bravo:"), read().rfind("bravo:"));
    EXPECT_EQ(base::readFileWithOwner(path_, 1 << 20)->mode, 0640U);
    EXPECT_THAT(second.err, HasSubstr("line 2: SHA-1"));
}

TEST_F(Passwd, ChangesNothingWithoutAGoodNameAndPassword) {
    for (const auto& [user, input] : std::vector<std::pair<std::string, std::string>>{
             {"br:avo", "correct horse\n"},
             {"bravo", ""},
             {"bravo", "\n"},
             {"bravo", "p\xC3\xA4ssword\n"},
             {"bravo", std::string(2000, 'x') + "\n"}}) {
        const Result result = run(user, input);

        EXPECT_NE(result.code, kExitOk) << user;
        EXPECT_THAT(result.err, Not(HasSubstr("horse")));
        EXPECT_FALSE(std::filesystem::exists(path_));
    }
}

}  // namespace
}  // namespace weft::cli
