// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/peers.h"

#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/policy/records.h"
#include "tests/core/mesh/mesh_fixture.h"

#include "v1/node.pb.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::NodeId;
using mesh::PeerSet;
using mesh::detail::computePeers;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PeersTest : public ::testing::Test {
protected:
    PeersTest() { acceptAll(); }

    void acceptAll() {
        mesh::policy::NetworkAcl acl;
        acl.name = "all";
        acl.action = mesh::policy::AclAction::Accept;
        acl.sourceNodes = {"*"};
        acl.destinationNodes = {"*"};
        add("/registry/network-acls/all", mesh::policy::encode(acl));
        load();
    }
    storage::NodeRecord& node(const std::string& id, std::uint32_t number) {
        auto& record = nodes_[id];
        record.id = NodeId(id);
        record.publicKey = nodeKeyOf(number).publicKey();
        record.privateIpv4 = net::IpPrefix::host(net::IpAddress::v4(0xAC100000U + number));
        return record;
    }
    void link(const std::string& left, const std::string& right, std::string attribute = {}) {
        std::map<std::string, std::string> attributes;
        if (!attribute.empty()) {
            attributes[std::move(attribute)] = "true";
        }
        edges_.push_back({NodeId(left), NodeId(right), 1, attributes});
        edges_.push_back({NodeId(right), NodeId(left), 1, attributes});
    }
    void route(const std::string& id, const std::string& prefix) {
        storage::RouteRecord record;
        record.name = id + "-" + std::to_string(events_.size());
        record.node = id;
        record.destinations = {net::IpPrefix::parse(prefix).value()};
        add("/registry/routes/" + record.name, storage::encodeRoute(record));
    }
    void load() {
        for (const auto& [id, record] : nodes_) {
            add(storage::nodeKey(record.id), storage::encodeNode(record));
        }
        for (const auto& edge : edges_) {
            add(storage::edgeKey(edge.source, edge.target), storage::encodeEdge(edge));
        }
        registry_.apply(events_);
        events_.clear();
        edges_.clear();
        nodes_.clear();
    }
    void add(std::string key, std::string value) {
        events_.push_back({storage::Event::Kind::Put, std::move(key), std::move(value), 0});
    }

    ManualLoop loop_;
    storage::Registry registry_;
    mesh::policy::PolicyMirror policy_{registry_};
    mesh::network::Network network_{registry_, policy_};
    std::map<std::string, storage::NodeRecord> nodes_;
    std::vector<storage::EdgeRecord> edges_;
    std::vector<storage::Event> events_;
};

std::vector<std::string> idsOf(const PeerSet& set) {
    std::vector<std::string> ids;
    for (const auto& peer : set.peers) {
        ids.push_back(peer.node.id.value());
    }
    return ids;
}

std::vector<std::string> allowedOf(const mesh::WireGuardPeer& peer) {
    std::vector<std::string> texts;
    for (const auto& prefix : peer.allowedIps) {
        texts.push_back(prefix.toString());
    }
    return texts;
}

TEST_F(PeersTest, AreTheDirectNeighboursWithKeys) {
    node("a", 1);
    node("c", 3);
    node("b", 2);
    node("far", 4);
    node("ghost", 5).publicKey.reset();
    link("a", "c");
    link("a", "b");
    link("b", "far");
    link("a", "ghost");
    load();

    EXPECT_THAT(idsOf(computePeers(registry_, network_, NodeId("a"))), ElementsAre("b", "c"));
    EXPECT_THAT(idsOf(computePeers(registry_, network_, NodeId("nobody"))), IsEmpty());
}

TEST_F(PeersTest, SkipsNeighboursWithoutARecord) {
    node("a", 1);
    link("a", "missing");
    load();

    EXPECT_THAT(computePeers(registry_, network_, NodeId("a")).peers, IsEmpty());
}

TEST_F(PeersTest, CarryTheProtocolOfTheEdge) {
    for (std::uint32_t number = 1; number <= 4; ++number) {
        node(fmt::format("n{}", number), number);
    }
    link("n1", "n2", "EDGE_ATTRIBUTE_ICE");
    link("n1", "n3", "EDGE_ATTRIBUTE_LIBP2P");
    link("n1", "n4", "EDGE_ATTRIBUTE_NATIVE");
    load();

    const auto peers = computePeers(registry_, network_, NodeId("n1")).peers;

    ASSERT_THAT(peers, SizeIs(3));
    EXPECT_EQ(peers[0].protocol, mesh::ConnectProtocol::Ice);
    EXPECT_EQ(peers[1].protocol, mesh::ConnectProtocol::Libp2p);
    EXPECT_EQ(peers[2].protocol, mesh::ConnectProtocol::Native);
}

