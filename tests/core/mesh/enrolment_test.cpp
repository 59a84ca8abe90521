// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/enrolment.h"

#include "core/base/text.h"
#include "core/mesh/administration.h"
#include "core/mesh/detail/attempt_limiter.h"
#include "tests/core/mesh/mesh_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::NodeId;
using State = mesh::InvitationRecord::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class EnrolmentTest : public ::testing::Test {
protected:
    EnrolmentTest() {
        auto authority = crypto::CertificateAuthority::create(
            "lab", mesh_.loop.clock().wallNow(), mesh::kAuthorityLifetime);
        authorityPem_ = authority->certificatePem();
        fingerprint_ = authority->info().fingerprint;
        enrolment_ = mesh::Enrolment::create(
            *mesh_.host, mesh_.loop, *std::move(authority), {"192.0.2.1:8443"});
        tlsKey_ = crypto::generateTlsKey().value();
    }

    template <typename Result, typename Start>
    StatusOr<Result> wait(Start start) {
        std::optional<StatusOr<Result>> answer;
        start([&answer](StatusOr<Result> result) { answer = std::move(result); });
        mesh_.settle();
        return answer ? *std::move(answer) : internalError("no answer came");
    }
    StatusOr<mesh::NewInvitation> tryInvite(
        mesh::InvitationParams params, const mesh::Caller& caller) {
        return wait<mesh::NewInvitation>(
            [&](auto done) { enrolment_->invite(std::move(params), caller, std::move(done)); });
    }
    mesh::InvitationCode invite(const std::string& nodeId = {}) {
        mesh::InvitationParams params;
        params.nodeId = NodeId(nodeId);
        auto invitation = tryInvite(params, certificateOf("alpha"));
        EXPECT_TRUE(invitation.ok()) << invitation.status();
        return invitation.ok() ? invitation->code : mesh::InvitationCode();
    }
    mesh::EnrolParams requestFor(
        const mesh::InvitationCode& code, const std::string& id, std::uint32_t number) {
        mesh::EnrolParams params;
        params.invitationId = code.invitationId;
        params.secret = code.secret;
        params.nodeId = NodeId(id);
        params.certificateRequestPem =
            crypto::makeCertificateRequest(tlsKey_, {.commonName = "ignored"}).value();
        sign(params, number);
        return params;
    }
    static void sign(mesh::EnrolParams& params, std::uint32_t number) {
        const auto key = nodeKeyOf(number);
        params.publicKey = key.publicKey();
        params.signature = key.sign(
            mesh::enrolMessage(params.invitationId, params.nodeId, params.certificateRequestPem));
    }
    StatusOr<mesh::EnrolGrant> enrol(
        const mesh::EnrolParams& params, const std::string& source = "198.51.100.9:4711") {
        return wait<mesh::EnrolGrant>([&](auto done) {
            mesh::Caller caller;
            caller.source = source;
            enrolment_->enrol(params, caller, std::move(done));
        });
    }
    std::vector<mesh::InvitationRecord> list() {
        return wait<std::vector<mesh::InvitationRecord>>(
                   [&](auto done) { enrolment_->list(certificateOf("alpha"), std::move(done)); })
            .value();
    }
    Status revoke(const std::string& id, const mesh::Caller& caller) {
        return mesh_.wait(
            [&](StatusCallback done) { enrolment_->revoke(id, caller, std::move(done)); });
    }
    StatusOr<mesh::EnrolGrant> renew(const mesh::Caller& caller, const std::string& request) {
        return wait<mesh::EnrolGrant>(
            [&](auto done) { enrolment_->renew(request, caller, std::move(done)); });
    }

    MeshFixture mesh_;
    std::string authorityPem_;
    std::string fingerprint_;
    crypto::SecretBytes tlsKey_;
    std::unique_ptr<mesh::Enrolment> enrolment_;
};

