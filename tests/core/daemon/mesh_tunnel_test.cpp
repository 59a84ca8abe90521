// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/mesh_tunnel.h"

#include "core/daemon/detail/tunnel_messages.h"
#include "core/daemon/detail/tunnel_scrape.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Connection = weft::local::v1::Connection;
using CheckItem = weft::local::v1::CheckItem;

net::IpPrefix prefix(const char* text) {
    return *net::IpPrefix::parse(text);
}

mesh::WireGuardPeer peerNamed(const char* id, const char* endpoint = "") {
    mesh::WireGuardPeer peer;
    peer.node.id = mesh::NodeId(id);
    peer.node.publicKey = crypto::NodeKey::generate()->publicKey();
    peer.node.primaryEndpoint = endpoint;
    peer.allowedIps = {prefix("172.16.0.2/32"), prefix("fd00::2:0/112")};
    return peer;
}

class MeshTunnelTest : public ::testing::Test {
protected:
    void make() {
        tunnel_ = std::make_unique<MeshTunnel>(MeshTunnel::Parts{
            .factory = tunnels_,
            .loop = loop_,
            .profileId = "home",
            .options = options_,
            .portIsExplicit = explicit_,
            .ipv4 = ipv4_,
            .ipv6 = true,
            .privateKey = crypto::NodeKey::generate()->wireGuardPrivateKey(),
            .folder = folder_ / "home",
            .changed = [this] { ++changes_; },
            .opened = [this](const TunnelFacts& facts) { opened_.push_back(facts); },
            .gone = [this] { goneBefore_.push_back(tunnels_.newest().gone); },
            .pathsExpected =
                [this](std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) {
                    expected_.push_back({number, std::move(paths), tunnels_.newest().peersGiven});
                },
            .pathsSettled = [this](std::uint64_t number) { settled_.push_back(number); },
            .figures = [this] { ++figures_; }});
    }
    void giveAddresses() {
        tunnel_->setAddresses(prefix("172.16.0.1/32"), prefix("fd00::1:0/112"));
        loop_.runPosted();
    }
    void open() {
        make();
        giveAddresses();
    }
    void givePeer() {
        peers_.peers = {peerNamed("bravo", "192.0.2.7:51820")};
        tunnel_->setPeers(peers_);
        loop_.runPosted();
    }
    /// The peer's last handshake was that long ago.
    TunnelPeerStatistics figuresOf(Duration age) {
        TunnelPeerStatistics figures;
        figures.key = *peers_.peers.front().node.publicKey->wireGuardKey();
        figures.lastHandshake =
            loop_.clock().wallNow() - std::chrono::duration_cast<WallTime::duration>(age);
        figures.receivedBytes = 7;
        return figures;
    }
    Connection describe() const {
        Connection state;
        state.set_state(Connection::STATE_CONNECTED);
        tunnel_->describe(state);
        return state;
    }

    tests::TempDir folder_;
    tests::ManualLoop loop_;
    tests::FakeTunnels tunnels_;
    config::WireGuardOptions options_;
    bool explicit_ = false;
    bool ipv4_ = true;
    mesh::PeerSet peers_;
    int changes_ = 0;
    int figures_ = 0;
    std::vector<TunnelFacts> opened_;
    /// Each time that its end was told: whether it was the end already.
    std::vector<bool> goneBefore_;
    struct Expected {
        std::uint64_t number = 0;
        std::shared_ptr<const services::TunnelPaths> paths;
        /// How often the device had got peers before.
        int peersGiven = 0;
    };
    std::vector<Expected> expected_;
    std::vector<std::uint64_t> settled_;
    std::unique_ptr<MeshTunnel> tunnel_;
};

TEST_F(MeshTunnelTest, OpensNothingBeforeItHasAnAddress) {
    make();
    tunnel_->setPeers(peers_);
    tunnel_->setAddresses(std::nullopt, std::nullopt);
    loop_.advance(1min);

    EXPECT_EQ(tunnels_.count(), 0U);
    EXPECT_EQ(describe().checklist(0).state(), CheckItem::STATE_PENDING);
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);
}

