// SPDX-License-Identifier: Apache-2.0
// Sessions between two engines, with every timer of the protocol at its edge.
#include "core/wireguard/session/timings.h"
#include "tests/core/wireguard/session/pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using weft::tests::Datagram;
using weft::tests::kTick;
using weft::tests::World;
using weft::wireguard::DropReason;
using weft::wireguard::Event;

using Pair = weft::tests::PairTest;

TEST_F(Pair, CarryTheFirstPacketAsSoonAsTheHandshakeIsDone) {
    world.send(left, right, 7);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(7));
    EXPECT_THAT(left.sentByType, ElementsAre(0, 1, 0, 0, 1));
    EXPECT_THAT(right.sentByType, ElementsAre(0, 0, 1, 0, 0));
    EXPECT_EQ(eventsOf(left, Event::Kind::HandshakeDone), 1);
    EXPECT_EQ(eventsOf(right, Event::Kind::HandshakeDone), 1);
    EXPECT_EQ(world.statisticsOf(left, right).handshakes, 1U);
    EXPECT_EQ(world.statisticsOf(left, right).lastHandshake, world.momentOf(left).wall);
}

TEST_F(Pair, TellOfEachInitiationThatLeaves) {
    world.filter = [](const auto& /*datagram*/) { return false; };

    world.send(left, right, 7);
    world.run(6s);

    EXPECT_EQ(left.sentByType[1], 2);
    EXPECT_EQ(eventsOf(left, Event::Kind::Calling), 2);
    EXPECT_EQ(eventsOf(right, Event::Kind::Calling), 0);
}

TEST_F(Pair, CarryPacketsBothWays) {
    establish();

    world.send(right, left, 2);
    world.send(left, right, 3);
    world.settle();

    EXPECT_THAT(left.received, ElementsAre(2));
    EXPECT_THAT(right.received, ElementsAre(3));
    EXPECT_EQ(world.statisticsOf(left, right).receivedPackets, 1U);
    EXPECT_EQ(world.statisticsOf(right, left).sentPackets, 1U);
}

TEST_F(Pair, KeepWhatWaitsInOrder) {
    for (std::uint32_t mark = 0; mark < 10; ++mark) {
        world.send(left, right, mark);
    }
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST_F(Pair, WithPresharedKeysOfOneMindTalk) {
    const weft::crypto::SecretBytes psk(std::vector<std::uint8_t>(32, 9));
    for (auto [node, other] : {std::pair(&left, &right), std::pair(&right, &left)}) {
        auto settings = World::settingsFor(*other);
        settings.presharedKey = psk.clone();
        world.apply(*node, std::move(settings));
    }
    world.send(left, right, 7);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(7));
}

TEST_F(Pair, WithDifferentPresharedKeysDoNot) {
    auto settings = World::settingsFor(right);
    settings.presharedKey = weft::crypto::SecretBytes(std::vector<std::uint8_t>(32, 9));
    world.apply(left, std::move(settings));
    world.send(left, right, 7);
    world.settle();

    EXPECT_THAT(right.received, IsEmpty());
    EXPECT_EQ(drops(left, DropReason::RefusedHandshake), 1U);
}

// --- retransmission ------------------------------------------------------------------------------

TEST_F(Pair, RepeatAnInitiationAfterFiveSecondsAndAThird) {
    world.filter = [](const Datagram&) { return false; };
    world.send(left, right, 1);
    ASSERT_EQ(left.sentByType[1], 1);

    world.run(5s - kTick);
    EXPECT_EQ(left.sentByType[1], 1);
    world.run(333ms + 2 * kTick);
    EXPECT_EQ(left.sentByType[1], 2);
}

TEST_F(Pair, DoNotRepeatAllAtTheSameMoment) {
    world.filter = [](const Datagram&) { return false; };
    world.send(left, right, 1);
    std::vector<weft::TimePoint> times;
    int seen = 1;
    for (int i = 0; i < 6'000; ++i) {
        world.run(kTick);
        if (left.sentByType[1] != seen) {
            seen = left.sentByType[1];
            times.push_back(world.now());
        }
    }

    ASSERT_GE(times.size(), 10U);
    std::vector<weft::Duration> gaps;
    for (std::size_t i = 1; i < times.size(); ++i) {
        gaps.emplace_back(times[i] - times[i - 1]);
    }
    EXPECT_NE(*std::ranges::min_element(gaps), *std::ranges::max_element(gaps));
    EXPECT_GE(*std::ranges::min_element(gaps), 5s - kTick);
    EXPECT_LE(*std::ranges::max_element(gaps), 5s + 333ms + 2 * kTick);
}

