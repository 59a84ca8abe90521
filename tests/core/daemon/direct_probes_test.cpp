// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/direct_probes.h"

#include "core/daemon/detail/way_judge.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = mesh::DirectOffer::Kind;
using State = mesh::WayReport::State;

net::Endpoint at(const std::string& text) {
    return net::Endpoint::parse(text).value();
}

class WayJudgeTest : public ::testing::Test {
protected:
    bool after(Duration time, std::uint64_t received, std::uint64_t sent) {
        now_ += std::chrono::duration_cast<TimePoint::duration>(time);
        wall_ += std::chrono::duration_cast<WallTime::duration>(time);
        figures_.receivedBytes += received;
        figures_.sentBytes += sent;
        return judge_.note(&figures_, now_, wall_);
    }
    void bringUp() {
        figures_.lastHandshake = wall_ - 10s;
        after(1s, 148, 92);
    }

    TimePoint now_ = TimePoint() + 1h;
    WallTime wall_ = WallTime() + 1000h;
    TunnelPeerStatistics figures_;
    WayJudge judge_;
};

TEST_F(WayJudgeTest, CallsUntilThereIsAHandshake) {
    EXPECT_FALSE(after(1s, 0, 148));
    EXPECT_EQ(judge_.state(), State::Calling);

    bringUp();

    EXPECT_EQ(judge_.state(), State::Up);
}

TEST_F(WayJudgeTest, HasAPeerCalledThatAnswersNothing) {
    bringUp();

    EXPECT_FALSE(after(500ms, 0, 500));
    EXPECT_FALSE(judge_.isInDoubt());
    EXPECT_TRUE(after(500ms, 0, 500));
    EXPECT_FALSE(after(1s, 0, 500)) << "once";
    EXPECT_EQ(judge_.state(), State::Up);
    EXPECT_TRUE(judge_.isInDoubt());
    after(1s, 0, 500);

    EXPECT_EQ(judge_.state(), State::Lost);
    EXPECT_FALSE(judge_.isInDoubt());
}

TEST_F(WayJudgeTest, KeepsAPeerThatAnswersTheCall) {
    bringUp();
    EXPECT_TRUE(after(1s, 0, 500));

    after(1s, 92, 500);
    after(3s, 0, 0);

    EXPECT_EQ(judge_.state(), State::Up);
}

TEST_F(WayJudgeTest, DoesNotDoubtAWayThatHasJustBeenMade) {
    figures_.lastHandshake = wall_;
    after(1s, 148, 92);

    EXPECT_FALSE(after(1s, 0, 500));
    EXPECT_FALSE(after(900ms, 0, 500));
    EXPECT_TRUE(after(100ms, 0, 500));

    EXPECT_EQ(judge_.state(), State::Up);
}

TEST_F(WayJudgeTest, CallsAPeerThatOnlyListensNoMoreOftenThanThat) {
    bringUp();
    int calls = 0;
    for (int i = 0; i < 60; ++i) {
        const bool isCalled = after(500ms, 0, 500);
        calls += isCalled ? 1 : 0;
        if (isCalled) {
            figures_.lastHandshake = wall_;
            after(200ms, 92, 148);
        }
    }

    EXPECT_LE(calls, 11) << "once in three seconds";
    EXPECT_EQ(judge_.state(), State::Up);
}

TEST_F(WayJudgeTest, LetsAQuietWayBe) {
    bringUp();

    // A keepalive of each side.
    for (int i = 0; i < 20; ++i) {
        figures_.lastHandshake = wall_;
        EXPECT_FALSE(after(12s, 0, 32));
        EXPECT_FALSE(after(13s, 32, 0));
    }

    EXPECT_EQ(judge_.state(), State::Up);
}

TEST_F(WayJudgeTest, LosesAWayOnWhichKeepalivesDoNotCome) {
    bringUp();

    EXPECT_TRUE(after(WayJudge::kSilentFor, 0, 32));
    after(WayJudge::kLostAfter, 0, 148);

    EXPECT_EQ(judge_.state(), State::Lost);
}

TEST_F(WayJudgeTest, LosesAWayWithoutAHandshake) {
    bringUp();
    for (auto passed = 0s; passed < WayJudge::kFreshFor; passed += 10s) {
        after(10s, 32, 32);
    }

    EXPECT_EQ(judge_.state(), State::Lost);
}

