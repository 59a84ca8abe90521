// SPDX-License-Identifier: Apache-2.0
// What a member serves on the interface of its tunnel, and hands on to the leader.
#include "tests/core/daemon/member_connection_fixture.h"

#include "v1/members.pb.h"
#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <chrono>
#include <future>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

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
    EXPECT_EQ(own.interface_metrics().device_name(), "lo");

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

}  // namespace
}  // namespace weft::daemon
