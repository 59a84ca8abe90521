// SPDX-License-Identifier: Apache-2.0
// What strangers and thieves of packets send.
#include "core/wireguard/session/timings.h"
#include "tests/core/wireguard/session/pair.h"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using weft::net::Endpoint;
using weft::net::IpAddress;
using weft::tests::Datagram;
using weft::tests::markedPacket;
using weft::wireguard::DropReason;
using weft::wireguard::Event;

const Endpoint kElsewhere{IpAddress::v4(0xcb007107), 4711};

using Hostile = weft::tests::PairTest;

TEST_F(Hostile, MessagesOfNoTypeOrLengthAreCountedAndUnanswered) {
    for (const std::size_t bytes : {0U, 1U, 3U, 31U, 63U, 91U, 147U, 149U}) {
        for (const unsigned type : {0U, 1U, 2U, 3U, 5U, 255U}) {
            Datagram datagram{std::vector<std::uint8_t>(bytes), kElsewhere, right.endpoint};
            if (bytes > 0) {
                datagram.bytes[0] = static_cast<std::uint8_t>(type);
            }
            world.inject(right, datagram);
        }
    }

    // What has no bytes at all is no message.
    EXPECT_EQ(drops(right, DropReason::MalformedMessage), 7U * 6U);
    EXPECT_EQ(right.sentBytes, 0U);
}

TEST_F(Hostile, AnInitiationWithAWrongFirstMacCostsNothing) {
    auto datagram = strangersInitiation(right, 1);
    datagram.bytes[120] ^= 1U;

    world.inject(right, datagram);

    EXPECT_EQ(drops(right, DropReason::BadMac1), 1U);
    EXPECT_EQ(right.engine->statistics().activePeers, 0U);
    EXPECT_EQ(right.engine->nextDeadline(), std::nullopt);
}

TEST_F(Hostile, AnInitiationOfAnUnknownKeyIsRefused) {
    auto& stranger = world.addNode();
    world.introduce(stranger, right);

    world.send(stranger, right, 1);
    world.settle();

    EXPECT_EQ(drops(right, DropReason::RefusedHandshake), 1U);
    EXPECT_EQ(right.sentBytes, 0U);
}

TEST_F(Hostile, AReplayedInitiationIsRefused) {
    world.keep = true;
    establish();
    const auto initiation = lastOf(1, left);
    world.run(10s);
    forgetCounts();

    auto replay = initiation;
    replay.from = kElsewhere;
    world.inject(right, replay);

    EXPECT_EQ(drops(right, DropReason::ReplayedInitiation), 1U);
    EXPECT_EQ(right.sentBytes, 0U);
    EXPECT_EQ(endpointOf(right, left), left.endpoint);
}

TEST_F(Hostile, AnOlderInitiationThatWasHeldBackIsRefused) {
    world.keep = true;
    world.filter = [&](Datagram& datagram) { return datagram.type() != 1; };
    world.send(left, right, 1);
    const auto held = lastOf(1, left);
    world.filter = nullptr;
    world.run(6s);
    ASSERT_THAT(right.received, ElementsAre(1));

    world.inject(right, held);

    EXPECT_EQ(drops(right, DropReason::ReplayedInitiation), 1U);
}

TEST_F(Hostile, AReplayedResponseIsRefused) {
    world.keep = true;
    establish();

    world.inject(left, lastOf(2, right));

    EXPECT_EQ(drops(left, DropReason::UnknownIndex), 1U);
    world.send(left, right, 5);
    world.settle();
    EXPECT_THAT(right.received, ElementsAre(5));
}

TEST_F(Hostile, AForgedResponseDoesNotEndTheHandshake) {
    world.keep = true;
    Datagram genuine;
    world.filter = [&](Datagram& datagram) {
        if (datagram.type() != 2) {
            return true;
        }
        genuine = datagram;
        return false;
    };
    world.send(left, right, 1);
    world.settle();
    auto forged = genuine;
    forged.bytes[40] ^= 1U;
    weft::wireguard::writeMac1(forged.bytes, left.key);
    world.filter = nullptr;

    world.inject(left, forged);
    EXPECT_EQ(drops(left, DropReason::RefusedHandshake), 1U);
    world.inject(left, genuine);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(1));
}

TEST_F(Hostile, ReplayedDataIsDroppedAndMovesNothing) {
    world.keep = true;
    establish();
    world.send(left, right, 5);
    world.settle();
    auto replay = lastOf(4, left);
    replay.from = kElsewhere;

    world.inject(right, replay);

    EXPECT_THAT(right.received, ElementsAre(5));
    EXPECT_EQ(drops(right, DropReason::Replayed), 1U);
    EXPECT_EQ(endpointOf(right, left), left.endpoint);
}

