// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/direct_host.h"

#include "tests/core/mesh/administration_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace weft::tests {
namespace {

using mesh::DirectOffers;
using mesh::DirectReport;
using mesh::NodeId;
using mesh::RelayReason;
using mesh::Sighting;
using Kind = mesh::DirectOffer::Kind;
using Reported = mesh::WayReport::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

net::Endpoint at(const std::string& text) {
    return net::Endpoint::parse(text).value();
}

/// Two nodes behind routers of their own, "bravo" and "charlie", and the server "alpha".
class DirectHostTest : public AdministrationTest {
protected:
    DirectHostTest() {
        EXPECT_TRUE(mesh_.join(joinOf("bravo", 1)).ok());
        EXPECT_TRUE(mesh_.join(joinOf("charlie", 2)).ok());
    }

    mesh::DirectWays& ways() { return mesh_.host->directWays(); }
    void watch(const std::string& id) {
        watches_[id] = ways().watch(
            NodeId(id), [this, id](const DirectOffers& offers) { offers_[id] = offers; });
        settle();
    }
    void settle() {
        for (int turn = 0; turn < 4; ++turn) {
            mesh_.settle();
            mesh_.loop.advance(mesh::detail::DirectHost::kDelay);
        }
        mesh_.settle();
    }
    Status report(
        const std::string& by,
        std::vector<Sighting> sightings,
        std::vector<mesh::WayReport> states = {}) {
        auto status =
            ways().report({NodeId(by), std::move(sightings), std::move(states)}, certificateOf(by));
        settle();
        return status;
    }
    const mesh::DirectOffer* offer(const std::string& to, const std::string& of) {
        const auto& list = offers_[to].offers;
        const auto found = std::ranges::find(
            list, NodeId(of), [](const mesh::DirectOffer& item) { return item.node.id; });
        return found == list.end() ? nullptr : &*found;
    }
    void watchAll() {
        for (const auto* id : {"alpha", "bravo", "charlie"}) {
            watch(id);
        }
    }
    void seeBoth() {
        EXPECT_TRUE(report(
                        "alpha",
                        {{NodeId("bravo"), at("203.0.113.1:4000")},
                         {NodeId("charlie"), at("203.0.113.2:5000")}})
                        .ok());
    }
    void say(const std::string& by, const std::string& of, Reported state) {
        const auto* told = offer(by, of);
        ASSERT_NE(told, nullptr);
        EXPECT_TRUE(report(by, {}, {{NodeId(of), told->round, state}}).ok());
    }
    const storage::EdgeRecord* edge() {
        return mesh_.host->registry().edge(NodeId("bravo"), NodeId("charlie"));
    }
    void makeDirect() {
        watchAll();
        seeBoth();
        say("bravo", "charlie", Reported::Up);
        say("charlie", "bravo", Reported::Up);
        ASSERT_NE(edge(), nullptr);
    }
    mesh::PeerSet peersOf(const std::string& id) {
        mesh::PeerSet peers;
        const auto subscription = mesh_.host->subscribePeers(
            NodeId(id), [&peers](const mesh::PeerSet& told) { peers = told; });
        settle();
        return peers;
    }

    std::map<std::string, Subscription> watches_;
    std::map<std::string, DirectOffers> offers_;
};

TEST_F(DirectHostTest, HasTwoCallEachOtherWhereTheyAreSeen) {
    watchAll();
    ASSERT_NE(offer("bravo", "charlie"), nullptr);
    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Relayed);
    EXPECT_EQ(offer("bravo", "charlie")->reason, RelayReason::NoPublicEndpoint);

    seeBoth();

    ASSERT_NE(offer("bravo", "charlie"), nullptr);
    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Probe);
    EXPECT_THAT(
        offer("bravo", "charlie")->node.wireguardEndpoints, ElementsAre("203.0.113.2:5000"));
    EXPECT_THAT(
        offer("charlie", "bravo")->node.wireguardEndpoints, ElementsAre("203.0.113.1:4000"));
    EXPECT_TRUE(offers_["bravo"].complete);
    EXPECT_EQ(offer("bravo", "alpha"), nullptr) << "a neighbour";
}

