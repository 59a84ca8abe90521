// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_messages.h"

#include "tests/core/daemon/tunnel_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using tests::prefix;

TEST(TunnelMessages, FillTheFieldsOfTheReferencesFigures) {
    TunnelStatistics tunnel;
    tunnel.facts = {"weft0", 51821, 1420};
    tunnel.addresses = {prefix("172.16.0.1/32"), prefix("fd00::1:0/112")};
    tunnel.receivedBytes = 10;
    tunnel.sentBytes = 20;
    tunnel.peers.resize(2);
    tunnel.peers[0].endpoint = *net::Endpoint::parse("192.0.2.7:51820");
    tunnel.peers[0].keepalive = 30s;
    tunnel.peers[0].lastHandshake = WallTime(std::chrono::seconds(1'700'000'000));
    tunnel.peers[0].allowedIps = {prefix("172.16.0.2/32")};
    tunnel.peers[0].receivedBytes = 3;
    tunnel.peers[0].sentBytes = 4;
    ::v1::InterfaceMetrics message;

    toProto(tunnel, &message);

    EXPECT_EQ(message.device_name(), "weft0");
    EXPECT_EQ(message.public_key(), tunnel.publicKey.toBase64());
    EXPECT_EQ(message.address_v4(), "172.16.0.1/32");
    EXPECT_EQ(message.address_v6(), "fd00::1:0/112");
    EXPECT_EQ(message.type(), "userspace");
    EXPECT_EQ(message.listen_port(), 51821);
    EXPECT_EQ(message.total_receive_bytes(), 10U);
    EXPECT_EQ(message.total_transmit_bytes(), 20U);
    EXPECT_EQ(message.num_peers(), 2);
    const auto& peer = message.peers(0);
    EXPECT_EQ(peer.endpoint(), "192.0.2.7:51820");
    EXPECT_EQ(peer.persistent_keep_alive(), "30s");
    EXPECT_EQ(peer.last_handshake_time(), "2023-11-14T22:13:20Z");
    EXPECT_THAT(peer.allowed_ips(), ElementsAre("172.16.0.2/32"));
    EXPECT_EQ(peer.protocol_version(), 1);
    EXPECT_EQ(peer.receive_bytes(), 3U);
    EXPECT_EQ(peer.transmit_bytes(), 4U);
    EXPECT_EQ(message.peers(1).last_handshake_time(), "0001-01-01T00:00:00Z");
    EXPECT_EQ(message.peers(1).endpoint(), "");
}

TEST(TunnelMessages, SayWhereAPeerMayBeAndWhereItIs) {
    TunnelPeerStatistics figures;
    figures.candidates = {
        *net::Endpoint::parse("192.0.2.7:51820"), *net::Endpoint::parse("192.0.2.8:51820")};
    const auto placesOf = [&figures] {
        weft::local::v1::TunnelPeer message;
        toProto(figures, &message);
        std::vector<std::string> places;
        for (const auto& candidate : message.candidates()) {
            places.push_back(candidate.endpoint() + (candidate.in_use() ? " in use" : ""));
        }
        return places;
    };

    EXPECT_THAT(placesOf(), ElementsAre("192.0.2.7:51820", "192.0.2.8:51820"));
    figures.endpoint = figures.candidates.back();
    EXPECT_THAT(placesOf(), ElementsAre("192.0.2.7:51820", "192.0.2.8:51820 in use"));
    figures.endpoint = *net::Endpoint::parse("203.0.113.1:4711");
    EXPECT_THAT(
        placesOf(), ElementsAre("203.0.113.1:4711 in use", "192.0.2.7:51820", "192.0.2.8:51820"));
}

TEST(TunnelMessages, SayWhetherAPeerIsThere) {
    TunnelPeerStatistics figures;
    const WallTime now{1'700'000'000s};
    EXPECT_EQ(toProto(livenessOf(figures, now)), weft::local::v1::LIVENESS_NEVER);
    figures.keepalive = 30s;
    figures.lastHandshake = now - 100s;
    figures.lastHeard = now - 10s;
    EXPECT_EQ(toProto(livenessOf(figures, now)), weft::local::v1::LIVENESS_FRESH);
    figures.lastHeard = now - 100s;
    EXPECT_EQ(toProto(livenessOf(figures, now)), weft::local::v1::LIVENESS_STALE);
    EXPECT_EQ(toProto(livenessOf(figures, now + 1h)), weft::local::v1::LIVENESS_GONE);
}

}  // namespace
}  // namespace weft::daemon
