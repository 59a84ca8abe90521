// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/packet_loop.h"

#include "core/wireguard/packet/ecn.h"
#include "tests/core/wireguard/device/two_interfaces.h"

#include <gmock/gmock.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using platform::Offload;
using wireguard::DropReason;
using wireguard::testing::Bytes;
using wireguard::testing::PacketSpec;

using PacketLoopTest = TwoInterfaces;

TEST_F(PacketLoopTest, APacketWaitsForTheHandshakeAndThenArrivesAsItWas) {
    const auto sent = packet(1, 2, 700);

    left.tun.inject(sent);
    settle();

    const auto written = right.tun.takeWritten();
    ASSERT_EQ(written.size(), 1U);
    EXPECT_EQ(written.front().bytes, sent);
    EXPECT_EQ(left.engine.statistics().handshakesDone, 1U);
}

TEST_F(PacketLoopTest, PacketsCrossBothWays) {
    establish();

    right.tun.inject(packet(2, 1, 20));
    settle();

    EXPECT_EQ(left.tun.takeWritten().size(), 1U);
}

TEST_F(PacketLoopTest, ASuperPacketLeavesWithOneCall) {
    establish();
    auto super = packet(1, 2, 20 * 1000);
    const auto calls = left.path->counters().sendCalls;
    const auto datagrams = left.path->counters().sentDatagrams;

    left.tun.inject(
        super,
        {.kind = Offload::Kind::Tcp4,
         .needsChecksum = true,
         .segmentBytes = 1000,
         .headerBytes = 40,
         .checksumStart = 20,
         .checksumOffset = 16});
    ASSERT_TRUE(left.loop.turn(Duration::zero()).ok());

    EXPECT_EQ(left.path->counters().sendCalls - calls, 1U);
    EXPECT_EQ(left.path->counters().sentDatagrams - datagrams, 20U);
}

TEST_F(PacketLoopTest, PacketsOfOneFlowReachTheHostAsOne) {
    establish();

    for (std::uint32_t i = 0; i < 10; ++i) {
        left.tun.inject(packet(1, 2, 1000, 1000 + i * 1000));
    }
    settle();

    const auto written = right.tun.takeWritten();
    ASSERT_EQ(written.size(), 1U);
    EXPECT_EQ(written.front().offload.kind, Offload::Kind::Tcp4);
    EXPECT_EQ(written.front().offload.segmentBytes, 1000U);
    EXPECT_EQ(written.front().bytes.size(), 40U + 10 * 1000);
}

TEST_F(PacketLoopTest, PacketsOfEqualSizeLeaveAsOneRun) {
    establish();
    const auto calls = left.path->counters().sendCalls;

    for (std::uint32_t i = 0; i < 60; ++i) {
        left.tun.inject(packet(1, 2, 64, 1000 + i * 64));
    }
    ASSERT_TRUE(left.loop.turn(Duration::zero()).ok());

    EXPECT_EQ(left.path->counters().sendCalls - calls, 1U);
}

TEST_F(PacketLoopTest, PacketsOfAllSizesKeepTheirOrder) {
    establish();
    std::vector<std::size_t> sizes;

    for (std::uint32_t i = 0; i < 300; ++i) {
        sizes.push_back(i * 37 % 1300);
        PacketSpec spec;
        spec.protocol = 17;
        spec.payload = wireguard::testing::someBytes(sizes.back());
        left.tun.inject(wireguard::testing::makePacket(spec));
    }
    settle();

    std::vector<std::size_t> arrived;
    for (const auto& each : right.tun.takeWritten()) {
        const std::size_t unit = each.offload.segmentBytes;
        std::size_t rest = each.bytes.size() - 28;
        while (unit != 0 && rest > unit) {
            arrived.push_back(unit);
            rest -= unit;
        }
        arrived.push_back(rest);
    }
    EXPECT_EQ(arrived, sizes);
}

TEST_F(PacketLoopTest, NeitherDirectionHoldsUpTheOtherForMoreThanOneLot) {
    establish();
    right.path->setJoining(false);
    for (int i = 0; i < 20; ++i) {
        left.tun.inject(packet(1, 2, 50));
        ASSERT_TRUE(left.loop.turn(Duration::zero()).ok());
    }
    for (std::size_t i = 0; i < 2 * wireguard::OutboundLane::kMostPackets; ++i) {
        right.tun.inject(packet(2, 1, 50));
    }
    const auto sent = right.path->counters().sentDatagrams;
    const auto received = right.path->counters().receivedDatagrams;

    ASSERT_TRUE(right.loop.turn(Duration::zero()).ok());

    EXPECT_EQ(right.path->counters().receivedDatagrams - received, LoopbackPath::kMostRuns);
    EXPECT_EQ(right.path->counters().sentDatagrams - sent, wireguard::OutboundLane::kMostPackets);
}

