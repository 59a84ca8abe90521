// SPDX-License-Identifier: Apache-2.0
// What the mesh has of a member: kept as the member is, and forgotten.
#include "core/mesh/member.h"
#include "tests/core/mesh/member_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <optional>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::MemberPhase;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(MemberTest, JoinsAgainWhenItWasPurged) {
    makeMember();
    startAndSettle();

    ASSERT_TRUE(server_.leave("beta", certificateOf("alpha")).ok());
    EXPECT_EQ(phase(), MemberPhase::Reconnecting);
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_NE(server_.host->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberTest, SendsAnUpdateOnlyWhenSomethingDiffers) {
    makeMember();
    startAndSettle();
    mesh::UpdateParams update;
    update.id = NodeId("beta");
    update.wireguardEndpoints = {"198.51.100.7:51820"};

    member_->change(update);
    server_.settle();
    member_->change(update);
    server_.settle();

    EXPECT_THAT(links_.updates, SizeIs(1));
    EXPECT_THAT(
        server_.host->registry().node(NodeId("beta"))->wireguardEndpoints,
        ElementsAre("198.51.100.7:51820"));
}

TEST_F(MemberTest, SaysThatItWasForgottenAndHasJoinedAgain) {
    makeMember();
    startAndSettle();
    EXPECT_EQ(member_->status().rejoinedAt, std::nullopt);
    const auto address = member_->status().grant->addressIpv4;

    ASSERT_TRUE(server_.leave("beta", certificateOf("alpha")).ok());
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_NE(member_->status().rejoinedAt, std::nullopt);
    EXPECT_EQ(member_->status().grant->addressIpv4, address);
}

TEST_F(MemberTest, FindsThatItWasForgottenWhileItWasAway) {
    options_.keepsJoinTimes = true;
    makeMember();
    startAndSettle();
    // Away, and back while nothing had happened.
    links_.serve("one", nullptr);
    links_.serve("one", &server_);
    pass(3s);
    ASSERT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(member_->status().rejoinedAt, std::nullopt);

    links_.serve("one", nullptr);
    ASSERT_TRUE(server_.leave("beta", certificateOf("alpha")).ok());
    links_.serve("one", &server_);
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_NE(member_->status().rejoinedAt, std::nullopt);
}

TEST_F(MemberTest, SaysNothingOfAJoinTimeThatAReferenceServerWritesEachTime) {
    makeMember();
    startAndSettle();

    links_.serve("one", nullptr);
    ASSERT_TRUE(server_.leave("beta", certificateOf("alpha")).ok());
    links_.serve("one", &server_);
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(member_->status().rejoinedAt, std::nullopt);
}

TEST_F(MemberTest, JoinsAgainWhenAnUpdateShowsThatItIsUnknown) {
    makeMember();
    startAndSettle();
    links_.setMute(true);
    links_.refuseUpdates(failedPrecondition("node beta not found"));
    ASSERT_TRUE(server_.store->erase(storage::nodeKey(NodeId("beta"))).ok());
    mesh::UpdateParams update;
    update.id = NodeId("beta");
    update.zone = "eu";

    member_->change(update);
    server_.settle();
    links_.refuseUpdates(okStatus());
    links_.setMute(false);
    pass(3s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_NE(member_->status().rejoinedAt, std::nullopt);
    EXPECT_EQ(server_.host->registry().node(NodeId("beta"))->zone, "eu");
}

TEST_F(MemberTest, SendsAnUpdateAgainLessAndLessOftenWhileItFails) {
    makeMember();
    startAndSettle();
    links_.refuseUpdates(unavailable("no leader"));
    mesh::UpdateParams update;
    update.id = NodeId("beta");
    update.zone = "eu";

    member_->change(update);
    pass(10s);
    EXPECT_GE(links_.updates.size(), 4U);
    EXPECT_LE(links_.updates.size(), 5U) << "after 1, 2, 4 and 8 s";
    links_.refuseUpdates(okStatus());
    pass(20s);

    EXPECT_EQ(server_.host->registry().node(NodeId("beta"))->zone, "eu");
    const auto sent = links_.updates.size();
    pass(2min);
    EXPECT_THAT(links_.updates, SizeIs(sent));
}

TEST_F(MemberTest, DoesNotInsistOnAnUpdateThatIsRefused) {
    makeMember();
    startAndSettle();
    links_.refuseUpdates(permissionDenied("no right to routes"));
    mesh::UpdateParams update;
    update.id = NodeId("beta");
    update.zone = "eu";

    member_->change(update);
    pass(2min);

    EXPECT_THAT(links_.updates, SizeIs(1));
}

TEST_F(MemberTest, AChangeWhileAwayGoesWithTheNextJoin) {
    makeMember();
    startAndSettle();
    links_.serve("one", nullptr);
    mesh::UpdateParams update;
    update.id = NodeId("beta");
    update.zone = "eu";
    member_->change(update);
    links_.serve("one", &server_);

    pass(3s);

    EXPECT_THAT(links_.updates, IsEmpty());
    EXPECT_EQ(server_.host->registry().node(NodeId("beta"))->zone, "eu");
}

}  // namespace
}  // namespace weft::tests
