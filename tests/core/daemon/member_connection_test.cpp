// SPDX-License-Identifier: Apache-2.0
// A member as the daemon runs it, in front of the real server.
#include "core/daemon/member_connection.h"

#include "tests/core/daemon/member_connection_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST_F(MemberConnectionTest, RenewsItsCertificateAndShowsTheNewOneNextTime) {
    giveCertificate(3h, 4h);
    start();

    const auto renewed = told_.waitFor([this](const Connection& state) {
        return isConnected(state)
               && state.certificate_expires_at().seconds()
                      > std::chrono::system_clock::to_time_t(given_);
    });

    ASSERT_TRUE(isConnected(renewed)) << renewed.ShortDebugString();
    EXPECT_GT(endOnDisk(), given_);
    // From here on a server that only takes certificates of the newer authority.
    services::MeshServerOptions options;
    options.listen = fixture_.address();
    options.portIsExplicit = true;
    options.identity = fixture_.authority.issue("alpha");
    options.authorityPem = newer_.pem();
    fixture_.server.reset();
    const auto lost = told_.waitFor([](const Connection& state) { return !isConnected(state); });
    ASSERT_EQ(lost.state(), Connection::STATE_RECONNECTING);
    auto server = services::MeshServer::start(
        std::move(options), {fixture_.loop, *fixture_.host, &fixture_.enrolment});
    ASSERT_TRUE(server.ok()) << server.status();
    fixture_.server = *std::move(server);
    connection_->retryNow();
    EXPECT_TRUE(isConnected(told_.waitFor(isConnected))) << "the old certificate is still in use";
}

TEST_F(MemberConnectionTest, GoesOnWithTheOldCertificateWhenRenewingFails) {
    const tests::TestAuthority foreign("foreign authority");
    fixture_.onLoop([&] { fixture_.enrolment.authority = &foreign.authority(); });
    giveCertificate(3h, 4h);
    start();

    const auto connected = told_.waitFor(isConnected);
    fixture_.onLoop([] {});

    ASSERT_TRUE(isConnected(connected)) << connected.ShortDebugString();
    EXPECT_EQ(endOnDisk(), given_);
    connection_.reset();
    start();
    EXPECT_TRUE(isConnected(told_.waitFor(isConnected)));
}

TEST_F(MemberConnectionTest, BringsItsInterfaceUpWithTheGrantAndTellsTheRealPort) {
    giveCertificate(0h, 24h);
    spec_.endpoints = {"192.0.2.20"};
    tunnels_.giveWireguardPort(51833);
    start();

    const auto connected = told_.waitFor(
        [](const Connection& state) { return isConnected(state) && state.has_tunnel(); });

    EXPECT_EQ(connected.tunnel().listen_port(), 51833U);
    const auto log = tunnels_.waitFor([](const auto& item) { return item.peersGiven > 0; });
    ASSERT_EQ(log.addresses.size(), 2U);
    EXPECT_EQ(log.addresses[0].toString(), connected.address_ipv4());
    EXPECT_EQ(log.addresses[1].toString(), connected.address_ipv6());
    const auto endpoints = [this] {
        std::vector<std::string> found;
        fixture_.onLoop([&] {
            if (const auto* own = fixture_.host->registry().node(storage::NodeId("bravo"))) {
                found = own->wireguardEndpoints;
            }
        });
        return found;
    };
    told_.waitFor([&](const Connection&) {
        return endpoints() == std::vector<std::string>{"192.0.2.20:51833"};
    });
    EXPECT_THAT(endpoints(), ::testing::ElementsAre("192.0.2.20:51833"));
    connection_.reset();
    EXPECT_TRUE(tunnels_.newest().gone);
}

TEST_F(MemberConnectionTest, CallsItsPeersWhenTheServerIsBack) {
    giveCertificate(0h, 24h);
    start();
    ASSERT_TRUE(isConnected(told_.waitFor(isConnected)));
    const auto up = tunnels_.waitFor([](const auto& log) { return log.peersGiven > 0; });
    EXPECT_EQ(up.timesSought, 0) << "who was just told of them calls anyway";
    services::MeshServerOptions options;
    options.listen = fixture_.address();
    options.portIsExplicit = true;
    options.identity = fixture_.authority.issue("alpha");
    options.authorityPem = fixture_.authority.pem();

    fixture_.server.reset();
    const auto lost = told_.waitFor([](const Connection& state) { return !isConnected(state); });
    ASSERT_EQ(lost.state(), Connection::STATE_RECONNECTING);
    auto server = services::MeshServer::start(
        std::move(options), {fixture_.loop, *fixture_.host, &fixture_.enrolment});
    ASSERT_TRUE(server.ok()) << server.status();
    fixture_.server = *std::move(server);
    connection_->retryNow();

    const auto sought = tunnels_.waitFor([](const auto& log) { return log.timesSought > 0; });
    EXPECT_EQ(sought.timesSought, 1);
    EXPECT_TRUE(isConnected(told_.waitFor(isConnected)));
}

TEST_F(MemberConnectionTest, TellsTheAddressesOfItsHostAtTheJoinAndWhenTheyChange) {
    giveCertificate(0h, 24h);
    spec_.options.global.detectPrivateEndpoints = true;
    tunnels_.setAddresses({hostAddress("192.0.2.20/24"), hostAddress("198.51.100.20/24")});
    start();
    told_.waitFor(isConnected);
    tunnels_.waitFor([](const auto& item) { return item.peersGiven > 0; });
    EXPECT_EQ(ownRecord().primaryEndpoint, "192.0.2.20");
    EXPECT_THAT(
        ownRecord().wireguardEndpoints,
        ::testing::ElementsAre("192.0.2.20:51820", "198.51.100.20:51820"));

    tunnels_.changeNetwork({.addresses = {hostAddress("203.0.113.20/24")}, .hasSlept = false});

    told_.waitFor(
        [this](const Connection&) { return ownRecord().primaryEndpoint == "203.0.113.20"; });
    EXPECT_EQ(ownRecord().primaryEndpoint, "203.0.113.20");
    EXPECT_THAT(ownRecord().wireguardEndpoints, ::testing::ElementsAre("203.0.113.20:51820"));
    EXPECT_EQ(tunnels_.newest().timesSought, 1);
}