class DirectProbesTest : public ::testing::Test {
protected:
    DirectProbesTest() {
        peers_.peers = {peerNamed("hub", "192.0.2.1:51820"), peerNamed("bravo", "")};
        for (const auto& peer : peers_.peers) {
            events_.push_back(
                {storage::Event::Kind::Put,
                 storage::nodeKey(peer.node.id),
                 storage::encodeNode(peer.node),
                 0});
        }
        registry_.apply(events_);
        tunnel_.setAddresses(*net::IpPrefix::parse("172.16.0.1/32"), std::nullopt);
        tunnel_.setPeers(peers_);
        loop_.runPosted();
    }

    static mesh::WireGuardPeer peerNamed(const char* id, const std::string& endpoint) {
        mesh::WireGuardPeer peer;
        peer.node.id = NodeId(id);
        peer.node.publicKey = crypto::NodeKey::generate()->publicKey();
        peer.node.primaryEndpoint = endpoint.empty() ? "" : at(endpoint).address.toString();
        if (!endpoint.empty()) {
            peer.node.wireguardEndpoints = {endpoint};
        }
        peer.allowedIps = {*net::IpPrefix::parse("172.16.0.2/32")};
        return peer;
    }
    TunnelPeerStatistics figuresOf(const mesh::WireGuardPeer& peer, const std::string& place) {
        TunnelPeerStatistics figures;
        figures.key = *peer.node.publicKey->wireGuardKey();
        figures.endpoint = at(place);
        figures.lastHandshake = loop_.clock().wallNow();
        figures.receivedBytes = 148;
        return figures;
    }
    void offer(std::uint64_t round, Kind kind = Kind::Probe) {
        mesh::DirectOffers offers;
        offers.complete = true;
        offers.offers = {{charlie_.node, round, kind, mesh::RelayReason::None}};
        offered_(offers);
        loop_.runPosted();
    }
    void pass(Duration time) {
        loop_.advance(time);
        loop_.runPosted();
    }

    tests::TempDir folder_;
    tests::ManualLoop loop_;
    tests::FakeTunnels tunnels_;
    config::WireGuardOptions options_;
    mesh::PeerSet peers_;
    mesh::WireGuardPeer charlie_ = peerNamed("charlie", "");
    storage::Registry registry_;
    std::vector<storage::Event> events_;
    std::vector<mesh::DirectReport> reports_;
    Status answer_;
    std::function<void(mesh::DirectOffers)> offered_;
    StatusCallback ended_;
    int watches_ = 0;
    MeshTunnel tunnel_{MeshTunnel::Parts{
        .factory = tunnels_,
        .loop = loop_,
        .profileId = "home",
        .options = options_,
        .privateKey = crypto::NodeKey::generate()->wireGuardPrivateKey(),
        .folder = folder_ / "home",
        .changed = [] {},
        .opened = [](const TunnelFacts& /*facts*/) {},
        .gone = [] {},
        .pathsExpected = [](std::uint64_t /*number*/, const auto& /*paths*/) {},
        .pathsSettled = [](std::uint64_t /*number*/) {},
        .figures = [] {}}};
    DirectProbes probes_{DirectProbes::Parts{
        .loop = loop_,
        .tunnel = tunnel_,
        .self = NodeId("alpha"),
        .mostSightings = 1,
        .registry = [this] { return &registry_; },
        .report =
            [this](const mesh::DirectReport& report, const StatusCallback& done) {
                reports_.push_back(report);
                done(answer_);
            },
        .watch =
            [this](std::function<void(mesh::DirectOffers)> changed, StatusCallback ended) {
                ++watches_;
                offered_ = std::move(changed);
                ended_ = std::move(ended);
                return Subscription([] {});
            },
        .changed = [] {}}};
};

TEST_F(DirectProbesTest, ReportsWhereItSeesWhomNobodyCanCall) {
    tunnels_.setFigures(
        {figuresOf(peers_.peers[0], "192.0.2.1:4000"),
         figuresOf(peers_.peers[1], "203.0.113.1:5")});
    probes_.begin();

    pass(1s);

    ASSERT_THAT(reports_, SizeIs(1));
    EXPECT_EQ(reports_[0].node, NodeId("alpha"));
    EXPECT_THAT(
        reports_[0].sightings, ElementsAre(mesh::Sighting{NodeId("bravo"), at("203.0.113.1:5")}));
    pass(10s);
    EXPECT_THAT(reports_, SizeIs(1)) << "nothing has changed";
}

