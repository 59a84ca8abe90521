// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/leader_route.h"

#include "core/daemon/detail/member_server.h"

#include "v1/node.pb.h"

#include <gtest/gtest.h>

namespace weft::daemon {
namespace {

using Suffrage = mesh::StorageServer::Suffrage;

class LeaderRouteTest : public ::testing::Test {
protected:
    LeaderRouteTest() {
        status_.leader = "alpha";
        status_.serverAddress = "192.0.2.9:8443";
        status_.servers = {
            {mesh::NodeId("alpha"), Suffrage::Leader, ""},
            {mesh::NodeId("delta"), Suffrage::Voter, ""},
            // A reference node that answers lists itself.
            {mesh::NodeId("echo"), Suffrage::Node, ""}};
        leader_.id = mesh::NodeId("alpha");
        leader_.publicKey = crypto::NodeKey::generate()->publicKey();
        leader_.primaryEndpoint = "198.51.100.7";
        leader_.privateIpv4 = *net::IpPrefix::parse("172.16.0.1/32");
        leader_.features = {{::v1::NODES, 8444}};
    }
    std::optional<services::LeaderRoute> route(bool encrypted = true) {
        storage::Registry records;
        records.reset(
            {{storage::nodeKey(leader_.id), storage::encodeNode(leader_), 1, std::nullopt}}, 1);
        return leaderRouteOf(status_, records, encrypted);
    }
    static services::LeaderRoute toAlpha(const std::string& host, std::uint16_t port) {
        return {mesh::NodeId("alpha"), {host, port}};
    }

    mesh::MemberStatus status_;
    storage::NodeRecord leader_;
};

TEST_F(LeaderRouteTest, TakesTheNodesOwnWayWhereOneServerKeepsTheMesh) {
    status_.servers.erase(status_.servers.begin() + 1);

    EXPECT_EQ(route(), toAlpha("192.0.2.9", 8443));
}

TEST_F(LeaderRouteTest, TakesTheLeadersPublicAddressElse) {
    EXPECT_EQ(route(), toAlpha("198.51.100.7", 8444));
    EXPECT_EQ(route(false), toAlpha("198.51.100.7", 8444));
}

TEST_F(LeaderRouteTest, TakesItsMeshAddressOnlyWhereItHasToProveItself) {
    leader_.primaryEndpoint.clear();

    EXPECT_EQ(route(), toAlpha("172.16.0.1", 8444));
    EXPECT_EQ(route(false), std::nullopt);
}

TEST_F(LeaderRouteTest, KnowsNoWayWithoutALeaderOrItsPort) {
    leader_.features.clear();
    EXPECT_EQ(route(), std::nullopt);
    leader_.features = {{::v1::NODES, 65'536}};
    EXPECT_EQ(route(), std::nullopt);
    leader_.features = {{::v1::NODES, 8444}};
    status_.leader = "nobody-here";
    EXPECT_EQ(route(), std::nullopt);
    status_.leader.clear();
    EXPECT_EQ(route(), std::nullopt);
}

}  // namespace
}  // namespace weft::daemon
