// SPDX-License-Identifier: Apache-2.0
#include "core/services/metrics/tunnel_families.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include <prometheus/text_serializer.h>

namespace weft::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string textOf(const TunnelFigures& tunnel) {
    std::ostringstream text;
    prometheus::TextSerializer().Serialize(text, tunnelFamilies(tunnel));
    return text.str();
}

TEST(TunnelFamilies, TellOfTheInterfaceAndOfDropsByReason) {
    TunnelFigures tunnel;
    tunnel.interfaceName = "weft0";
    tunnel.receivedBytes = 10;
    tunnel.sentBytes = 20;
    tunnel.handshakes = 3;
    tunnel.peers = 2;
    tunnel.freshPeers = 1;
    tunnel.liveness = {{"fresh", 1}, {"never", 1}};
    tunnel.drops = {{"bad_mac1", 7}};

    const auto text = textOf(tunnel);

    EXPECT_THAT(text, HasSubstr("weft_wireguard_receive_bytes_total{interface=\"weft0\"} 10"));
    EXPECT_THAT(text, HasSubstr("weft_wireguard_transmit_bytes_total{interface=\"weft0\"} 20"));
    EXPECT_THAT(text, HasSubstr("weft_wireguard_handshakes_total{interface=\"weft0\"} 3"));
    EXPECT_THAT(text, HasSubstr("weft_wireguard_peers{interface=\"weft0\"} 2"));
    EXPECT_THAT(text, HasSubstr("weft_wireguard_peers_fresh{interface=\"weft0\"} 1"));
    for (const char* word : {"fresh", "never"}) {
        EXPECT_THAT(
            text,
            HasSubstr(
                std::string("weft_wireguard_peers_by_liveness{interface=\"weft0\",liveness=\"")
                + word + "\"} 1"));
    }
    EXPECT_THAT(
        text,
        HasSubstr("weft_wireguard_dropped_packets_total{interface=\"weft0\",reason=\"bad_mac1\"} "
                  "7"));
    EXPECT_THAT(text, Not(HasSubstr("weft_wireguard_peer_")));
}

TEST(TunnelFamilies, TellOfTheNamesThatAreServed) {
    TunnelFigures tunnel;
    tunnel.interfaceName = "weft0";
    EXPECT_THAT(textOf(tunnel), Not(HasSubstr("weft_dns_")));
    tunnel.names = {
        .queries = 1, .dropped = 2, .forwarded = 3, .fromCache = 4, .failed = 5, .connections = 6};

    const auto text = textOf(tunnel);

    EXPECT_THAT(text, HasSubstr("weft_dns_queries_total{interface=\"weft0\"} 1"));
    EXPECT_THAT(text, HasSubstr("weft_dns_dropped_total{interface=\"weft0\"} 2"));
    EXPECT_THAT(text, HasSubstr("weft_dns_forwarded_total{interface=\"weft0\"} 3"));
    EXPECT_THAT(text, HasSubstr("weft_dns_cache_hits_total{interface=\"weft0\"} 4"));
    EXPECT_THAT(text, HasSubstr("weft_dns_failed_total{interface=\"weft0\"} 5"));
    EXPECT_THAT(text, HasSubstr("weft_dns_connections_open{interface=\"weft0\"} 6"));
}

TEST(TunnelFamilies, GiveSeriesToNoMoreThanThePeersThatFit) {
    TunnelFigures tunnel;
    tunnel.interfaceName = "weft0";
    tunnel.perPeer.resize(kMaxPeerSeries + 5);
    for (std::size_t i = 0; i < tunnel.perPeer.size(); ++i) {
        tunnel.perPeer[i].key = std::to_string(i);
    }
    tunnel.perPeer[0].lastHandshake = WallTime(std::chrono::seconds(1'700'000'000));

    const auto text = textOf(tunnel);

    EXPECT_THAT(
        text,
        HasSubstr("weft_wireguard_peer_last_handshake_seconds{interface=\"weft0\",peer=\"0\"} "
                  "1700000000"));
    EXPECT_THAT(text, HasSubstr("peer=\"999\""));
    EXPECT_THAT(text, Not(HasSubstr("peer=\"1000\"")));
    EXPECT_THAT(text, HasSubstr("weft_wireguard_peers_without_series{interface=\"weft0\"} 5"));
}

}  // namespace
}  // namespace weft::services