TEST_F(PeersTest, EndpointIsChosenByAddressNotByText) {
    storage::NodeRecord record;
    record.primaryEndpoint = "10.0.0.1";
    record.wireguardEndpoints = {"10.0.0.10:51820", "10.0.0.1:51820"};
    EXPECT_EQ(mesh::detail::reachableEndpoint(record), "10.0.0.1:51820");

    record.primaryEndpoint = "10.0.0.2";
    EXPECT_EQ(mesh::detail::reachableEndpoint(record), "10.0.0.10:51820");
    record.primaryEndpoint = "2001:db8::1";
    record.wireguardEndpoints = {"10.0.0.1:1", "[2001:db8:0::1]:2"};
    EXPECT_EQ(mesh::detail::reachableEndpoint(record), "[2001:db8:0::1]:2");
    record.wireguardEndpoints.clear();
    EXPECT_EQ(mesh::detail::reachableEndpoint(record), "");
}

TEST_F(PeersTest, AllowedIpsAreAddressesAndRoutesThatAreNotOwn) {
    node("a", 1);
    node("b", 2).privateIpv6 = net::IpPrefix::parse("fd00:1:2:3::/112").value();
    node("c", 3);
    link("a", "b");
    link("a", "c");
    route("a", "10.1.0.0/16");
    route("b", "10.1.0.0/16");
    route("b", "10.2.0.0/16");
    route("c", "10.2.0.0/16");
    route("c", "10.3.0.0/16");
    load();

    const auto peers = computePeers(registry_, network_, NodeId("a")).peers;

    ASSERT_THAT(peers, SizeIs(2));
    EXPECT_THAT(
        allowedOf(peers[0]), ElementsAre("172.16.0.2/32", "fd00:1:2:3::/112", "10.2.0.0/16"));
    EXPECT_THAT(allowedOf(peers[1]), ElementsAre("172.16.0.3/32", "10.3.0.0/16"))
        << "each CIDR is with one neighbour only";
    EXPECT_THAT(peers[0].allowedRoutes, ElementsAre(net::IpPrefix::parse("10.2.0.0/16").value()));
}

TEST_F(PeersTest, NameServersAreSortedAndNotOneself) {
    node("a", 1).features = {{v1::MESH_DNS, 53}};
    node("b", 9).features = {{v1::MESH_DNS, 5353}};
    node("c", 3).features = {{v1::MESH_DNS, 0}};
    auto& six = node("d", 4);
    six.features = {{v1::MESH_DNS, 53}};
    six.privateIpv4.reset();
    six.privateIpv6 = net::IpPrefix::parse("fd00::/112").value();
    load();

    EXPECT_THAT(
        computePeers(registry_, network_, NodeId("a")).dnsServers,
        ElementsAre("172.16.0.3:53", "172.16.0.9:5353", "[fd00::]:53"));
}

TEST_F(PeersTest, IceServersComeWhenSomebodyNeedsThem) {
    auto& server = node("server", 1);
    server.primaryEndpoint = "192.0.2.1";
    server.features = {{v1::NODES, 8444}, {v1::ICE_NEGOTIATION, 8444}};
    node("inside", 2);
    node("gate", 3).primaryEndpoint = "192.0.2.3";
    link("gate", "server");
    link("inside", "server");
    link("inside", "gate");
    load();

    EXPECT_THAT(
        computePeers(registry_, network_, NodeId("gate")).iceServers,
        ElementsAre("192.0.2.1:8444"));
    EXPECT_THAT(computePeers(registry_, network_, NodeId("inside")).iceServers, IsEmpty())
        << "all its peers are public";
    EXPECT_THAT(computePeers(registry_, network_, NodeId("server")).iceServers, IsEmpty())
        << "itself does not count";
}

