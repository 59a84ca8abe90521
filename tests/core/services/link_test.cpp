// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/digest.h"
#include "core/services/link/tls_probe.h"
#include "tests/core/services/demanding_server.h"
#include "tests/core/services/link_harness.h"

#include <fmt/chrono.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

namespace weft::tests {
namespace {

using services::LinkOptions;
using services::TlsMode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Link : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(fixture_.joinDirectly("bravo").ok());
        fixture_.allow(
            "bravo",
            mesh::policy::Resource::PubSub,
            {mesh::policy::Verb::Put, mesh::policy::Verb::Get});
    }
    ServerFixture fixture_;
};

TEST_F(Link, JoinsUpdatesAndLeaves) {
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("charlie"), fixture_.address());

    const auto grant = harness.ask<mesh::JoinGrant>(
        [](auto& link, auto done) { link.join(joinParamsOf("charlie"), std::move(done)); });
    ASSERT_TRUE(grant.ok()) << toString(grant.status());
    EXPECT_EQ(grant->meshDomain, "webmesh.internal.");
    EXPECT_TRUE(grant->addressIpv4.has_value());
    ASSERT_EQ(grant->peers.peers.size(), 1U);
    EXPECT_EQ(grant->peers.peers[0].node.id.value(), "alpha");

    mesh::UpdateParams change;
    change.id = mesh::NodeId("charlie");
    change.zone = "attic";
    EXPECT_TRUE(
        harness.tell([&](auto& link, auto done) { link.update(change, std::move(done)); }).ok());
    EXPECT_TRUE(harness
                    .tell([&](auto& link, auto done) {
                        link.leave(mesh::NodeId("charlie"), std::move(done));
                    })
                    .ok());
}

TEST_F(Link, CarriesTheProofOfAKeyChange) {
    const auto oldKey = crypto::NodeKey::fromSeed(crypto::sha256("bravo"));
    const auto newKey = crypto::NodeKey::generate();
    mesh::JoinParams params = joinParamsOf("bravo");
    params.publicKey = newKey->publicKey();
    params.keyChangeTime = std::chrono::time_point_cast<WallTime::duration>(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    std::string identity;
    fixture_.onLoop([&] { identity = fixture_.host->info().identity; });
    params.keyChangeSignature = oldKey->sign(
        mesh::keyChangeMessage(identity, params.id, params.publicKey, *params.keyChangeTime));
    // Without a certificate of bravo's, in an open mesh, the signature is what counts; here the
    // caller is bravo, and the server must at least read the headers without complaint.
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());

    const auto grant = harness.ask<mesh::JoinGrant>(
        [&](auto& link, auto done) { link.join(params, std::move(done)); });

    EXPECT_TRUE(grant.ok()) << toString(grant.status());
}

TEST_F(Link, ReadsAndPublishes) {
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());
    const auto publish = [&](const storage::Put& put) {
        return harness.tell([&](auto& link, auto done) { link.publish(put, std::move(done)); });
    };
    ASSERT_TRUE(publish({"x/a", "1", std::nullopt}).ok());
    ASSERT_TRUE(publish({"x/b", "2", std::chrono::hours(1)}).ok());

    const auto value =
        harness.ask<std::string>([](auto& link, auto done) { link.get("x/a", std::move(done)); });
    const auto missing =
        harness.ask<std::string>([](auto& link, auto done) { link.get("x/c", std::move(done)); });
    const auto keys = harness.ask<std::vector<std::string>>(
        [](auto& link, auto done) { link.listKeys("x/", std::move(done)); });
    const auto entries = harness.ask<std::vector<storage::Entry>>(
        [](auto& link, auto done) { link.iterate("x/", std::move(done)); });

    EXPECT_EQ(*value, "1");
    EXPECT_EQ(missing.status().code(), StatusCode::kNotFound);
    EXPECT_THAT(*keys, ElementsAre("x/a", "x/b"));
    ASSERT_EQ(entries->size(), 2U);
    EXPECT_EQ(entries->at(1).key, "x/b");
    EXPECT_EQ(entries->at(1).value, "2");
    EXPECT_EQ(publish({"/registry/x", "1", std::nullopt}).code(), StatusCode::kInvalidArgument);
}

