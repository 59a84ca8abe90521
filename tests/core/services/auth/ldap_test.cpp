// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/crypto/certificate.h"
#include "core/services/auth/ldap_authenticator.h"
#include "tests/core/services/auth/slapd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace weft::services {
namespace {

using crypto::SecretBytes;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Slapd;

TEST(LdapFilterValue, LeavesNothingThatAFilterReads) {
    EXPECT_EQ(ldapFilterValue("bravo7"), "bravo7");
    EXPECT_EQ(ldapFilterValue("*"), "\\2a");
    EXPECT_EQ(ldapFilterValue("a)(uid=*"), "a\\29\\28uid\\3d\\2a");
    EXPECT_EQ(ldapFilterValue(std::string("\\\0\n\xC3\xA9", 5)), "\\5c\\00\\0a\\c3\\a9");
    for (int byte = 0; byte < 256; ++byte) {
        const auto value = ldapFilterValue(std::string(1, static_cast<char>(byte)));
        EXPECT_EQ(value.find_first_of(std::string("()*\0", 4)), std::string::npos) << byte;
    }
}

LdapOptions plainOptions() {
    LdapOptions options;
    options.server = "ldaps://ldap.example";
    options.userBaseDn = Slapd::kBase;
    return options;
}

TEST(LdapOptions, NameTheKeyThatIsWrong) {
    using Change = std::function<void(LdapOptions*)>;
    for (const auto& [change, says] : std::vector<std::pair<Change, std::string>>{
             {[](auto* o) { o->server = "ldap.example"; }, "services.api.ldap.server"},
             {[](auto* o) { o->server = "http://ldap.example"; }, "services.api.ldap.server"},
             {[](auto* o) { o->server = "ldap://a ldap://b"; }, "services.api.ldap.server"},
             {[](auto* o) { o->userBaseDn = ""; }, "user-base-dn"},
             {[](auto* o) { o->userIdAttribute = "uid)(x"; }, "user-id-attribute"},
             {[](auto* o) { o->userIdAttribute = ""; }, "user-id-attribute"},
             {[](auto* o) { o->nodeIdAttribute = "a b"; }, "node-id-attribute"},
             {[](auto* o) { o->userStatusAttribute = "state"; }, "user-disabled-value"},
             {[](auto* o) { o->bindDn = "cn=searcher"; }, "bind-password"}}) {
        auto options = plainOptions();
        change(&options);

        const auto made = LdapAuthenticator::create(std::move(options));

        EXPECT_EQ(made.status().code(), StatusCode::kInvalidArgument) << says;
        EXPECT_THAT(messageOf(made.status()), HasSubstr(says));
    }
    auto options = plainOptions();
    options.caFile = "/nowhere/ca.crt";
    EXPECT_EQ(LdapAuthenticator::create(std::move(options)).status().code(), StatusCode::kNotFound);
    EXPECT_TRUE(LdapAuthenticator::create(plainOptions()).ok());
}

/// Asks a real directory.
class LdapLogin : public ::testing::Test {
protected:
    void SetUp() override {
        if (!Slapd::isInstalled()) {
            GTEST_SKIP() << "slapd is not installed (scripts/setup test)";
        }
        directory_.emplace();
        ASSERT_TRUE(directory_->isUp());
    }
    LdapOptions options(const std::string& server) const {
        LdapOptions options;
        options.server = server;
        options.caFile = directory_->authorityFile();
        options.bindDn = Slapd::kSearcher;
        options.bindPassword = SecretBytes(std::string_view(Slapd::kSearcherPassword));
        options.userBaseDn = Slapd::kBase;
        return options;
    }
    static StatusOr<std::string> login(
        LdapOptions options, const std::string& name, std::string_view password) {
        auto made = LdapAuthenticator::create(std::move(options));
        return made.ok()
                   ? (*made)->identityOf({Credentials::Scheme::Ldap, name, SecretBytes(password)})
                   : StatusOr<std::string>(made.status());
    }