TEST_F(Hostile, ReplayedDataIsNotOpenedAgain) {
    world.keep = true;
    establish();
    world.send(left, right, 5);
    world.settle();
    auto replay = lastOf(4, left);
    // Whether it is authentic is not even asked.
    replay.bytes.back() ^= 1U;

    world.inject(right, replay);

    EXPECT_EQ(drops(right, DropReason::Replayed), 1U);
    EXPECT_EQ(drops(right, DropReason::BadAuthentication), 0U);
}

TEST_F(Hostile, AlteredDataIsDroppedAndMovesNothing) {
    world.keep = true;
    establish();
    world.filter = [](Datagram&) { return false; };
    world.send(left, right, 5);
    auto altered = lastOf(4, left);
    altered.from = kElsewhere;
    altered.bytes.back() ^= 1U;

    world.inject(right, altered);

    EXPECT_THAT(right.received, IsEmpty());
    EXPECT_EQ(drops(right, DropReason::BadAuthentication), 1U);
    EXPECT_EQ(endpointOf(right, left), left.endpoint);
}

TEST_F(Hostile, DataForAnUnknownIndexIsDropped) {
    world.keep = true;
    establish();
    world.send(left, right, 5);
    auto other = lastOf(4, left);
    other.bytes[4] ^= 1U;

    world.inject(right, other);

    EXPECT_EQ(drops(right, DropReason::UnknownIndex), 1U);
}

TEST_F(Hostile, APeerThatMovesIsFollowedByAuthenticData) {
    establish();
    const auto home = left.endpoint;
    left.endpoint = kElsewhere;

    world.send(left, right, 5);
    world.settle();
    world.send(right, left, 6);
    world.settle();

    EXPECT_EQ(endpointOf(right, left), kElsewhere);
    EXPECT_NE(home, kElsewhere);
    EXPECT_THAT(left.received, ElementsAre(6));
    EXPECT_EQ(eventsOf(right, Event::Kind::EndpointChanged), 1);
}

TEST_F(Hostile, APeerThatMovesIsFollowedByItsInitiation) {
    left.endpoint = kElsewhere;

    world.send(left, right, 5);
    world.settle();

    EXPECT_EQ(endpointOf(right, left), kElsewhere);
    EXPECT_THAT(right.received, ElementsAre(5));
}

