// SPDX-License-Identifier: Apache-2.0
// A member as the daemon runs it, in front of the real server.
#include "core/daemon/member_connection.h"

#include "core/base/file.h"
#include "core/base/mutex.h"
#include "core/daemon/detail/credentials.h"
#include "core/services/link/channel.h"
#include "core/services/server/sockets.h"
#include "tests/core/services/chat.h"
#include "tests/core/services/server_fixture.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/temp_dir.h"

#include "v1/members.pb.h"
#include "v1/node.pb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Connection = weft::local::v1::Connection;

/// What a connection told, and a way to wait for it.
class Told {
public:
    void put(Connection state) {
        {
            const base::MutexLock lock(mutex_);
            state_ = std::move(state);
        }
        changed_.notifyAll();
    }
    /// The first state from now on that `wanted` takes; the last one when none comes.
    Connection waitFor(const std::function<bool(const Connection&)>& wanted) {
        const auto end = std::chrono::steady_clock::now() + tests::kPatience;
        const base::MutexLock lock(mutex_);
        while (!wanted(state_) && std::chrono::steady_clock::now() < end) {
            changed_.waitUntil(mutex_, end);
        }
        return state_;
    }

private:
    base::Mutex mutex_;
    base::ConditionVariable changed_;
    Connection state_ WEFT_GUARDED_BY(mutex_);
};

class MemberConnectionTest : public ::testing::Test {
protected:
    /// Two authorities, so that a server can be made that takes only new certificates.
    MemberConnectionTest() {
        spec_.profileId = "home";
        spec_.folder = folder_.path();
        spec_.options.mesh.nodeId = "bravo";
        spec_.options.mesh.joinAddresses = {fixture_.address()};
        spec_.options.wireguard.keyFile = folder_ / kNodeKeyFile;
        spec_.options.tls.caFile = folder_ / kAuthorityFile;
        spec_.options.auth.mtls.certFile = folder_ / kCertificateFile;
        spec_.options.auth.mtls.keyFile = folder_ / kCertificateKeyFile;
        spec_.meshDomain = "webmesh.internal";
        spec_.enrolled = true;
        fixture_.onLoop([this] { fixture_.enrolment.authority = &newer_.authority(); });
    }
    ~MemberConnectionTest() override { connection_.reset(); }

    void giveCertificate(std::chrono::hours age, std::chrono::hours lifetime) {
        const auto identity = fixture_.authority.issue("bravo", age, lifetime);
        ASSERT_TRUE(
            writeCertificate(
                folder_.path(), identity.certificatePem, fixture_.authority.pem() + newer_.pem())
                .ok());
        ASSERT_TRUE(
            base::writeFileAtomically(folder_ / kCertificateKeyFile, identity.keyPem.revealText())
                .ok());
        given_ = *endOf(identity);
    }
    void start() {
        connection_ = std::make_unique<MemberConnection>(
            spec_,
            ConnectionEvents{
                [this](Connection state) { told_.put(std::move(state)); },
                [](const std::shared_ptr<const PeerList>&) {}},
            &tunnels_);
        connection_->start();
    }
    /// The port that the leader's record of "bravo" has for a feature; 0 when there is none.
    std::uint16_t advertised(std::int32_t feature) {
        std::int32_t port = 0;
        fixture_.onLoop([&] {
            const auto* own = fixture_.host->registry().node(storage::NodeId("bravo"));
            port = own == nullptr ? 0 : own->featurePort(feature).value_or(0);
        });
        return static_cast<std::uint16_t>(port);
    }
    /// The port under which "bravo" is known as a leader proxy, once it is `wanted`.
    std::uint16_t waitForProxyPort(std::uint16_t wanted) {
        told_.waitFor([&](const Connection&) { return advertised(v1::LEADER_PROXY) == wanted; });
        return advertised(v1::LEADER_PROXY);
    }
    /// A call of "charlie" to the server of "bravo".
    template <typename Response = google::protobuf::Empty>
    grpc::Status callBravo(
        std::uint16_t port,
        const std::string& method,
        const google::protobuf::Message& request,
        Response* response = nullptr) {
        auto options = fixture_.linkOptionsAs("charlie");
        options.serverName = "bravo";
        const auto channel = services::makeChannel({"127.0.0.1", port}, options);
        std::string answer;
        auto status = tests::Chat(channel, method).ask(request.SerializeAsString(), &answer);
        if (response != nullptr) {
            EXPECT_TRUE(response->ParseFromString(answer));
        }
        return status;
    }
    /// Waits until the connection has heard what was posted to its loop.
    void letPass() {
        std::promise<void> passed;
        connection_->ownNode([&passed](const auto& /*node*/) { passed.set_value(); });
        passed.get_future().wait();
    }
    static std::uint16_t freePort() {
        base::UniqueFd listener;
        EXPECT_EQ(services::listenOn(net::IpAddress(), 0, "", &listener), 0);
        return services::portOf(listener.get());
    }
    WallTime endOnDisk() const {
        const auto pem = base::readFile(folder_ / kCertificateFile, kMaxPemBytes);
        return crypto::inspectCertificate(*pem)->notAfter;
    }
    /// As the leader has it.
    storage::NodeRecord ownRecord() {
        storage::NodeRecord record;
        fixture_.onLoop([&] {
            if (const auto* own = fixture_.host->registry().node(storage::NodeId("bravo"))) {
                record = *own;
            }
        });
        return record;
    }
    static platform::HostAddress hostAddress(const char* address) {
        platform::HostAddress result;
        result.address = *net::IpPrefix::parse(address);
        result.interface = "eth0";
        result.isRunning = true;
        return result;
    }
    static bool isConnected(const Connection& state) {
        return state.state() == Connection::STATE_CONNECTED
               || state.state() == Connection::STATE_DEGRADED;
    }