TEST_F(MeshTunnelTest, DoesWithoutIpv6OnAHostThatHasNoneAndSaysSo) {
    tunnels_.switchIpv6Off();
    make();
    tunnel_->setNetworks({prefix("172.16.0.0/12"), prefix("fd00::/48")});
    giveAddresses();
    givePeer();

    EXPECT_EQ(tunnels_.newest().addresses, (std::vector{prefix("172.16.0.1/32")}));
    EXPECT_EQ(tunnels_.newest().host.routes, (std::vector{prefix("172.16.0.0/12")}));
    const auto state = describe();
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(state.problems(0).text(), HasSubstr("IPv6 is switched off on this host"));
    EXPECT_EQ(state.state(), Connection::STATE_CONNECTED);
}

TEST_F(MeshTunnelTest, AsksForIpv6WhereTheMeshHasNothingElse) {
    tunnels_.switchIpv6Off();
    make();

    tunnel_->setAddresses(std::nullopt, prefix("fd00::1:0/112"));
    loop_.runPosted();

    EXPECT_EQ(tunnels_.newest().addresses, (std::vector{prefix("fd00::1:0/112")}));
}

TEST_F(MeshTunnelTest, HasTheHostRouteTheMeshAndWhatLiesBehindPeers) {
    make();
    tunnel_->setNetworks({prefix("172.16.0.0/12"), prefix("fd00::/48")});
    giveAddresses();
    EXPECT_EQ(
        tunnels_.newest().host.routes, (std::vector{prefix("172.16.0.0/12"), prefix("fd00::/48")}));
    ASSERT_EQ(describe().checklist_size(), 3);
    EXPECT_EQ(describe().checklist(1).id(), "routes");
    EXPECT_EQ(describe().checklist(1).text(), "2 of 2 networks lead into weft0");

    peers_.peers = {peerNamed("bravo", "192.0.2.7:51820")};
    peers_.peers.front().allowedIps = {prefix("172.16.0.2/32"), prefix("10.7.0.0/16")};
    tunnel_->setPeers(peers_);
    tunnel_->setOffered({prefix("192.168.1.0/24")});
    loop_.runPosted();

    EXPECT_THAT(tunnels_.newest().host.routes, SizeIs(3));
    EXPECT_EQ(tunnels_.newest().host.routes.back(), prefix("10.7.0.0/16"));
    EXPECT_THAT(tunnels_.newest().host.offered, ElementsAre(prefix("192.168.1.0/24")));
}

TEST_F(MeshTunnelTest, SeeksPeersWhileThereIsAnInterface) {
    make();
    tunnel_->seekPeers();
    giveAddresses();
    EXPECT_EQ(tunnels_.newest().timesSought, 0);

    tunnel_->seekPeers();

    EXPECT_EQ(tunnels_.newest().timesSought, 1);
}

TEST_F(MeshTunnelTest, SaysWhatTheHostDoesNotDo) {
    tunnels_.setHostProblems(
        {{platform::HostPart::Collision, "172.16.0.0/12", failedPrecondition("it is taken")}});
    make();
    tunnel_->setNetworks({prefix("172.16.0.0/12")});
    giveAddresses();
    loop_.runPosted();

    const auto state = describe();

    EXPECT_EQ(state.state(), Connection::STATE_DEGRADED);
    EXPECT_EQ(state.checklist(1).state(), CheckItem::STATE_WARN);
    EXPECT_EQ(state.checklist(1).text(), "0 of 1 networks lead into weft0");
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_EQ(state.problems(0).text(), "it is taken.");
    EXPECT_FALSE(state.problems(0).remedy().empty());
}

