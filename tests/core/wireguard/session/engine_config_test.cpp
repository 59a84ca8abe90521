// SPDX-License-Identifier: Apache-2.0
// Configuration while there is traffic.
#include "core/wireguard/noise/handshake.h"
#include "core/wireguard/routing/allowed_ips.h"
#include "core/wireguard/session/timings.h"
#include "tests/core/wireguard/session/pair.h"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using weft::StatusCode;
using weft::crypto::SecretBytes;
using weft::net::IpAddress;
using weft::net::IpPrefix;
using weft::tests::World;
using weft::wireguard::DropReason;
using weft::wireguard::Event;
using weft::wireguard::PeerSettings;

SecretBytes secret(std::uint8_t byte, std::size_t size = 32) {
    return SecretBytes(std::vector<std::uint8_t>(size, byte));
}

class Config : public weft::tests::PairTest {};

TEST_F(Config, KeysOfAnotherLengthAreRefused) {
    auto settings = World::settingsFor(right);
    settings.presharedKey = secret(1, 31);

    EXPECT_EQ(applied(left, settings).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        left.engine->setPrivateKey(secret(1, 33), world.momentOf(left)).code(),
        StatusCode::kInvalidArgument);
    establish();
    EXPECT_EQ(left.engine->statistics().handshakesDone, 1U);
}

TEST_F(Config, ShowsWhatWasSet) {
    auto settings = World::settingsFor(right);
    settings.presharedKey = secret(5);
    settings.persistentKeepalive = std::uint16_t{9};
    world.apply(left, std::move(settings));

    const auto shown = left.engine->snapshot(world.indexOf(left, right));

    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->key, right.key);
    ASSERT_TRUE(shown->presharedKey);
    EXPECT_TRUE(equalInConstantTime(*shown->presharedKey, secret(5)));
    EXPECT_EQ(shown->endpoint->address.remote, right.endpoint);
    EXPECT_EQ(shown->persistentKeepalive, 9);
    EXPECT_THAT(shown->allowedIps, ElementsAre(IpPrefix::host(right.inner)));
    EXPECT_EQ(left.engine->publicKey(), left.key);
}

TEST_F(Config, ApplyingTheSameAgainKeepsTheSession) {
    establish();

    world.introduceBoth(left, right);
    ASSERT_TRUE(left.engine->setPrivateKey(left.privateKey.clone(), world.momentOf(left)).ok());
    world.send(left, right, 5);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(5));
    EXPECT_EQ(left.sentByType[1], 0);
}

TEST_F(Config, AnUpdateOfAnUnknownPeerDoesNothing) {
    auto settings = peerNumber(7);
    settings.updateOnly = true;

    const auto applied = left.engine->applyPeer(settings, world.momentOf(left));

    ASSERT_TRUE(applied.ok());
    EXPECT_EQ(*applied, std::nullopt);
    EXPECT_EQ(left.engine->statistics().peers, 1U);
}

TEST_F(Config, ARemovedPeerIsForgottenAndComesBackNew) {
    establish();
    auto gone = World::settingsFor(right);
    gone.remove = true;
    ASSERT_TRUE(applied(left, gone).ok());
    EXPECT_EQ(left.engine->findPeer(right.key), std::nullopt);
    world.send(left, right, 5);
    world.send(right, left, 6);
    world.settle();
    EXPECT_EQ(drops(left, DropReason::NoRoute), 1U);
    EXPECT_EQ(drops(left, DropReason::UnknownIndex), 1U);
    EXPECT_EQ(left.engine->nextDeadline(), std::nullopt);

    world.run(100ms);
    world.introduce(left, right);
    world.send(left, right, 7);
    world.run(1s);

    EXPECT_THAT(right.received, ElementsAre(7));
}