TEST_F(PeersTest, SubscribersHearAtOnceAndThenOfChangesOnly) {
    node("a", 1);
    node("b", 2);
    link("a", "b");
    load();
    mesh::detail::PeerFeed feed(loop_, registry_, network_);
    std::vector<std::size_t> sizes;
    const auto subscription = feed.subscribe(
        NodeId("a"), [&sizes](const PeerSet& set) { sizes.push_back(set.peers.size()); });
    EXPECT_THAT(sizes, IsEmpty()) << "not from inside the call";
    loop_.runPosted();
    EXPECT_THAT(sizes, ElementsAre(1U));

    node("c", 3);
    node("d", 4);
    link("a", "c");
    load();
    link("a", "d");
    load();
    loop_.advance(19ms);
    EXPECT_THAT(sizes, SizeIs(1)) << "changes are gathered";
    loop_.advance(1ms);
    EXPECT_THAT(sizes, ElementsAre(1U, 3U));

    node("far", 5);
    load();
    add("/registry/groups/g", "{}");
    load();
    loop_.advance(1s);
    EXPECT_THAT(sizes, SizeIs(2)) << "that does not concern a";
}

TEST_F(PeersTest, FeedNoticesEveryKindOfChangeNextDoor) {
    node("a", 1);
    node("b", 2);
    link("a", "b");
    load();
    mesh::detail::PeerFeed feed(loop_, registry_, network_);
    int calls = 0;
    const auto subscription = feed.subscribe(NodeId("a"), [&calls](const PeerSet&) { ++calls; });
    loop_.runPosted();
    const auto step = [&](const char* what) {
        const auto before = calls;
        load();
        loop_.advance(1s);
        EXPECT_EQ(calls, before + 1) << what;
    };

    node("b", 2).wireguardEndpoints = {"10.0.0.1:1"};
    step("the neighbour's endpoint");
    route("b", "10.9.0.0/16");
    step("the neighbour's route");
    node("dns", 7).features = {{v1::MESH_DNS, 53}};
    step("a name server somewhere");
    link("a", "b", "EDGE_ATTRIBUTE_ICE");
    step("the protocol of the edge");
    events_.push_back({storage::Event::Kind::Delete, "/registry/edges/a/b", "", 0});
    events_.push_back({storage::Event::Kind::Delete, "/registry/edges/b/a", "", 0});
    events_.push_back({storage::Event::Kind::Delete, "/registry/nodes/b", "", 0});
    step("the neighbour left");
    registry_.reset({}, 9);
    step("everything is new");
}

TEST_F(PeersTest, FeedNoticesWhatChangesFarAway) {
    node("a", 1);
    node("b", 2);
    node("c", 3);
    link("a", "b");
    link("b", "c");
    load();
    mesh::detail::PeerFeed feed(loop_, registry_, network_);
    std::vector<std::string> allowed;
    int calls = 0;
    const auto subscription = feed.subscribe(NodeId("a"), [&](const PeerSet& set) {
        ++calls;
        allowed = set.peers.empty() ? std::vector<std::string>() : allowedOf(set.peers.front());
    });
    loop_.runPosted();
    const auto step = [&](const char* what, std::vector<std::string> expected) {
        const auto before = calls;
        load();
        loop_.advance(1s);
        EXPECT_EQ(calls, before + 1) << what;
        EXPECT_EQ(allowed, expected) << what;
    };
    const std::string b = "172.16.0.2/32";
    const std::string c = "172.16.0.3/32";
    EXPECT_THAT(allowed, ElementsAre(b, c));

    mesh::policy::NetworkAcl deny;
    deny.name = "deny";
    deny.priority = 1;
    deny.action = mesh::policy::AclAction::Deny;
    deny.sourceNodes = {"a"};
    deny.destinationNodes = {"group:far"};
    add("/registry/network-acls/deny", mesh::policy::encode(deny));
    load();
    loop_.advance(1s);
    EXPECT_EQ(calls, 1) << "nobody is in the group";
    mesh::policy::Group far{"far", {{"c", mesh::policy::SubjectKind::Node}}};
    add("/registry/groups/far", mesh::policy::encode(far));
    step("a group", {b});
    events_.push_back({storage::Event::Kind::Delete, "/registry/network-acls/deny", "", 0});
    step("an access rule", {b, c});
    route("group:far", "10.9.0.0/16");
    step("a route", {b, c, "10.9.0.0/16"});
    node("d", 4);
    link("c", "d");
    step("a node", {b, c, "172.16.0.4/32", "10.9.0.0/16"});
    events_.push_back({storage::Event::Kind::Delete, "/registry/edges/b/c", "", 0});
    events_.push_back({storage::Event::Kind::Delete, "/registry/edges/c/b", "", 0});
    step("an edge", {b});
}

