// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/network_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

namespace local = weft::local::v1;
using local::CheckItem;

const WallTime kNow{std::chrono::hours(500'000)};

NetworkFacts facts() {
    NetworkFacts facts;
    facts.now = kNow;
    facts.tunnel.emplace();
    facts.tunnel->facts = {.interfaceName = "weft0", .listenPort = 51820, .mtu = 1420};
    return facts;
}

TunnelPeerStatistics peerSeen(std::optional<Duration> ago) {
    TunnelPeerStatistics peer;
    if (ago) {
        peer.lastHandshake = kNow - std::chrono::duration_cast<WallTime::duration>(*ago);
    }
    return peer;
}

local::NetworkCheck checkOf(const NetworkFacts& facts, const std::string& id) {
    const auto report = networkReport(facts);
    const auto found = std::ranges::find_if(
        report.checks(), [&id](const local::NetworkCheck& check) { return check.id() == id; });
    return found == report.checks().end() ? local::NetworkCheck() : *found;
}

TEST(NetworkReport, SeesUdpByHandshakes) {
    auto some = facts();
    EXPECT_EQ(checkOf(some, "udp").state(), CheckItem::STATE_OFF);

    some.tunnel->peers = {peerSeen(4min), peerSeen(std::nullopt)};
    EXPECT_EQ(checkOf(some, "udp").state(), CheckItem::STATE_FAILED);
    EXPECT_THAT(checkOf(some, "udp").remedy(), HasSubstr("UDP port 51820"));

    some.tunnel->peers.push_back(peerSeen(10s));
    EXPECT_EQ(checkOf(some, "udp").state(), CheckItem::STATE_OK);
    EXPECT_EQ(
        checkOf(some, "udp").text(), "Handshakes with 1 of 3 peers in the last three minutes");
    EXPECT_EQ(checkOf(some, "udp").remedy(), "");
}

TEST(NetworkReport, TellsFamiliesAndEndpoints) {
    auto some = facts();
    some.addresses = {net::IpAddress::parse("192.0.2.7").value()};
    EXPECT_EQ(checkOf(some, "ipv4").text(), "192.0.2.7");
    EXPECT_EQ(checkOf(some, "ipv6").state(), CheckItem::STATE_OFF);
    EXPECT_EQ(checkOf(some, "endpoints").state(), CheckItem::STATE_WARN);

    some.endpoints = {"a:1", "b:2", "c:3", "d:4", "e:5"};
    EXPECT_EQ(
        checkOf(some, "endpoints").text(), "Others are told to call a:1, b:2, c:3, d:4 and 1 more");
}

TEST(NetworkReport, TakesOverWhatTheChecklistSays) {
    auto some = facts();
    EXPECT_EQ(checkOf(some, "leader").state(), CheckItem::STATE_PENDING);
    auto* item = some.state.add_checklist();
    item->set_id("leader");
    item->set_state(CheckItem::STATE_FAILED);
    item->set_text("connection refused");

    EXPECT_EQ(checkOf(some, "leader").text(), "connection refused");
    EXPECT_NE(checkOf(some, "leader").remedy(), "");
}

TEST(NetworkReport, SaysWhatTheHostDoesNotDo) {
    auto some = facts();
    EXPECT_EQ(checkOf(some, "firewall").state(), CheckItem::STATE_OK);
    EXPECT_EQ(checkOf(some, "collisions").state(), CheckItem::STATE_OK);
    EXPECT_EQ(checkOf(some, "forwarding").state(), CheckItem::STATE_OFF);

    some.problems = {
        {platform::HostPart::Firewall, "", notFound("there is no program nft")},
        {platform::HostPart::Collision,
         "10.7.0.0/16",
         alreadyExists("10.7.0.0/16 is attached at eth0")}};
    EXPECT_EQ(checkOf(some, "firewall").state(), CheckItem::STATE_WARN);
    EXPECT_EQ(checkOf(some, "collisions").text(), "10.7.0.0/16 is attached at eth0");

    some.offersNetworks = true;
    EXPECT_EQ(checkOf(some, "firewall").state(), CheckItem::STATE_FAILED);
    EXPECT_EQ(checkOf(some, "forwarding").state(), CheckItem::STATE_OK);
}

TEST(NetworkReport, WarnsOfPacketsThatAreTooSmallForIpv6) {
    auto some = facts();
    some.tunnel->facts.mtu = 1280;
    EXPECT_EQ(checkOf(some, "mtu").state(), CheckItem::STATE_OK);
    some.tunnel->facts.mtu = 1279;
    EXPECT_EQ(checkOf(some, "mtu").state(), CheckItem::STATE_WARN);
}

TEST(NetworkReport, HasItsLinesWithoutATunnel) {
    NetworkFacts nothing;
    nothing.now = kNow;
    for (const char* id : {"udp", "mtu", "firewall", "collisions", "forwarding"}) {
        EXPECT_EQ(checkOf(nothing, id).state(), CheckItem::STATE_OFF) << id;
    }
}

}  // namespace
}  // namespace weft::daemon
