// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/simulated_tunnel.h"

#include "core/daemon/sandbox/simulated_echo.h"
#include "core/daemon/sandbox/simulated_tunnels.h"
#include "tests/support/manual_loop.h"

#include <asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace weft::daemon::sandbox {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SimulatedTunnelTest : public ::testing::Test {
protected:
    SimulatedTunnelTest() {
        TunnelSettings settings;
        tunnel_ = tunnels_.make(std::move(settings), loop_, [](const Status&) {});
        tunnel_->open([this](const StatusOr<TunnelFacts>& facts) { facts_ = facts.value(); });
        loop_.runPosted();
    }

    const SimulatedNode& node(std::size_t number) const { return world_->plan().nodes[number]; }
    void giveNodes(const std::vector<std::size_t>& numbers) {
        std::vector<TunnelPeer> peers;
        for (const auto number : numbers) {
            peers.emplace_back().key = node(number).wireguardKey;
        }
        give(std::move(peers));
    }
    void give(std::vector<TunnelPeer> peers) {
        Status taken = internalError("not answered");
        tunnel_->setPeers(std::move(peers), [&taken](const Status& status) { taken = status; });
        loop_.runPosted();
        EXPECT_TRUE(taken.ok());
    }
    TunnelStatistics figures() {
        TunnelStatistics figures;
        tunnel_->statistics(
            [&figures](const StatusOr<TunnelStatistics>& now) { figures = now.value(); });
        loop_.runPosted();
        return figures;
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::ManualLoop loop_;
    std::shared_ptr<World> world_ =
        std::make_shared<World>(planMesh(1, kUsualNodes), loop_.clock().now());
    SimulatedTunnels tunnels_{world_};
    std::unique_ptr<Tunnel> tunnel_;
    TunnelFacts facts_;
    asio::io_context context_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(SimulatedTunnelTest, HasNoInterfaceOfTheHost) {
    EXPECT_EQ(facts_.interfaceName, kInterfaceName);
    EXPECT_EQ(figures().type, "simulated");
}

TEST_F(SimulatedTunnelTest, TellsOfThePeersThatItWasGiven) {
    giveNodes({1, 4, 5});

    const auto now = figures();

    ASSERT_THAT(now.peers, SizeIs(3));
    for (const auto& peer : now.peers) {
        EXPECT_TRUE(peer.lastHandshake);
        EXPECT_TRUE(peer.endpoint);
        EXPECT_GT(peer.receivedBytes, 0U);
        EXPECT_EQ(peer.path, "udp");
    }
}

TEST_F(SimulatedTunnelTest, MovesWithTheClockAlone) {
    giveNodes({1});
    const auto first = figures();
    EXPECT_EQ(figures().receivedBytes, first.receivedBytes);

    loop_.advance(10s);

    const auto later = figures();
    EXPECT_GT(later.receivedBytes, first.receivedBytes);
    EXPECT_GT(later.peers[0].sentBytes, first.peers[0].sentBytes);
    loop_.advance(kRekeyEvery);
    EXPECT_GT(figures().peers[0].lastHandshake, first.peers[0].lastHandshake);
}

TEST_F(SimulatedTunnelTest, LosesAPeerThatIsTakenAndBeginsAnewWithIt) {
    giveNodes({1, 4});
    const auto before = figures();
    giveNodes({4});
    EXPECT_THAT(figures().peers, SizeIs(1));
    EXPECT_EQ(figures().receivedBytes, before.receivedBytes) << "sums keep what has gone";

    giveNodes({1, 4});
    loop_.advance(1s);

    const auto after = figures();
    const auto back =
        std::ranges::find(after.peers, node(1).wireguardKey, &TunnelPeerStatistics::key);
    const auto had =
        std::ranges::find(before.peers, node(1).wireguardKey, &TunnelPeerStatistics::key);
    ASSERT_NE(back, after.peers.end());
    EXPECT_TRUE(back->lastHandshake);
    EXPECT_LT(back->receivedBytes, had->receivedBytes);
}

TEST_F(SimulatedTunnelTest, HearsNothingOfWhomNobodyKnows) {
    TunnelPeer stranger;
    stranger.key.bytes.fill(9);
    give(std::vector{stranger});

    loop_.advance(1h);

    const auto now = figures();
    ASSERT_THAT(now.peers, SizeIs(1));
    EXPECT_FALSE(now.peers[0].lastHandshake);
    EXPECT_EQ(now.receivedBytes, 0U);
}

TEST_F(SimulatedTunnelTest, KeepsNothingOfStrangersThatHaveGone) {
    // Each round another one: what is kept would show in the next figures.
    for (std::uint8_t round = 0; round < 200; ++round) {
        TunnelPeer stranger;
        stranger.key.bytes.fill(round);
        give(std::vector{stranger});
    }

    give(std::vector<TunnelPeer>());

    EXPECT_THAT(figures().peers, IsEmpty());
}

TEST_F(SimulatedTunnelTest, AnswersEchoesAfterARoundTrip) {
    const net::IpAddress target = net::IpAddress::v4(0xAC100002);
    world_->setWays([this](const net::IpAddress&) { return std::vector{node(0).id, node(8).id}; });
    std::vector<std::uint16_t> answered;
    auto echo =
        tunnel_->openEcho(context_, target, [&answered](const platform::EchoAnswer& answer) {
            EXPECT_EQ(answer.hopLimit, 64);
            answered.push_back(answer.sequence);
        });
    ASSERT_TRUE(echo.ok());
    ASSERT_TRUE((*echo)->send(7).ok());

    loop_.advance(roundTrip(node(0), node(8)) - 1ms);
    EXPECT_THAT(answered, IsEmpty());
    loop_.advance(100ms);
    EXPECT_THAT(answered, ElementsAre(7));
}

TEST_F(SimulatedTunnelTest, SaysNothingToEchoesThatGetNowhere) {
    int answers = 0;
    auto echo = tunnel_->openEcho(
        context_, net::IpAddress::v4(0xAC1000FF), [&answers](const auto&) { ++answers; });
    ASSERT_TRUE(echo.ok());
    for (const auto& way :
         {std::vector<mesh::NodeId>(),
          std::vector{node(0).id},
          std::vector{node(0).id, mesh::NodeId("nobody")},
          // Behind a router that gives each destination another port.
          std::vector{node(0).id, node(6).id}}) {
        world_->setWays([way](const net::IpAddress&) { return way; });
        EXPECT_TRUE((*echo)->send(1).ok());
    }
    world_->setWays(nullptr);
    EXPECT_TRUE((*echo)->send(2).ok());

    loop_.advance(10s);

    EXPECT_EQ(answers, 0);
}

TEST_F(SimulatedTunnelTest, HasNoMoreEchoesUnderWayThanItKeeps) {
    world_->setWays([this](const net::IpAddress&) { return std::vector{node(0).id, node(8).id}; });
    std::size_t answers = 0;
    auto echo = tunnel_->openEcho(
        context_, net::IpAddress::v4(0xAC100002), [&answers](const auto&) { ++answers; });
    ASSERT_TRUE(echo.ok());

    for (std::size_t count = 0; count <= SimulatedEcho::kMostUnderWay; ++count) {
        EXPECT_TRUE((*echo)->send(static_cast<std::uint16_t>(count)).ok());
    }
    loop_.advance(1s);

    EXPECT_EQ(answers, SimulatedEcho::kMostUnderWay);
}

TEST_F(SimulatedTunnelTest, TellsNothingOnceItHasGone) {
    int answers = 0;
    tunnel_->statistics([&answers](const auto&) { ++answers; });
    tunnel_.reset();

    loop_.runPosted();

    EXPECT_EQ(answers, 0);
}

TEST_F(SimulatedTunnelTest, LocksNothingAndSaysSo) {
    std::vector<platform::HostProblem> told;
    auto lock = tunnels_.lock("sandbox", loop_, [&told](const auto& problems) { told = problems; });

    lock->keep({});
    loop_.runPosted();

    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].status.code(), StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace weft::daemon::sandbox
