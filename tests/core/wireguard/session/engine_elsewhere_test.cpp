// SPDX-License-Identifier: Apache-2.0
// Packets that are sealed and opened elsewhere, while the engine goes on.
#include "core/wireguard/noise/messages.h"
#include "core/wireguard/session/timings.h"
#include "tests/core/wireguard/session/pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>

namespace {

using weft::crypto::kAeadTagBytes;
using weft::tests::Datagram;
using weft::tests::Node;
using weft::wireguard::DropReason;
using weft::wireguard::OpenedRun;
using weft::wireguard::PeerIndex;
using weft::wireguard::SendGrant;

class CountingSink final : public weft::wireguard::InboundSink {
public:
    void deliver(
        PeerIndex /*peer*/, std::span<std::uint8_t> inner, std::uint8_t /*outer*/) override {
        lastBytes = inner.size();
        ++packets;
    }

    int packets = 0;
    std::size_t lastBytes = 0;
};

class WorkElsewhere : public weft::tests::PairTest {
public:
    WorkElsewhere() {
        establish();
        toRight = world.indexOf(left, right);
    }

    SendGrant grant() { return left.engine->grant(toRight, 1, world.momentOf(left)); }
    bool mayLeave(const SendGrant& granted) {
        return left.engine->destinationOf(toRight, granted.session, 1) != nullptr;
    }

    /// A data message of left to right that has not arrived.
    Datagram caught() {
        Datagram found;
        world.filter = [&found](const Datagram& datagram) {
            found = datagram;
            return false;
        };
        world.send(left, right, 7, 100);
        world.settle();
        world.filter = {};
        return found;
    }
    /// What right's engine says of it once it was opened; `sink` sees what comes out.
    void open(Datagram& message) {
        const auto header = weft::wireguard::readTransportHeader(message.bytes);
        ASSERT_TRUE(header);
        counter = header->counter;
        run.receiverIndex = header->receiverIndex;
        run.from.address.remote = message.from;
        const auto granted = right.engine->openGrant(run.receiverIndex, run.from.address);
        ASSERT_TRUE(granted);
        run.session = granted->session;
        const auto sealed =
            std::span(message.bytes).subspan(weft::wireguard::kTransportHeaderBytes);
        ASSERT_TRUE(granted->aead->open(sealed, sealed, {}, counter));
        inner = sealed.first(sealed.size() - kAeadTagBytes);
        run.packets = {&inner, 1};
        run.counters = {&counter, 1};
    }
    void finish() { right.engine->receiveOpened(run, world.momentOf(right), sink); }

