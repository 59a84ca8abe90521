// SPDX-License-Identifier: Apache-2.0
// Whole lives of WireGuard sessions over bad networks and under attack, in simulated time.
#include "core/wireguard/session/timings.h"
#include "tests/core/wireguard/session/pair.h"
#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using weft::net::IpAddress;
using weft::tests::Datagram;
using weft::tests::World;
using weft::wireguard::DropReason;
using weft::wireguard::EngineBudget;

class WireGuardSim : public weft::tests::PairTest {
protected:
    /// One packet each way every `step`, for `time`. Returns how many each way.
    std::size_t talk(weft::Duration time, weft::Duration step) {
        std::uint32_t mark = 0;
        for (auto passed = weft::Duration::zero(); passed < time; passed += step) {
            world.send(left, right, mark);
            world.send(right, left, mark);
            ++mark;
            world.run(step);
        }
        world.run(1s);
        return mark;
    }
    static bool hasDuplicates(const std::vector<std::uint32_t>& marks) {
        return std::set(marks.begin(), marks.end()).size() != marks.size();
    }
};

TEST_F(WireGuardSim, ADayOfTrafficLosesNothingToRekeying) {
    world.delay = 30ms;
    world.delaySpread = 5ms;

    const auto sent = talk(24h, 2s);

    EXPECT_EQ(left.received.size(), sent);
    EXPECT_EQ(right.received.size(), sent);
    // One new session in two minutes, begun by one side.
    const auto handshakes = world.statisticsOf(left, right).handshakes;
    EXPECT_GE(handshakes, 24U * 60 / 2 - 20);
    EXPECT_LE(handshakes, 24U * 60 / 2 + 8);
    EXPECT_EQ(left.engine->statistics().drops.total(), 0U);
    EXPECT_EQ(right.engine->statistics().drops.total(), 0U);
}

TEST_F(WireGuardSim, ABusyHourLosesNothingToRekeying) {
    world.delay = 30ms;
    std::uint32_t mark = 0;
    for (int i = 0; i < 60 * 60 * 20; ++i) {
        world.send(left, right, mark++);
        world.run(50ms);
    }
    world.run(1s);

    EXPECT_EQ(right.received.size(), mark);
    EXPECT_TRUE(std::ranges::is_sorted(right.received));
    EXPECT_GE(world.statisticsOf(left, right).rekeys, 28U);
}

TEST_F(WireGuardSim, ABadNetworkNeitherDoublesPacketsNorEndsTheTalk) {
    world.dice.seed(weft::tests::randomSeed());
    world.loss = 0.2;
    world.duplication = 0.2;
    world.delay = 20ms;
    world.delaySpread = 300ms;

    const auto sent = talk(2h, 500ms);

    for (const auto* node : {&left, &right}) {
        EXPECT_FALSE(hasDuplicates(node->received));
        EXPECT_GE(node->received.size(), sent * 7 / 10);
        EXPECT_LE(node->received.size(), sent);
    }
    // When the network is well again, so is the talk.
    world.loss = 0;
    world.duplication = 0;
    world.run(20s);
    forgetCounts();
    const auto more = talk(1h, 1s);
    EXPECT_EQ(left.received.size(), more);
    EXPECT_EQ(right.received.size(), more);
}

TEST_F(WireGuardSim, LosingAnyOneMessageOfAHandshakeCostsOneTry) {
    for (const int type : {1, 2, 4}) {
        World each;
        auto& one = each.addNode();
        auto& two = each.addNode();
        each.introduceBoth(one, two);
        bool lost = false;
        each.filter = [&](Datagram& datagram) {
            const bool drop = !lost && datagram.type() == type;
            lost |= drop;
            return !drop;
        };
        each.send(one, two, 1);
        each.run(6s);
        each.send(one, two, 2);
        each.run(1s);

        // The first packet is the one lost when it is data itself.
        const std::vector<std::uint32_t> both{1, 2};
        const std::vector<std::uint32_t> second{2};
        EXPECT_EQ(two.received, type == 4 ? second : both) << "type " << type;
    }
}

TEST_F(WireGuardSim, DoubledMessagesOfEachTypeChangeNothing) {
    world.duplication = 1;
    world.delay = 10ms;

    const auto sent = talk(10min, 1s);

    EXPECT_EQ(left.received.size(), sent);
    EXPECT_EQ(right.received.size(), sent);
    EXPECT_FALSE(hasDuplicates(left.received));
}