TEST_F(MeshTunnelTest, SaysWhatTheHostDoesNotDoAnyMore) {
    make();
    tunnel_->setNetworks({prefix("172.16.0.0/12")});
    giveAddresses();
    loop_.runPosted();
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);

    tunnels_.changeHostProblems(
        {{platform::HostPart::Routes, "172.16.0.0/12", unavailable("the network is down")}});
    loop_.runPosted();

    EXPECT_EQ(describe().state(), Connection::STATE_DEGRADED);
    tunnels_.changeHostProblems({});
    loop_.runPosted();
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);
}

TEST_F(MeshTunnelTest, ClosesALostInterfaceWithoutWaitingForIt) {
    open();
    tunnels_.lose(unavailable("somebody deleted it"));

    EXPECT_TRUE(tunnels_.newest().closeAsked);
    EXPECT_FALSE(tunnels_.newest().gone) << "not before it is closed";
    loop_.runPosted();
    EXPECT_TRUE(tunnels_.newest().gone);
}

TEST_F(MeshTunnelTest, LeavesNoInterfaceThatGoesBehind) {
    open();
    tunnels_.lose(unavailable("somebody deleted it"));

    tunnel_.reset();

    EXPECT_TRUE(tunnels_.newest().gone) << "its loop may go next";
    loop_.runPosted();
}

TEST_F(MeshTunnelTest, OpensWithItsAddressesAndThenGivesThePeersItKnows) {
    options_.mtu = 1380;
    options_.listenPort = 41820;
    make();
    peers_.peers = {peerNamed("bravo", "192.0.2.7:51820")};
    tunnel_->setPeers(peers_);

    tunnel_->setAddresses(prefix("172.16.0.1/32"), prefix("fd00::1:0/112"));
    EXPECT_EQ(tunnels_.newest().peersGiven, 0);
    loop_.runPosted();

    const auto log = tunnels_.newest();
    EXPECT_TRUE(log.openAsked);
    EXPECT_EQ(log.interfaceName, "weft+");
    EXPECT_EQ(log.mtu, 1380);
    EXPECT_EQ(log.listenPort, 41820);
    EXPECT_FALSE(log.portIsExplicit);
    EXPECT_EQ(log.privateKeyBytes, 32U);
    EXPECT_THAT(log.addresses, ElementsAre(prefix("172.16.0.1/32"), prefix("fd00::1:0/112")));
    ASSERT_THAT(log.peers, SizeIs(1));
    EXPECT_EQ(log.peers[0].endpoint->toString(), "192.0.2.7:51820");
    EXPECT_EQ(log.peers[0].keepalive, 30s);
    EXPECT_THAT(opened_, ElementsAre(TunnelFacts{"weft0", 41820, 1380}));
    EXPECT_EQ(describe().tunnel().interface_name(), "weft0");
}

TEST_F(MeshTunnelTest, FollowsThePeersAndIsNotToldTheSameTwice) {
    open();
    givePeer();
    const auto given = tunnels_.newest().peersGiven;
    tunnel_->setPeers(peers_);
    EXPECT_EQ(tunnels_.newest().peersGiven, given);

    tunnel_->setPeers({});

    EXPECT_EQ(tunnels_.newest().peersGiven, given + 1);
    EXPECT_THAT(tunnels_.newest().peers, IsEmpty());
}

TEST_F(MeshTunnelTest, TellsWhichPeerLeadsWhereBeforeTheDeviceGetsItAndAfter) {
    open();
    ASSERT_THAT(settled_, SizeIs(1));
    const auto given = tunnels_.newest().peersGiven;

    peers_.peers = {peerNamed("bravo"), peerNamed("hub")};
    peers_.peers[1].allowedIps = {prefix("172.16.0.3/32"), prefix("0.0.0.0/0")};
    tunnel_->setPeers(peers_);

    ASSERT_THAT(expected_, SizeIs(2));
    EXPECT_EQ(expected_[1].peersGiven, given);
    EXPECT_THAT(settled_, SizeIs(1)) << "the device has not taken them";
    const auto& paths = *expected_[1].paths;
    EXPECT_EQ(*paths.senderOf(prefix("172.16.0.2/32").address()), peers_.peers[0].node.publicKey);
    EXPECT_EQ(*paths.senderOf(prefix("fd00::2:0/112").address()), peers_.peers[0].node.publicKey);
    EXPECT_EQ(*paths.senderOf(prefix("172.16.0.3/32").address()), peers_.peers[1].node.publicKey);
    EXPECT_FALSE(paths.senderOf(prefix("172.16.0.4/32").address())) << "no default route is taken";
    loop_.runPosted();
    EXPECT_THAT(settled_, ElementsAre(expected_[0].number, expected_[1].number));
    EXPECT_LT(expected_[0].number, expected_[1].number);
}

