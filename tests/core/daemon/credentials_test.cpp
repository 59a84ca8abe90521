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

}  // namespace
}  // namespace weft::daemon