    tests::ServerFixture fixture_;
    tests::TestAuthority newer_{"newer authority"};
    tests::TempDir folder_;
    ConnectionSpec spec_;
    WallTime given_;
    Told told_;
    tests::FakeTunnels tunnels_;
    std::unique_ptr<MemberConnection> connection_;
};

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

TEST_F(MemberConnectionTest, ServesOthersOnItsInterfaceAndHandsTheRestToTheLeader) {
    giveCertificate(0h, 24h * 90);
    spec_.options.wireguard.interfaceName = "lo";
    spec_.options.services.api.listenAddress.port = 0;
    ASSERT_TRUE(fixture_.joinDirectly("charlie").ok());
    start();
    told_.waitFor([this](const Connection& state) {
        return state.leader() == "alpha" && advertised(v1::NODES) != 0;
    });
    const auto port = advertised(v1::NODES);
    ASSERT_NE(port, 0);

    v1::Status own;
    EXPECT_TRUE(callBravo(port, "/v1.Node/GetStatus", v1::GetStatusRequest(), &own).ok());
    EXPECT_EQ(own.id(), "bravo");
    EXPECT_EQ(own.current_leader(), "alpha");

    // A node is not taken at its word for being a proxy.
    v1::LeaveRequest leave;
    leave.set_id("charlie");
    const auto refused = callBravo(port, "/v1.Membership/Leave", leave);
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_THAT(refused.error_message(), HasSubstr("does not let bravo hand calls on"));
    EXPECT_EQ(advertised(v1::LEADER_PROXY), 0) << "it would promise what it cannot do";
    fixture_.allow("bravo", mesh::policy::Resource::Observers, {mesh::policy::Verb::Put});
    ASSERT_EQ(waitForProxyPort(port), port);
    // What the node in between could do for itself its callers cannot.
    v1::LeaveRequest another;
    another.set_id("bravo");
    EXPECT_EQ(
        callBravo(port, "/v1.Membership/Leave", another).error_code(),
        grpc::StatusCode::PERMISSION_DENIED);
    const auto left = callBravo(port, "/v1.Membership/Leave", leave);
    EXPECT_TRUE(left.ok()) << left.error_message();
    fixture_.onLoop([this] {
        EXPECT_EQ(fixture_.host->registry().node(storage::NodeId("charlie")), nullptr);
        EXPECT_NE(fixture_.host->registry().node(storage::NodeId("bravo")), nullptr);
    });

    connection_.reset();
    EXPECT_EQ(
        callBravo(port, "/v1.Node/GetStatus", v1::GetStatusRequest()).error_code(),
        grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MemberConnectionTest, IsAProxyWhileItHasTheRightToBeOne) {
    giveCertificate(0h, 24h * 90);
    spec_.options.wireguard.interfaceName = "lo";
    spec_.options.services.api.listenAddress.port = 0;
    start();
    told_.waitFor([this](const Connection&) { return advertised(v1::NODES) != 0; });
    const auto port = advertised(v1::NODES);
    ASSERT_NE(port, 0);
    EXPECT_EQ(advertised(v1::LEADER_PROXY), 0);

    fixture_.allow("bravo", mesh::policy::Resource::Observers, {mesh::policy::Verb::Put});
    EXPECT_EQ(waitForProxyPort(port), port);

    const auto removed = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
        fixture_.administration->remove(
            {mesh::policy::ObjectKind::RoleBinding, "bravo", {}},
            std::nullopt,
            tests::callerNamed("boss"),
            done);
    });
    ASSERT_TRUE(removed.ok()) << removed.status();
    EXPECT_EQ(waitForProxyPort(0), 0);
    EXPECT_EQ(advertised(v1::NODES), port);

    fixture_.allow("bravo", mesh::policy::Resource::Observers, {mesh::policy::Verb::Put});
    ASSERT_EQ(waitForProxyPort(port), port);
    tunnels_.loseSoon(unavailable("somebody deleted it"));
    EXPECT_EQ(waitForProxyPort(0), 0) << "there is nobody to call";
}