TEST_F(DirectProbesTest, ReportsNoMoreSightingsThanAreTaken) {
    peers_.peers.push_back(peerNamed("delta", ""));
    registry_.apply(
        {{storage::Event::Kind::Put,
          storage::nodeKey(NodeId("delta")),
          storage::encodeNode(peers_.peers.back().node),
          0}});
    tunnel_.setPeers(peers_);
    tunnels_.setFigures(
        {figuresOf(peers_.peers[2], "203.0.113.3:5"), figuresOf(peers_.peers[1], "203.0.113.1:5")});
    probes_.begin();

    pass(1s);

    ASSERT_THAT(reports_, SizeIs(1));
    EXPECT_THAT(reports_[0].sightings, SizeIs(1));
}

TEST_F(DirectProbesTest, CallsWhomItIsToldToAndLetsNothingIn) {
    probes_.begin();
    charlie_.node.wireguardEndpoints = {"203.0.113.9:4000"};

    offer(1);

    const auto log = tunnels_.newest();
    ASSERT_THAT(log.peers, SizeIs(3));
    EXPECT_EQ(log.peers[2].key, *charlie_.node.publicKey->wireGuardKey());
    EXPECT_THAT(log.peers[2].allowedIps, IsEmpty());
    EXPECT_THAT(log.peers[2].candidates, ElementsAre(at("203.0.113.9:4000")));
    EXPECT_EQ(log.peers[2].keepalive, kHoldsOpen);
    offer(1, Kind::Relayed);
    EXPECT_THAT(tunnels_.newest().peers, SizeIs(2));
}

TEST_F(DirectProbesTest, CallsAtOnceInAnotherRound) {
    probes_.begin();
    offer(1);
    const auto given = tunnels_.newest().peersGiven;

    offer(2);

    EXPECT_EQ(tunnels_.newest().peersGiven, given + 2) << "taken away, and added";
    EXPECT_THAT(tunnels_.newest().peers, SizeIs(3));
}

TEST_F(DirectProbesTest, SaysAtOnceThatPacketsCome) {
    probes_.begin();
    offer(7);
    pass(1s);
    reports_.clear();
    tunnels_.setFigures({figuresOf(charlie_, "203.0.113.9:4000")});

    pass(DirectProbes::kProbing);

    ASSERT_FALSE(reports_.empty());
    EXPECT_THAT(
        reports_.back().ways, ElementsAre(mesh::WayReport{NodeId("charlie"), 7, State::Up}));
}

TEST_F(DirectProbesTest, TakesAPeerOfTheMeshForWhatItIs) {
    probes_.begin();
    offer(1);
    peers_.peers.push_back(charlie_);

    tunnel_.setPeers(peers_);
    loop_.runPosted();

    const auto log = tunnels_.newest();
    ASSERT_THAT(log.peers, SizeIs(3));
    EXPECT_THAT(log.peers[2].allowedIps, SizeIs(1));
    EXPECT_EQ(log.peers[2].keepalive, kHoldsOpen);
}

TEST_F(DirectProbesTest, AsksNoLeaderThatHasNone) {
    probes_.begin();

    ended_(unimplemented("no such method"));
    pass(60s);

    EXPECT_EQ(watches_, 1);
    EXPECT_THAT(reports_, IsEmpty());
    probes_.begin();
    EXPECT_EQ(watches_, 2) << "it may be another one";
}

TEST_F(DirectProbesTest, AsksAgainWhenTheStreamEnds) {
    probes_.begin();

    ended_(unavailable("gone"));
    pass(DirectProbes::kRetry);

    EXPECT_EQ(watches_, 2);
}

TEST_F(DirectProbesTest, ReportsAgainWhatWasRefused) {
    answer_ = permissionDenied("no neighbour");
    probes_.begin();
    pass(1s);
    const auto count = reports_.size();
    answer_ = okStatus();

    pass(DirectProbes::kRetry + 1s);

    EXPECT_GT(reports_.size(), count);
}

}  // namespace
}  // namespace weft::daemon
