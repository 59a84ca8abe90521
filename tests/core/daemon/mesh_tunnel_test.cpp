// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/mesh_tunnel.h"

#include "tests/core/daemon/mesh_tunnel_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

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
using tests::peerNamed;
using tests::prefix;

TEST_F(MeshTunnelTest, OpensNothingBeforeItHasAnAddress) {
    make();
    tunnel_->setPeers(peers_);
    tunnel_->setAddresses(std::nullopt, std::nullopt);
    loop_.advance(1min);

    EXPECT_EQ(tunnels_.count(), 0U);
    EXPECT_EQ(describe().checklist(0).state(), CheckItem::STATE_PENDING);
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);
}

TEST_F(MeshTunnelTest, IsSettledOnceTheDeviceHasTakenPeersAndFilter) {
    make();
    EXPECT_FALSE(tunnel_->isSettled());
    giveAddresses();
    EXPECT_TRUE(tunnel_->isSettled());
    EXPECT_EQ(timesSettled_, 1);

    peers_.peers = {peerNamed("bravo", "192.0.2.7:51820")};
    tunnel_->setPeers(peers_);
    EXPECT_FALSE(tunnel_->isSettled());
    EXPECT_EQ(tunnel_->given(), peers_);
    loop_.runPosted();
    EXPECT_TRUE(tunnel_->isSettled());

    tunnel_->setFilter(nullptr);
    EXPECT_FALSE(tunnel_->isSettled());
    loop_.runPosted();
    EXPECT_TRUE(tunnel_->isSettled());
    EXPECT_EQ(timesSettled_, 3);
}

TEST_F(MeshTunnelTest, IsNotSettledWithWhatTheDeviceRefuses) {
    open();
    tunnels_.refuseFilter(unavailable("no"));
    tunnel_->setFilter(nullptr);
    loop_.runPosted();
    EXPECT_FALSE(tunnel_->isSettled());
    givePeer();
    EXPECT_FALSE(tunnel_->isSettled());

    tunnels_.refuseFilter(okStatus());
    tunnel_->setFilter(nullptr);
    loop_.runPosted();

    EXPECT_TRUE(tunnel_->isSettled());
    tunnels_.refusePeers(unavailable("no"));
    tunnel_->setPeers({});
    loop_.runPosted();
    EXPECT_FALSE(tunnel_->isSettled());
}

TEST_F(MeshTunnelTest, IsNotSettledWithoutAnInterface) {
    open();
    ASSERT_TRUE(tunnel_->isSettled());

    tunnels_.lose(unavailable("deleted"));

    EXPECT_FALSE(tunnel_->isSettled());
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

}  // namespace
}  // namespace weft::daemon
