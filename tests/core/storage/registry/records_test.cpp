// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/records.h"

#include "core/storage/registry/detail/record_reader.h"

#include "v1/mesh.pb.h"
#include "v1/network_acls.pb.h"
#include "v1/node.pb.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <chrono>
#include <limits>

namespace weft::storage {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kKeyText = "CAUSIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

template <typename Message>
Message viaProtobuf(const std::string& json) {
    Message message;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &message).ok()) << json;
    return message;
}

NodeRecord fullNode() {
    NodeRecord record;
    record.id = NodeId("n1");
    record.publicKey = *crypto::PublicKey::parse(kKeyText);
    record.primaryEndpoint = "10.0.0.1";
    record.wireguardEndpoints = {"10.0.0.1:51820", "[fd00::1]:51820"};
    record.zone = "eu";
    record.privateIpv4 = *net::IpPrefix::parse("172.16.0.1/32");
    record.privateIpv6 = *net::IpPrefix::parse("fdfd:e82c:4973:ff73:2ac4:40f5:1a35:0/112");
    record.features = {{v1::NODES, 8443}, {v1::STORAGE_PROVIDER, 9000}, {4711, 1}};
    record.multiaddrs = {"/ip4/10.0.0.1/tcp/1"};
    record.joinedAt = WallTime(std::chrono::seconds(1'695'730'000)) + 250ms;
    return record;
}

TEST(Records, NodeIdsFollowTheRules) {
    EXPECT_TRUE(validateNodeId("n1").ok());
    EXPECT_TRUE(validateNodeId("Some Node.example").ok());
    EXPECT_TRUE(validateNodeId(std::string(253, 'a')).ok());
    for (const std::string& bad :
         {std::string(),
          std::string(254, 'a'),
          std::string("a/b"),
          std::string("a,b"),
          std::string("a:b"),
          std::string("a*"),
          std::string("\xff"),
          std::string("leader"),
          std::string("voters"),
          std::string("self")}) {
        EXPECT_EQ(validateNodeId(bad).code(), StatusCode::kInvalidArgument) << bad;
    }
    EXPECT_TRUE(validateId("voters").ok());
}

TEST(Records, NewNodeIdsAreLabels) {
    EXPECT_TRUE(validateNewNodeId("lab-7").ok());
    for (const auto* bad : {"Lab", "a.b", "-a", "a-", "a_b", "leader", "storage", ""}) {
        EXPECT_EQ(validateNewNodeId(bad).code(), StatusCode::kInvalidArgument) << bad;
    }
}

TEST(Records, NodeRoundTripsThroughJson) {
    const auto node = fullNode();

    const auto back = decodeNode(encodeNode(node));

    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, node);
}

TEST(Records, FastNodeReaderAgreesWithProtobuf) {
    auto node = fullNode();
    node.features.pop_back();
    const auto json = encodeNode(node);

    const auto fast = detail::readNode(json);

    ASSERT_TRUE(fast.has_value()) << json;
    EXPECT_EQ(*fast, fromProto(viaProtobuf<v1::MeshNode>(json)));
}

TEST(Records, NodeOfTheReferenceIsReadLeniently) {
    const auto node =
        decodeNode(R"({"id": "n1",  "publicKey":"nonsense", "primaryEndpoint":"invalid IP",)"
                   R"( "wireguardEndpoints":["invalid AddrPort","10.0.0.1:51820"],)"
                   R"( "privateIpv4":"invalid Prefix", "privateIpv6":"fd00::/33x"})");

    ASSERT_TRUE(node.ok());
    EXPECT_EQ(node->id, NodeId("n1"));
    EXPECT_FALSE(node->publicKey);
    EXPECT_EQ(node->primaryEndpoint, "");
    EXPECT_THAT(node->wireguardEndpoints, ElementsAre("10.0.0.1:51820"));
    EXPECT_FALSE(node->privateIpv4);
    EXPECT_FALSE(node->privateIpv6);
    EXPECT_THAT(encodeNode(*node), testing::Not(HasSubstr("invalid")));
}

TEST(Records, EmptyAddressesAreNotWritten) {
    NodeRecord node;
    node.id = NodeId("n1");

    EXPECT_EQ(encodeNode(node), R"({"id":"n1"})");
}

TEST(Records, HostBitsOfPrefixesAreKept) {
    auto node = fullNode();
    node.privateIpv6 = *net::IpPrefix::parse("fd00:1:2:3:4:5:6:0/112");

    EXPECT_EQ(decodeNode(encodeNode(node))->privateIpv6->toString(), "fd00:1:2:3:4:5:6:0/112");
}

TEST(Records, OtherSpellingsOfNodesGoThroughProtobuf) {
    const auto node =
        decodeNode(R"({"id":"caf\u00e9","public_key":"","features":[{"feature":12,"port":9000}],)"
                   R"("joinedAt":"2023-09-26T14:06:40+02:00"})");

    ASSERT_TRUE(node.ok());
    EXPECT_EQ(node->id.value(), "caf\xc3\xa9");
    EXPECT_EQ(node->featurePort(v1::STORAGE_PROVIDER), 9000);
    EXPECT_EQ(node->joinedAt, WallTime(std::chrono::seconds(1'695'730'000)));
    EXPECT_EQ(node->featurePort(v1::MESH_DNS), std::nullopt);
}

TEST(Records, TimesThatAClockCannotHoldAreLeftOut) {
    EXPECT_FALSE(decodeNode(R"({"id":"a","joinedAt":"9999-12-31T23:59:59Z"})")->joinedAt);
    EXPECT_FALSE(decodeNode(R"({"id":"a","joinedAt":"0001-01-01T00:00:00Z"})")->joinedAt);
}

TEST(Records, FastReadersLeaveOddTextToProtobuf) {
    for (const std::string_view odd :
         {R"({"id":"a","id":"b"})",
          R"({"id":null})",
          R"({"id":"a"} x)",
          R"({"id":"a",})",
          R"({"id":"a","joinedAt":"2023-13-01T00:00:00Z"})",
          R"({"id":"a","joinedAt":"2023-01-01T00:00:00.Z"})",
          R"({"other":1})",
          "",
          "{",
          "[]",
          R"({"id":"\u0041"})",
          R"({"features":[{"port":1.5}]})",
          R"({"features":[{"port":01}]})",
          R"({"features":[{"port":99999999999}]})"}) {
        EXPECT_FALSE(detail::readNode(odd).has_value()) << odd;
    }
    for (const std::string_view odd :
         {R"({"weight":-})",
          R"({"weight":"1"})",
          R"({"attributes":{"a":"1","a":"2"}})",
          R"({"source":"a)",
          R"({"source")",
          R"({"source":)"}) {
        EXPECT_FALSE(detail::readEdge(odd).has_value()) << odd;
    }
}

TEST(Records, BrokenJsonIsDataLoss) {
    EXPECT_EQ(decodeNode("{").status().code(), StatusCode::kDataLoss);
    EXPECT_EQ(decodeEdge("nonsense").status().code(), StatusCode::kDataLoss);
    EXPECT_EQ(decodeRoute("[1]").status().code(), StatusCode::kDataLoss);
}

class EdgeText : public ::testing::TestWithParam<EdgeRecord> {};

TEST_P(EdgeText, EqualsProtobufWhenParsed) {
    const auto& edge = GetParam();
    v1::MeshEdge expected;
    toProto(edge, &expected);
    std::string protobufText;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(expected, &protobufText).ok());

    const auto json = encodeEdge(edge);

    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
        viaProtobuf<v1::MeshEdge>(json), expected))
        << json;
    EXPECT_EQ(*decodeEdge(json), edge);
    EXPECT_EQ(*decodeEdge(protobufText), edge) << protobufText;
}

