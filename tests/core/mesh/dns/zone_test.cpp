// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/zone.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <string>

namespace weft::mesh::dns::tests {
namespace {

net::IpAddress addressOf(const std::string& text) {
    const auto address = net::IpAddress::parse(text);
    EXPECT_TRUE(address.ok()) << text;
    return address.ok() ? *address : net::IpAddress();
}

ZoneNode nodeOf(const std::string& id, const std::string& ipv4 = "172.16.0.1") {
    ZoneNode node;
    node.id = NodeId(id);
    node.ipv4 = addressOf(ipv4);
    return node;
}

Zone zoneOf(std::size_t mostNodes = 100) {
    ZoneOptions options;
    options.domain = *Name::parse("mesh.internal");
    options.mostNodes = mostNodes;
    return Zone(std::move(options));
}

std::string foundId(const Zone& zone, const std::string& label) {
    const auto* node = zone.find(label);
    return node == nullptr ? "" : node->id.value();
}

TEST(DnsZone, FindsAnIdOfItsOwnCaseByTheLabelInLowerCase) {
    auto zone = zoneOf();
    zone.set(nodeOf("Node-A"));

    EXPECT_EQ(foundId(zone, "node-a"), "Node-A");
    EXPECT_EQ(foundId(zone, "node-b"), "");
}

TEST(DnsZone, GivesANameThatDiffersInCaseAloneToTheLowerCaseId) {
    auto zone = zoneOf();
    zone.set(nodeOf("Server", "172.16.0.1"));
    EXPECT_EQ(foundId(zone, "server"), "Server");
    zone.set(nodeOf("SERVER", "172.16.0.2"));
    EXPECT_EQ(foundId(zone, "server"), "SERVER");
    zone.set(nodeOf("server", "172.16.0.3"));
    EXPECT_EQ(foundId(zone, "server"), "server");
    EXPECT_EQ(zone.leftOut(), 2U);

    zone.remove(NodeId("server"));
    zone.remove(NodeId("SERVER"));

    EXPECT_EQ(foundId(zone, "server"), "Server");
    EXPECT_EQ(zone.leftOut(), 0U);
}

TEST(DnsZone, CountsNodesThatHaveNoLabel) {
    auto zone = zoneOf();
    zone.set(nodeOf("a.b"));
    zone.set(nodeOf("\u202Eevil"));
    zone.set(nodeOf("good"));

    EXPECT_EQ(zone.leftOut(), 2U);
    EXPECT_EQ(zone.size(), 1U);

    zone.remove(NodeId("a.b"));

    EXPECT_EQ(zone.leftOut(), 1U);
}

TEST(DnsZone, LeavesOutWhatIsBeyondItsLimit) {
    auto zone = zoneOf(2);
    zone.set(nodeOf("a", "172.16.0.1"));
    zone.set(nodeOf("b", "172.16.0.2"));
    EXPECT_EQ(zone.leftOut(), 0U);
    zone.set(nodeOf("c", "172.16.0.3"));

    EXPECT_EQ(zone.size(), 2U);
    EXPECT_EQ(zone.leftOut(), 1U);
    EXPECT_EQ(zone.holder(addressOf("172.16.0.3")), nullptr);

    zone.set(nodeOf("b", "172.16.0.9"));

    EXPECT_EQ(zone.node(NodeId("b"))->ipv4, addressOf("172.16.0.9"));
}

TEST(DnsZone, FollowsAnAddressThatMoves) {
    auto zone = zoneOf();
    zone.set(nodeOf("a", "172.16.0.1"));
    zone.set(nodeOf("b", "172.16.0.1"));
    EXPECT_EQ(zone.holder(addressOf("172.16.0.1"))->id, NodeId("a"));

    zone.set(nodeOf("a", "172.16.0.2"));

    EXPECT_EQ(zone.holder(addressOf("172.16.0.1"))->id, NodeId("b"));
    EXPECT_EQ(zone.holder(addressOf("172.16.0.2"))->id, NodeId("a"));
    zone.clear();
    EXPECT_EQ(zone.holder(addressOf("172.16.0.2")), nullptr);
    EXPECT_EQ(zone.size(), 0U);
}

TEST(DnsZone, HasANewSerialAfterEachChangeAndNoOther) {
    auto zone = zoneOf();
    const auto before = zone.serial();
    zone.set(nodeOf("a"));
    const auto then = zone.serial();
    EXPECT_NE(before, then);

    zone.set(nodeOf("a"));
    zone.remove(NodeId("b"));
    zone.setServers({});
    EXPECT_EQ(zone.serial(), then);

    zone.setServers({.leader = NodeId("a"), .voters = {NodeId("a")}, .observers = {}});
    EXPECT_NE(zone.serial(), then);
}

TEST(DnsZone, TakesFromARecordWhatNamesTell) {
    storage::NodeRecord record;
    record.id = NodeId("a");
    record.privateIpv4 = net::IpPrefix(addressOf("172.16.0.1"), 32);
    record.privateIpv6 = net::IpPrefix(addressOf("fd00::1:0"), 112);
    record.features = {{::v1::STORAGE_PROVIDER, 9000}, {::v1::NODES, 8443}};
    record.primaryEndpoint = "192.0.2.1";

    const auto node = ZoneNode::of(record);

    EXPECT_EQ(node.ipv4, addressOf("172.16.0.1"));
    EXPECT_EQ(node.ipv6, addressOf("fd00::1:0"));
    EXPECT_EQ(node.storagePort, 9000);
    EXPECT_EQ(node.rpcPort, 8443);
    EXPECT_EQ(node.primaryEndpoint, "192.0.2.1");
}

}  // namespace
}  // namespace weft::mesh::dns::tests