TEST_F(Config, APeerThatIsAddedAgainGetsAGreaterStampThoughNoTimePassed) {
    world.keep = true;
    std::vector<weft::wireguard::Tai64n> stamps;
    const weft::wireguard::LocalIdentity identity(
        weft::crypto::X25519PrivateKey::fromBytes(right.privateKey.reveal().first<32>()));
    weft::wireguard::RemoteIdentity remote(left.key);
    for (int i = 0; i < 3; ++i) {
        left.engine->removePeer(world.indexOf(left, right));
        world.introduce(left, right);
        world.send(left, right, 5);
        auto received = weft::wireguard::readInitiation(identity, world.history.back().bytes);
        ASSERT_TRUE(received.ok());
        stamps.push_back(
            weft::wireguard::acceptInitiation(*std::move(received), identity, remote)->stamp);
    }

    EXPECT_LT(stamps[0], stamps[1]);
    EXPECT_LT(stamps[1], stamps[2]);
}

TEST_F(Config, AnEndpointThatIsSetWhileThereAreKeysIsTold) {
    world.apply(right, World::settingsFor(left));
    EXPECT_EQ(eventsOf(right, Event::Kind::EndpointSet), 0);

    establish();
    world.apply(right, World::settingsFor(left, false));
    EXPECT_EQ(eventsOf(right, Event::Kind::EndpointSet), 0);
    world.apply(right, World::settingsFor(left));
    EXPECT_EQ(eventsOf(right, Event::Kind::EndpointSet), 1);
}

TEST_F(Config, RemovedPeersAreCountedInWhateverWayTheyGo) {
    left.engine->removePeer(world.indexOf(left, right));
    EXPECT_EQ(left.engine->removedPeers(), 1U);

    auto settings = peerNumber(1);
    ASSERT_TRUE(applied(left, settings).ok());
    settings.remove = true;
    ASSERT_TRUE(applied(left, settings).ok());
    EXPECT_EQ(left.engine->removedPeers(), 2U);

    ASSERT_TRUE(applied(left, peerNumber(2)).ok());
    ASSERT_TRUE(applied(left, peerNumber(3)).ok());
    left.engine->removeAllPeers();
    EXPECT_EQ(left.engine->removedPeers(), 4U);

    ASSERT_TRUE(applied(left, World::settingsFor(right)).ok());
    const auto key = right.engine->privateKey();
    ASSERT_TRUE(left.engine->setPrivateKey(key, world.momentOf(left)).ok());
    EXPECT_EQ(left.engine->removedPeers(), 5U);
}

TEST_F(Config, APeerThatIsThisInterfaceIsIgnored) {
    PeerSettings self;
    self.key = left.key;

    const auto applied = left.engine->applyPeer(self, world.momentOf(left));

    ASSERT_TRUE(applied.ok());
    EXPECT_EQ(*applied, std::nullopt);
    EXPECT_EQ(left.engine->statistics().peers, 1U);
}

TEST_F(Config, APeerWhoseKeyTheInterfaceTakesIsRemoved) {
    ASSERT_TRUE(left.engine->setPrivateKey(right.privateKey.clone(), world.momentOf(left)).ok());

    EXPECT_EQ(left.engine->statistics().peers, 0U);
}

TEST_F(Config, AnotherPrivateKeyEndsTheSessionsAndStartsNewOnes) {
    establish();
    ASSERT_TRUE(left.engine->setPrivateKey(secret(0x42), world.momentOf(left)).ok());
    left.key = *left.engine->publicKey();
    world.introduce(right, left);

    world.send(left, right, 5);
    world.run(1s);

    EXPECT_EQ(left.sentByType[1], 1);
    EXPECT_THAT(right.received, ElementsAre(5));
}

TEST_F(Config, WithoutAPrivateKeyNothingIsSentOrTaken) {
    establish();
    ASSERT_TRUE(left.engine->setPrivateKey(secret(0), world.momentOf(left)).ok());
    EXPECT_FALSE(left.engine->privateKey());

    world.send(left, right, 5);
    world.send(right, left, 6);
    world.run(1s);

    EXPECT_EQ(left.sentBytes, 0U);
    EXPECT_THAT(left.received, IsEmpty());
    EXPECT_EQ(drops(left, DropReason::NoPrivateKey), 1U);
}