TEST_F(MeshTunnelTest, DoesNotSayThatTheDeviceTookWhatItRefused) {
    open();
    settled_.clear();
    tunnels_.refusePeers(unavailable("no memory"));

    givePeer();

    EXPECT_THAT(expected_, SizeIs(2));
    EXPECT_THAT(settled_, IsEmpty());
}

TEST_F(MeshTunnelTest, PassesOtherAddressesOn) {
    open();
    tunnel_->setAddresses(prefix("172.16.0.9/32"), prefix("fd00::1:0/112"));

    EXPECT_EQ(tunnels_.count(), 1U);
    EXPECT_EQ(tunnels_.newest().addresses[0], prefix("172.16.0.9/32"));
}

TEST_F(MeshTunnelTest, LeavesOutTheFamilyThatIsNotInUse) {
    ipv4_ = false;
    open();
    givePeer();

    EXPECT_THAT(tunnels_.newest().addresses, ElementsAre(prefix("fd00::1:0/112")));
    EXPECT_THAT(tunnels_.newest().peers[0].allowedIps, ElementsAre(prefix("fd00::2:0/112")));
}

TEST_F(MeshTunnelTest, NamesBothWaysOutWithoutTheRightToMakeInterfaces) {
    tunnels_.refuse(permissionDenied("needs CAP_NET_ADMIN"));
    open();

    const auto state = describe();

    EXPECT_EQ(state.state(), Connection::STATE_DEGRADED);
    EXPECT_EQ(state.checklist(0).id(), "tunnel");
    EXPECT_EQ(state.checklist(0).state(), CheckItem::STATE_FAILED);
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(
        state.problems(0).remedy(),
        AllOf(HasSubstr("systemctl enable --now weftd"), HasSubstr("setcap cap_net_admin+ep /")));
    EXPECT_FALSE(state.has_tunnel());
    loop_.advance(10min);
    EXPECT_EQ(tunnels_.count(), 1U) << "a missing right does not come by itself";
    EXPECT_TRUE(tunnels_.newest().gone);
}

TEST_F(MeshTunnelTest, TriesAgainWhenTheReasonMayPass) {
    tunnels_.refuse(failedPrecondition("the interface weft0 is taken"));
    open();
    EXPECT_THAT(describe().checklist(0).text(), HasSubstr("weft0 is taken"));
    tunnels_.refuse(okStatus());

    loop_.advance(30s);

    EXPECT_EQ(tunnels_.count(), 2U);
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);
    EXPECT_THAT(opened_, SizeIs(1));
}

TEST_F(MeshTunnelTest, TriesAgainAtOnceWhenAskedTo) {
    tunnels_.refuse(permissionDenied("needs CAP_NET_ADMIN"));
    open();
    tunnels_.refuse(okStatus());

    tunnel_->retryNow();
    loop_.runPosted();

    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);
}

TEST_F(MeshTunnelTest, ComesBackWithItsPeersAfterItsInterfaceWasDeleted) {
    open();
    givePeer();

    tunnels_.lose(unavailable("somebody deleted it"));
    loop_.runPosted();
    EXPECT_EQ(describe().state(), Connection::STATE_DEGRADED);
    EXPECT_THAT(describe().problems(0).text(), HasSubstr("somebody deleted it"));
    EXPECT_TRUE(tunnels_.newest().gone);
    loop_.advance(30s);

    EXPECT_EQ(tunnels_.count(), 2U);
    EXPECT_THAT(tunnels_.newest().peers, SizeIs(1));
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);
}