TEST_F(Hostile, ForgedDataFromElsewhereIsTriedOnlyAsFarAsThereIsTime) {
    world.keep = true;
    establish();
    world.filter = [](Datagram&) { return false; };
    world.send(left, right, 5);
    const auto genuine = lastOf(4, left);
    world.filter = nullptr;
    auto forged = genuine;
    forged.from = kElsewhere;
    // A counter far ahead.
    forged.bytes[11] ^= 0x40U;

    // What may be spent at once: 10 ms.
    for (int i = 0; i < 15'000; ++i) {
        world.inject(right, forged);
    }
    const auto tried = drops(right, DropReason::BadAuthentication);
    EXPECT_GT(tried, 1'000U);
    EXPECT_LE(tried, 10'001U);
    EXPECT_EQ(drops(right, DropReason::RoamingBudget), 15'000U - tried);

    // From where the peer is, everything is tried.
    world.inject(right, genuine);
    EXPECT_THAT(right.received, ElementsAre(5));
    forged.from = left.endpoint;
    world.inject(right, forged);
    EXPECT_EQ(drops(right, DropReason::BadAuthentication), tried + 1);

    // A peer that moves now waits until there is time again.
    left.endpoint = kElsewhere;
    world.send(left, right, 6);
    world.settle();
    EXPECT_EQ(endpointOf(right, left), genuine.from);
    world.run(50ms);
    world.send(left, right, 7);
    world.settle();
    EXPECT_EQ(endpointOf(right, left), kElsewhere);
    EXPECT_THAT(right.received, ElementsAre(5, 7));
}

TEST_F(Hostile, EveryIndexOfAnEngineHasItsTag) {
    world.keep = true;
    establish();
    for (int i = 0; i < 20; ++i) {
        world.restart(left);
        world.send(left, right, 1);
        world.run(1s);
    }

    for (const auto& datagram : world.history) {
        // Of the one who sends it in a handshake, of the one who gets it in data.
        const auto& owner = datagram.type() == 4 ? datagram.to : datagram.from;
        if (owner == right.endpoint) {
            ASSERT_EQ(datagram.bytes.at(7), right.engine->indexTag()) << datagram.type();
        }
    }
}

TEST_F(Hostile, APacketThatWasOvertakenDoesNotMoveThePeerBack) {
    world.keep = true;
    establish();
    world.filter = [](Datagram&) { return false; };
    world.send(left, right, 5);
    const auto late = lastOf(4, left);
    world.filter = nullptr;
    left.endpoint = kElsewhere;
    world.send(left, right, 6);
    world.settle();

    world.inject(right, late);

    EXPECT_THAT(right.received, ElementsAre(6, 5));
    EXPECT_EQ(endpointOf(right, left), kElsewhere);
}

TEST_F(Hostile, APacketFromAnAddressOfAnotherIsDropped) {
    establish();

    world.sendInner(left, markedPacket(IpAddress::v4(0x0a000063), right.inner, 5, 100));
    world.settle();

    EXPECT_THAT(right.received, IsEmpty());
    EXPECT_EQ(drops(right, DropReason::WrongSource), 1U);
    EXPECT_EQ(world.statisticsOf(right, left).drops[DropReason::WrongSource], 1U);
}

/// Accepts what is not from `denied`, and counts how often it is asked.
class OneDenied final : public weft::net::PacketFilter {
public:
    explicit OneDenied(IpAddress denied) : denied_(denied) {}

    bool accepts(const IpAddress& source, const IpAddress& /*destination*/) const override {
        ++asked;
        return source != denied_;
    }

    mutable int asked = 0;

private:
    IpAddress denied_;
};

TEST_F(Hostile, APacketThatTheFilterDeniesIsDroppedAndCounted) {
    establish();
    const auto filter = std::make_shared<OneDenied>(left.inner);
    right.engine->setPacketFilter(filter);

    for (const std::uint8_t mark : {std::uint8_t{5}, std::uint8_t{6}}) {
        world.send(left, right, mark);
        world.settle();
    }
    world.send(right, left, 7);
    world.settle();

    EXPECT_THAT(right.received, IsEmpty());
    EXPECT_EQ(filter->asked, 1) << "what it said is remembered";
    EXPECT_EQ(world.statisticsOf(right, left).drops[DropReason::Denied], 2U);
    EXPECT_THAT(left.received, ElementsAre(7)) << "the session lives";

    right.engine->setPacketFilter(std::make_shared<OneDenied>(right.inner));
    world.send(left, right, 8);
    world.settle();
    EXPECT_THAT(right.received, ElementsAre(8)) << "another filter is asked anew";

    right.engine->setPacketFilter(filter);
    world.send(left, right, 9);
    world.settle();
    right.engine->setPacketFilter(nullptr);
    world.send(left, right, 10);
    world.settle();
    EXPECT_THAT(right.received, ElementsAre(8, 10));
}

TEST_F(Hostile, AMalformedInnerPacketIsDroppedAndTheSessionLives) {
    establish();
    const auto peer = world.indexOf(left, right);
    for (const std::vector<std::uint8_t>& inner :
         {std::vector<std::uint8_t>{0x45},
          std::vector<std::uint8_t>(64, 0xff),
          std::vector<std::uint8_t>(64, 0)}) {
        // The engine seals what waits without a look at it.
        auto grant = left.engine->grant(peer, 1, world.momentOf(left));
        ASSERT_EQ(grant.verdict, weft::wireguard::SendGrant::Verdict::Ready);
        left.engine->stage(peer, inner, 0, world.momentOf(left));
        world.run(0s);
    }
    world.send(left, right, 6);
    world.settle();

    EXPECT_EQ(drops(right, DropReason::MalformedInner), 3U);
    EXPECT_THAT(right.received, ElementsAre(6));
}

TEST_F(Hostile, APeerWithAKeyOfSmallOrderGetsNoMessage) {
    for (const unsigned first : {0U, 1U}) {
        weft::wireguard::PeerSettings settings;
        settings.key.bytes[0] = static_cast<std::uint8_t>(first);
        settings.allowedIps.push_back(weft::net::IpPrefix::parse("10.9.0.0/16").value());
        settings.endpoint.emplace();
        settings.endpoint->address.remote = kElsewhere;
        world.apply(left, std::move(settings));

        world.sendInner(left, markedPacket(left.inner, IpAddress::v4(0x0a090001), 1, 60));
    }

    EXPECT_EQ(left.sentBytes, 0U);
    EXPECT_EQ(drops(left, DropReason::RefusedHandshake), 2U);
    world.run(1h);
    EXPECT_EQ(left.engine->statistics().activePeers, 0U);
}

}  // namespace