INSTANTIATE_TEST_SUITE_P(
    Records,
    EdgeText,
    ::testing::Values(
        EdgeRecord{},
        EdgeRecord{.source = NodeId("a"), .target = NodeId("b")},
        EdgeRecord{.source = NodeId("a"), .target = NodeId("b"), .weight = 99},
        EdgeRecord{
            .source = NodeId("a"),
            .target = NodeId("b"),
            .weight = std::numeric_limits<std::int32_t>::min()},
        EdgeRecord{
            .source = NodeId("caf\xc3\xa9 <x>&"),
            .target = NodeId("tab\there\x01 {b}"),
            .weight = 1,
            .attributes = {{"EDGE_ATTRIBUTE_ICE", "true"}, {"q\"uote", "back\\slash\n"}}}));

TEST(Records, RouteRoundTripsAndDropsWhatIsNoPrefix) {
    const RouteRecord route{
        .name = "lab",
        .node = "n1",
        .destinations = {*net::IpPrefix::parse("10.1.2.3/8")},
        .nextHopNode = "n2"};

    EXPECT_EQ(*decodeRoute(encodeRoute(route)), route);
    EXPECT_THAT(
        decodeRoute(R"({"name":"x","node":"n","destinationCidrs":["10.0.0.0/99"]})")->destinations,
        IsEmpty());
}

TEST(Records, KeysAreThoseOfTheMesh) {
    EXPECT_EQ(nodeKey(NodeId("a b")), "/registry/nodes/a b");
    EXPECT_EQ(edgeKey(NodeId("a"), NodeId("b")), "/registry/edges/a/b");
}

}  // namespace
}  // namespace weft::storage