TEST_F(Pair, GiveUpAfterNinetySeconds) {
    world.filter = [](const Datagram&) { return false; };
    world.send(left, right, 1);

    world.run(90s - kTick);
    EXPECT_EQ(eventsOf(left, Event::Kind::HandshakeGivenUp), 0);
    EXPECT_EQ(drops(left, DropReason::StagedExpired), 0U);
    world.run(2 * kTick);
    EXPECT_EQ(eventsOf(left, Event::Kind::HandshakeGivenUp), 1);
    EXPECT_EQ(drops(left, DropReason::StagedExpired), 1U);
    const auto sent = left.sentByType[1];
    EXPECT_GE(sent, 17);
    EXPECT_LE(sent, 18);
    world.run(1h);
    EXPECT_EQ(left.sentByType[1], sent);
    EXPECT_EQ(left.engine->statistics().activePeers, 0U);
    EXPECT_EQ(left.engine->nextDeadline(), std::nullopt);
}

TEST_F(Pair, TryAgainForTheNextPacketAfterGivingUp) {
    world.filter = [](const Datagram&) { return false; };
    world.send(left, right, 1);
    world.run(100s);
    world.filter = nullptr;

    world.send(left, right, 2);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(2));
}

TEST_F(Pair, SendNoSecondInitiationWithinFiveSeconds) {
    world.filter = [](const Datagram&) { return false; };
    for (std::uint32_t i = 0; i < 50; ++i) {
        world.send(left, right, i);
        world.run(99ms);
    }

    EXPECT_EQ(left.sentByType[1], 1);
}

// --- rekeying ------------------------------------------------------------------------------------

TEST_F(Pair, BegunByTheSenderAreRenewedWhenUsedAfterTwoMinutes) {
    establish();
    forgetCounts();

    world.run(120s - kTick);
    world.send(left, right, 1);
    world.settle();
    EXPECT_EQ(left.sentByType[1], 0);
    world.run(kTick);
    world.send(left, right, 2);
    world.settle();

    EXPECT_EQ(left.sentByType[1], 1);
    EXPECT_THAT(right.received, ElementsAre(1, 2));
    EXPECT_EQ(world.statisticsOf(left, right).rekeys, 1U);
}

TEST_F(Pair, AreNotRenewedByTheResponder) {
    establish();
    forgetCounts();
    world.filter = [&](Datagram& datagram) { return datagram.from != left.endpoint; };

    world.run(175s);
    world.send(right, left, 1);
    world.settle();

    EXPECT_EQ(right.sentByType[1], 0);
    EXPECT_THAT(left.received, ElementsAre(1));
}

TEST_F(Pair, AreRenewedByTheInitiatorThatOnlyListensAfter165Seconds) {
    establish();
    forgetCounts();

    world.run(165s - kTick);
    world.send(right, left, 1);
    world.settle();
    EXPECT_EQ(left.sentByType[1], 0);
    world.run(kTick);
    world.send(right, left, 2);
    world.send(right, left, 3);
    world.settle();

    EXPECT_EQ(left.sentByType[1], 1);
    EXPECT_THAT(left.received, ElementsAre(1, 2, 3));
}

TEST_F(Pair, SendNothingWithASessionOf180Seconds) {
    establish();
    world.run(180s - kTick);
    forgetCounts();
    world.send(right, left, 1);
    ASSERT_EQ(right.sentByType[4], 1);
    world.filter = [](Datagram& datagram) { return datagram.type() == 4; };

    world.run(kTick);
    world.send(right, left, 2);
    world.settle();

    EXPECT_EQ(right.sentByType[4], 1);
    EXPECT_EQ(right.sentByType[1], 1);
}

