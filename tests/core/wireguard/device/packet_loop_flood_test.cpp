// SPDX-License-Identifier: Apache-2.0
// What anybody may send, and how much of it a packet loop fetches.
#include "core/wireguard/device/packet_loop.h"
#include "tests/core/wireguard/device/two_interfaces.h"
#include "tests/support/syscall_filter.h"

#include <cerrno>
#include <thread>

#include <sys/epoll.h>
#include <sys/syscall.h>

namespace weft::tests {
namespace {

using wireguard::ControlPace;
using wireguard::DropReason;
using wireguard::testing::Bytes;

class PacketLoopFlood : public TwoInterfaces {
protected:
    static constexpr std::uint8_t kInitiation = 1;

    void SetUp() override {
        establish();
        right.path->partControl(kInitiation);
        right.path->setJoining(false);
        right.loop.unwatchPath(*right.path);
        ASSERT_TRUE(right.loop.rewatchPath(*right.path).ok());
        before_ = right.path->counters().receivedDatagrams;
    }
    /// Sends to the right one what begins like an initiation and is none.
    void flood(int times) {
        const Bytes noise(148, kInitiation);
        for (int i = 0; i < times; ++i) {
            sendToRight(noise);
        }
    }
    void sendToRight(const Bytes& bytes) const {
        const transport::DatagramAddress to{.remote = right.endpoint};
        const transport::OutgoingRun run{.bytes = bytes, .segmentBytes = bytes.size(), .to = &to};
        left.path->send({&run, 1});
    }
    std::uint64_t fetched() const { return right.path->counters().receivedDatagrams - before_; }
    std::uint64_t calls() const { return right.path->counters().receiveCalls; }

private:
    std::uint64_t before_ = 0;
};

TEST_F(PacketLoopFlood, ControlGetsItsShareOfEachStepAndWakesNobody) {
    flood(1000);

    for (std::size_t step = 1; step <= 3; ++step) {
        left.tun.inject(packet(1, 2, 50));
        settle();
        EXPECT_EQ(right.tun.takeWritten().size(), 1U);
        EXPECT_EQ(fetched(), step * (ControlPace::kMostBesideData + 1));
        const auto before = calls();
        ASSERT_TRUE(right.loop.turn(Duration::zero()).ok());
        EXPECT_EQ(calls(), before);
        clock.advance(ControlPace::kStep);
    }

    clock.advance(ControlPace::kDataLasts);
    for (int i = 0; i < 10; ++i) {
        settle();
        clock.advance(ControlPace::kStep);
    }
    EXPECT_EQ(fetched(), 1000U + 3);
    EXPECT_EQ(
        drops(right, DropReason::MalformedMessage) + drops(right, DropReason::BadMac1), 1000U);
}

TEST_F(PacketLoopFlood, ControlThatCameJoinedGetsNoMoreThanItsShare) {
    right.path->setJoining(true);
    flood(1000);
    constexpr std::size_t kAtOnce = LoopbackPath::kMostRuns * transport::kMostRunSegments;
    constexpr auto kSteps = kAtOnce / ControlPace::kMostBesideData;

    left.tun.inject(packet(1, 2, 50));
    settle();
    ASSERT_EQ(fetched(), kAtOnce + 1);

    for (std::size_t step = 1; step < kSteps; ++step) {
        clock.advance(ControlPace::kStep);
        left.tun.inject(packet(1, 2, 50));
        settle();
        ASSERT_EQ(fetched(), kAtOnce + 1 + step);
    }
    EXPECT_EQ(right.tun.takeWritten().size(), kSteps);
    clock.advance(ControlPace::kStep);
    settle();
    EXPECT_EQ(fetched(), 1000U + kSteps);
}

TEST_F(PacketLoopFlood, WhatOnlyLooksLikeDataDoesNotSlowDownHandshakes) {
    clock.advance(ControlPace::kDataLasts);
    flood(1000);

    Bytes forged(100, 0);
    forged.front() = 4;
    sendToRight(forged);
    settle();

    EXPECT_EQ(drops(right, DropReason::UnknownIndex), 1U);
    EXPECT_EQ(fetched(), ControlPace::kMostAlone + 1);

    clock.advance(ControlPace::kStep);
    left.tun.inject(packet(1, 2, 50));
    settle();
    EXPECT_EQ(fetched(), ControlPace::kMostAlone + 1 + ControlPace::kMostBesideData + 1);
}

TEST_F(PacketLoopFlood, APathThatMovesDuringAStepIsWokenByNoControlEither) {
    flood(100);
    left.tun.inject(packet(1, 2, 50));
    settle();

    right.loop.unwatchPath(*right.path);
    ASSERT_TRUE(right.loop.rewatchPath(*right.path).ok());

    const auto before = calls();
    ASSERT_TRUE(right.loop.turn(Duration::zero()).ok());
    EXPECT_EQ(calls(), before);
    clock.advance(ControlPace::kStep);
    settle();
    EXPECT_EQ(fetched(), 2 * ControlPace::kMostBesideData + 1);
}

TEST_F(PacketLoopFlood, AStepEndsWhereTheSystemHasNoRoomToWatchMore) {
    flood(100);
    left.tun.inject(packet(1, 2, 50));
    settle();

    bool isRefused = false;
    std::thread([&] {
        isRefused = refuseSystemCall(SYS_epoll_ctl, ENOSPC, {{.index = 1, .value = EPOLL_CTL_ADD}});
        clock.advance(ControlPace::kStep);
        settle();
    }).join();

    if (!isRefused) {
        GTEST_SKIP() << "this machine cannot filter system calls";
    }
    EXPECT_EQ(fetched(), 2 * ControlPace::kMostBesideData + 1);
}

}  // namespace
}  // namespace weft::tests
