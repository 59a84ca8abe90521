// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/contents.h"

#include "core/mesh/detail/limits.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using storage::EdgeRecord;
using storage::NodeId;
using storage::RouteRecord;
using ::testing::HasSubstr;

// A write to the mesh has the last word.
static_assert(kMaxRouteDestinations == mesh::detail::kMaxRoutes);
static_assert(kMaxEdgeAttributes == mesh::detail::kMaxEdgeAttributes);
static_assert(kMaxEdgeTextBytes == mesh::detail::kMaxTextBytes);

std::string errorOf(const PolicyObject& object) {
    return messageOf(validate(object));
}

TEST(PolicyContentsTest, StopAtTheLimitsOfAnEdge) {
    EdgeRecord edge{NodeId("a"), NodeId("b"), 1};
    for (std::size_t each = 0; each < kMaxEdgeAttributes; ++each) {
        edge.attributes[std::to_string(each)] = std::string(kMaxEdgeTextBytes, 'x');
    }
    EXPECT_EQ(errorOf(edge), "");
    edge.attributes["more"] = "x";
    EXPECT_EQ(errorOf(edge), "an edge has at most 64 attributes");

    edge.attributes = {{std::string(kMaxEdgeTextBytes, 'x'), ""}};
    EXPECT_EQ(errorOf(edge), "");
    edge.attributes = {{std::string(kMaxEdgeTextBytes + 1, 'x'), ""}};
    EXPECT_THAT(errorOf(edge), HasSubstr("at most 512 bytes"));
    edge.attributes = {{"x", std::string(kMaxEdgeTextBytes + 1, 'x')}};
    EXPECT_THAT(errorOf(edge), HasSubstr("at most 512 bytes"));
    edge.attributes = {{"x", "\xFF"}};
    EXPECT_THAT(errorOf(edge), HasSubstr("texts"));
}

TEST(PolicyContentsTest, StopAtTheLimitsOfARoute) {
    RouteRecord route{"r", "n"};
    EXPECT_EQ(errorOf(route), "route r has no destination");
    route.destinations.resize(kMaxRouteDestinations);
    EXPECT_EQ(errorOf(route), "");
    route.destinations.emplace_back();
    EXPECT_EQ(errorOf(route), "route r has more than 256 destinations");
}

TEST(PolicyContentsTest, CheckTheNamesOfRoutesAndEdges) {
    const auto prefix = *net::IpPrefix::parse("10.0.0.0/8");
    EXPECT_EQ(errorOf(RouteRecord{"r", "group:g", {prefix}, "m"}), "");
    EXPECT_THAT(errorOf(RouteRecord{"r/", "n", {prefix}}), HasSubstr("name of the route"));
    EXPECT_THAT(errorOf(RouteRecord{"r", "group:", {prefix}}), HasSubstr("group of the route"));
    EXPECT_THAT(errorOf(RouteRecord{"r", "", {prefix}}), HasSubstr("node of the route"));
    EXPECT_THAT(errorOf(RouteRecord{"r", "n", {prefix}, "*"}), HasSubstr("next hop of the route"));
    EXPECT_THAT(errorOf(EdgeRecord{NodeId(""), NodeId("b"), 1}), HasSubstr("source of the edge"));
    EXPECT_THAT(errorOf(EdgeRecord{NodeId("a"), NodeId("self"), 1}), HasSubstr("target of the"));
    EXPECT_EQ(
        errorOf(EdgeRecord{NodeId("a"), NodeId("a"), 1}),
        "an edge links two nodes, not a with itself");
}

TEST(PolicyContentsTest, BringObjectsIntoTheStoredForm) {
    const policy::Group group{
        "g", {{"a", policy::SubjectKind::Node}, {"*", policy::SubjectKind::All}}};
    EXPECT_EQ(
        normalised(group), PolicyObject(policy::Group{"g", {{"*", policy::SubjectKind::All}}}));
    EXPECT_EQ(
        normalised(EdgeRecord{NodeId("b"), NodeId("a"), 1}),
        PolicyObject(EdgeRecord{NodeId("a"), NodeId("b"), 1}));
}

}  // namespace
}  // namespace weft::mesh::changes::tests