TEST_F(EnrolmentTest, TurnsACodeIntoACertificate) {
    const auto code = invite();
    const auto typed = mesh::InvitationCode::parse(code.toString());
    ASSERT_TRUE(typed.ok());
    EXPECT_EQ(base::hexEncode(typed->authorityFingerprint), fingerprint_);
    EXPECT_THAT(typed->addresses, ElementsAre("192.0.2.1:8443"));

    const auto grant = enrol(requestFor(*typed, "beta", 1));

    ASSERT_TRUE(grant.ok()) << grant.status();
    const auto certificate = crypto::inspectCertificate(grant->certificatePem);
    EXPECT_EQ(certificate->commonName, "beta");
    EXPECT_THAT(certificate->dnsNames, ElementsAre("beta", "beta.webmesh.internal"));
    EXPECT_TRUE(crypto::verifyCertificate(
                    grant->certificatePem, authorityPem_, mesh_.loop.clock().wallNow())
                    .ok());
    EXPECT_EQ(grant->authorityPem, authorityPem_);
    EXPECT_EQ(grant->meshDomain, "webmesh.internal.");
    EXPECT_TRUE(mesh_.join(joinOf("beta", 1)).ok());
    EXPECT_EQ(list().at(0).state, State::Used);
    EXPECT_EQ(list().at(0).usedBy, "beta");
}