TEST_F(Config, APeerWithoutAnEndpointWaitsUntilItCalls) {
    auto& quiet = world.addNode();
    world.introduce(quiet, right, false);
    world.introduce(right, quiet);
    world.send(quiet, right, 5);
    EXPECT_EQ(drops(quiet, DropReason::NoEndpoint), 1U);

    world.send(right, quiet, 6);
    world.settle();
    world.send(quiet, right, 7);
    world.settle();

    EXPECT_THAT(quiet.received, ElementsAre(6));
    EXPECT_THAT(right.received, ElementsAre(7));
}

TEST_F(Config, APrefixMovesToThePeerThatGetsItLast) {
    auto& third = world.addNode();
    auto settings = World::settingsFor(third);
    settings.allowedIps.push_back(IpPrefix::host(right.inner));
    world.apply(left, std::move(settings));

    EXPECT_EQ(left.engine->allowedIps().lookup(right.inner), world.indexOf(left, third));
    EXPECT_THAT(left.engine->snapshot(world.indexOf(left, right))->allowedIps, IsEmpty());
}

TEST_F(Config, ReplacedPrefixesAreGone) {
    PeerSettings settings;
    settings.key = right.key;
    settings.replaceAllowedIps = true;
    settings.allowedIps.push_back(IpPrefix::parse("10.7.0.0/16").value());
    world.apply(left, std::move(settings));

    world.send(left, right, 5);

    EXPECT_EQ(drops(left, DropReason::NoRoute), 1U);
}

TEST_F(Config, AChangedPresharedKeyCountsFromTheNextHandshakeOn) {
    establish();
    for (auto [node, other] : {std::pair(&left, &right), std::pair(&right, &left)}) {
        auto settings = World::settingsFor(*other);
        settings.presharedKey = secret(9);
        world.apply(*node, std::move(settings));
    }
    world.send(left, right, 5);
    world.settle();
    EXPECT_EQ(left.sentByType[1], 0);

    world.run(121s);
    world.send(left, right, 6);
    world.run(1s);
    world.send(left, right, 7);
    world.run(1s);

    EXPECT_EQ(world.statisticsOf(left, right).rekeys, 1U);
    EXPECT_THAT(right.received, ElementsAre(5, 6, 7));
}

TEST_F(Config, DownEndsEverythingAndUpBeginsAgain) {
    auto settings = World::settingsFor(right);
    settings.persistentKeepalive = std::uint16_t{25};
    world.apply(left, std::move(settings));
    world.settle();
    forgetCounts();

    left.engine->setUp(false, world.momentOf(left));
    world.send(left, right, 5);
    world.run(1h);
    EXPECT_EQ(left.sentBytes, 0U);
    EXPECT_EQ(left.engine->statistics().activePeers, 0U);
    left.engine->setUp(true, world.momentOf(left));
    world.run(1s);

    EXPECT_EQ(left.sentByType[1], 1);
    EXPECT_EQ(right.sentByType[2], 1);
}

TEST_F(Config, TheTrafficOfOthersDoesNotNoticeAThousandChanges) {
    establish();
    for (std::uint32_t i = 0; i < 1000; ++i) {
        auto settings = peerNumber(i);
        settings.allowedIps.push_back(IpPrefix::host(IpAddress::v4(0x0b000000 + i)));
        settings.remove = i % 3 == 2;
        ASSERT_TRUE(applied(left, settings).ok());
        world.send(left, right, i);
    }
    world.settle();

    EXPECT_EQ(right.received.size(), 1000U);
    EXPECT_EQ(left.sentByType[1], 0);
}

TEST_F(Config, PaddingNeverLiftsAPacketAboveTheMtu) {
    world.keep = true;
    establish();
    for (const std::size_t bytes : {1409U, 1410U, 1419U, 1420U}) {
        world.send(left, right, 5, bytes);
        EXPECT_EQ(world.history.back().bytes.size(), 1420U + 32) << bytes;
    }
    world.send(left, right, 5, 30);
    EXPECT_EQ(world.history.back().bytes.size(), 32U + 32);
}

}  // namespace