TEST_F(Link, FollowsPeersUntilTheHandleIsDropped) {
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());
    Subscription subscription;

    const auto peers = fixture_.await<mesh::PeerSet>([&](const auto& done) {
        auto once = std::make_shared<bool>(false);
        subscription = harness.link()->subscribePeers(
            mesh::NodeId("bravo"),
            [done, once](const mesh::PeerSet& set) {
                if (!std::exchange(*once, true)) {
                    done(set);
                }
            },
            [](const Status&) {});
    });

    ASSERT_EQ(peers.peers.size(), 1U);
    EXPECT_EQ(peers.peers[0].node.id.value(), "alpha");
    fixture_.onLoop([&] { subscription.cancel(); });
}

/// Follows "x/" and publishes there until a change was seen: nobody tells when the stream stands.
class Following {
public:
    Following(ServerFixture& fixture, LinkHarness& harness) : fixture_(fixture) {
        fixture_.onLoop([&] {
            subscription_ = harness.link()->subscribe(
                "x/",
                [this](const std::vector<storage::Event>& changed) {
                    if (!std::exchange(told_, true)) {
                        seen_.set_value(changed);
                    }
                },
                [this](const Status& status) { ended_.set_value(status); });
        });
        auto seen = seen_.get_future();
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (seen.wait_for(std::chrono::seconds(0)) != std::future_status::ready
               && std::chrono::steady_clock::now() < end) {
            EXPECT_TRUE(harness
                            .tell([](auto& link, auto done) {
                                link.publish({"x/a", "1", std::nullopt}, std::move(done));
                            })
                            .ok());
        }
        if (seen.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
            first = seen.get();
        }
    }
    ~Following() {
        fixture_.onLoop([this] { subscription_.cancel(); });
    }
    Following(const Following&) = delete;
    Following& operator=(const Following&) = delete;

    std::future<Status> ended() { return ended_.get_future(); }

    std::vector<storage::Event> first;

private:
    ServerFixture& fixture_;
    bool told_ = false;
    std::promise<std::vector<storage::Event>> seen_;
    std::promise<Status> ended_;
    Subscription subscription_;
};

TEST_F(Link, FollowsChangesOfTheStore) {
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());

    const Following following(fixture_, harness);

    ASSERT_EQ(following.first.size(), 1U);
    EXPECT_EQ(following.first[0].key, "x/a");
    EXPECT_EQ(following.first[0].kind, storage::Event::Kind::Put);
}

TEST_F(Link, TellsThatAStreamHasEnded) {
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());
    Subscription subscription;

    const auto status = fixture_.await<Status>([&](const auto& done) {
        subscription = harness.link()->subscribePeers(
            mesh::NodeId("alpha"), [](const mesh::PeerSet&) {}, done);
    });

    EXPECT_EQ(status.code(), StatusCode::kPermissionDenied);
}

TEST_F(Link, CancelsWhatIsUnderWayWhenItIsDropped) {
    const SilentServer silent;
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), silent.address());

    const auto status = fixture_.await<Status>([&](const auto& done) {
        harness.link()->leave(mesh::NodeId("bravo"), done);
        harness.link().reset();
    });

    EXPECT_EQ(status.code(), StatusCode::kCancelled);
}

TEST_F(Link, IsDroppedWhileMessagesWaitForTheLoop) {
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());
    Following following(fixture_, harness);
    ASSERT_EQ(following.first.size(), 1U);

    fixture_.onLoop([&] {
        // These arrive while the loop is busy here.
        for (int i = 0; i < 100; ++i) {
            EXPECT_TRUE(fixture_.store->put("x/a", std::to_string(i)).ok());
        }
        harness.link().reset();
    });

    auto ended = following.ended();
    ASSERT_EQ(ended.wait_for(kPatience), std::future_status::ready);
    EXPECT_EQ(ended.get().code(), StatusCode::kCancelled);
}

TEST_F(Link, SaysThatNothingListens) {
    std::uint16_t port = 0;
    {
        const ServerFixture gone;
        port = gone.server->port();
    }
    LinkHarness harness(fixture_, fixture_.linkOptionsAs("bravo"), {"127.0.0.1", port});

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(status), HasSubstr("refused the connection"));
}

TEST_F(Link, SaysThatTheServerIsOfAnotherAuthority) {
    auto options = fixture_.linkOptionsAs("bravo");
    options.authorityPem = TestAuthority("another mesh").pem();
    LinkHarness harness(fixture_, std::move(options), fixture_.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(status), HasSubstr("another authority"));
}

TEST_F(Link, SaysThatTheServersNameIsAnother) {
    auto options = fixture_.linkOptionsAs("bravo");
    options.serverName = "storage.elsewhere.internal";
    LinkHarness harness(fixture_, std::move(options), fixture_.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(status), HasSubstr("not for storage.elsewhere.internal"));
}

