// SPDX-License-Identifier: Apache-2.0
// A member of a mesh whose servers answer nothing but joins from outside.
#include "core/mesh/detail/inner_servers.h"
#include "core/mesh/member.h"
#include "tests/core/mesh/memory_link.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::MemberPhase;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MemberInsideTest : public ::testing::Test {
protected:
    MemberInsideTest() : links_(loop_, "beta"), server_(loop_, Authentication::Required) {
        links_.serve("one", &server_);
        links_.refuseStrangers("one");
        inner_ = own().privateIpv6->address().toString();
        innerIpv4_ = own().privateIpv4->address().toString();
        links_.serve(inner_, &server_);
        options_.join = joinOf("beta", 1);
        options_.joinAddresses = {{"one", 8443}};
        member_ = mesh::Member::create(options_, loop_, links_);
    }

    const storage::NodeRecord& own() const {
        return *server_.host->registry().node(NodeId("alpha"));
    }
    MemberPhase phase() const { return member_->status().phase; }
    std::string failure() const { return weft::messageOf(member_->status().failure); }
    void connect() {
        member_->start();
        pass(1s);
        ASSERT_EQ(phase(), MemberPhase::Connected) << failure();
    }
    /// Lets `by` pass in small steps, with the store's thread in between.
    void pass(Duration by) {
        for (Duration done{0}; done < by; done += 100ms) {
            loop_.advance(100ms);
            server_.settle();
        }
    }

    ManualLoop loop_;
    MemoryLinks links_;
    MeshFixture server_;
    std::string inner_;
    std::string innerIpv4_;
    mesh::MemberOptions options_;
    std::unique_ptr<mesh::Member> member_;
};

TEST_F(MemberInsideTest, FollowsWithinTheMeshWhenItIsRefusedOutside) {
    connect();

    EXPECT_THAT(links_.dialled, ElementsAre("one", inner_));
    EXPECT_EQ(links_.joins, 1);
    EXPECT_EQ(member_->registry().nodeCount(), 2U);
    EXPECT_THAT(member_->status().serverAddress, HasSubstr(inner_));
    EXPECT_EQ(member_->status().leader, "alpha");
}

TEST_F(MemberInsideTest, HoldsTheServerToTheNameThatItWasJoinedUnder) {
    connect();

    EXPECT_THAT(links_.names, ElementsAre("one"));
}

TEST_F(MemberInsideTest, TriesTheOtherNameAndThenTheOtherAddress) {
    links_.serve(inner_, nullptr);
    links_.serve(innerIpv4_, &server_);

    connect();

    EXPECT_THAT(links_.dialled, ElementsAre("one", inner_, inner_, innerIpv4_));
    EXPECT_THAT(links_.names, ElementsAre("one", inner_, "one"));
    EXPECT_EQ(links_.joins, 1);
}

TEST_F(MemberInsideTest, WaitsForTheTunnel) {
    links_.serve(inner_, nullptr);
    member_->start();
    pass(5s);
    ASSERT_EQ(phase(), MemberPhase::ReadingState);

    links_.serve(inner_, &server_);
    pass(2s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(links_.joins, 1);
}

TEST_F(MemberInsideTest, JoinsAgainWhenNobodyAnswersWithin) {
    links_.serve(inner_, nullptr);
    member_->start();

    pass(40s);

    EXPECT_GE(links_.joins, 2);
    EXPECT_LE(links_.joins, 3);
    EXPECT_NE(phase(), MemberPhase::Connected);
}

TEST_F(MemberInsideTest, DoesNotJoinAgainAfterTheConnectionWasCut) {
    connect();

    links_.cutStreams(unavailable("connection closed"));
    ASSERT_EQ(phase(), MemberPhase::Reconnecting);
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(links_.joins, 1);
    EXPECT_EQ(links_.dialled.back(), inner_);
}

TEST_F(MemberInsideTest, JoinsAgainWhenTheMeshHasForgottenIt) {
    connect();

    ASSERT_TRUE(server_.leave("beta", certificateOf("beta")).ok());
    pass(5s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(links_.joins, 2);
    EXPECT_NE(member_->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberInsideTest, LooksOutsideForAServerThatIsLostWithin) {
    connect();

    links_.serve(inner_, nullptr);
    pass(3s);
    EXPECT_NE(phase(), MemberPhase::Connected);
    links_.serve(inner_, &server_);
    pass(10s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberInsideTest, DoesNotJoinAgainAfterAnOutageOfTheServer) {
    connect();

    links_.serve(inner_, nullptr);
    links_.serve("one", nullptr);
    pass(35s);
    ASSERT_EQ(phase(), MemberPhase::Reconnecting);
    links_.serve("one", &server_);
    links_.serve(inner_, &server_);
    pass(10s);

    EXPECT_EQ(phase(), MemberPhase::Connected) << failure();
    EXPECT_EQ(links_.joins, 1);
}

TEST_F(MemberInsideTest, JoinsAgainWhenOnlyTheOuterAddressAnswers) {
    connect();

    links_.serve(inner_, nullptr);
    pass(10s);

    EXPECT_EQ(links_.joins, 2);
}

TEST_F(MemberInsideTest, DoesNotJoinAnotherMeshUnasked) {
    connect();
    MeshFixture other(loop_, Authentication::Required);

    links_.serve(inner_, nullptr);
    links_.serve("one", &other);
    pass(30s);
    other.settle();

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_EQ(links_.joins, 1);
    EXPECT_EQ(other.host->registry().node(NodeId("beta")), nullptr);
    EXPECT_THAT(failure(), HasSubstr("another mesh"));
}

TEST_F(MemberInsideTest, LeavesWithinTheMesh) {
    connect();

    Status left = internalError("not called");
    member_->stop(true, 5s, [&left](const Status& status) { left = status; });
    pass(1s);

    EXPECT_TRUE(left.ok());
    EXPECT_EQ(server_.host->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberInsideTest, FailsWhenItIsRefusedWithinAsWell) {
    links_.refuseStrangers(inner_);
    member_->start();
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_THAT(failure(), HasSubstr("not in-network"));
}

mesh::WireGuardPeer peerWith(std::vector<storage::FeaturePort> features) {
    mesh::WireGuardPeer peer;
    peer.node.id = NodeId("gamma");
    peer.node.features = std::move(features);
    peer.node.privateIpv4 = net::IpPrefix::parse("172.16.0.3/32").value();
    peer.node.privateIpv6 = net::IpPrefix::parse("fd00:1::3:0/112").value();
    return peer;
}

TEST(InnerServers, AreStorageMembersWithTheirIpv6First) {
    mesh::PeerSet peers;
    peers.peers = {
        peerWith({{::v1::NODES, 8443}}),
        peerWith({{::v1::NODES, 9443}, {::v1::STORAGE_PROVIDER, 9000}})};

    const auto servers = mesh::detail::innerServers(peers);

    ASSERT_EQ(servers.size(), 2U);
    EXPECT_EQ(servers[0].toString(), "[fd00:1::3:0]:9443");
    EXPECT_EQ(servers[1].toString(), "172.16.0.3:9443");
}

TEST(InnerServers, HaveAPortThatIsOne) {
    mesh::PeerSet peers;
    peers.peers = {
        peerWith({{::v1::NODES, 65536}, {::v1::STORAGE_PROVIDER, 9000}}),
        peerWith({{::v1::NODES, -1}, {::v1::STORAGE_PROVIDER, 9000}}),
        peerWith({{::v1::STORAGE_PROVIDER, 9000}})};

    EXPECT_THAT(mesh::detail::innerServers(peers), IsEmpty());
}

}  // namespace
}  // namespace weft::tests