TEST_F(DirectHostTest, LinksThemWhenBothSayThatPacketsCome) {
    watchAll();
    seeBoth();
    say("bravo", "charlie", Reported::Up);
    EXPECT_EQ(edge(), nullptr);

    say("charlie", "bravo", Reported::Up);

    ASSERT_NE(edge(), nullptr);
    EXPECT_TRUE(edge()->attributes.contains("WEFT_DIRECT"));
    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Direct);
    const auto peers = peersOf("bravo");
    ASSERT_EQ(peers.peers.size(), 2U);
    EXPECT_EQ(peers.peers[1].node.id, NodeId("charlie"));
    EXPECT_EQ(peers.peers[1].node, offer("bravo", "charlie")->node)
        << "the tunnel is not to take it for another place";
}

TEST_F(DirectHostTest, UnlinksThemWhenOneSaysThatNothingComes) {
    makeDirect();

    say("bravo", "charlie", Reported::Lost);

    EXPECT_EQ(edge(), nullptr);
    EXPECT_EQ(mesh_.host->registry().edge(NodeId("charlie"), NodeId("bravo")), nullptr);
    EXPECT_EQ(offer("charlie", "bravo")->reason, RelayReason::HandshakeTimeout);
    const auto peers = peersOf("bravo");
    ASSERT_EQ(peers.peers.size(), 1U);
    EXPECT_EQ(peers.peers[0].allowedIps.size(), 4U) << "alpha, and charlie behind it";
}

TEST_F(DirectHostTest, DoesNotTryALostWayAgainAtOnce) {
    makeDirect();
    const auto round = offer("bravo", "charlie")->round;
    const std::vector<Sighting> seen = {{NodeId("charlie"), at("203.0.113.2:5000")}};
    ASSERT_TRUE(report("bravo", seen, {{NodeId("charlie"), round, Reported::Up}}).ok());

    // The session goes with the way, and what was seen through it.
    ASSERT_TRUE(report("bravo", {}, {{NodeId("charlie"), round, Reported::Lost}}).ok());
    mesh_.loop.advance(mesh::detail::DirectPairs::kLeastPause);
    settle();

    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Relayed);
    mesh_.loop.advance(mesh::detail::DirectPairs::kFirstPause);
    settle();
    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Probe);
}

TEST_F(DirectHostTest, TellsNeighboursWhereANodeIsSeen) {
    mesh::JoinParams third = publicJoinOf("delta", 3);
    ASSERT_TRUE(mesh_.join(third).ok());
    ASSERT_TRUE(put(storage::EdgeRecord{NodeId("bravo"), NodeId("delta"), 1}).ok());
    watchAll();
    seeBoth();

    const auto peers = peersOf("delta");

    const auto bravo = std::ranges::find(
        peers.peers, NodeId("bravo"), [](const auto& peer) { return peer.node.id; });
    ASSERT_NE(bravo, peers.peers.end());
    EXPECT_THAT(bravo->node.wireguardEndpoints, ElementsAre("203.0.113.1:4000"));
    EXPECT_EQ(bravo->node.primaryEndpoint, "");
    const auto own = peersOf("alpha");
    EXPECT_THAT(own.peers[0].node.wireguardEndpoints, IsEmpty()) << "who has seen it knows it";
}

TEST_F(DirectHostTest, KeepsTheFirstPlaceFirst) {
    auto params = joinOf("bravo", 1);
    params.wireguardEndpoints = {"10.1.1.1:51820", "10.1.2.1:51820"};
    ASSERT_TRUE(mesh_.join(params).ok());
    watchAll();

    seeBoth();

    EXPECT_EQ(offer("charlie", "bravo")->node.primaryEndpoint, "10.1.1.1:51820");
    EXPECT_THAT(
        offer("charlie", "bravo")->node.wireguardEndpoints,
        ElementsAre("10.1.1.1:51820", "203.0.113.1:4000", "10.1.2.1:51820"));
}