TEST_F(PeersTest, FeedLooksAfterManySubscribersInTurns) {
    constexpr std::uint32_t kNodes = 3 * mesh::detail::kPeerFeedBatch;
    for (std::uint32_t number = 1; number <= kNodes; ++number) {
        node(fmt::format("n{:04}", number), number);
        if (number > 1) {
            link("n0001", fmt::format("n{:04}", number));
        }
    }
    load();
    mesh::detail::PeerFeed feed(loop_, registry_, network_);
    std::vector<Subscription> subscriptions;
    std::size_t calls = 0;
    for (std::uint32_t number = 1; number <= kNodes; ++number) {
        subscriptions.push_back(feed.subscribe(
            NodeId(fmt::format("n{:04}", number)), [&calls](const PeerSet&) { ++calls; }));
    }
    loop_.runPosted();
    calls = 0;

    node("late", 900);
    link("n0001", "late");
    load();
    loop_.advance(1s);

    EXPECT_EQ(calls, kNodes);
}

// What changes all the time must not keep others waiting.
TEST_F(PeersTest, FeedLooksAfterWhoWaitsLongestFirst) {
    constexpr std::uint32_t kNodes = 3 * mesh::detail::kPeerFeedBatch;
    const auto name = [](std::uint32_t number) { return fmt::format("n{:04}", number); };
    for (std::uint32_t number = 1; number <= kNodes; ++number) {
        node(name(number), number);
        link("n0001", name(number));
    }
    load();
    mesh::detail::PeerFeed feed(loop_, registry_, network_);
    std::vector<Subscription> subscriptions;
    std::map<std::uint32_t, std::size_t> calls;
    std::size_t turns = 0;
    for (std::uint32_t number = 1; number <= kNodes; ++number) {
        subscriptions.push_back(feed.subscribe(NodeId(name(number)), [&, number](const PeerSet&) {
            // Each turn everything is another thing again, and each takes its time.
            ++calls[number];
            loop_.fakeClock().advance(mesh::detail::kPeerFeedTurn / 2);
            if (++turns % 2 == 0 && turns < 2 * kNodes) {
                node(fmt::format("x{:04}", turns), 1000 + static_cast<std::uint32_t>(turns));
                link("n0001", fmt::format("x{:04}", turns));
                load();
            }
        }));
    }
    loop_.runPosted();
    calls.clear();
    turns = 0;

    node("late", 900);
    link("n0001", "late");
    load();
    loop_.advance(mesh::detail::kPeerFeedDelay);
    for (std::uint32_t turn = 0; turn < kNodes / 2; ++turn) {
        loop_.advance(1ms);
    }

    EXPECT_EQ(calls.size(), kNodes) << "everybody was told once before anybody was twice";
}

TEST_F(PeersTest, OnlyTouchedNeighbourhoodsAreComputed) {
    constexpr std::uint32_t kNodes = 1000;
    for (std::uint32_t number = 1; number <= kNodes; ++number) {
        node(fmt::format("n{:04}", number), number);
        if (number > 1) {
            link(fmt::format("n{:04}", number - 1), fmt::format("n{:04}", number));
        }
    }
    load();
    mesh::detail::PeerFeed feed(loop_, registry_, network_);
    std::vector<Subscription> subscriptions;
    int calls = 0;
    for (std::uint32_t number = 1; number <= kNodes; ++number) {
        subscriptions.push_back(feed.subscribe(
            NodeId(fmt::format("n{:04}", number)), [&calls](const PeerSet&) { ++calls; }));
    }
    loop_.runPosted();
    ASSERT_EQ(calls, 1000);
    const auto computed = feed.computed();

    node("n0500", 500).zone = "eu";
    load();
    loop_.advance(1s);

    EXPECT_EQ(calls, 1002) << "its two neighbours";
    EXPECT_EQ(feed.computed() - computed, 3U) << "and itself to compare";
    subscriptions.clear();
    EXPECT_EQ(feed.subscribers(), 0U);
}

TEST_F(PeersTest, SubscribersMayDropThemselvesAndOutliveTheFeed) {
    node("a", 1);
    load();
    auto feed = std::make_unique<mesh::detail::PeerFeed>(loop_, registry_, network_);
    Subscription first;
    Subscription second;
    int calls = 0;
    const auto drop = [&](const PeerSet&) {
        ++calls;
        first.cancel();
        second.cancel();
    };
    first = feed->subscribe(NodeId("a"), drop);
    second = feed->subscribe(NodeId("a"), drop);
    loop_.runPosted();
    EXPECT_EQ(calls, 1);

    auto outliving = feed->subscribe(NodeId("a"), [&calls](const PeerSet&) { ++calls; });
    feed.reset();
    loop_.advance(1s);
    outliving.cancel();
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace weft::tests
