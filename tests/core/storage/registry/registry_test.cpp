// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/registry.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

namespace weft::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

crypto::PublicKey keyOf(std::uint8_t number) {
    std::array<std::uint8_t, 32> raw{};
    raw[0] = number;
    return crypto::PublicKey(raw);
}

NodeRecord nodeOf(const std::string& id, std::uint8_t number) {
    NodeRecord node;
    node.id = NodeId(id);
    node.publicKey = keyOf(number);
    node.privateIpv4 = net::IpPrefix::host(net::IpAddress::v4(0xAC100000U + number));
    return node;
}

Event put(std::string key, std::string value, Revision revision) {
    return {Event::Kind::Put, std::move(key), std::move(value), revision};
}
Event put(const NodeRecord& node, Revision revision) {
    return put(nodeKey(node.id), encodeNode(node), revision);
}
Event put(const EdgeRecord& edge, Revision revision) {
    return put(edgeKey(edge.source, edge.target), encodeEdge(edge), revision);
}
Event gone(std::string key, Revision revision) {
    return {Event::Kind::Delete, std::move(key), "", revision};
}

EdgeRecord edgeOf(const std::string& source, const std::string& target, std::int32_t weight = 1) {
    return {.source = NodeId(source), .target = NodeId(target), .weight = weight};
}

std::vector<std::string> idsOf(const std::vector<const NodeRecord*>& nodes) {
    std::vector<std::string> ids;
    ids.reserve(nodes.size());
    for (const auto* node : nodes) {
        ids.push_back(node->id.value());
    }
    return ids;
}

TEST(Registry, IndexesNodesByWhatTheMeshAsksFor) {
    Registry registry;
    auto first = nodeOf("b", 2);
    first.primaryEndpoint = "10.0.0.2";
    first.zone = "eu";
    first.features = {{v1::MESH_DNS, 53}};
    first.privateIpv6 = net::IpPrefix::parse("fd00:1:2:3:4:5:6:0/112").value();
    registry.apply({put(first, 1), put(nodeOf("a", 1), 1)});

    EXPECT_THAT(idsOf(registry.nodes()), ElementsAre("a", "b"));
    EXPECT_THAT(idsOf(registry.nodesWithEndpoint()), ElementsAre("b"));
    EXPECT_THAT(idsOf(registry.nodesInZone("eu")), ElementsAre("b"));
    EXPECT_THAT(registry.nodesInZone(""), IsEmpty());
    EXPECT_THAT(idsOf(registry.nodesWithFeature(v1::MESH_DNS)), ElementsAre("b"));
    EXPECT_EQ(registry.nodeByKey(keyOf(1))->id, NodeId("a"));
    EXPECT_EQ(registry.nodeByAddress(net::IpAddress::parse("172.16.0.2").value())->id, NodeId("b"));
    EXPECT_EQ(
        registry.nodeByAddress(net::IpAddress::parse("fd00:1:2:3:4:5:6:77").value())->id,
        NodeId("b"));
    EXPECT_TRUE(registry.ipv4Taken(net::IpAddress::parse("172.16.0.1").value()));
    EXPECT_FALSE(registry.ipv4Taken(net::IpAddress::parse("172.16.0.3").value()));
}

TEST(Registry, IndexesFollowAChangedNode) {
    Registry registry;
    auto node = nodeOf("a", 1);
    node.primaryEndpoint = "10.0.0.1";
    node.zone = "eu";
    node.features = {{v1::MESH_DNS, 53}};
    registry.apply({put(node, 1)});

    registry.apply({put(nodeOf("a", 7), 2)});

    EXPECT_THAT(registry.nodesWithEndpoint(), IsEmpty());
    EXPECT_THAT(registry.nodesInZone("eu"), IsEmpty());
    EXPECT_THAT(registry.nodesWithFeature(v1::MESH_DNS), IsEmpty());
    EXPECT_EQ(registry.nodeByKey(keyOf(1)), nullptr);
    EXPECT_EQ(registry.nodeByKey(keyOf(7))->id, NodeId("a"));
    EXPECT_FALSE(registry.ipv4Taken(net::IpAddress::parse("172.16.0.1").value()));
    registry.apply({gone("/registry/nodes/a", 3)});
    EXPECT_EQ(registry.nodeCount(), 0U);
    EXPECT_EQ(registry.nodeByKey(keyOf(7)), nullptr);
}

TEST(Registry, TwoNodesWithOneKeyAreBothKept) {
    Registry registry;
    auto other = nodeOf("b", 1);
    registry.apply({put(other, 1), put(nodeOf("a", 1), 1)});

    EXPECT_EQ(registry.nodeByKey(keyOf(1))->id, NodeId("a"));
    registry.apply({gone("/registry/nodes/a", 2)});
    EXPECT_EQ(registry.nodeByKey(keyOf(1))->id, NodeId("b"));
}