TEST_F(Pair, TakeNothingWithASessionOf180Seconds) {
    establish();
    world.delay = 100ms;
    world.run(180s - 50ms);
    world.send(right, left, 1);
    world.run(200ms);

    EXPECT_THAT(left.received, IsEmpty());
    EXPECT_EQ(drops(left, DropReason::ExpiredSession), 1U);
}

TEST_F(Pair, WipeAllKeysAfter540SecondsOfSilence) {
    establish();
    forgetCounts();

    world.run(540s - kTick);
    EXPECT_EQ(left.engine->statistics().activePeers, 1U);
    EXPECT_EQ(eventsOf(left, Event::Kind::SessionLost), 0);
    world.run(2 * kTick);

    EXPECT_EQ(left.engine->statistics().activePeers, 0U);
    EXPECT_EQ(right.engine->statistics().activePeers, 0U);
    EXPECT_EQ(eventsOf(left, Event::Kind::SessionLost), 1);
    EXPECT_EQ(left.engine->nextDeadline(), std::nullopt);
}

TEST_F(Pair, AreRenewedAfterTheMostMessages) {
    weft::wireguard::EngineOptions options;
    options.limits.rekeyAfterMessages = 10;
    auto& small = world.addNode(options);
    world.introduceBoth(small, right);
    world.send(small, right, 0);
    world.run(6s);

    for (std::uint32_t i = 1; i < 9; ++i) {
        world.send(small, right, i);
    }
    EXPECT_EQ(small.sentByType[1], 1);
    world.send(small, right, 9);
    world.settle();

    EXPECT_EQ(small.sentByType[1], 2);
    EXPECT_EQ(world.statisticsOf(small, right).rekeys, 1U);
}

TEST_F(Pair, CarryNothingBeyondTheVeryLastMessage) {
    weft::wireguard::EngineOptions options;
    options.limits.rejectAfterMessages = 10;
    auto& small = world.addNode(options);
    world.introduceBoth(small, right);
    world.send(small, right, 0);
    world.settle();
    for (std::uint32_t i = 1; i < 10; ++i) {
        world.send(small, right, i);
        world.send(right, small, i);
    }
    world.settle();
    EXPECT_EQ(right.received.size(), 10U);
    EXPECT_EQ(small.received.size(), 9U);

    // One more than fits waits for a new session; one that is taken in is dropped.
    world.send(small, right, 10);
    world.send(right, small, 10);
    world.send(right, small, 11);
    world.settle();
    EXPECT_EQ(right.received.size(), 10U);
    EXPECT_EQ(small.received.size(), 10U);
    EXPECT_EQ(drops(small, DropReason::ExpiredSession), 1U);
    world.run(6s);
    EXPECT_EQ(right.received.size(), 11U);
}

TEST_F(Pair, HandTheClassOfTheDatagramToTheTunnel) {
    world.filter = [](Datagram& datagram) {
        datagram.trafficClass = 3;
        return true;
    };
    world.send(left, right, 7);
    world.settle();

    EXPECT_THAT(right.receivedClasses, ElementsAre(3));
}

// --- keepalives ----------------------------------------------------------------------------------

TEST_F(Pair, AnswerDataWithAnEmptyPacketAfterTenSeconds) {
    establish();
    world.run(20s);
    forgetCounts();
    world.send(left, right, 1);
    world.settle();

    world.run(10s - kTick);
    EXPECT_EQ(right.sentByType[4], 0);
    world.run(2 * kTick);

    EXPECT_EQ(right.sentByType[4], 1);
    EXPECT_THAT(left.received, IsEmpty());
}

TEST_F(Pair, DoNotAnswerAnEmptyPacketWithAnother) {
    establish();
    world.run(20s);
    world.send(left, right, 1);
    world.run(11s);
    forgetCounts();

    world.run(100s);

    EXPECT_EQ(left.sentByType[4] + right.sentByType[4], 0);
}

TEST_F(Pair, SendNoEmptyPacketWhenDataWentBack) {
    establish();
    world.run(20s);
    forgetCounts();
    world.send(left, right, 1);
    world.run(9s);
    world.send(right, left, 2);

    world.run(5s);

    EXPECT_EQ(right.sentByType[4], 1);
}

