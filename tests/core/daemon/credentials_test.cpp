// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/credentials.h"

#include "core/base/file.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

class CredentialsTest : public ::testing::Test {
protected:
    WallTime now() const { return clock_.wallNow(); }

    tests::TempDir folder_;
    tests::FakeClock clock_;
};

TEST_F(CredentialsTest, TheAuthorityIsMadeOnceAndThenRead) {
    const auto made = loadOrCreateAuthority(folder_.path(), "home.internal.", false, now());
    const auto read = loadOrCreateAuthority(folder_.path(), "home.internal.", true, now());

    ASSERT_TRUE(made.ok()) << made.status();
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(made->info().fingerprint, read->info().fingerprint);
}

TEST_F(CredentialsTest, AMissingAuthorityOfAMeshThatExistsIsNeverReplaced) {
    const auto missing = loadOrCreateAuthority(folder_.path(), "home.internal.", true, now());

    EXPECT_EQ(missing.status().code(), StatusCode::kDataLoss);
    EXPECT_FALSE(std::filesystem::exists(folder_ / kAuthorityKeyFile));
}

TEST_F(CredentialsTest, HalfAnAuthorityIsAnErrorAndStays) {
    ASSERT_TRUE(loadOrCreateAuthority(folder_.path(), "home.internal.", false, now()).ok());
    std::filesystem::remove(folder_ / kAuthorityKeyFile);

    const auto half = loadOrCreateAuthority(folder_.path(), "home.internal.", false, now());

    EXPECT_EQ(half.status().code(), StatusCode::kDataLoss);
    EXPECT_TRUE(std::filesystem::exists(folder_ / kAuthorityFile));
}

TEST_F(CredentialsTest, TheServersCertificateIsKeptUntilTwoThirdsOfItsLifeAreOver) {
    const auto authority = loadOrCreateAuthority(folder_.path(), "home.internal.", false, now());
    ASSERT_TRUE(authority.ok());
    const auto names = serverNames("alpha", "home.internal.", {"10.0.0.1", "node.example:8443"});
    const auto first = loadOrIssueIdentity(folder_.path(), *authority, names, now());
    ASSERT_TRUE(first.ok()) << first.status();
    const auto info = crypto::inspectCertificate(first->certificatePem);
    EXPECT_THAT(info->dnsNames, Contains("storage.home.internal"));
    EXPECT_THAT(info->dnsNames, Contains("node.example"));
    EXPECT_THAT(info->ipAddresses, Contains("10.0.0.1"));

    clock_.advance(24h * 50);
    const auto kept = loadOrIssueIdentity(folder_.path(), *authority, names, now());
    clock_.advance(24h * 20);
    const auto renewed = loadOrIssueIdentity(folder_.path(), *authority, names, now());

    EXPECT_EQ(kept->certificatePem, first->certificatePem);
    EXPECT_NE(renewed->certificatePem, first->certificatePem);
    EXPECT_GT(*endOf(*renewed), *endOf(*first));
}

TEST_F(CredentialsTest, NewNamesNeedANewCertificate) {
    const auto authority = loadOrCreateAuthority(folder_.path(), "home.internal.", false, now());
    const auto first = loadOrIssueIdentity(
        folder_.path(), *authority, serverNames("alpha", "home.internal.", {}), now());

    const auto second = loadOrIssueIdentity(
        folder_.path(),
        *authority,
        serverNames("alpha", "home.internal.", {"node.example"}),
        now());

    EXPECT_NE(first->certificatePem, second->certificatePem);
}

TEST_F(CredentialsTest, NewAddressesNeedANewCertificateAndTheSameInOtherWordsDoNot) {
    const auto authority = loadOrCreateAuthority(folder_.path(), "home.internal.", false, now());
    const auto issue = [this, &authority](const std::vector<std::string>& endpoints) {
        const auto names = serverNames("alpha", "home.internal.", endpoints);
        return loadOrIssueIdentity(folder_.path(), *authority, names, now()).value().certificatePem;
    };
    const auto before = issue({"192.0.2.10"});

    const auto first = issue({"192.0.2.10", "172.16.0.1", "fd00:0:0:0::0001"});
    const auto again = issue({"192.0.2.10:8443", "[FD00::1]:8443", "172.16.0.1"});

    EXPECT_NE(first, before);
    EXPECT_EQ(again, first);
    const auto info = crypto::inspectCertificate(first);
    EXPECT_THAT(info->ipAddresses, IsSupersetOf({"192.0.2.10", "172.16.0.1", "fd00::1"}));
}

TEST_F(CredentialsTest, ACertificateThatIsMissingNamesTheOptionsForIt) {
    GivenIdentity given;
    given.options = "services.api.tls-";

    EXPECT_EQ(
        messageOf(readIdentity(given).status()),
        "no certificate is set: give services.api.tls-cert-file and services.api.tls-key-file");

    given.certificateData = "garbage";
    EXPECT_EQ(
        messageOf(readIdentity(given).status()),
        "no key of the certificate is set: give services.api.tls-cert-file and "
        "services.api.tls-key-file");

    given.keyFile = folder_ / "key.pem";
    ASSERT_TRUE(base::writeFileAtomically(given.keyFile, "garbage").ok());
    EXPECT_EQ(
        messageOf(readIdentity(given).status()),
        "services.api.tls-cert-data and services.api.tls-key-file: the TLS certificate does not "
        "read as PEM");
    EXPECT_EQ(readIdentity(given).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(CredentialsTest, AMemberWithoutACertificateIsToldTheOptionsOfItsOwn) {
    ConnectionSpec spec;
    spec.tlsMode = weft::local::v1::Profile::TLS_MODE_MUTUAL;

    EXPECT_THAT(
        messageOf(linkOptionsOf(spec).status()),
        HasSubstr("give auth.mtls.cert-file and auth.mtls.key-file"));
}

}  // namespace
}  // namespace weft::daemon