TEST_F(MeshTunnelTest, SaysThatItsInterfaceGoesBeforeItIsTakenAway) {
    tunnels_.refuse(unavailable("not yet"));
    open();
    EXPECT_THAT(goneBefore_, IsEmpty()) << "there was none";
    tunnels_.refuse(okStatus());
    loop_.advance(30s);

    tunnels_.lose(unavailable("somebody deleted it"));
    EXPECT_THAT(goneBefore_, ElementsAre(false));
    loop_.advance(30s);
    ASSERT_EQ(tunnels_.count(), 3U);
    tunnel_.reset();

    EXPECT_THAT(goneBefore_, ElementsAre(false, false));
}

TEST_F(MeshTunnelTest, TakesTheInterfaceAwayAtTheEnd) {
    open();
    EXPECT_FALSE(tunnels_.newest().gone);

    tunnel_.reset();

    EXPECT_TRUE(tunnels_.newest().gone);
}

TEST_F(MeshTunnelTest, ReadsFiguresOnceASecondWhileSomebodyLooks) {
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(1s)});
    tunnel_->watch(true);
    loop_.runPosted();
    const int before = figures_;

    loop_.advance(5s);

    EXPECT_EQ(figures_ - before, 5);
    const auto* figures = tunnel_->statisticsOf(mesh::NodeId("bravo"));
    ASSERT_NE(figures, nullptr);
    EXPECT_EQ(figures->receivedBytes, 7U);
    EXPECT_EQ(tunnel_->statisticsOf(mesh::NodeId("charlie")), nullptr);
}

TEST_F(MeshTunnelTest, ReadsNothingWhenAllAnswerAndNobodyLooks) {
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(0s)});
    tunnel_->watch(true);
    loop_.runPosted();
    tunnel_->watch(false);
    loop_.advance(10s);
    const int before = tunnels_.newest().figuresRead;

    loop_.advance(1h);

    EXPECT_EQ(tunnels_.newest().figuresRead, before);
}

TEST_F(MeshTunnelTest, AnswersWhoAskedWhenTheInterfaceGoes) {
    open();
    std::vector<StatusCode> answers;
    const auto note = [&answers](const StatusOr<TunnelStatistics>& now) {
        answers.push_back(now.status().code());
    };
    tunnel_->statistics(note);
    loop_.runPosted();
    tunnel_->statistics(note);

    tunnel_.reset();
    loop_.runPosted();

    EXPECT_THAT(answers, ElementsAre(StatusCode::kOk, StatusCode::kCancelled));
}

TEST_F(MeshTunnelTest, ScrapesOnItsLoopForAThreadThatWaits) {
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(1s)});
    TunnelScrape scrape(loop_, *tunnel_, true);
    auto figures = std::async(std::launch::async, [&scrape] { return scrape.read(); });

    while (figures.wait_for(1ms) != std::future_status::ready) {
        loop_.runPosted();
    }

    const auto read = figures.get();
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->interfaceName, "weft0");
    EXPECT_EQ(read->receivedBytes, 7U);
    EXPECT_EQ(read->peers, 1U);
    EXPECT_EQ(read->freshPeers, 1U);
    ASSERT_THAT(read->perPeer, SizeIs(1));
    EXPECT_EQ(read->perPeer[0].receivedBytes, 7U);
}

TEST_F(MeshTunnelTest, LetsAScrapeGoWhenItIsClosed) {
    open();
    TunnelScrape scrape(loop_, *tunnel_, false);
    auto figures = std::async(std::launch::async, [&scrape] { return scrape.read(); });

    scrape.close();

    EXPECT_FALSE(figures.get().has_value());
    tunnel_.reset();
    loop_.runPosted();
}