TEST_F(Pair, AskForANewSessionWhenNothingComesFor15Seconds) {
    establish();
    world.run(30s);
    forgetCounts();
    world.filter = [&](Datagram& datagram) { return datagram.from == left.endpoint; };
    world.send(left, right, 1);

    world.run(15s - kTick);
    EXPECT_EQ(left.sentByType[1], 0);
    world.run(333ms + 2 * kTick);

    EXPECT_EQ(left.sentByType[1], 1);
}

TEST_F(Pair, AskForNoNewSessionWhileAnswersCome) {
    establish();
    forgetCounts();

    for (std::uint32_t i = 0; i < 100; ++i) {
        world.send(left, right, i);
        world.run(1s);
    }

    EXPECT_EQ(left.sentByType[1] + right.sentByType[1], 0);
}

TEST_F(Pair, WithAPersistentKeepaliveBeginAtOnceAndStayInTouch) {
    forgetCounts();
    auto settings = World::settingsFor(right);
    settings.persistentKeepalive = std::uint16_t{25};

    world.apply(left, std::move(settings));
    world.settle();
    ASSERT_THAT(left.sentByType, ElementsAre(0, 1, 0, 0, 1));
    world.run(25s - kTick);
    EXPECT_EQ(left.sentByType[4], 1);
    world.run(2 * kTick);
    EXPECT_EQ(left.sentByType[4], 2);
    world.run(75s);
    EXPECT_EQ(left.sentByType[4], 5);
}

TEST_F(Pair, PutAPersistentKeepaliveOffWhileThereIsTraffic) {
    auto settings = World::settingsFor(right);
    settings.persistentKeepalive = std::uint16_t{25};
    world.apply(left, std::move(settings));
    world.settle();
    const auto before = left.engine->statistics().keepalivesSent;

    for (std::uint32_t i = 0; i < 100; ++i) {
        world.send(left, right, i);
        world.send(right, left, i);
        world.run(1s);
    }

    EXPECT_EQ(left.engine->statistics().keepalivesSent, before);
}

TEST_F(Pair, StopAPersistentKeepaliveThatIsSwitchedOff) {
    auto settings = World::settingsFor(right);
    settings.persistentKeepalive = std::uint16_t{25};
    world.apply(left, std::move(settings));
    world.settle();
    auto off = World::settingsFor(right);
    off.persistentKeepalive = std::uint16_t{0};
    world.apply(left, std::move(off));
    forgetCounts();

    world.run(100s);

    EXPECT_EQ(left.sentByType[4], 0);
}

// --- both at once --------------------------------------------------------------------------------

TEST_F(Pair, BothBeginningAtOnceTalkAtOnce) {
    world.delay = 20ms;
    world.send(left, right, 1);
    world.send(right, left, 2);

    world.run(200ms);
    world.send(left, right, 3);
    world.send(right, left, 4);
    world.run(200ms);

    EXPECT_THAT(right.received, ElementsAre(1, 3));
    EXPECT_THAT(left.received, ElementsAre(2, 4));
    EXPECT_EQ(left.sentByType[1] + right.sentByType[1], 2);
}

TEST_F(Pair, BothBeginningAtOnceTalkThoughOneAnswerIsLost) {
    world.delay = 20ms;
    bool lost = false;
    world.filter = [&](Datagram& datagram) {
        const bool drop = !lost && datagram.type() == 2;
        lost |= drop;
        return !drop;
    };
    world.send(left, right, 1);
    world.send(right, left, 2);
    world.run(6s);

    world.send(left, right, 3);
    world.send(right, left, 4);
    world.run(1s);

    EXPECT_THAT(right.received, ElementsAre(1, 3));
    EXPECT_THAT(left.received, ElementsAre(2, 4));
}

TEST_F(Pair, ComeBackWhenOneSideStartsAgain) {
    establish();
    world.run(1s);
    world.restart(right);

    world.send(left, right, 1);
    world.run(16s);
    world.send(left, right, 2);
    world.run(1s);

    EXPECT_EQ(right.received.back(), 2U);
    right.received.clear();
    world.restart(right);
    world.send(right, left, 3);
    world.settle();
    EXPECT_EQ(left.received.back(), 3U);
}

}  // namespace
