// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace weft::control {
namespace {

using ::testing::ElementsAre;

TEST(Translate, ProfileSurvivesTheWayThereAndBack) {
    const api::Profile profile{
        .id = api::ProfileId("home"),
        .name = "Home",
        .kind = api::ProfileKind::Founder,
        .nodeId = "alpha",
        .joinAddresses = {"10.0.0.1:8443"},
        .tlsMode = api::TlsMode::ServerOnly,
        .autoConnect = false,
        .acceptDns = true,
        .meshDomain = "home.internal.",
        .meshIdentity = "ab",
        .listenAddress = "[::]:8443",
        .endpoints = {"10.0.0.2"},
        .zone = "z"};

    EXPECT_EQ(fromProto(toProto(profile)), profile);
}

TEST(Translate, UnknownNumbersBecomeTheNeutralValue) {
    weft::local::v1::Connection message;
    message.set_state(static_cast<weft::local::v1::Connection::State>(99));
    message.set_cluster_status(static_cast<::v1::ClusterStatus>(99));
    message.add_checklist()->set_state(static_cast<weft::local::v1::CheckItem::State>(99));

    const auto connection = fromProto(message);

    EXPECT_EQ(connection.state, api::ConnectionState::Off);
    EXPECT_EQ(connection.clusterStatus, api::ClusterStatus::Unknown);
    EXPECT_EQ(connection.checklist.at(0).state, api::CheckState::Pending);
}

TEST(Translate, PeerKeepsFeaturesByName) {
    weft::local::v1::Peer message;
    auto& node = *message.mutable_node();
    node.set_id("alpha");
    auto* known = node.add_features();
    known->set_feature(::v1::STORAGE_PROVIDER);
    known->set_port(9000);
    node.add_features()->set_feature(static_cast<::v1::Feature>(77));

    const auto peer = fromProto(message);

    EXPECT_THAT(
        peer.features, ElementsAre(api::Feature{"STORAGE_PROVIDER", 9000}, api::Feature{"77", 0}));
}

TEST(Translate, PeerKeepsWhatTheTunnelKnows) {
    weft::local::v1::Peer message;
    EXPECT_FALSE(fromProto(message).tunnel);
    auto* tunnel = message.mutable_tunnel();
    tunnel->set_endpoint("192.0.2.7:51820");
    tunnel->set_path("udp");
    tunnel->set_receive_bytes(7);
    tunnel->set_transmit_bytes(8);
    tunnel->set_handshakes(3);
    tunnel->set_rekeys(2);
    tunnel->set_keepalive_seconds(30);
    tunnel->add_allowed_ips("172.16.0.2/32");
    tunnel->mutable_last_handshake()->set_seconds(1'700'000'000);
    auto* drops = tunnel->add_drops();
    drops->set_reason("replayed");
    drops->set_packets(5);
    tunnel->add_candidates()->set_endpoint("192.0.2.6:51820");
    auto* inUse = tunnel->add_candidates();
    inUse->set_endpoint("192.0.2.7:51820");
    inUse->set_in_use(true);
    api::PeerTunnel wanted;
    wanted.endpoint = "192.0.2.7:51820";
    wanted.path = "udp";
    wanted.lastHandshake = WallTime(std::chrono::seconds(1'700'000'000));
    wanted.receivedBytes = 7;
    wanted.sentBytes = 8;
    wanted.handshakes = 3;
    wanted.rekeys = 2;
    wanted.keepalive = std::chrono::seconds(30);
    wanted.allowedIps = {"172.16.0.2/32"};
    wanted.drops = {{"replayed", 5}};
    wanted.candidates = {{"192.0.2.6:51820", false}, {"192.0.2.7:51820", true}};

    EXPECT_EQ(fromProto(message).tunnel, wanted);
}

TEST(Translate, PeerKeepsWhetherItIsThere) {
    weft::local::v1::Peer message;
    EXPECT_EQ(fromProto(message).liveness, std::nullopt) << "an older daemon does not say";
    const std::map<weft::local::v1::Liveness, api::Freshness> words{
        {weft::local::v1::LIVENESS_NEVER, api::Freshness::Never},
        {weft::local::v1::LIVENESS_FRESH, api::Freshness::Fresh},
        {weft::local::v1::LIVENESS_STALE, api::Freshness::Stale},
        {weft::local::v1::LIVENESS_GONE, api::Freshness::Gone}};
    for (const auto& [word, freshness] : words) {
        message.set_liveness(word);
        EXPECT_EQ(fromProto(message).liveness, freshness);
    }
}

TEST(Translate, PeerKeepsHowPacketsGo) {
    namespace local = weft::local::v1;
    local::Peer message;
    EXPECT_FALSE(fromProto(message).way) << "an older daemon does not say";
    auto* way = message.mutable_way();
    way->set_kind(local::PeerWay::KIND_RELAYED);
    way->set_reason(weft::mesh::v1::RELAY_REASON_SYMMETRIC_NAT);
    way->set_text("why");
    way->set_remedy("what helps");
    EXPECT_EQ(
        fromProto(message).way, (api::PeerWay{"relayed", "symmetric_nat", "why", "what helps"}));

    message.mutable_way()->Clear();
    message.mutable_way()->set_kind(local::PeerWay::KIND_DIRECT);
    EXPECT_EQ(fromProto(message).way, (api::PeerWay{"direct", "", "", ""}));
    message.mutable_way()->set_kind(static_cast<local::PeerWay::Kind>(77));
    EXPECT_EQ(fromProto(message).way, api::PeerWay()) << "a daemon of tomorrow";
}

TEST(Translate, ConnectionKeepsItsInterface) {
    weft::local::v1::Connection message;
    EXPECT_FALSE(fromProto(message).tunnel);
    message.mutable_tunnel()->set_interface_name("weft0");
    message.mutable_tunnel()->set_listen_port(51821);
    message.mutable_tunnel()->set_mtu(1380);

    EXPECT_EQ(fromProto(message).tunnel, (api::TunnelInterface{"weft0", 51821, 1380}));
}

TEST(Translate, TimesThatNoClockHoldsBecomeTheNearestOnes) {
    constexpr std::int64_t kFirstOfProtobuf = -62'135'596'800;
    constexpr std::int64_t kLastOfProtobuf = 253'402'300'799;
    using Limits = std::numeric_limits<std::int64_t>;
    using Nanos = std::numeric_limits<std::int32_t>;
    const auto timeOf = [](std::int64_t seconds, std::int32_t nanos) {
        weft::local::v1::Connection message;
        message.mutable_since()->set_seconds(seconds);
        message.mutable_since()->set_nanos(nanos);
        return fromProto(message).since.value();
    };

    for (const std::int64_t late : {kLastOfProtobuf, Limits::max()}) {
        EXPECT_GT(timeOf(late, Nanos::max()), WallTime::max() - std::chrono::seconds(2));
    }
    for (const std::int64_t early : {kFirstOfProtobuf, Limits::min()}) {
        EXPECT_LT(timeOf(early, Nanos::min()), WallTime::min() + std::chrono::seconds(2));
    }
    EXPECT_EQ(timeOf(1, -5), WallTime(std::chrono::seconds(1)));
    EXPECT_EQ(timeOf(1, 5), WallTime(std::chrono::seconds(1) + std::chrono::nanoseconds(5)));
}

TEST(Translate, TellsWhetherAListOfPeersIsComplete) {
    weft::local::v1::PeersUpdate message;

    EXPECT_FALSE(fromProto(message).complete);
    message.set_complete(true);
    EXPECT_TRUE(fromProto(message).complete);
}

}  // namespace
}  // namespace weft::control