TEST(Registry, EdgesAreSortedAndListedOnce) {
    Registry registry;
    registry.apply(
        {put(edgeOf("b", "c"), 1),
         put(edgeOf("c", "b"), 1),
         put(edgeOf("b", "a"), 1),
         put(edgeOf("a", "b"), 1),
         put(edgeOf("z", "y"), 1)});

    const auto of = registry.edgesOf(NodeId("b"));
    ASSERT_EQ(of.size(), 2U);
    EXPECT_EQ(of[0]->target, NodeId("a"));
    EXPECT_EQ(of[1]->target, NodeId("c"));
    const auto once = registry.edges();
    ASSERT_EQ(once.size(), 3U);
    EXPECT_EQ(once[0]->source, NodeId("a"));
    EXPECT_EQ(once[1]->source, NodeId("b"));
    EXPECT_EQ(once[2]->source, NodeId("z")) << "the only direction that is there";
    EXPECT_EQ(registry.edge(NodeId("a"), NodeId("c")), nullptr);
    registry.apply({gone("/registry/edges/b/a", 2)});
    EXPECT_EQ(registry.edge(NodeId("b"), NodeId("a")), nullptr);
}

TEST(Registry, PassesOverEventsItHasSeen) {
    Registry registry;
    registry.reset({{nodeKey(NodeId("a")), encodeNode(nodeOf("a", 1)), 5, std::nullopt}}, 5);

    registry.apply({gone("/registry/nodes/a", 5)});
    EXPECT_NE(registry.node(NodeId("a")), nullptr);

    registry.apply({gone("/registry/nodes/a", 6)});
    EXPECT_EQ(registry.node(NodeId("a")), nullptr);
    EXPECT_EQ(registry.revision(), 6U);
}

TEST(Registry, EventsWithoutRevisionAlwaysCount) {
    Registry registry;
    registry.reset({}, 9);

    registry.apply({put(nodeOf("a", 1), 0)});

    EXPECT_NE(registry.node(NodeId("a")), nullptr);
    EXPECT_EQ(registry.revision(), 9U);
}

TEST(Registry, KeepsOutAndCountsWhatDoesNotParse) {
    Registry registry;
    registry.apply(
        {put("/registry/nodes/a", "{", 1),
         put("/registry/nodes/b", R"({"id":"other"})", 1),
         put("/registry/edges/a/b", R"({"source":"x"})", 1),
         put("/registry/edges/lonely", "{}", 1),
         put("/registry/routes/r", "7", 1)});

    EXPECT_EQ(registry.unreadableRecords(), 5U);
    EXPECT_EQ(registry.nodeCount(), 0U);
    registry.apply({put(nodeOf("a", 1), 2), gone("/registry/routes/r", 2)});
    EXPECT_EQ(registry.unreadableRecords(), 3U);
}

TEST(Registry, TellsInWhichEdgesAndRoutesMoreMayStandThanWasRead) {
    Registry registry;
    const std::string route = R"({"name":"r","node":"a","metric":1})";
    const std::string edge = R"({"source":"a","target":"b","via":"c"})";
    registry.apply(
        {put("/registry/edges/a/b", edge, 1),
         put("/registry/edges/b/a", R"({"source":"b","target":"a","weight":1})", 1),
         put("/registry/edges/lonely", "{}", 1),
         put("/registry/routes/other", R"({"name":"else"})", 1),
         put("/registry/routes/r", route, 1),
         put("/registry/routes/s", R"({"name":"s","node":"a"})", 1)});

    EXPECT_THAT(
        registry.notWhollyRead(kEdgesPrefix),
        ElementsAre(Pair("/registry/edges/a/b", edge), Pair("/registry/edges/lonely", "{}")));
    EXPECT_THAT(
        registry.notWhollyRead(kRoutesPrefix),
        ElementsAre(
            Pair("/registry/routes/other", R"({"name":"else"})"),
            Pair("/registry/routes/r", route)));
    EXPECT_NE(registry.edge(NodeId("a"), NodeId("b")), nullptr) << "the rest of it counts";
    EXPECT_NE(registry.route("r"), nullptr);

    registry.apply(
        {put("/registry/routes/r", R"({"name":"r","node":"a"})", 2),
         gone("/registry/edges/lonely", 2),
         gone("/registry/edges/a/b", 2)});

    EXPECT_THAT(registry.notWhollyRead(kEdgesPrefix), IsEmpty());
    EXPECT_THAT(registry.notWhollyRead("/registry/routes/r"), IsEmpty());
}

