// SPDX-License-Identifier: Apache-2.0
// The bounds of everything that an engine keeps.
#include "core/wireguard/routing/allowed_ips.h"
#include "tests/core/wireguard/session/pair.h"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using weft::StatusCode;
using weft::crypto::SecretBytes;
using weft::net::IpAddress;
using weft::net::IpPrefix;
using weft::tests::Datagram;
using weft::tests::Node;
using weft::tests::World;
using weft::wireguard::DropReason;
using weft::wireguard::EngineOptions;

SecretBytes secret(std::uint8_t byte, std::size_t size = 32) {
    return SecretBytes(std::vector<std::uint8_t>(size, byte));
}

class Limits : public weft::tests::PairTest {};

TEST_F(Limits, OnePeerMoreThanTheLimitIsRefused) {
    EngineOptions options;
    options.limits.peers = 3;
    auto& small = world.addNode(options);
    for (std::uint32_t i = 0; i < 3; ++i) {
        ASSERT_TRUE(applied(small, peerNumber(i)).ok());
    }

    EXPECT_EQ(applied(small, peerNumber(3)).code(), StatusCode::kResourceExhausted);
    EXPECT_TRUE(applied(small, peerNumber(2)).ok());
    EXPECT_EQ(small.engine->statistics().peers, 3U);
}

/// Addresses of a /32 each, counted from `first` on.
std::vector<IpPrefix> hosts(std::uint32_t first, std::size_t count) {
    std::vector<IpPrefix> result;
    for (std::size_t i = 0; i < count; ++i) {
        result.push_back(IpPrefix::host(IpAddress::v4(first + static_cast<std::uint32_t>(i))));
    }
    return result;
}

class FullTable : public Limits {
protected:
    static constexpr std::size_t kHalf = weft::wireguard::AllowedIps::kMaxEntries / 2;
    static constexpr std::uint32_t kFirst = 0x0B000000;

    FullTable() {
        for (std::uint32_t i = 0; i < 2; ++i) {
            auto settings = peerNumber(i);
            settings.allowedIps = hosts(kFirst + i * static_cast<std::uint32_t>(kHalf), kHalf);
            EXPECT_TRUE(applied(node_, settings).ok());
        }
        EXPECT_EQ(node_.engine->allowedIps().size(), 2 * kHalf);
    }
    weft::wireguard::PeerSnapshot shown(std::uint32_t number) const {
        return *node_.engine->snapshot(*node_.engine->findPeer(peerNumber(number).key));
    }

    Node& node_ = world.addNode();
};

TEST_F(FullTable, APeerWithOneMoreIsRefusedWhole) {
    auto settings = peerNumber(2);
    settings.allowedIps = {hosts(kFirst, 1).front(), *IpPrefix::parse("192.0.2.0/24")};

    const auto status = applied(node_, settings);

    EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(weft::messageOf(status), testing::HasSubstr("131072 of 131072"));
    EXPECT_FALSE(node_.engine->findPeer(settings.key));
    EXPECT_EQ(node_.engine->statistics().peers, 2U);
    EXPECT_EQ(shown(0).allowedIps, hosts(kFirst, kHalf)) << "nothing moved";
}

TEST_F(FullTable, AChangeWithOneMoreChangesNothing) {
    auto settings = peerNumber(0);
    settings.presharedKey = secret(9);
    settings.persistentKeepalive = std::uint16_t{25};
    settings.endpoint.emplace().address.remote = right.endpoint;
    settings.replaceAllowedIps = true;
    settings.allowedIps = hosts(0x0C000000, kHalf + 1);

    EXPECT_EQ(applied(node_, settings).code(), StatusCode::kResourceExhausted);

    const auto peer = shown(0);
    EXPECT_EQ(peer.allowedIps, hosts(kFirst, kHalf));
    EXPECT_FALSE(peer.presharedKey);
    EXPECT_FALSE(peer.endpoint);
    EXPECT_EQ(peer.persistentKeepalive, 0);
}

TEST_F(FullTable, WhatMakesItsOwnRoomOrMovesIsTaken) {
    auto replaced = peerNumber(0);
    replaced.replaceAllowedIps = true;
    replaced.allowedIps = hosts(0x0C000000, kHalf);
    EXPECT_EQ(applied(node_, replaced), weft::okStatus());
    EXPECT_EQ(shown(0).allowedIps, replaced.allowedIps);

    auto moved = peerNumber(0);
    moved.removedAllowedIps = {replaced.allowedIps.front()};
    moved.allowedIps = {
        shown(1).allowedIps.front(),
        *IpPrefix::parse("192.0.2.0/24"),
        *IpPrefix::parse("192.0.2.7/24")};
    EXPECT_EQ(applied(node_, moved), weft::okStatus());
    EXPECT_EQ(shown(0).allowedIps.size(), kHalf + 1);
    EXPECT_EQ(shown(1).allowedIps.size(), kHalf - 1);

    auto notItsOwn = peerNumber(0);
    notItsOwn.removedAllowedIps = {shown(1).allowedIps.front()};
    notItsOwn.allowedIps = {*IpPrefix::parse("198.51.100.0/24")};
    EXPECT_EQ(applied(node_, notItsOwn).code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(node_.engine->allowedIps().size(), 2 * kHalf);
}

/// Gives what its source gives, or the same bytes for ever.
class RepeatingRandom final : public weft::crypto::RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override {
        if (repeats) {
            std::ranges::fill(out, std::uint8_t{7});
        } else {
            source_.fill(out);
        }
    }
    bool repeats = true;

private:
    weft::tests::SeededRandom source_{3};
};

