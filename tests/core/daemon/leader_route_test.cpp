// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/leader_route.h"

#include "core/daemon/detail/member_server.h"

#include <gtest/gtest.h>

namespace weft::daemon {
namespace {

using Suffrage = mesh::StorageServer::Suffrage;

mesh::MemberStatus keptByAlpha() {
    mesh::MemberStatus status;
    status.leader = "alpha";
    status.serverAddress = "192.0.2.9:8443";
    status.servers = {
        {mesh::NodeId("alpha"), Suffrage::Leader, ""},
        // A reference node that answers lists itself.
        {mesh::NodeId("echo"), Suffrage::Node, ""}};
    return status;
}

TEST(LeaderRouteTest, TakesTheNodesOwnWayWhereOneServerKeepsTheMesh) {
    EXPECT_EQ(
        leaderRouteOf(keptByAlpha()),
        (services::LeaderRoute{mesh::NodeId("alpha"), {"192.0.2.9", 8443}}));
}

TEST(LeaderRouteTest, GoesNowhereWhereTheLeaderMayMove) {
    auto status = keptByAlpha();
    status.servers.push_back({mesh::NodeId("delta"), Suffrage::Voter, ""});

    EXPECT_EQ(leaderRouteOf(status), std::nullopt);
}

TEST(LeaderRouteTest, GoesNowhereWithoutALeaderOrAServer) {
    auto leaderless = keptByAlpha();
    leaderless.leader.clear();
    EXPECT_EQ(leaderRouteOf(leaderless), std::nullopt);
    auto serverless = keptByAlpha();
    serverless.serverAddress.clear();
    EXPECT_EQ(leaderRouteOf(serverless), std::nullopt);
}

}  // namespace
}  // namespace weft::daemon