TEST_F(MemberConnectionTest, JoinsAgainAndSaysSoWhenTheMeshHasForgottenIt) {
    giveCertificate(0h, 24h);
    start();
    const auto first = told_.waitFor(isConnected);
    ASSERT_TRUE(isConnected(first)) << first.ShortDebugString();

    fixture_.onLoop([this] {
        fixture_.host->leave(
            storage::NodeId("bravo"), tests::callerNamed("boss"), [](const Status& /*status*/) {});
    });

    const auto saysSo = [](const Connection& state) {
        return isConnected(state) && std::ranges::any_of(state.problems(), [](const auto& problem) {
                   return problem.severity() == weft::local::v1::Problem::SEVERITY_INFO
                          && problem.text().find("forgotten") != std::string::npos;
               });
    };
    const auto again = told_.waitFor(saysSo);
    EXPECT_TRUE(saysSo(again)) << again.ShortDebugString();
    EXPECT_EQ(again.address_ipv4(), first.address_ipv4());
    EXPECT_TRUE(ownRecord().publicKey);
}

TEST_F(MemberConnectionTest, CutsOffWhoIsRemovedWithinFiveSeconds) {
    giveCertificate(0h, 24h * 90);
    spec_.endpoints = {"192.0.2.20"};
    start();
    told_.waitFor(isConnected);
    const auto joined = fixture_.joinDirectly("charlie");
    ASSERT_TRUE(joined.ok()) << joined.status();
    const auto linked = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
        storage::EdgeRecord edge;
        edge.source = mesh::NodeId("bravo");
        edge.target = mesh::NodeId("charlie");
        edge.weight = 1;
        fixture_.administration->put(edge, std::nullopt, tests::callerNamed("boss"), done);
    });
    ASSERT_TRUE(linked.ok()) << linked.status();
    const auto hasCharlie = [](const tests::FakeTunnelLog& log) {
        return std::ranges::any_of(log.peers, [](const TunnelPeer& peer) {
            return peer.key == *tests::joinParamsOf("charlie").publicKey.wireGuardKey();
        });
    };
    ASSERT_TRUE(hasCharlie(tunnels_.waitFor(hasCharlie)));

    const auto begin = std::chrono::steady_clock::now();
    const auto removed = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
        fixture_.administration->removeNode(
            mesh::NodeId("charlie"), "sold", tests::callerNamed("boss"), done);
    });
    const auto after =
        tunnels_.waitFor([&](const tests::FakeTunnelLog& log) { return !hasCharlie(log); });

    ASSERT_TRUE(removed.ok()) << removed.status();
    EXPECT_FALSE(hasCharlie(after));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(MemberConnectionTest, StaysAMemberWithoutTheRightToMakeAnInterface) {
    giveCertificate(0h, 24h * 90);
    tunnels_.refuse(permissionDenied("needs CAP_NET_ADMIN"));
    start();

    const auto degraded = told_.waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_DEGRADED; });

    EXPECT_EQ(degraded.state(), Connection::STATE_DEGRADED);
    EXPECT_FALSE(degraded.address_ipv6().empty());
    ASSERT_EQ(degraded.problems_size(), 1);
    EXPECT_THAT(degraded.problems(0).remedy(), HasSubstr("setcap cap_net_admin+ep"));
}

TEST_F(MemberConnectionTest, MakesNoInterfaceWhenTunnelsAreSwitchedOff) {
    giveCertificate(0h, 24h * 90);
    spec_.options.weft.tunnel = false;
    start();

    const auto connected = told_.waitFor(isConnected);

    EXPECT_EQ(connected.state(), Connection::STATE_CONNECTED);
    EXPECT_EQ(tunnels_.count(), 0U);
}

TEST_F(MemberConnectionTest, SaysWhatToDoWhenAPasswordDoesNotHelp) {
    giveCertificate(0h, 24h);
    spec_.tlsMode = weft::local::v1::Profile::TLS_MODE_SERVER_ONLY;
    spec_.options.auth.basic.username = "bravo";
    spec_.options.auth.basic.password = config::SharedSecret("correct horse");
    start();

    const auto failed = told_.waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_FAILED; });

    EXPECT_EQ(failed.state(), Connection::STATE_FAILED);
    EXPECT_THAT(failed.failure().text(), HasSubstr("checks no such password"));
    EXPECT_THAT(failed.failure().remedy(), HasSubstr("the password"));
    EXPECT_THAT(failed.ShortDebugString(), ::testing::Not(HasSubstr("correct horse")));
}

TEST_F(MemberConnectionTest, SaysThatItsCertificateHasExpired) {
    giveCertificate(10h, 1h);
    start();

    const auto failed = told_.waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_FAILED; });

    EXPECT_EQ(failed.state(), Connection::STATE_FAILED);
    EXPECT_THAT(failed.failure().text() + failed.failure().remedy(), HasSubstr("expired"));
    EXPECT_FALSE(fixture_.enrolment.lastEnrol.has_value());
}

}  // namespace
}  // namespace weft::daemon