TEST_F(MeshTunnelTest, NoticesTheFirstHandshakeByItself) {
    open();
    givePeer();
    EXPECT_EQ(describe().checklist(0).text(), "weft0 is up, UDP port 51820");
    EXPECT_EQ(describe().checklist(2).id(), "handshake");
    EXPECT_EQ(describe().checklist(2).state(), CheckItem::STATE_PENDING);
    tunnels_.setFigures({figuresOf(0s)});
    const int before = changes_;

    loop_.advance(5s);

    EXPECT_GT(changes_, before);
    EXPECT_EQ(describe().checklist(2).state(), CheckItem::STATE_OK);
    EXPECT_THAT(describe().checklist(2).text(), HasSubstr("1 of 1 peers answer"));
}

TEST_F(MeshTunnelTest, SendsEverythingToAPeerOnlyOnceSomebodyHasAgreed) {
    open();
    givePeer();
    const auto& exit = peers_.peers.front().node;
    RouteConsents consents;
    consents.setOffers({{prefix("0.0.0.0/0"), exit.id, *exit.publicKey}});
    tunnel_->setConsents(consents);
    loop_.runPosted();
    EXPECT_EQ(tunnels_.newest().peers[0].allowedIps.size(), 2U);
    EXPECT_THAT(
        describe().problems(0).remedy(), HasSubstr("weftctl routes accept 0.0.0.0/0 --from bravo"));

    weft::local::v1::RouteConsent said;
    said.set_cidr("0.0.0.0/0");
    said.set_node_id("bravo");
    said.set_public_key(exit.publicKey->toString());
    consents.setConsents({said});
    tunnel_->setConsents(consents);
    loop_.runPosted();

    EXPECT_THAT(tunnels_.newest().peers[0].allowedIps, testing::Contains(prefix("0.0.0.0/0")));
    EXPECT_THAT(tunnels_.newest().host.outer, ElementsAre(prefix("0.0.0.0/0")));
    EXPECT_EQ(describe().problems_size(), 0);
    EXPECT_FALSE(expected_.back().paths->senderOf(prefix("192.0.2.1/32").address()))
        << "who sends for everybody is not everybody";

    said.set_public_key("of another");
    consents.setConsents({said});
    tunnel_->setConsents(consents);
    loop_.runPosted();
    EXPECT_THAT(tunnels_.newest().host.outer, IsEmpty());
    EXPECT_EQ(tunnels_.newest().peers[0].allowedIps.size(), 2U);
}

TEST_F(MeshTunnelTest, IsDegradedWhenNobodyHasAnsweredForThreeMinutes) {
    open();
    givePeer();
    loop_.advance(3min);
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);

    loop_.advance(1s);

    EXPECT_EQ(describe().state(), Connection::STATE_DEGRADED);
    EXPECT_EQ(describe().checklist(2).state(), CheckItem::STATE_WARN);
    EXPECT_THAT(describe().problems(0).remedy(), HasSubstr("UDP port 51820"));
}

TEST(TunnelPeers, LeaveOutWhatATunnelCannotUse) {
    TunnelPeers peers({.ipv4 = true, .ipv6 = true, .keepalive = 25s});
    mesh::PeerSet set;
    set.peers = {
        peerNamed("alpha", "node.example:51820"),
        peerNamed("bravo", "[2001:db8::1]:51820"),
        peerNamed("charlie", "192.0.2.1:0"),
        peerNamed("delta", "192.0.2.2:51820"),
        peerNamed("echo")};
    set.peers[1].allowedIps = {prefix("0.0.0.0/0"), prefix("::/0"), prefix("10.1.2.3/16")};
    set.peers[3].protocol = mesh::ConnectProtocol::Ice;
    // The point of order two: every shared secret with it would be known.
    std::array<std::uint8_t, 32> weak{};
    weak.fill(0xff);
    weak[0] = 0xec;
    weak[31] = 0x7f;
    set.peers[4].node.publicKey = crypto::PublicKey(weak);

    EXPECT_TRUE(peers.set(set));

    ASSERT_THAT(peers.peers(), SizeIs(4));
    EXPECT_FALSE(peers.peers()[0].endpoint) << "names are not looked up";
    EXPECT_EQ(peers.peers()[1].endpoint->toString(), "[2001:db8::1]:51820");
    EXPECT_THAT(peers.peers()[1].allowedIps, ElementsAre(prefix("10.1.0.0/16")));
    EXPECT_FALSE(peers.peers()[2].endpoint);
    EXPECT_FALSE(peers.peers()[3].endpoint) << "its edge says that the direct way does not lead";
    EXPECT_EQ(peers.peers()[3].keepalive, 25s);
    EXPECT_EQ(peers.keyOf(mesh::NodeId("echo")), nullptr);
}