TEST_F(WireGuardSim, EveryMessageAgainHoursLaterIsRefused) {
    world.keep = true;
    talk(10min, 1s);
    world.run(3h);
    talk(10s, 1s);
    const auto history = world.history;
    forgetCounts();

    for (const auto& datagram : history) {
        world.inject(datagram.to == left.endpoint ? left : right, datagram);
    }

    EXPECT_THAT(left.received, IsEmpty());
    EXPECT_THAT(right.received, IsEmpty());
    EXPECT_EQ(left.sentByType[2] + right.sentByType[2], 0);
}

TEST_F(WireGuardSim, BothSidesThatStartAgainAllTheTimeFindEachOther) {
    world.dice.seed(weft::tests::randomSeed());
    world.delay = 10ms;
    for (int i = 0; i < 50; ++i) {
        world.restart(world.dice() % 2 == 0 ? left : right);
        forgetCounts();
        // Who kept the old session notices after 15 s, and then tries for 5 s more.
        const auto sent = talk(25s, 1s);
        ASSERT_GE(left.received.size() + right.received.size(), sent / 5) << "round " << i;
        ASSERT_EQ(left.received.back(), sent - 1) << "round " << i;
        ASSERT_EQ(right.received.back(), sent - 1) << "round " << i;
    }
}

TEST_F(WireGuardSim, UnderAFloodAnHonestPeerConnectsWithinTwoTries) {
    weft::wireguard::EngineOptions options;
    options.budget.agreementCost = 1ms;
    auto& target = world.addNode(options);
    world.introduce(left, target);
    world.introduce(target, left);
    std::uint32_t source = 0x20000000;
    world.delay = 1ms;
    for (int i = 0; i < 100; ++i) {
        for (int j = 0; j < 50; ++j) {
            world.inject(target, strangersInitiation(target, ++source));
        }
        if (i == 10) {
            world.send(left, target, 7);
        }
        // Two tries are 5.3 s apart at most.
        if (i == 10 + 54) {
            EXPECT_THAT(target.received, ElementsAre(7));
        }
        world.run(100ms);
    }

    EXPECT_GE(left.gotByType[3], 1);
    EXPECT_LE(target.sentBytes, target.gotBytes);
}

TEST_F(WireGuardSim, AFloodTakesItsShareOfTheTimeAndNoMore) {
    establish();
    const EngineBudget budget;
    constexpr int kSeconds = 3;
    std::uint32_t source = 0x20000000;
    for (int i = 0; i < kSeconds * 100; ++i) {
        // 10,000 in a second of simulated time, from as many sources.
        for (int j = 0; j < 100; ++j) {
            world.inject(right, strangersInitiation(right, ++source));
        }
        world.send(left, right, static_cast<std::uint32_t>(i));
        world.run(10ms);
    }

    const auto statistics = right.engine->statistics();
    const auto allowed =
        (budget.burst + kSeconds * 1s * budget.handshakeShare) / budget.agreementCost;
    EXPECT_LE(
        statistics.drops[DropReason::RefusedHandshake], static_cast<std::uint64_t>(allowed) + 1);
    EXPECT_EQ(statistics.queuedHandshakes, 0U);
    EXPECT_EQ(statistics.activePeers, 1U);
    EXPECT_EQ(right.received.size(), static_cast<std::size_t>(kSeconds) * 100);
    EXPECT_LE(right.sentBytes, right.gotBytes);
}

TEST_F(WireGuardSim, TenThousandDeadPeersThatAreCalledTakeTurns) {
    // Without turns the first second would be one of key agreement alone.
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        weft::wireguard::PeerSettings settings;
        noise.fill(settings.key.bytes);
        settings.endpoint.emplace();
        settings.endpoint->address.remote = {IpAddress::v4(0xc6120000 + i), 51820};
        settings.persistentKeepalive = std::uint16_t{25};
        ASSERT_TRUE(left.engine->applyPeer(settings, world.momentOf(left)).ok());
    }
    const EngineBudget budget;
    world.filter = [](Datagram&) { return false; };

    world.run(500ms);

    const auto allowed = static_cast<int>(
        (500ms * budget.initiationShare + budget.burst) / (3 * budget.agreementCost));
    EXPECT_LE(left.sentByType[1], allowed + 1);
    EXPECT_GE(left.sentByType[1], allowed * 9 / 10);
}

}  // namespace