TEST_F(Link, SaysThatTheServerDoesNotTakeOurCertificate) {
    auto options = fixture_.linkOptionsAs("bravo");
    options.identity = TestAuthority("another mesh").issue("bravo");
    LinkHarness harness(fixture_, std::move(options), fixture_.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(status), HasSubstr("does not accept this node's certificate"));
}

class LinkToDemandingServer : public Link, public ::testing::WithParamInterface<int> {};

TEST_P(LinkToDemandingServer, SaysThatItAsksForACertificate) {
    const DemandingServer server(
        fixture_.authority.issue("alpha"), fixture_.authority.pem(), GetParam());
    LinkHarness harness(fixture_, fixture_.linkOptionsAs(""), server.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(messageOf(status), "the server asks for a certificate, and this node has none");
    EXPECT_GT(server.refused(), 0);
}

TEST_P(LinkToDemandingServer, DoesNotSayItOfACertificateThatItTakes) {
    const DemandingServer server(
        fixture_.authority.issue("alpha"), fixture_.authority.pem(), GetParam());

    const auto options = fixture_.linkOptionsAs("bravo");
    const auto status = services::diagnose(server.address(), options, {std::chrono::seconds(5)});

    EXPECT_THAT(messageOf(status), ::testing::Not(HasSubstr("asks for a certificate")));
    EXPECT_EQ(server.refused(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    LinkToDemandingServer,
    ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
    [](const auto& version) { return version.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });

TEST_F(Link, SaysThatOurCertificateHasExpired) {
    auto options = fixture_.linkOptionsAs("bravo");
    options.identity =
        fixture_.authority.issue("bravo", std::chrono::hours(10), std::chrono::hours(1));
    LinkHarness harness(fixture_, std::move(options), fixture_.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(status), HasSubstr("expired"));
}

TEST_F(Link, RefusesCredentialsThatDoNotRead) {
    auto options = fixture_.linkOptionsAs("bravo");
    options.identity.keyPem = *crypto::generateTlsKey();
    const LinkHarness harness(fixture_, std::move(options), fixture_.address());

    EXPECT_EQ(harness.status().code(), StatusCode::kInvalidArgument);
}

TEST_F(Link, SaysThatTheServerExpectsTls) {
    LinkOptions options;
    options.tls = TlsMode::Insecure;
    LinkHarness harness(fixture_, std::move(options), fixture_.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(status), HasSubstr("may expect TLS"));
}

TEST(LinkToPlainServer, SaysThatTheServerDoesNotSpeakTls) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure);
    LinkOptions options;
    options.tls = TlsMode::ServerOnly;
    options.authorityPem = fixture.authority.pem();
    LinkHarness harness(fixture, std::move(options), fixture.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(status), HasSubstr("may not speak TLS"));
}

TEST(LinkToServerWithOldCertificate, SaysWhenItExpired) {
    const TestAuthority authority;
    std::string shown;
    ServerFixture fixture(
        mesh::Authentication::Required, TlsMode::Mutual, [&authority, &shown](auto* options) {
            options->identity =
                authority.issue("alpha", std::chrono::hours(10), std::chrono::hours(1));
            options->authorityPem = authority.pem();
            shown = options->identity.certificatePem;
        });
    auto options = fixture.linkOptionsAs("");
    options.authorityPem = authority.pem();
    LinkHarness harness(fixture, std::move(options), fixture.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    const auto end = crypto::inspectCertificate(shown)->notAfter;
    EXPECT_THAT(
        messageOf(status),
        HasSubstr(fmt::format(
            "the server's certificate expired on {:%Y-%m-%d %H:%M} UTC", fmt::gmtime(end))));
}

TEST(LinkToServerWithEarlyCertificate, SaysFromWhenItIsValid) {
    const TestAuthority authority;
    std::string shown;
    ServerFixture fixture(
        mesh::Authentication::Required, TlsMode::Mutual, [&authority, &shown](auto* options) {
            options->identity =
                authority.issue("alpha", std::chrono::hours(-10), std::chrono::hours(1));
            options->authorityPem = authority.pem();
            shown = options->identity.certificatePem;
        });
    auto options = fixture.linkOptionsAs("");
    options.authorityPem = authority.pem();
    LinkHarness harness(fixture, std::move(options), fixture.address());

    const auto status = harness.servers().status();

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    const auto begin = crypto::inspectCertificate(shown)->notBefore;
    EXPECT_THAT(
        messageOf(status),
        HasSubstr(fmt::format("is not valid before {:%Y-%m-%d %H:%M} UTC", fmt::gmtime(begin))));
}

TEST(LinkToServerOfAnOldAuthority, SaysThatItIsTheAuthoritysCertificate) {
    using std::chrono::hours;
    const auto begin = std::chrono::system_clock::now() - hours(100);
    const auto authority = crypto::CertificateAuthority::create("old mesh", begin, hours(50));
    ASSERT_TRUE(authority.ok()) << authority.status();
    ServerFixture fixture(
        mesh::Authentication::Required, TlsMode::Mutual, [&authority, begin](auto* options) {
            const crypto::CertificateRequestParams names{
                "alpha", {"storage.webmesh.internal"}, {"127.0.0.1"}};
            auto key = crypto::generateTlsKey();
            const auto request = crypto::makeCertificateRequest(*key, names);
            options->identity = {
                authority->issue(*request, names, begin, hours(1)).value(), *std::move(key)};
            options->authorityPem = authority->certificatePem();
        });
    auto options = fixture.linkOptionsAs("");
    options.authorityPem = authority->certificatePem();
    LinkHarness harness(fixture, std::move(options), fixture.address());

    const auto text = messageOf(harness.servers().status());

    const auto end = authority->info().notAfter;
    EXPECT_THAT(
        text,
        HasSubstr(fmt::format(
            "the certificate of the server's authority expired on {:%Y-%m-%d %H:%M} UTC",
            fmt::gmtime(end))));
}

TEST(LinkToServerOnlyTls, HasNoIdentityThere) {
    ServerFixture fixture(mesh::Authentication::Required, TlsMode::ServerOnly);
    LinkHarness harness(fixture, fixture.linkOptionsAs("bravo"), fixture.address());

    EXPECT_EQ(harness.servers().status().code(), StatusCode::kUnauthenticated);
}

TEST_F(Link, GoesOnWithARenewedCertificateOfTheServer) {
    LinkHarness before(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());
    ASSERT_TRUE(before.servers().ok());

    ASSERT_TRUE(
        fixture_.server->renewIdentity(fixture_.authority.issue("alpha"), fixture_.authority.pem())
            .ok());

    LinkHarness after(fixture_, fixture_.linkOptionsAs("bravo"), fixture_.address());
    EXPECT_TRUE(after.servers().ok());
    EXPECT_TRUE(before.servers().ok()) << "the old connection is drained, calls go on";
    EXPECT_FALSE(fixture_.server->renewIdentity({"garbage", {}}, fixture_.authority.pem()).ok());
}

TEST_F(Link, ShowsTheRenewedCertificate) {
    const TestAuthority other("renewed authority");
    ASSERT_TRUE(fixture_.server->renewIdentity(other.issue("alpha"), other.pem()).ok());

    const auto pinned =
        services::fetchPinnedAuthority(fixture_.address(), fingerprintOf(other.pem()));

    EXPECT_TRUE(pinned.ok()) << toString(pinned.status());
}

TEST_F(Link, FindsTheAuthorityByItsFingerprint) {
    const auto pinned =
        services::fetchPinnedAuthority(fixture_.address(), fingerprintOf(fixture_.authority.pem()));

    ASSERT_TRUE(pinned.ok()) << toString(pinned.status());
    EXPECT_EQ(
        crypto::inspectCertificate(pinned->authorityPem)->fingerprint,
        crypto::inspectCertificate(fixture_.authority.pem())->fingerprint);
    EXPECT_EQ(pinned->serverName, "storage.webmesh.internal");
}

TEST_F(Link, RefusesAServerThatTheInvitationWasNotMadeFor) {
    for (const std::string& fingerprint :
         {fingerprintOf(TestAuthority("another").pem()), std::string(32, '\0'), std::string()}) {
        const auto pinned = services::fetchPinnedAuthority(fixture_.address(), fingerprint);

        EXPECT_EQ(pinned.status().code(), StatusCode::kUnauthenticated);
        EXPECT_THAT(
            messageOf(pinned.status()),
            HasSubstr("the server is not the one this invitation was made for"));
    }
}

TEST_F(Link, EndsAProbeWhenItIsStopped) {
    const SilentServer silent;
    const std::atomic<bool> stop{true};

    const auto status = services::diagnose(
        silent.address(), fixture_.linkOptionsAs(""), {std::chrono::hours(1), &stop});

    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace weft::tests