TEST(Registry, ReportsWhatAChangeTouched) {
    Registry registry;
    std::vector<Registry::Change> changes;
    const auto subscription =
        registry.onChange([&](const Registry::Change& change) { changes.push_back(change); });

    registry.apply({put(nodeOf("a", 1), 1), put(edgeOf("a", "b"), 1)});
    registry.apply({put(nodeOf("a", 1), 2)});
    registry.apply({put("/somewhere/else", "x", 3)});
    registry.apply(
        {put("/registry/routes/r", R"({"name":"r","node":"a"})", 4),
         put("/registry/groups/g", "{}", 4)});

    ASSERT_EQ(changes.size(), 2U);
    EXPECT_THAT(changes[0].nodes, ElementsAre(NodeId("a")));
    EXPECT_THAT(changes[0].edgeSources, ElementsAre(NodeId("a")));
    EXPECT_TRUE(changes[0].edges);
    EXPECT_THAT(changes[1].routeNodes, ElementsAre(NodeId("a")));
    EXPECT_TRUE(changes[1].policy);
}

TEST(Registry, ReportsWhichNodesAResetTookAway) {
    const auto nodeEntry = [](const std::string& id) {
        return Entry{"/registry/nodes/" + id, R"({"id":")" + id + R"("})", 1, std::nullopt};
    };
    Registry registry;
    registry.reset({nodeEntry("n1"), nodeEntry("n2"), nodeEntry("n3")}, 1);
    std::vector<Registry::Change> changes;
    const auto watch =
        registry.onChange([&changes](const auto& change) { changes.push_back(change); });

    registry.reset(
        {nodeEntry("n2"), {"/registry/nodes/n3", "not a record", 2, std::nullopt}, nodeEntry("n4")},
        2);

    ASSERT_EQ(changes.size(), 1U);
    EXPECT_TRUE(changes.front().everything);
    EXPECT_THAT(changes.front().nodes, ElementsAre(NodeId("n1"), NodeId("n3")));
}

TEST(Registry, ObserverMayDropItselfWhileItRuns) {
    Registry registry;
    int calls = 0;
    Subscription subscription;
    subscription = registry.onChange([&](const Registry::Change&) {
        ++calls;
        subscription.cancel();
    });

    registry.apply({put(nodeOf("a", 1), 1)});
    registry.apply({put(nodeOf("b", 2), 2)});

    EXPECT_EQ(calls, 1);
}

TEST(Registry, HoldsTheStateOfTheMesh) {
    Registry registry;
    registry.apply(
        {put(std::string(kIpv4PrefixKey), "172.16.0.0/12", 1),
         put(std::string(kIpv6PrefixKey), "fdfd:e82c:4973::/32", 1),
         put(std::string(kMeshDomainKey), "lab.internal", 1),
         put(std::string(kRbacDisabledKey), "true", 1)});

    EXPECT_EQ(registry.networkIpv4()->toString(), "172.16.0.0/12");
    EXPECT_EQ(registry.networkIpv6()->toString(), "fdfd:e82c:4973::/32");
    EXPECT_EQ(registry.networkIpv6Text(), "fdfd:e82c:4973::/32");
    EXPECT_EQ(registry.domain(), "lab.internal.");
    EXPECT_TRUE(registry.rbacDisabled());
    registry.apply({gone(std::string(kRbacDisabledKey), 2)});
    EXPECT_FALSE(registry.rbacDisabled());
}

TEST(Registry, AnEmptyValueIsNoRecordHoweverItArrives) {
    Registry byReset;
    Entry entry;
    entry.key = kRbacDisabledKey;
    byReset.reset({entry}, 1);
    Registry byEvent;
    byEvent.apply(
        {{.kind = Event::Kind::Put,
          .key = std::string(kRbacDisabledKey),
          .value = "",
          .revision = 1}});

    EXPECT_FALSE(byReset.rbacDisabled());
    EXPECT_FALSE(byEvent.rbacDisabled());
}

TEST(Registry, FindsWhatNamesANode) {
    Registry registry;
    registry.apply(
        {put("/registry/rolebindings/b",
             R"({"name":"b","subjects":[{"type":"SUBJECT_NODE","name":"n1"}]})",
             1),
         put("/registry/rolebindings/g",
             R"({"name":"g","subjects":[{"type":"SUBJECT_GROUP","name":"n1"}]})",
             1),
         put("/registry/groups/team",
             R"({"name":"team","subjects":[{"type":"SUBJECT_USER","name":"n1"}]})",
             1),
         put("/registry/network-acls/a", R"({"name":"a","sourceNodes":["n1"]})", 1),
         put("/registry/network-acls/c", R"({"name":"n1","sourceNodes":["n11"]})", 1),
         put("/registry/groups/broken", R"({"n1)", 1),
         put("/registry/routes/r", R"({"name":"r","node":"n1"})", 1)});

    EXPECT_THAT(
        registry.referencesTo(NodeId("n1")),
        ElementsAre(
            "groups/broken", "groups/team", "network-acls/a", "rolebindings/b", "routes/r"));
    EXPECT_THAT(registry.referencesTo(NodeId("n2")), IsEmpty());
}