TEST_F(Limits, AHandshakeWithoutAnIndexIsTriedAgainLater) {
    RepeatingRandom random;
    auto moment = world.momentOf(left);
    weft::wireguard::Engine engine({}, random, moment);
    ASSERT_TRUE(engine.setPrivateKey(secret(0x44), moment).ok());
    engine.setUp(true, moment);
    for (const auto* other : {&left, &right}) {
        const auto peer = engine.applyPeer(World::settingsFor(*other), moment);
        engine.stage(peer->value(), std::vector<std::uint8_t>(20), 0, moment);
    }
    // The first has taken the only index that is ever drawn.
    const auto messages = engine.takeMessages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages.front().to.address.remote, left.endpoint);

    random.repeats = false;
    moment.now += 6s;
    engine.advance(moment);

    EXPECT_EQ(engine.takeMessages().size(), 2U);
}

TEST_F(Limits, APeerNeedsNoMoreIndicesThanItHas) {
    EngineOptions options;
    options.limits.peers = 1;
    auto& small = world.addNode(options);
    world.introduce(small, right);
    world.introduce(right, small);
    // Session upon session from both sides, in every order that loss makes.
    world.loss = 0.3;
    for (std::uint32_t i = 0; i < 200; ++i) {
        world.send(i % 2 == 0 ? small : right, i % 2 == 0 ? right : small, i);
        world.run(i % 3 == 0 ? 50s : 7s);
    }
    world.loss = 0;
    world.run(200s);
    small.received.clear();

    world.send(right, small, 1000);
    world.run(10s);

    EXPECT_THAT(small.received, ElementsAre(1000U));
}

TEST_F(Limits, OneWaitingPacketMoreThanTheLimitPushesTheOldestOut) {
    world.delay = 10ms;
    for (std::uint32_t i = 0; i < 129; ++i) {
        world.send(left, right, i);
    }
    EXPECT_EQ(drops(left, DropReason::StagedOverflow), 1U);

    world.run(1s);

    ASSERT_EQ(right.received.size(), 128U);
    EXPECT_EQ(right.received.front(), 1U);
    EXPECT_EQ(right.received.back(), 128U);
}

TEST_F(Limits, WaitingPacketsOfAllPeersTogetherStayBelowTheirLimit) {
    EngineOptions options;
    options.limits.stagedBytes = 1000;
    auto& small = world.addNode(options);
    world.introduce(small, left);
    world.introduce(small, right);
    world.filter = [](Datagram&) { return false; };

    for (std::uint32_t i = 0; i < 9; ++i) {
        world.send(small, left, i, 100);
    }
    world.send(small, right, 9, 100);
    EXPECT_EQ(small.engine->statistics().stagedBytes, 1000U);
    world.send(small, right, 10, 100);
    world.send(small, right, 11, 2000);

    EXPECT_EQ(small.engine->statistics().stagedBytes, 900U);
    EXPECT_EQ(drops(small, DropReason::StagedOverflow), 3U);
    world.run(100s);
    EXPECT_EQ(small.engine->statistics().stagedBytes, 0U);
}

TEST_F(Limits, WaitingPacketsThatTheOutboxHasNoRoomForLeaveLater) {
    EngineOptions options;
    options.limits.outboxBytes = 2000;
    auto& small = world.addNode(options);
    world.introduce(small, right);
    world.introduce(right, small);
    world.delay = 1ms;

    for (std::uint32_t i = 0; i < 50; ++i) {
        world.send(small, right, i, 500);
    }
    world.run(1s);

    ASSERT_EQ(right.received.size(), 50U);
    EXPECT_TRUE(std::ranges::is_sorted(right.received));
}

