// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_peers.h"

#include "tests/core/daemon/tunnel_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::peerNamed;
using tests::prefix;

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

}  // namespace
}  // namespace weft::daemon