TEST(Registry, RoutesAreFoundByNodeAndName) {
    Registry registry;
    registry.apply(
        {put("/registry/routes/r2",
             R"({"name":"r2","node":"a","destinationCidrs":["10.2.0.0/16"]})",
             1),
         put("/registry/routes/r1", R"({"name":"r1","node":"a"})", 1)});

    ASSERT_EQ(registry.routesOf(NodeId("a")).size(), 2U);
    EXPECT_EQ(registry.routesOf(NodeId("a"))[0]->name, "r1");
    EXPECT_EQ(registry.route("r2")->destinations.at(0).toString(), "10.2.0.0/16");
    registry.apply({put("/registry/routes/r2", R"({"name":"r2","node":"b"})", 2)});
    EXPECT_EQ(registry.routesOf(NodeId("a")).size(), 1U);
    EXPECT_EQ(registry.routesOf(NodeId("b")).size(), 1U);
}

TEST(Registry, RawPolicyIsFoundByKeyAndPrefix) {
    Registry registry;
    registry.apply(
        {put("/registry/groups/a", "1", 1),
         put("/registry/groups/b", "2", 1),
         put("/registry/roles/a", "3", 1)});

    EXPECT_EQ(*registry.raw("/registry/groups/b"), "2");
    EXPECT_EQ(registry.raw("/registry/groups/c"), nullptr);
    EXPECT_EQ(registry.rawBelow(kGroupsPrefix).size(), 2U);
}

TEST(Registry, HoldsACopyThatGoesItsOwnWay) {
    Registry original;
    original.apply(
        {put(nodeOf("a", 1), 1),
         put(nodeOf("b", 2), 2),
         put(edgeOf("a", "b"), 3),
         put(edgeOf("b", "a"), 4),
         put("/registry/routes/r", R"({"name":"r","node":"a"})", 5),
         put("/registry/groups/g", R"({"name":"g"})", 6),
         put("/registry/roles/x", "{", 7),
         put("/registry/routes/broken", "{", 8),
         put(std::string(kIpv4PrefixKey), "172.16.0.0/12", 9)});
    Registry copy;
    copy.apply({put(nodeOf("z", 9), 1)});
    std::vector<NodeId> gone;
    const auto watch = copy.onChange([&gone](const Registry::Change& change) {
        EXPECT_TRUE(change.everything);
        gone = change.nodes;
    });

    copy.copyFrom(original);

    EXPECT_THAT(gone, ElementsAre(NodeId("z")));
    EXPECT_THAT(idsOf(copy.nodes()), ElementsAre("a", "b"));
    EXPECT_EQ(copy.nodeByKey(keyOf(2)), copy.node(NodeId("b")));
    EXPECT_NE(copy.node(NodeId("b")), original.node(NodeId("b")));
    EXPECT_EQ(copy.nodeByAddress(net::IpAddress::v4(0xAC100001U)), copy.node(NodeId("a")));
    EXPECT_EQ(copy.edgeCount(), 1U);
    EXPECT_NE(copy.route("r"), nullptr);
    EXPECT_EQ(copy.rawBelow(kRegistryPrefix), original.rawBelow(kRegistryPrefix));
    EXPECT_EQ(copy.networkIpv4(), original.networkIpv4());
    EXPECT_EQ(copy.revision(), 9);
    EXPECT_EQ(copy.unreadableRecords(), 1U);
    EXPECT_EQ(copy.notWhollyRead(kRoutesPrefix), original.notWhollyRead(kRoutesPrefix));
}

TEST(Registry, LeavesTheOriginalAloneWhenACopyChanges) {
    Registry original;
    original.apply({put(nodeOf("a", 1), 1), put(edgeOf("a", "b"), 2), put(edgeOf("b", "a"), 3)});
    Registry copy;
    copy.copyFrom(original);
    copy.copyFrom(copy);

    copy.apply({gone(nodeKey(NodeId("a")), 4), gone(edgeKey(NodeId("a"), NodeId("b")), 5)});

    EXPECT_EQ(copy.nodeByKey(keyOf(1)), nullptr);
    EXPECT_EQ(copy.edge(NodeId("a"), NodeId("b")), nullptr);
    EXPECT_NE(original.nodeByKey(keyOf(1)), nullptr);
    EXPECT_NE(original.edge(NodeId("a"), NodeId("b")), nullptr);
    EXPECT_EQ(original.revision(), 3);
}

}  // namespace
}  // namespace weft::storage