TEST_F(Limits, OneHandshakeMoreThanTheQueueHoldsIsDropped) {
    // Each with a cookie: 20 a second of one source pass the limiter, so many sources are needed.
    EngineOptions options;
    options.limits.queuedHandshakes = 2;
    options.budget.burst = 0ms;
    options.budget.agreementCost = 10ms;
    options.budget.cookieCost = 0ns;
    auto& small = world.addNode(options);
    world.keep = true;
    std::vector<Node*> callers;
    for (int i = 0; i < 5; ++i) {
        callers.push_back(&world.addNode());
        world.introduce(*callers.back(), small);
        world.introduce(small, *callers.back());
    }
    for (auto* caller : callers) {
        world.send(*caller, small, caller->number);
    }
    world.settle();
    ASSERT_EQ(small.sentByType[3], 4);
    world.filter = [](Datagram& datagram) { return datagram.type() != 1; };
    world.run(6s);
    world.filter = nullptr;
    ASSERT_GE(small.engine->statistics().handshakesDone, 1U);

    // That of the first is a replay and spends the time; two wait.
    for (auto* caller : callers) {
        world.inject(small, lastOf(1, *caller));
    }

    EXPECT_EQ(small.engine->statistics().queuedHandshakes, 2U);
    EXPECT_EQ(drops(small, DropReason::HandshakeQueueFull), 2U);
    world.run(10s);
    EXPECT_EQ(small.engine->statistics().queuedHandshakes, 0U);
    EXPECT_EQ(small.received.size(), 5U);
}

/// Takes what comes out of the tunnel and does nothing with it.
class NoSink final : public weft::wireguard::InboundSink {
public:
    void deliver(
        weft::wireguard::PeerIndex /*peer*/,
        std::span<std::uint8_t> /*inner*/,
        std::uint8_t /*outerClass*/) override {}
};

TEST_F(Limits, TheBoundsOfAllQueuesHoldTogether) {
    EngineOptions options;
    options.limits.stagedBytes = 1000;
    options.limits.outboxBytes = 300;
    options.limits.queuedHandshakes = 2;
    options.budget.burst = 0ms;
    options.budget.agreementCost = 10ms;
    options.budget.cookieCost = 0ns;
    auto& small = world.addNode(options);
    world.keep = true;
    std::vector<Node*> callers;
    for (int i = 0; i < 5; ++i) {
        callers.push_back(&world.addNode());
        world.introduceBoth(*callers.back(), small);
    }
    world.introduce(small, left);
    for (auto* caller : callers) {
        world.send(*caller, small, caller->number);
    }
    world.settle();
    // The callers have their cookies; what they sent with them is known, but has not arrived.
    world.filter = [](Datagram& datagram) { return datagram.type() != 1; };
    world.run(6s);
    const auto moment = world.momentOf(small);
    const auto receive = [&](const Datagram& datagram) {
        NoSink sink;
        auto bytes = datagram.bytes;
        weft::transport::IncomingRun run;
        run.bytes = bytes;
        run.segmentBytes = bytes.size();
        run.from.remote = datagram.from;
        small.engine->receive(run, 0, moment, sink);
    };

    // Nobody takes the messages of the engine meanwhile.
    for (std::uint32_t i = 0; i < 20; ++i) {
        small.engine->stage(world.indexOf(small, left), std::vector<std::uint8_t>(100), 0, moment);
    }
    for (auto* caller : callers) {
        receive(lastOf(1, *caller));
    }
    for (std::uint32_t i = 0; i < 20; ++i) {
        receive(strangersInitiation(small, 0xC6336400U + i));
    }

    const auto statistics = small.engine->statistics();
    EXPECT_EQ(statistics.stagedBytes, 1000U);
    EXPECT_EQ(statistics.queuedHandshakes, 2U);
    EXPECT_GE(drops(small, DropReason::StagedOverflow), 10U);
    EXPECT_GE(drops(small, DropReason::HandshakeQueueFull), 1U);
    EXPECT_GE(drops(small, DropReason::OutboxFull), 1U);
    std::size_t bytes = 0;
    for (const auto& message : small.engine->takeMessages()) {
        bytes += message.bytes.size();
    }
    EXPECT_GT(bytes, 0U);
    EXPECT_LE(bytes, 300U);

    world.filter = nullptr;
    world.run(200s);
    EXPECT_EQ(small.engine->statistics().stagedBytes, 0U);
    EXPECT_EQ(small.engine->statistics().queuedHandshakes, 0U);
}

TEST_F(Limits, EventsThatNobodyTakesAreBounded) {
    EngineOptions options;
    options.limits.events = 2;
    auto& small = world.addNode(options);
    const auto moment = world.momentOf(small);
    for (std::uint32_t i = 0; i < 3; ++i) {
        auto settings = World::settingsFor(right);
        settings.key = peerNumber(i).key;
        ASSERT_TRUE(small.engine->applyPeer(settings, moment).ok());
        small.engine->stage(
            *small.engine->findPeer(settings.key), std::vector<std::uint8_t>(20), 0, moment);
    }
    small.engine->advance({moment.now + 95s, moment.wall});
    small.engine->advance({moment.now + 200s, moment.wall});

    EXPECT_EQ(small.engine->takeEvents().size(), 2U);
    EXPECT_THAT(small.engine->takeEvents(), IsEmpty());
}

}  // namespace