TEST_F(EnrolmentTest, IsNotUsedUpByRoutesThatNoJoinMayBring) {
    const auto code = invite("beta");
    auto params = requestFor(code, "beta", 1);
    params.routes = {mesh_.host->info().networkIpv4};

    const auto inside = enrol(params);
    params.routes = {*net::IpPrefix::parse("10.9.0.0/24")};
    const auto notAllowed = enrol(params);

    EXPECT_EQ(inside.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(inside.status()), HasSubstr("the invitation can still be used"));
    EXPECT_THAT(messageOf(inside.status()), HasSubstr("overlaps the mesh's own network"));
    EXPECT_EQ(notAllowed.status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(list().at(0).state, State::Open);
    // The name is as free as before: also for another key.
    const auto grant = enrol(requestFor(code, "beta", 2));
    ASSERT_TRUE(grant.ok()) << grant.status();
    EXPECT_TRUE(mesh_.join(joinOf("beta", 2)).ok());
}

TEST_F(EnrolmentTest, TakesTheNameOfTheInvitationWhenNoneIsAskedFor) {
    const auto grant = enrol(requestFor(invite("gate"), "", 1));

    ASSERT_TRUE(grant.ok()) << grant.status();
    EXPECT_EQ(grant->nodeId, NodeId("gate"));
}

TEST_F(EnrolmentTest, RefusesASecondUse) {
    const auto code = invite();
    ASSERT_TRUE(enrol(requestFor(code, "beta", 1)).ok());

    const auto second = enrol(requestFor(code, "gamma", 2));

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr("used"));
    EXPECT_EQ(enrol(requestFor(code, "beta", 1)).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(EnrolmentTest, OfTwoAtTheSameTimeOneWins) {
    const auto code = invite();
    std::vector<StatusCode> codes;
    for (std::uint32_t number = 1; number <= 2; ++number) {
        enrolment_->enrol(
            requestFor(code, fmt::format("n{}", number), number),
            nobody(),
            [&codes](const StatusOr<mesh::EnrolGrant>& grant) {
                codes.push_back(grant.status().code());
            });
    }
    mesh_.settle();

    EXPECT_THAT(codes, ElementsAre(StatusCode::kOk, StatusCode::kFailedPrecondition));
}

TEST_F(EnrolmentTest, RefusesAnExpiredCode) {
    const auto code = invite();
    mesh_.loop.advance(24h + 1s);

    const auto grant = enrol(requestFor(code, "beta", 1));

    EXPECT_EQ(grant.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(grant.status()), HasSubstr("expired"));
    EXPECT_EQ(list().at(0).state, State::Expired);
}

TEST_F(EnrolmentTest, RefusesARevokedCode) {
    const auto code = invite();
    ASSERT_TRUE(revoke(code.invitationId, certificateOf("alpha")).ok());

    const auto grant = enrol(requestFor(code, "beta", 1));

    EXPECT_EQ(grant.status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(messageOf(grant.status()), HasSubstr("revoked"));
    EXPECT_TRUE(revoke(code.invitationId, certificateOf("alpha")).ok()) << "once more";
}

TEST_F(EnrolmentTest, RefusesAForgedCode) {
    auto code = invite();
    code.secret.back() = static_cast<char>(code.secret.back() ^ 1);
    const auto wrongSecret = enrol(requestFor(code, "beta", 1));
    code.invitationId = "unknown";
    const auto wrongId = enrol(requestFor(code, "beta", 1));

    EXPECT_EQ(wrongSecret.status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(wrongId.status(), wrongSecret.status()) << "nobody learns which ids exist";
    code.secret.clear();
    EXPECT_EQ(enrol(requestFor(code, "beta", 1)).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(EnrolmentTest, RefusesATakenName) {
    ASSERT_TRUE(enrol(requestFor(invite(), "beta", 1)).ok());
    ASSERT_TRUE(mesh_.join(joinOf("gamma", 2)).ok());

    std::uint32_t number = 10;
    for (const std::string name : {"beta", "gamma", "alpha", "admin"}) {
        const auto code = invite();
        const auto grant = enrol(requestFor(code, name, 3));
        EXPECT_EQ(grant.status().code(), StatusCode::kAlreadyExists) << name;
        EXPECT_TRUE(enrol(requestFor(code, "free-" + name, ++number)).ok())
            << "a refusal does not cost the code: " << grant.status();
    }
}

TEST_F(EnrolmentTest, GivesAReleasedNameToAnother) {
    ASSERT_TRUE(enrol(requestFor(invite(), "beta", 1)).ok());
    ASSERT_TRUE(mesh_.release("beta", certificateOf("alpha")).ok());

    EXPECT_TRUE(enrol(requestFor(invite(), "beta", 2)).ok());
    EXPECT_TRUE(mesh_.join(joinOf("beta", 2)).ok());
}

TEST_F(EnrolmentTest, LetsTheSameNodeEnrolAgainWithANewCode) {
    ASSERT_TRUE(enrol(requestFor(invite(), "beta", 1)).ok());

    EXPECT_TRUE(enrol(requestFor(invite(), "beta", 1)).ok());
}

TEST_F(EnrolmentTest, AnOpenInvitationGivesNoRights) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture other(Authentication::Required, bootstrap);
    auto authority = crypto::CertificateAuthority::create(
        "lab", other.loop.clock().wallNow(), mesh::kAuthorityLifetime);
    const auto enrolment =
        mesh::Enrolment::create(*other.host, other.loop, *std::move(authority), {"192.0.2.1:8443"});
    mesh::Caller process;
    process.proof = mesh::Caller::Proof::Process;
    std::vector<StatusCode> codes;
    for (const std::string name : {"", "boss"}) {
        mesh::InvitationParams params;
        params.nodeId = NodeId(name);
        mesh::InvitationCode code;
        enrolment->invite(params, process, [&code](const StatusOr<mesh::NewInvitation>& made) {
            code = made->code;
        });
        other.settle();
        enrolment->enrol(requestFor(code, "boss", 1), nobody(), [&codes](const auto& grant) {
            codes.push_back(grant.status().code());
        });
        other.settle();
    }

    EXPECT_THAT(codes, ElementsAre(StatusCode::kAlreadyExists, StatusCode::kOk));
}

TEST_F(EnrolmentTest, HoldsToTheNameOfTheInvitation) {
    EXPECT_EQ(
        enrol(requestFor(invite("gate"), "beta", 1)).status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(enrol(requestFor(invite(), "", 1)).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        enrol(requestFor(invite(), "Not A Label", 1)).status().code(),
        StatusCode::kInvalidArgument);
}

TEST_F(EnrolmentTest, WantsTheSignatureOfTheNodeKey) {
    auto request = requestFor(invite(), "beta", 1);
    request.publicKey = nodeKeyOf(2).publicKey();

    EXPECT_EQ(enrol(request).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(EnrolmentTest, RefusesAKeyThatIsInTheMeshUnderAnotherName) {
    ASSERT_TRUE(mesh_.join(joinOf("gamma", 1)).ok());

    EXPECT_EQ(enrol(requestFor(invite(), "beta", 1)).status().code(), StatusCode::kAlreadyExists);
}

TEST_F(EnrolmentTest, ABadRequestDoesNotCostTheCode) {
    const auto code = invite();
    auto request = requestFor(code, "beta", 1);
    request.certificateRequestPem = "garbage";
    sign(request, 1);
    EXPECT_EQ(enrol(request).status().code(), StatusCode::kInvalidArgument);
    request.certificateRequestPem = std::string(20'000, 'x');
    sign(request, 1);
    EXPECT_EQ(enrol(request).status().code(), StatusCode::kInvalidArgument);

    EXPECT_TRUE(enrol(requestFor(code, "beta", 1)).ok());
}

TEST_F(EnrolmentTest, LimitsAttemptsOfOneSource) {
    auto forged = invite();
    const auto good = forged;
    forged.secret = std::string(16, 'x');
    for (int attempt = 0; attempt < 10; ++attempt) {
        EXPECT_EQ(
            enrol(requestFor(forged, "beta", 1)).status().code(), StatusCode::kPermissionDenied);
    }

    EXPECT_EQ(enrol(requestFor(good, "beta", 1)).status().code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(
        enrol(requestFor(good, "beta", 1), "198.51.100.9:9").status().code(),
        StatusCode::kResourceExhausted)
        << "another port is no other source";
    mesh_.loop.advance(61s);
    EXPECT_TRUE(enrol(requestFor(good, "beta", 1)).ok());
}

TEST_F(EnrolmentTest, OnlyTheAdministratorInvites) {
    ASSERT_TRUE(mesh_.join(joinOf("beta", 1)).ok());

    EXPECT_EQ(tryInvite({}, certificateOf("beta")).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(tryInvite({}, nobody()).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(revoke("x", certificateOf("beta")).code(), StatusCode::kPermissionDenied);
    const auto listed = wait<std::vector<mesh::InvitationRecord>>(
        [&](auto done) { enrolment_->list(certificateOf("beta"), std::move(done)); });
    EXPECT_EQ(listed.status().code(), StatusCode::kPermissionDenied);
}

TEST_F(EnrolmentTest, RefusesBadInvitations) {
    std::vector<mesh::InvitationParams> bad(6);
    bad[0].nodeId = NodeId("Upper");
    bad[1].lifetime = mesh::kMaxInvitationLifetime + 1s;
    bad[2].lifetime = -1s;
    bad[3].note = std::string(257, 'x');
    bad[4].addresses = {"no port"};
    bad[5].addresses.assign(5, "a:1");

    for (const auto& params : bad) {
        EXPECT_EQ(
            tryInvite(params, certificateOf("alpha")).status().code(),
            StatusCode::kInvalidArgument);
    }
    enrolment_->setJoinAddresses({});
    EXPECT_EQ(
        tryInvite({}, certificateOf("alpha")).status().code(), StatusCode::kFailedPrecondition);
    mesh::InvitationParams taken;
    taken.nodeId = NodeId("alpha");
    EXPECT_EQ(tryInvite(taken, certificateOf("alpha")).status().code(), StatusCode::kAlreadyExists);
}

TEST_F(EnrolmentTest, KeepsOnlyADigestOfTheSecret) {
    const auto code = invite();

    const auto stored = mesh_.store->list("/weft/v1/");

    for (const auto& entry : stored->entries) {
        EXPECT_EQ(entry.value.find(code.secret), std::string::npos);
        EXPECT_EQ(entry.value.find(base::hexEncode(code.secret)), std::string::npos);
    }
}

TEST_F(EnrolmentTest, ForgetsOldInvitationsAfterAMonth) {
    const auto code = invite();
    mesh_.loop.advance(24h * 30);
    mesh_.settle();
    EXPECT_THAT(list(), SizeIs(1));

    mesh_.loop.advance(24h + 1h);
    mesh_.settle();

    EXPECT_THAT(list(), SizeIs(0));
    EXPECT_FALSE(mesh_.store->get("/weft/v1/invitation-secrets/" + code.invitationId).ok());
    EXPECT_EQ(revoke(code.invitationId, certificateOf("alpha")).code(), StatusCode::kNotFound);
}

TEST_F(EnrolmentTest, AUsedInvitationCannotBeRevoked) {
    const auto code = invite();
    ASSERT_TRUE(enrol(requestFor(code, "beta", 1)).ok());

    EXPECT_EQ(
        revoke(code.invitationId, certificateOf("alpha")).code(), StatusCode::kFailedPrecondition);
}

TEST_F(EnrolmentTest, RenewsForTheHolderUnderTheSameName) {
    const auto request = requestFor(invite(), "beta", 1);
    ASSERT_TRUE(enrol(request).ok());

    const auto grant = renew(certificateOf("beta"), request.certificateRequestPem);
    const auto own = renew(certificateOf("alpha"), request.certificateRequestPem);

    ASSERT_TRUE(grant.ok()) << grant.status();
    EXPECT_EQ(crypto::inspectCertificate(grant->certificatePem)->commonName, "beta");
    EXPECT_THAT(
        crypto::inspectCertificate(own->certificatePem)->dnsNames,
        ElementsAre("alpha", "alpha.webmesh.internal", "storage.webmesh.internal"));
    EXPECT_EQ(
        renew(nobody(), request.certificateRequestPem).status().code(),
        StatusCode::kUnauthenticated);
    EXPECT_EQ(
        renew(certificateOf("stranger"), request.certificateRequestPem).status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(renew(certificateOf("beta"), "x").status().code(), StatusCode::kInvalidArgument);
}

TEST_F(EnrolmentTest, RenewsForNobodyOnTheWordOfAProxy) {
    const auto request = requestFor(invite(), "beta", 1);
    ASSERT_TRUE(enrol(request).ok());
    auto caller = certificateOf("beta");
    caller.proxiedBy = NodeId("gamma");

    EXPECT_EQ(
        renew(caller, request.certificateRequestPem).status().code(), StatusCode::kUnauthenticated);
}

TEST_F(EnrolmentTest, NeitherEnrolsNorRenewsForANodeThatWasRemoved) {
    const auto early = requestFor(invite(), "beta", 1);
    ASSERT_TRUE(enrol(early).ok());
    ASSERT_TRUE(mesh_.join(joinOf("beta", 1)).ok());
    const auto administration = mesh::Administration::create(*mesh_.host, mesh_.loop, nullptr);
    ASSERT_TRUE(wait<mesh::WriteReport>([&](auto done) {
                    administration->removeNode(
                        NodeId("beta"), "lost", certificateOf("alpha"), std::move(done));
                }).ok());

    const auto sameName = enrol(requestFor(invite(), "beta", 2));
    const auto sameKey = enrol(requestFor(invite(), "gamma", 1));
    const auto renewed = renew(certificateOf("beta"), early.certificateRequestPem);

    EXPECT_EQ(sameName.status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(sameKey.status().code(), StatusCode::kPermissionDenied) << "under another name";
    EXPECT_EQ(renewed.status().code(), StatusCode::kPermissionDenied);
    ASSERT_TRUE(mesh_
                    .wait([&](StatusCallback done) {
                        administration->readmitNode(
                            NodeId("beta"), certificateOf("alpha"), std::move(done));
                    })
                    .ok());
    EXPECT_TRUE(enrol(requestFor(invite(), "beta", 1)).ok());
}

TEST_F(EnrolmentTest, SurvivesARestartOfTheServer) {
    const auto code = invite();
    enrolment_.reset();
    ASSERT_TRUE(mesh_.reopen(MeshFixture::options(Authentication::Required, {})).ok());
    auto authority = crypto::CertificateAuthority::create(
        "lab", mesh_.loop.clock().wallNow(), mesh::kAuthorityLifetime);
    enrolment_ =
        mesh::Enrolment::create(*mesh_.host, mesh_.loop, *std::move(authority), {"192.0.2.1:8443"});

    EXPECT_TRUE(enrol(requestFor(code, "beta", 1)).ok());
}

TEST(EnrolmentNames, OfStorageServers) {
    EXPECT_EQ(mesh::storageServerName("lab.internal."), "storage.lab.internal");
    EXPECT_THAT(
        mesh::certificateNames(NodeId("odd name"), "lab.internal.", false).dnsNames,
        ::testing::IsEmpty());
    EXPECT_THAT(
        mesh::certificateNames(NodeId("storage"), "lab.internal.", false).dnsNames,
        ::testing::IsEmpty())
        << "a node that is called so is no server";
}

TEST(AttemptLimiter, ForgetsTheOldestSourceWhenFull) {
    mesh::detail::AttemptLimiter limiter;
    const TimePoint start{};
    for (std::size_t source = 0; source <= mesh::detail::AttemptLimiter::kMaxSources; ++source) {
        limiter.noteFailure(fmt::format("{}", source), start + std::chrono::milliseconds(source));
    }

    EXPECT_EQ(limiter.sources(), mesh::detail::AttemptLimiter::kMaxSources);
}

TEST(AttemptLimiter, CountsAnIpv6NetworkAsOneSource) {
    EXPECT_EQ(
        mesh::detail::limiterSource("[2001:db8::1]:1"),
        mesh::detail::limiterSource("[2001:db8::ffff]:2"));
    EXPECT_EQ(mesh::detail::limiterSource("192.0.2.1:1"), "192.0.2.1");
    EXPECT_EQ(mesh::detail::limiterSource("[::ffff:192.0.2.1]:1"), "192.0.2.1");
    EXPECT_EQ(mesh::detail::limiterSource(std::string(100, 'x')).size(), 64U);
}

}  // namespace
}  // namespace weft::tests