TEST_F(MemberConnectionTest, ServesNobodyOnceItsInterfaceHasGone) {
    giveCertificate(0h, 24h * 90);
    spec_.options.wireguard.interfaceName = "lo";
    spec_.options.services.api.listenAddress.port = 0;
    start();
    told_.waitFor([this](const Connection&) { return advertised(v1::NODES) != 0; });
    const auto port = advertised(v1::NODES);
    ASSERT_NE(port, 0);
    ASSERT_TRUE(callBravo(port, "/v1.Node/GetStatus", v1::GetStatusRequest()).ok());

    tunnels_.loseSoon(unavailable("somebody deleted it"));
    letPass();

    EXPECT_EQ(
        callBravo(port, "/v1.Node/GetStatus", v1::GetStatusRequest()).error_code(),
        grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MemberConnectionTest, ServesNobodyWhenItsInterfaceComesUpWhileItLeaves) {
    giveCertificate(0h, 24h * 90);
    spec_.options.wireguard.interfaceName = "lo";
    spec_.options.services.api.listenAddress.port = freePort();
    tunnels_.holdOpening();
    start();
    tunnels_.waitFor([](const auto& log) { return log.openAsked; });
    told_.waitFor(isConnected);
    std::promise<void> stopped;
    // The server that it leaves at does not answer yet.
    std::promise<void> goOn;
    fixture_.loop.post([wait = goOn.get_future().share()] { wait.wait(); });
    connection_->stop(20s, [&stopped](const Status& /*status*/) { stopped.set_value(); });

    tunnels_.letOpen();
    letPass();
    const auto code = callBravo(
                          spec_.options.services.api.listenAddress.port,
                          "/v1.Node/GetStatus",
                          v1::GetStatusRequest())
                          .error_code();
    goOn.set_value();
    ASSERT_EQ(stopped.get_future().wait_for(tests::kPatience), std::future_status::ready);

    EXPECT_EQ(code, grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MemberConnectionTest, KeepsToItselfWhereTheProxyIsSwitchedOff) {
    giveCertificate(0h, 24h * 90);
    spec_.options.wireguard.interfaceName = "lo";
    spec_.options.services.api.listenAddress.port = 0;
    spec_.options.services.api.disableLeaderProxy = true;
    ASSERT_TRUE(fixture_.joinDirectly("charlie").ok());
    start();
    told_.waitFor([this](const Connection&) { return advertised(v1::NODES) != 0; });
    const auto port = advertised(v1::NODES);
    ASSERT_NE(port, 0);

    EXPECT_EQ(advertised(v1::LEADER_PROXY), 0);
    EXPECT_TRUE(callBravo(port, "/v1.Node/GetStatus", v1::GetStatusRequest()).ok());
    v1::LeaveRequest leave;
    leave.set_id("charlie");
    EXPECT_EQ(
        callBravo(port, "/v1.Membership/Leave", leave).error_code(),
        grpc::StatusCode::UNIMPLEMENTED);
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