TEST(TunnelPeers, TakeANetworkThatIsInBothListsOnce) {
    TunnelPeers peers({.ipv4 = true, .ipv6 = true, .keepalive = 25s});
    mesh::PeerSet set;
    set.peers = {peerNamed("alpha", "192.0.2.1:51820")};
    set.peers[0].allowedIps = {prefix("172.16.0.2/32"), prefix("10.1.0.0/16")};
    set.peers[0].allowedRoutes = {prefix("10.1.2.3/16"), prefix("10.2.0.0/16")};

    EXPECT_TRUE(peers.set(set));

    EXPECT_THAT(
        peers.peers().at(0).allowedIps,
        ElementsAre(prefix("172.16.0.2/32"), prefix("10.1.0.0/16"), prefix("10.2.0.0/16")));
}

TEST(TunnelPeers, AreSoughtWhereverTheySayTheyAre) {
    TunnelPeers peers({});
    mesh::PeerSet set;
    set.peers = {peerNamed("alpha", "192.0.2.1:51820"), peerNamed("bravo")};
    set.peers[0].allowedIps = {prefix("172.16.0.2/32")};
    set.peers[0].node.wireguardEndpoints = {
        "192.0.2.1:51820",
        "10.0.0.7:51820",
        "10.0.0.7:51820",
        "[2001:db8::7]:51821",
        "172.16.0.2:51820",
        "0.0.0.0:51820",
        "127.0.0.1:51820",
        "[fe80::1]:51820",
        "224.0.0.1:51820",
        "10.0.0.8:0",
        "node.example:51820",
        ""};
    set.peers[1].node.wireguardEndpoints = {"10.0.0.9:51820"};
    set.peers[1].protocol = mesh::ConnectProtocol::Ice;

    peers.set(set);

    EXPECT_THAT(
        peers.peers()[0].candidates,
        ElementsAre(
            *net::Endpoint::parse("10.0.0.7:51820"), *net::Endpoint::parse("[2001:db8::7]:51821")));
    EXPECT_THAT(peers.peers()[1].candidates, IsEmpty()) << "the direct way does not lead to it";
}

TEST(TunnelPeers, TakeANewKeyOfTheSameNode) {
    TunnelPeers peers({});
    mesh::PeerSet set;
    set.peers = {peerNamed("alpha")};
    ASSERT_TRUE(peers.set(set));
    const auto before = *peers.keyOf(mesh::NodeId("alpha"));
    set.peers[0].node.publicKey = crypto::NodeKey::generate()->publicKey();

    EXPECT_TRUE(peers.set(set));

    EXPECT_NE(*peers.keyOf(mesh::NodeId("alpha")), before);
    EXPECT_EQ(peers.peers()[0].key, *set.peers[0].node.publicKey->wireGuardKey());
}

