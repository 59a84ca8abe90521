// SPDX-License-Identifier: Apache-2.0
#include "core/services/enrolment/enrolment_client.h"

#include "tests/core/services/link_harness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::tests {
namespace {

using services::LinkOptions;
using ::testing::HasSubstr;

class Enrolling : public ::testing::Test {
protected:
    mesh::InvitationCode code(const std::vector<std::string>& addresses) const {
        return {
            "invitation-1",
            fixture_.enrolment.expectedSecret,
            fingerprintOf(fixture_.authority.pem()),
            std::chrono::system_clock::now() + std::chrono::hours(1),
            addresses};
    }

    StatusOr<mesh::EnrolGrant> enrol(const mesh::InvitationCode& with) {
        mesh::EnrolParams params;
        params.nodeId = mesh::NodeId("charlie");
        params.publicKey = joinParamsOf("charlie").publicKey;
        params.certificateRequestPem = *crypto::makeCertificateRequest(key_, {"charlie", {}, {}});
        params.routes = {*net::IpPrefix::parse("10.9.0.0/24"), *net::IpPrefix::parse("fd09::/48")};
        std::unique_ptr<services::Enroller> enroller;
        auto grant = fixture_.await<StatusOr<mesh::EnrolGrant>>([&](const auto& done) {
            enroller = std::make_unique<services::Enroller>(fixture_.loop);
            enroller->enrol(with, params, done);
        });
        fixture_.onLoop([&] { enroller.reset(); });
        return grant;
    }

    ServerFixture fixture_;
    crypto::SecretBytes key_ = *crypto::generateTlsKey();
};

TEST_F(Enrolling, TurnsACodeIntoACertificate) {
    const auto grant = enrol(code({fixture_.address().toString()}));

    ASSERT_TRUE(grant.ok()) << toString(grant.status());
    EXPECT_EQ(grant->nodeId.value(), "charlie");
    EXPECT_EQ(crypto::inspectCertificate(grant->certificatePem)->commonName, "charlie");
    EXPECT_EQ(fixture_.enrolment.lastEnrol->invitationId, "invitation-1");
    EXPECT_EQ(fixture_.enrolment.lastEnrol->routes.size(), 2U);
    LinkOptions options = fixture_.linkOptionsAs("");
    options.identity = {grant->certificatePem, key_.clone()};
    LinkHarness harness(fixture_, std::move(options), fixture_.address());
    EXPECT_TRUE(harness
                    .ask<mesh::JoinGrant>([](auto& link, auto done) {
                        link.join(joinParamsOf("charlie"), std::move(done));
                    })
                    .ok());
}

TEST_F(Enrolling, TriesTheNextAddress) {
    std::uint16_t gone = 0;
    {
        const ServerFixture other;
        gone = other.server->port();
    }

    const auto grant =
        enrol(code({net::HostPort{"127.0.0.1", gone}.toString(), fixture_.address().toString()}));

    EXPECT_TRUE(grant.ok()) << toString(grant.status());
}

TEST_F(Enrolling, TellsTheSecretToNoOtherServer) {
    ServerFixture impostor;

    const auto grant = enrol(code({impostor.address().toString()}));

    EXPECT_EQ(grant.status().code(), StatusCode::kUnauthenticated);
    EXPECT_FALSE(impostor.enrolment.lastEnrol.has_value());
}

TEST_F(Enrolling, ReportsWhatTheServerSays) {
    auto forged = code({fixture_.address().toString()});
    forged.secret = "another secret..";

    const auto grant = enrol(forged);

    EXPECT_EQ(grant.status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(messageOf(grant.status()), HasSubstr("was not made here"));
}

TEST_F(Enrolling, RefusesAnExpiredOrEmptyCode) {
    auto old = code({fixture_.address().toString()});
    old.expiresAt = std::chrono::system_clock::now() - std::chrono::seconds(1);

    EXPECT_EQ(enrol(old).status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(enrol(code({})).status().code(), StatusCode::kInvalidArgument);
    EXPECT_FALSE(fixture_.enrolment.lastEnrol.has_value());
}

TEST_F(Enrolling, RefusesACertificateOfAnotherAuthority) {
    const TestAuthority other("another");
    fixture_.onLoop([&] { fixture_.enrolment.authority = &other.authority(); });

    EXPECT_EQ(enrol(code({fixture_.address().toString()})).status().code(), StatusCode::kDataLoss);
}

TEST_F(Enrolling, ServesAdministrators) {
    ASSERT_TRUE(fixture_.joinDirectly("delta").ok());
    std::unique_ptr<services::EnrolmentClient> client;
    fixture_.onLoop([&] {
        client = *services::EnrolmentClient::create(
            fixture_.address(), fixture_.linkOptionsAs("boss"), fixture_.loop);
    });
    mesh::InvitationParams params;
    params.nodeId = mesh::NodeId("delta");
    params.note = "for the attic";
    params.lifetime = std::chrono::hours(1);

    const auto made = fixture_.await<StatusOr<mesh::NewInvitation>>(
        [&](const auto& done) { client->invite(params, done); });
    const auto list = fixture_.await<StatusOr<std::vector<mesh::InvitationRecord>>>(
        [&](const auto& done) { client->list(done); });
    const auto revoked =
        fixture_.await<Status>([&](const auto& done) { client->revoke("invitation-1", done); });
    const auto released = fixture_.await<Status>(
        [&](const auto& done) { client->releaseNode(mesh::NodeId("delta"), done); });
    const auto renewed = fixture_.await<StatusOr<mesh::EnrolGrant>>([&](const auto& done) {
        client->renew(*crypto::makeCertificateRequest(key_, {"boss", {}, {}}), done);
    });

    ASSERT_TRUE(made.ok()) << toString(made.status());
    EXPECT_EQ(made->record.note, "for the attic");
    EXPECT_EQ(made->record.createdBy, "boss");
    EXPECT_EQ(made->code.secret, fixture_.enrolment.expectedSecret);
    ASSERT_TRUE(list.ok());
    EXPECT_EQ(list->at(0).state, mesh::InvitationRecord::State::Used);
    EXPECT_EQ(list->at(0).usedBy, "bravo");
    EXPECT_TRUE(revoked.ok());
    EXPECT_EQ(fixture_.enrolment.lastRevoked, "invitation-1");
    EXPECT_TRUE(released.ok()) << toString(released);
    ASSERT_TRUE(renewed.ok()) << toString(renewed.status());
    EXPECT_EQ(crypto::inspectCertificate(renewed->certificatePem)->commonName, "boss");
    fixture_.onLoop([&] { client.reset(); });
}

}  // namespace
}  // namespace weft::tests
