// SPDX-License-Identifier: Apache-2.0
// Handshakes while there are too many of them.
#include "tests/core/wireguard/session/pair.h"

namespace {

using namespace std::chrono_literals;
using weft::net::Endpoint;
using weft::net::IpAddress;
using weft::tests::Datagram;
using weft::wireguard::DropReason;

const Endpoint kElsewhere{IpAddress::v4(0xcb007107), 4711};

class UnderLoad : public weft::tests::PairTest {
protected:
    /// More than the budget of handshakes at once allows.
    void overload() {
        for (std::uint32_t i = 0; i < 400; ++i) {
            world.inject(right, strangersInitiation(right, 0x14000000 + i));
        }
        ASSERT_TRUE(right.engine->statistics().underLoad);
        forgetCounts();
    }
};

TEST_F(UnderLoad, AStrangerGetsACookieAndNoMoreBytesThanItSent) {
    overload();
    world.run(900ms);
    forgetCounts();

    for (std::uint32_t i = 0; i < 100; ++i) {
        world.inject(right, strangersInitiation(right, 0x15000000 + i));
    }

    EXPECT_EQ(right.sentByType[3], 100);
    EXPECT_EQ(right.sentByType[2], 0);
    EXPECT_EQ(right.sentBytes, 100U * 64);
    EXPECT_LE(right.sentBytes, right.gotBytes);
}

TEST_F(UnderLoad, BesideDataFewerStrangersGetACookie) {
    establish();
    const auto cookiesSaved = [this](bool besideData) {
        overload();
        world.run(900ms);
        if (besideData) {
            world.send(left, right, 2);
            world.settle();
        }
        forgetCounts();
        for (std::uint32_t i = 0; i < 5000; ++i) {
            world.inject(right, strangersInitiation(right, 0x16000000 + i));
        }
        return right.sentByType[3];
    };

    const auto alone = cookiesSaved(false);
    const auto besideData = cookiesSaved(true);

    EXPECT_GT(besideData, 100);
    EXPECT_LT(besideData, alone / 2);
}

TEST_F(UnderLoad, LoadEndsASecondAfterItsLastSign) {
    overload();

    world.run(1100ms);
    right.engine->advance(world.momentOf(right));

    EXPECT_FALSE(right.engine->statistics().underLoad);
}

TEST_F(UnderLoad, ACookieOfTwoMinutesAgoIsStale) {
    overload();
    world.send(left, right, 1);
    world.settle();
    ASSERT_EQ(left.gotByType[3], 1);
    // The way back is cut for 121 s, so that the cookie grows old on both sides.
    world.filter = [](Datagram&) { return false; };
    world.run(4s);
    world.keep = true;
    world.run(2s);
    const auto withCookie = lastOf(1, left);
    ASSERT_EQ(withCookie.type(), 1);
    world.run(121s);
    world.filter = nullptr;
    overload();

    world.inject(right, withCookie);

    EXPECT_EQ(right.sentByType[2], 0);
    EXPECT_EQ(right.sentByType[3], 1);
}

TEST_F(UnderLoad, ACookieIsGoodForTheAddressItWasMadeFor) {
    overload();
    world.send(left, right, 1);
    world.settle();
    ASSERT_EQ(left.gotByType[3], 1);
    world.filter = [](Datagram&) { return false; };
    world.keep = true;
    world.run(6s);
    auto withCookie = lastOf(1, left);
    overload();

    auto stolen = withCookie;
    stolen.from = kElsewhere;
    world.inject(right, stolen);
    EXPECT_EQ(right.sentByType[3], 1);
    EXPECT_EQ(right.sentByType[2], 0);
    world.inject(right, withCookie);
    world.run(1s);
    EXPECT_EQ(right.sentByType[2], 1);
}

TEST_F(UnderLoad, ACookieReplyThatNobodyAskedForIsRefused) {
    establish();
    Datagram reply{std::vector<std::uint8_t>(64), right.endpoint, left.endpoint};
    reply.bytes[0] = 3;

    world.inject(left, reply);

    EXPECT_EQ(drops(left, DropReason::UnknownIndex), 1U);
}

TEST_F(UnderLoad, AnAlteredCookieReplyIsRefusedAndTheGenuineOneTaken) {
    overload();
    Datagram genuine;
    world.filter = [&](Datagram& datagram) {
        if (datagram.type() != 3) {
            return true;
        }
        genuine = datagram;
        return false;
    };
    world.send(left, right, 1);
    world.settle();
    auto altered = genuine;
    altered.bytes.back() ^= 1U;

    world.inject(left, altered);
    EXPECT_EQ(drops(left, DropReason::RefusedCookie), 1U);
    world.inject(left, genuine);
    EXPECT_EQ(drops(left, DropReason::RefusedCookie), 1U);
    world.inject(left, genuine);
    EXPECT_EQ(drops(left, DropReason::RefusedCookie), 2U);
}

TEST_F(UnderLoad, ManyMessagesOfOneSourceAreLimitedThoughItHasACookie) {
    // Its address is its own, so it can have a cookie; it repeats one message.
    overload();
    world.send(left, right, 1);
    world.settle();
    world.filter = [](Datagram&) { return false; };
    world.keep = true;
    world.run(6s);
    const auto withCookie = lastOf(1, left);
    overload();
    const auto refused = drops(right, DropReason::RateLimited);

    for (int i = 0; i < 100; ++i) {
        world.inject(right, withCookie);
    }

    EXPECT_EQ(drops(right, DropReason::RateLimited) - refused, 95U);
}

TEST_F(UnderLoad, MoreThanTwentyInitiationsOfAPeerInASecondAreNotAnswered) {
    // Someone with the key of a peer, and no wish to wait.
    world.keep = true;
    world.filter = [](Datagram&) { return false; };
    std::vector<Datagram> initiations;
    for (int i = 0; i < 3; ++i) {
        world.restart(left);
        world.send(left, right, 1);
        initiations.push_back(lastOf(1, left));
        world.run(1s);
    }
    forgetCounts();

    for (const auto& initiation : initiations) {
        world.inject(right, initiation);
    }
    EXPECT_EQ(right.sentByType[2], 1);
    EXPECT_EQ(drops(right, DropReason::InitiationTooSoon), 2U);
    world.run(50ms);
    world.inject(right, initiations[1]);
    EXPECT_EQ(right.sentByType[2], 2);
}

}  // namespace