TEST_F(PacketLoopTest, WhatTheHostSendsIsCheckedAndCounted) {
    establish();

    left.tun.inject(Bytes{0x45, 0, 0, 99});
    left.tun.inject(packet(1, 77, 10));
    settle();

    EXPECT_EQ(drops(left, DropReason::MalformedInner), 1U);
    EXPECT_EQ(drops(left, DropReason::NoRoute), 1U);
    EXPECT_TRUE(right.tun.takeWritten().empty());
}

TEST_F(PacketLoopTest, ASourceThatIsNotThePeersIsDropped) {
    establish();

    left.tun.inject(packet(9, 2, 10));
    settle();

    EXPECT_EQ(drops(right, DropReason::WrongSource), 1U);
    EXPECT_TRUE(right.tun.takeWritten().empty());
}

TEST_F(PacketLoopTest, TheMarkOfCongestionTravelsInsideOut) {
    establish();
    PacketSpec spec;
    spec.trafficClass = 0xB8U | 2U;

    left.tun.inject(wireguard::testing::makePacket(spec));
    network.hold(true);
    ASSERT_TRUE(left.loop.turn(Duration::zero()).ok());
    network.hold(false);
    const auto runs = right.path->receive();

    ASSERT_EQ(runs.size(), 1U);
    // The service class stays inside: it would tell the path what the packet is.
    EXPECT_EQ(runs.front().trafficClass, 2U);
}

TEST_F(PacketLoopTest, APacketThatTheHostRefusesIsCounted) {
    establish();
    right.tun.setUp(false);

    left.tun.inject(packet(1, 2, 10));
    settle();

    EXPECT_EQ(drops(right, DropReason::HostRefused), 1U);
}

TEST_F(PacketLoopTest, ItWakesForTheEnginesTimers) {
    establish();
    left.tun.inject(packet(1, 2, 10));
    settle();
    const auto sent = right.engine.statistics().keepalivesSent;

    // Nothing goes back: ten seconds later the other side says that it is there.
    clock.advance(10s);
    settle();

    EXPECT_EQ(right.engine.statistics().keepalivesSent, sent + 1);
    EXPECT_GE(left.engine.statistics().keepalivesReceived, 1U);
}

TEST_F(PacketLoopTest, AnInterfaceThatIsTakenAwayEndsTheLoop) {
    establish();

    left.tun.remove();

    EXPECT_EQ(left.loop.turn(Duration::zero()).code(), StatusCode::kFailedPrecondition);
}

TEST_F(PacketLoopTest, APathThatMovedIsWatchedAgain) {
    establish();

    right.loop.unwatchPath(*right.path);
    left.tun.inject(packet(1, 2, 10));
    settle();
    ASSERT_TRUE(right.tun.takeWritten().empty());
    ASSERT_TRUE(right.loop.rewatchPath(*right.path).ok());
    settle();

    EXPECT_EQ(right.tun.takeWritten().size(), 1U);
}

TEST_F(PacketLoopTest, ASourceThatIsRefusedForAMessageOfTheEngineIsForgotten) {
    establish();
    left.tun.inject(packet(1, 2, 10));
    settle();
    const auto peer = *right.engine.findPeer(left.key.publicKey());
    ASSERT_FALSE(right.engine.endpointOf(peer)->address.local.isUnspecified());

    // The address that the keepalive is to leave from in ten seconds has gone by then.
    right.path->moveTo({net::IpAddress::v4(0xC6336407U), 51820});
    clock.advance(10s);
    settle();

    EXPECT_EQ(right.path->counters().refusedSources, 1U);
    EXPECT_TRUE(right.engine.endpointOf(peer)->address.local.isUnspecified());
}

TEST_F(PacketLoopTest, TooManyPathsAreRefused) {
    std::vector<std::unique_ptr<LoopbackPath>> more;
    Status status;
    for (std::size_t i = 1; i <= wireguard::PathSet::kMost && status.ok(); ++i) {
        more.push_back(
            network.open({net::IpAddress::v4(0xC6336400U), static_cast<std::uint16_t>(i)}));
        status = left.loop.addPath(*more.back());
    }

    EXPECT_EQ(more.size(), wireguard::PathSet::kMost);
    EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace weft::tests