    std::optional<Slapd> directory_;
};

TEST_F(LdapLogin, GoesOverTlsStartTlsAndTheLocalSocket) {
    for (const auto& server :
         {directory_->tlsUri(), directory_->plainUri(), directory_->localUri()}) {
        EXPECT_EQ(login(options(server), "bravo", "correct horse").value_or("none"), "bravo")
            << server;
        EXPECT_EQ(login(options(server), "bravo", "battery").status(), wrongCredentials());
    }
}

TEST_F(LdapLogin, TakesTheIdentityFromItsAttribute) {
    auto wanted = options(directory_->tlsUri());
    wanted.nodeIdAttribute = "employeeNumber";
    auto missing = options(directory_->tlsUri());
    missing.nodeIdAttribute = "employeeNumber";

    EXPECT_EQ(login(std::move(wanted), "bravo", "correct horse").value_or("nobody"), "node-bravo");
    EXPECT_EQ(login(std::move(missing), "frozen", "correct horse").status(), wrongCredentials());
}

TEST_F(LdapLogin, TakesTheNameAsTheDirectoryWritesIt) {
    EXPECT_EQ(
        login(options(directory_->tlsUri()), "BRAVO", "correct horse").value_or("nobody"), "bravo");
}

TEST_F(LdapLogin, AnswersEverybodyElseTheSame) {
    auto withState = [this] {
        auto made = options(directory_->tlsUri());
        made.userStatusAttribute = "employeeType";
        made.userDisabledValue = "disabled";
        return made;
    };

    EXPECT_TRUE(login(withState(), "bravo", "correct horse").ok());
    for (const char* name : {"frozen", "nobody", "eve", "*", "b*", "bravo)(uid=*", "\\62ravo"}) {
        EXPECT_EQ(login(withState(), name, "correct horse").status(), wrongCredentials()) << name;
    }
    for (const char* name : {"bravo", "frozen", "nobody"}) {
        EXPECT_EQ(login(withState(), name, "").status(), wrongCredentials()) << name;
    }
}

TEST_F(LdapLogin, FindsANameThatLooksLikeAFilter) {
    const std::string name = R"(a*)(uid=\\b)";

    EXPECT_EQ(login(options(directory_->tlsUri()), name, "correct horse").value_or("nobody"), name);
}

TEST_F(LdapLogin, SendsNothingToAServerOfAnotherAuthority) {
    const tests::TempDir folder;
    const auto other = crypto::CertificateAuthority::create(
        "another", std::chrono::system_clock::now(), std::chrono::hours(24));
    ASSERT_TRUE(base::writeFileAtomically(folder.path() / "ca.crt", other->certificatePem()).ok());
    for (const auto& server : {directory_->tlsUri(), directory_->plainUri()}) {
        auto wrong = options(server);
        wrong.caFile = folder.path() / "ca.crt";
        auto system = options(server);
        system.caFile.clear();

        EXPECT_EQ(
            login(std::move(wrong), "bravo", "correct horse").status().code(),
            StatusCode::kUnavailable);
        EXPECT_EQ(
            login(std::move(system), "bravo", "correct horse").status().code(),
            StatusCode::kUnavailable);
    }
}

TEST_F(LdapLogin, TellsNobodyWhyTheDirectoryCannotBeAsked) {
    auto wrongSearcher = options(directory_->tlsUri());
    wrongSearcher.bindPassword = SecretBytes("wrong");
    const auto away = [this] {
        auto made = options("ldapi://%2Fnowhere%2Fsocket");
        return made;
    };

    const auto refused = login(std::move(wrongSearcher), "bravo", "correct horse").status();
    const auto gone = login(away(), "bravo", "correct horse").status();

    EXPECT_EQ(refused.code(), StatusCode::kUnavailable);
    EXPECT_EQ(gone, refused);
    EXPECT_THAT(messageOf(gone), Not(HasSubstr("nowhere")));
}

TEST_F(LdapLogin, WaitsNoLongerThanItsLimit) {
    auto slow = options(directory_->localUri());
    slow.timeout = std::chrono::seconds(1);
    directory_->freeze();
    const auto start = std::chrono::steady_clock::now();

    const auto status = login(std::move(slow), "bravo", "correct horse").status();

    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace weft::services