    PeerIndex toRight{};
    OpenedRun run;
    std::uint64_t counter = 0;
    std::span<std::uint8_t> inner;
    CountingSink sink;
};

TEST_F(WorkElsewhere, SealedPacketsLeaveWhileTheirSessionLives) {
    const auto granted = grant();
    ASSERT_EQ(granted.verdict, SendGrant::Verdict::Ready);

    EXPECT_TRUE(mayLeave(granted));

    // A new session takes over; the old one is kept for what is under way.
    world.run(weft::wireguard::kRekeyAfterTime);
    world.send(left, right, 2);
    world.settle();
    ASSERT_NE(grant().session, granted.session);
    EXPECT_TRUE(mayLeave(granted));
    EXPECT_EQ(drops(left, DropReason::StagedExpired), 0U);
}

TEST_F(WorkElsewhere, SealedPacketsOfARemovedPeerAreDroppedAndCounted) {
    const auto granted = grant();

    left.engine->removePeer(toRight);

    EXPECT_FALSE(mayLeave(granted));
    EXPECT_EQ(drops(left, DropReason::StagedExpired), 1U);
}

TEST_F(WorkElsewhere, SealedPacketsNeverGoToAPeerThatGotTheSameNumber) {
    const auto granted = grant();
    left.engine->removePeer(toRight);
    Node& third = world.addNode();
    world.introduceBoth(left, third);
    ASSERT_EQ(world.indexOf(left, third), toRight);
    world.send(left, third, 1);
    world.settle();
    ASSERT_EQ(grant().verdict, SendGrant::Verdict::Ready);

    EXPECT_FALSE(mayLeave(granted));
    EXPECT_EQ(world.statisticsOf(left, third).drops.total(), 0U);
}

TEST_F(WorkElsewhere, SealedPacketsDoNotLeaveAnInterfaceThatWentDown) {
    const auto granted = grant();

    left.engine->setUp(false, world.momentOf(left));

    EXPECT_FALSE(mayLeave(granted));
}

TEST_F(WorkElsewhere, SealedPacketsDoNotLeaveAnInterfaceThatChangedItsKey) {
    const auto granted = grant();

    const weft::crypto::SecretBytes key(std::vector<std::uint8_t>(32, 9));
    ASSERT_TRUE(left.engine->setPrivateKey(key.clone(), world.momentOf(left)).ok());

    EXPECT_FALSE(mayLeave(granted));
}

TEST_F(WorkElsewhere, AnOpenedPacketIsDeliveredOnce) {
    auto message = caught();
    open(message);

    finish();
    EXPECT_EQ(sink.packets, 1);
    EXPECT_EQ(sink.lastBytes, 100U);
    EXPECT_EQ(world.statisticsOf(right, left).receivedPackets, 2U);

    finish();
    EXPECT_EQ(sink.packets, 1);
    EXPECT_EQ(drops(right, DropReason::Replayed), 1U);
}

TEST_F(WorkElsewhere, AnOpenedPacketThatWasOvertakenLeavesTheEndpoint) {
    auto message = caught();
    open(message);
    // A newer one comes from elsewhere meanwhile.
    auto moved = caught();
    moved.from.port = 5555;
    world.inject(right, moved);
    ASSERT_EQ(endpointOf(right, left).port, 5555);

    finish();

    // It was overtaken by the newer one.
    EXPECT_EQ(endpointOf(right, left).port, 5555);
    EXPECT_EQ(sink.packets, 1);
}

TEST_F(WorkElsewhere, NobodyOpensWhatCameFromElsewhere) {
    auto message = caught();
    open(message);
    auto from = run.from.address;
    ASSERT_TRUE(right.engine->openGrant(run.receiverIndex, from));

    from.remote.port = 4444;

    EXPECT_FALSE(right.engine->openGrant(run.receiverIndex, from));
}

TEST_F(WorkElsewhere, WhatDidNotDecryptIsCounted) {
    auto message = caught();
    open(message);
    run.packets = {};
    run.counters = {};
    run.refused = 3;

    finish();

    EXPECT_EQ(sink.packets, 0);
    EXPECT_EQ(drops(right, DropReason::BadAuthentication), 3U);
}

TEST_F(WorkElsewhere, AnOpenedPacketOfAPeerThatWentIsDropped) {
    auto message = caught();
    open(message);

    right.engine->removePeer(world.indexOf(right, left));
    finish();

    EXPECT_EQ(sink.packets, 0);
    EXPECT_EQ(drops(right, DropReason::UnknownIndex), 1U);
}

TEST_F(WorkElsewhere, AnOpenedPacketIsOnlyTakenForTheSessionThatOpenedIt) {
    auto message = caught();
    open(message);
    // The index is given out again, to another session.
    run.session = weft::wireguard::SessionId{9999};

    finish();

    EXPECT_EQ(sink.packets, 0);
    EXPECT_EQ(drops(right, DropReason::UnknownIndex), 1U);
}

TEST_F(WorkElsewhere, AnOpenedPacketOfASessionThatIsTooOldIsDropped) {
    auto message = caught();
    open(message);

    auto late = world.momentOf(right);
    late.now += weft::wireguard::kRejectAfterTime;
    right.engine->receiveOpened(run, late, sink);

    EXPECT_EQ(sink.packets, 0);
    EXPECT_EQ(drops(right, DropReason::ExpiredSession), 1U);
}

TEST_F(WorkElsewhere, NobodyOpensForAnIndexThatIsNotGivenOut) {
    auto message = caught();
    open(message);

    EXPECT_FALSE(right.engine->openGrant(run.receiverIndex ^ 1U, run.from.address));
    right.engine->setUp(false, world.momentOf(right));
    EXPECT_FALSE(right.engine->openGrant(run.receiverIndex, run.from.address));
}

}  // namespace
