// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/tunnel_moment.h"

#include <gtest/gtest.h>

#include <chrono>

namespace weft::daemon::sandbox {
namespace {

using namespace std::chrono_literals;

class TunnelMomentTest : public ::testing::Test {
protected:
    TunnelMomentTest() : plan_(planMesh(1, kUsualNodes)), node_(plan_.nodes[8]) {
        node_.presence = Presence();
    }

    TunnelMoment at(Duration now, Duration since = {}) const {
        return tunnelAt(plan_.self(), node_, since, now);
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    MeshPlan plan_;
    SimulatedNode node_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(TunnelMomentTest, NeverRunsBackwards) {
    node_.presence = Presence(15min, 5min, 3min);
    TunnelMoment before;

    for (Duration time = 3min; time < 3h; time += 7s) {
        const auto now = at(time);
        EXPECT_GE(now.received, before.received);
        EXPECT_GE(now.sent, before.sent);
        EXPECT_GE(now.handshakes, before.handshakes);
        EXPECT_GE(now.lastHandshake, before.lastHandshake);
        EXPECT_GE(now.lastHeard, before.lastHeard);
        EXPECT_LE(now.lastHandshake.value_or(time), time);
        EXPECT_LE(now.lastHeard.value_or(time), time);
        before = now;
    }
}

TEST_F(TunnelMomentTest, MakesNewKeysEveryTwoMinutes) {
    const auto first = node_.firstHandshake;

    EXPECT_EQ(at(first).handshakes, 1U);
    EXPECT_EQ(at(first + kRekeyEvery - 1ns).handshakes, 1U);
    EXPECT_EQ(at(first + kRekeyEvery).handshakes, 2U);
    EXPECT_EQ(at(first + kRekeyEvery).rekeys, 1U);
    EXPECT_EQ(at(first + 10 * kRekeyEvery).lastHandshake, first + 10 * kRekeyEvery);
}

TEST_F(TunnelMomentTest, BeginsARoundTripAfterItWasConfigured) {
    const Duration since = 1h;
    const auto trip = roundTrip(plan_.self(), node_);

    EXPECT_FALSE(at(since, since).lastHandshake);
    EXPECT_FALSE(at(since + trip - 1ns, since).lastHandshake);
    EXPECT_EQ(at(since + trip, since).lastHandshake, since + trip);
    EXPECT_GT(at(since + trip, since).received, 0U);
}

TEST_F(TunnelMomentTest, GoesStaleAndComesBackWithItsNode) {
    node_.presence = Presence(15min, 5min, 0min);
    constexpr Duration kLeaves = 10min;
    const auto leaving = at(kLeaves);

    const auto away = at(kLeaves + 4min);
    EXPECT_EQ(away.lastHandshake, at(kLeaves - 1ns).lastHandshake);
    EXPECT_EQ(away.received, leaving.received);
    EXPECT_GT(away.sent, leaving.sent) << "it is called in vain";
    EXPECT_EQ(away.lastHeard, kLeaves);

    const auto back = at(15min);
    EXPECT_EQ(back.lastHandshake, 15min);
    EXPECT_EQ(back.handshakes, away.handshakes + 1);
    EXPECT_EQ(back.rekeys, away.rekeys);
    EXPECT_GT(at(16min).received, away.received);
}

TEST_F(TunnelMomentTest, CountsTheHandshakesOfAllVisits) {
    node_.presence = Presence(15min, 5min, 0min);
    node_.firstHandshake = {};

    // In each visit of ten minutes one at once and one every two minutes, the end counted.
    EXPECT_EQ(at(10min).handshakes, 6U);
    EXPECT_EQ(at(15min + 10min).handshakes, 12U);
    EXPECT_EQ(at(45min).handshakes, 19U);
    EXPECT_EQ(at(45min).rekeys, 15U);
}

TEST_F(TunnelMomentTest, IsNoTunnelWhilePairsCannotMeet) {
    node_.nat = Nat::Symmetric;
    node_.zone.clear();

    const auto now = at(1h);

    EXPECT_FALSE(now.lastHandshake);
    EXPECT_EQ(now.received, 0U);
    EXPECT_GT(now.sent, 0U);
}

TEST_F(TunnelMomentTest, IsTheSameWhoeverAskedBefore) {
    node_.presence = Presence(15min, 5min, 3min);
    const auto alone = at(7h);
    for (Duration time = 0s; time < 7h; time += 10min) {
        (void)at(time);
    }

    EXPECT_EQ(at(7h).received, alone.received);
    EXPECT_EQ(at(7h).handshakes, alone.handshakes);
}

}  // namespace
}  // namespace weft::daemon::sandbox