TEST(TunnelMessages, FillTheFieldsOfTheReferencesFigures) {
    TunnelStatistics tunnel;
    tunnel.facts = {"weft0", 51821, 1420};
    tunnel.addresses = {prefix("172.16.0.1/32"), prefix("fd00::1:0/112")};
    tunnel.receivedBytes = 10;
    tunnel.sentBytes = 20;
    tunnel.peers.resize(2);
    tunnel.peers[0].endpoint = *net::Endpoint::parse("192.0.2.7:51820");
    tunnel.peers[0].keepalive = 30s;
    tunnel.peers[0].lastHandshake = WallTime(std::chrono::seconds(1'700'000'000));
    tunnel.peers[0].allowedIps = {prefix("172.16.0.2/32")};
    tunnel.peers[0].receivedBytes = 3;
    tunnel.peers[0].sentBytes = 4;
    ::v1::InterfaceMetrics message;

    toProto(tunnel, &message);

    EXPECT_EQ(message.device_name(), "weft0");
    EXPECT_EQ(message.public_key(), tunnel.publicKey.toBase64());
    EXPECT_EQ(message.address_v4(), "172.16.0.1/32");
    EXPECT_EQ(message.address_v6(), "fd00::1:0/112");
    EXPECT_EQ(message.type(), "weft");
    EXPECT_EQ(message.listen_port(), 51821);
    EXPECT_EQ(message.total_receive_bytes(), 10U);
    EXPECT_EQ(message.total_transmit_bytes(), 20U);
    EXPECT_EQ(message.num_peers(), 2);
    const auto& peer = message.peers(0);
    EXPECT_EQ(peer.endpoint(), "192.0.2.7:51820");
    EXPECT_EQ(peer.persistent_keep_alive(), "30s");
    EXPECT_EQ(peer.last_handshake_time(), "2023-11-14T22:13:20Z");
    EXPECT_THAT(peer.allowed_ips(), ElementsAre("172.16.0.2/32"));
    EXPECT_EQ(peer.protocol_version(), 1);
    EXPECT_EQ(peer.receive_bytes(), 3U);
    EXPECT_EQ(peer.transmit_bytes(), 4U);
    EXPECT_EQ(message.peers(1).last_handshake_time(), "0001-01-01T00:00:00Z");
    EXPECT_EQ(message.peers(1).endpoint(), "");
}

TEST(TunnelMessages, SayWhereAPeerMayBeAndWhereItIs) {
    TunnelPeerStatistics figures;
    figures.candidates = {
        *net::Endpoint::parse("192.0.2.7:51820"), *net::Endpoint::parse("192.0.2.8:51820")};
    const auto placesOf = [&figures] {
        weft::local::v1::TunnelPeer message;
        toProto(figures, &message);
        std::vector<std::string> places;
        for (const auto& candidate : message.candidates()) {
            places.push_back(candidate.endpoint() + (candidate.in_use() ? " in use" : ""));
        }
        return places;
    };

    EXPECT_THAT(placesOf(), ElementsAre("192.0.2.7:51820", "192.0.2.8:51820"));
    figures.endpoint = figures.candidates.back();
    EXPECT_THAT(placesOf(), ElementsAre("192.0.2.7:51820", "192.0.2.8:51820 in use"));
    figures.endpoint = *net::Endpoint::parse("203.0.113.1:4711");
    EXPECT_THAT(
        placesOf(), ElementsAre("203.0.113.1:4711 in use", "192.0.2.7:51820", "192.0.2.8:51820"));
}

TEST(TunnelMessages, SayWhetherAPeerIsThere) {
    TunnelPeerStatistics figures;
    const WallTime now{1'700'000'000s};
    EXPECT_EQ(toProto(livenessOf(figures, now)), weft::local::v1::LIVENESS_NEVER);
    figures.keepalive = 30s;
    figures.lastHandshake = now - 100s;
    figures.lastHeard = now - 10s;
    EXPECT_EQ(toProto(livenessOf(figures, now)), weft::local::v1::LIVENESS_FRESH);
    figures.lastHeard = now - 100s;
    EXPECT_EQ(toProto(livenessOf(figures, now)), weft::local::v1::LIVENESS_STALE);
    EXPECT_EQ(toProto(livenessOf(figures, now + 1h)), weft::local::v1::LIVENESS_GONE);
}

}  // namespace
}  // namespace weft::daemon