TEST_F(DirectHostTest, RefusesSightingsOfNodesThatAreNoNeighbours) {
    ASSERT_TRUE(mesh_.join(joinOf("delta", 3)).ok());
    watchAll();

    const auto status = report("bravo", {{NodeId("delta"), at("203.0.113.9:1")}});

    EXPECT_EQ(status.code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(messageOf(status), HasSubstr("delta is no neighbour of bravo"));
    EXPECT_EQ(
        report("bravo", {{NodeId("nobody"), at("203.0.113.9:1")}}).code(),
        StatusCode::kPermissionDenied);
}

TEST_F(DirectHostTest, RefusesPlacesWhereNobodyCanBeCalled) {
    watchAll();
    for (const auto* place :
         {"127.0.0.1:5",
          "0.0.0.0:5",
          "224.0.0.1:5",
          "169.254.1.1:5",
          "203.0.113.1:0",
          "[::1]:5",
          "[fe80::1]:5",
          "172.16.0.2:5"}) {
        const auto status = report("alpha", {{NodeId("bravo"), at(place)}});
        EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << place;
    }
}

TEST_F(DirectHostTest, TakesReportsFromTheNodeItselfAlone) {
    watchAll();
    const DirectReport report{NodeId("bravo"), {}, {}};

    EXPECT_EQ(
        ways().report(report, certificateOf("charlie")).code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(ways().report(report, nobody()).code(), StatusCode::kUnauthenticated);
    EXPECT_TRUE(ways().report(report, certificateOf("bravo")).ok());
    watches_.clear();
    EXPECT_EQ(
        ways().report(report, certificateOf("bravo")).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(
        ways().mayWatch(NodeId("charlie"), certificateOf("bravo")).code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(
        ways().mayWatch(NodeId("nobody"), certificateOf("nobody")).code(),
        StatusCode::kFailedPrecondition);
}

TEST_F(DirectHostTest, RefusesAReportThatHoldsTooMuch) {
    watchAll();
    DirectReport tooMany{NodeId("alpha"), {}, {}};
    tooMany.sightings.assign(
        mesh::kMaxReportedSightings + 1, {NodeId("bravo"), at("203.0.113.1:4000")});
    EXPECT_EQ(ways().report(tooMany, certificateOf("alpha")).code(), StatusCode::kInvalidArgument);

    tooMany.sightings.clear();
    tooMany.ways.resize(mesh::kMaxReportedWays + 1);
    EXPECT_EQ(ways().report(tooMany, certificateOf("alpha")).code(), StatusCode::kInvalidArgument);
}

TEST_F(DirectHostTest, LetsNobodyMakeAWayAlone) {
    watchAll();
    seeBoth();

    say("bravo", "charlie", Reported::Up);
    say("bravo", "charlie", Reported::Up);

    EXPECT_EQ(edge(), nullptr);
    mesh_.loop.advance(mesh::detail::DirectPairs::kProbeTime);
    settle();
    EXPECT_EQ(offer("bravo", "charlie")->reason, RelayReason::HandshakeTimeout);
}

TEST_F(DirectHostTest, ForgetsWhatWasSeenOfANodeThatLeaves) {
    watchAll();
    seeBoth();

    ASSERT_TRUE(mesh_.leave("bravo").ok());
    ASSERT_TRUE(mesh_.join(joinOf("bravo", 1)).ok());
    settle();

    EXPECT_EQ(offer("charlie", "bravo")->reason, RelayReason::NoPublicEndpoint);
}

TEST_F(DirectHostTest, ForgetsWhatSomebodySawWhoGoes) {
    watchAll();
    seeBoth();

    watches_.erase("alpha");
    settle();

    EXPECT_EQ(offer("charlie", "bravo")->reason, RelayReason::NoPublicEndpoint);
}

TEST_F(DirectHostTest, SaysThatBothAreBehindSymmetricRouters) {
    ASSERT_TRUE(mesh_.join(publicJoinOf("delta", 3)).ok());
    ASSERT_TRUE(put(storage::EdgeRecord{NodeId("bravo"), NodeId("delta"), 1}).ok());
    ASSERT_TRUE(put(storage::EdgeRecord{NodeId("charlie"), NodeId("delta"), 1}).ok());
    watchAll();
    watch("delta");
    seeBoth();

    EXPECT_TRUE(report(
                    "delta",
                    {{NodeId("bravo"), at("203.0.113.1:4001")},
                     {NodeId("charlie"), at("203.0.113.2:5001")}})
                    .ok());

    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Relayed);
    EXPECT_EQ(offer("bravo", "charlie")->reason, RelayReason::SymmetricNat);
}

TEST_F(DirectHostTest, SaysThatTwoHaveNoFamilyInCommon) {
    watchAll();

    EXPECT_TRUE(report(
                    "alpha",
                    {{NodeId("bravo"), at("203.0.113.1:4000")},
                     {NodeId("charlie"), at("[2001:db8::2]:5000")}})
                    .ok());

    EXPECT_EQ(offer("bravo", "charlie")->reason, RelayReason::NoCommonFamily);
}

TEST_F(DirectHostTest, OffersNothingThatTheRulesForbid) {
    watchAll();
    seeBoth();
    ASSERT_EQ(offer("bravo", "charlie")->kind, Kind::Probe);

    auto deny = aclOf("one-way", mesh::policy::AclAction::Deny);
    deny.priority = 1'000'000;
    deny.sourceNodes = {"bravo"};
    deny.destinationNodes = {"charlie"};
    ASSERT_TRUE(put(deny).ok());
    settle();
    EXPECT_EQ(offer("bravo", "charlie")->kind, Kind::Relayed);
    EXPECT_EQ(offer("bravo", "charlie")->reason, RelayReason::AclOneSided);

    auto back = deny;
    back.name = "other-way";
    std::swap(back.sourceNodes, back.destinationNodes);
    ASSERT_TRUE(put(back).ok());
    settle();
    EXPECT_EQ(offer("bravo", "charlie"), nullptr);
}

TEST_F(DirectHostTest, UnlinksWhomTheRulesForbid) {
    makeDirect();
    auto deny = aclOf("one-way", mesh::policy::AclAction::Deny);
    deny.priority = 1'000'000;
    deny.sourceNodes = {"bravo"};
    deny.destinationNodes = {"charlie"};

    ASSERT_TRUE(put(deny).ok());
    settle();

    EXPECT_EQ(edge(), nullptr);
}

TEST_F(DirectHostTest, KeepsWhatAnAdministratorMade) {
    watchAll();
    seeBoth();

    ASSERT_TRUE(put(storage::EdgeRecord{NodeId("bravo"), NodeId("charlie"), 1}).ok());
    settle();

    EXPECT_EQ(offer("bravo", "charlie"), nullptr);
    EXPECT_NE(edge(), nullptr);
}

TEST_F(DirectHostTest, UnlinksAfterARestartWhatNobodyConfirms) {
    makeDirect();
    watches_.clear();
    offers_.clear();
    administration_.reset();
    ASSERT_TRUE(mesh_.reopen(MeshFixture::options(mesh::Authentication::Required, {})).ok());
    ASSERT_NE(edge(), nullptr);

    mesh_.loop.advance(mesh::detail::DirectPairs::kConfirmTime);
    settle();

    EXPECT_EQ(edge(), nullptr);
}

TEST_F(DirectHostTest, KeepsAfterARestartWhatIsConfirmed) {
    makeDirect();
    watches_.clear();
    offers_.clear();
    administration_.reset();
    ASSERT_TRUE(mesh_.reopen(MeshFixture::options(mesh::Authentication::Required, {})).ok());
    watchAll();
    ASSERT_EQ(offer("bravo", "charlie")->kind, Kind::Direct);

    say("bravo", "charlie", Reported::Up);
    mesh_.loop.advance(mesh::detail::DirectPairs::kConfirmTime);
    settle();

    EXPECT_NE(edge(), nullptr);
}

}  // namespace
}  // namespace weft::tests
