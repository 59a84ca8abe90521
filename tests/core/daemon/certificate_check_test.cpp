// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/certificate_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using local::v1::CheckItem;
using local::v1::Connection;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr WallTime kNow{std::chrono::hours(24 * 365 * 50)};

Connection checked(std::chrono::hours left, CertificateSource source) {
    Connection state;
    state.set_state(Connection::STATE_CONNECTED);
    addCertificateCheck(state, kNow + left, source, kNow);
    return state;
}

TEST(CertificateCheckTest, AGoodOneIsNoProblemWhereverItIsFrom) {
    for (const auto source :
         {CertificateSource::Itself, CertificateSource::Mesh, CertificateSource::Files}) {
        const auto state = checked(24h * 14, source);

        EXPECT_EQ(state.state(), Connection::STATE_CONNECTED);
        EXPECT_EQ(state.problems_size(), 0);
        ASSERT_EQ(state.checklist_size(), 1);
        EXPECT_EQ(state.checklist(0).state(), CheckItem::STATE_OK);
        EXPECT_EQ(state.checklist(0).text(), "Good for 14 days");
    }
}

TEST(CertificateCheckTest, OneThatEndsSoonMakesTheConnectionDegraded) {
    const auto state = checked(23h, CertificateSource::Mesh);

    EXPECT_EQ(state.state(), Connection::STATE_DEGRADED);
    EXPECT_EQ(state.checklist(0).state(), CheckItem::STATE_WARN);
    EXPECT_EQ(state.checklist(0).text(), "It ends in 23 hours");
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(state.problems(0).remedy(), HasSubstr("a member that gives out certificates"));
}

TEST(CertificateCheckTest, NobodyRenewsWhatTheSettingsNameButWhoRunsTheNode) {
    for (const auto left : {23h, -1h}) {
        const auto state = checked(left, CertificateSource::Files);

        ASSERT_EQ(state.problems_size(), 1);
        EXPECT_THAT(state.problems(0).text(), Not(HasSubstr("renewed")));
        EXPECT_THAT(
            state.problems(0).remedy(),
            AllOf(
                HasSubstr("Replace the certificate that the settings name"),
                Not(HasSubstr("member")),
                Not(HasSubstr("invitation"))));
    }
}

TEST(CertificateCheckTest, WhoKeepsTheAuthorityIsSentToItsLog) {
    for (const auto left : {23h, -1h}) {
        const auto state = checked(left, CertificateSource::Itself);

        ASSERT_EQ(state.problems_size(), 1);
        EXPECT_THAT(state.problems(0).remedy(), HasSubstr("The log says why"));
    }
}

TEST(CertificateCheckTest, AnEnrolledNodeWhoseCertificateHasExpiredNeedsAnInvitation) {
    const auto state = checked(-1h, CertificateSource::Mesh);

    EXPECT_EQ(state.checklist(0).state(), CheckItem::STATE_FAILED);
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(state.problems(0).remedy(), HasSubstr("new invitation"));
}

TEST(CertificateCheckTest, WithoutACertificateTheLineIsOff) {
    Connection state;

    addCertificateCheck(state, std::nullopt, CertificateSource::Files, kNow);

    EXPECT_EQ(state.checklist(0).state(), CheckItem::STATE_OFF);
    EXPECT_FALSE(state.has_certificate_expires_at());
}

}  // namespace
}  // namespace weft::daemon
