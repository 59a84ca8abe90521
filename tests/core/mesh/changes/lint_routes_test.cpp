// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/lint.h"
#include "tests/core/mesh/changes/lint_world.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using storage::RouteRecord;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(LintRoutes, FindsExitsThatAreShared) {
    LintWorld world;
    world.policy.put(routeOf("one", "a", {"10.0.0.0/24"}));
    world.policy.put(routeOf("two", "a", {"10.0.0.1/24"}));
    EXPECT_THAT(world.codes(), IsEmpty());
    world.policy.put(routeOf("two", "b", {"10.0.0.1/24"}));
    EXPECT_EQ(
        world.only("shared-exit").text,
        "10.0.0.0/24 is offered by a, b: each node uses the closest of them");
    EXPECT_EQ(world.only("shared-exit").severity, Severity::Hint);
}

TEST(LintRoutes, FindsNetworksWithinThoseOfOthers) {
    LintWorld world;
    world.policy.put(routeOf("outer", "a", {"10.0.0.0/8", "0.0.0.0/0"}));
    world.policy.put(routeOf("inner", "a", {"10.1.0.0/16"}));
    EXPECT_THAT(world.codes(), ElementsAre("default-route of outer"));
    world.policy.put(routeOf("inner", "b", {"10.1.0.0/16", "192.168.0.0/16", "fd99::/16"}));
    EXPECT_EQ(
        world.only("nested-routes").text,
        "10.1.0.0/16 by route inner of b lies within a network of route outer of a: it leads "
        "elsewhere than the addresses around it");
    // The next hop is the one that leads there.
    auto inner = *world.policy.find<RouteRecord>("inner");
    inner.nextHopNode = "a";
    world.policy.put(inner);
    EXPECT_THAT(world.codes(), ElementsAre("default-route of outer"));
}

TEST(LintRoutes, FindsRoutesIntoTheMesh) {
    LintWorld world;
    world.policy.put(routeOf("route", "a", {"172.17.0.0/16", "10.0.0.0/24"}));
    EXPECT_EQ(world.only("route-inside-mesh").severity, Severity::Error);
    EXPECT_TRUE(world.fixHelps("route-inside-mesh"));
    EXPECT_EQ(*world.policy.find<RouteRecord>("route"), routeOf("route", "a", {"10.0.0.0/24"}));

    world.policy.put(routeOf("route", "a", {"fd00::/16"}));
    EXPECT_TRUE(world.fixHelps("route-inside-mesh"));
    EXPECT_EQ(world.policy.find<RouteRecord>("route"), nullptr);
}

TEST(LintRoutes, PointsAtDefaultRoutes) {
    LintWorld world;
    world.policy.put(routeOf("exit", "a", {"::/0"}));
    EXPECT_THAT(world.only("default-route").text, HasSubstr("without being asked"));
    EXPECT_EQ(world.only("default-route").severity, Severity::Hint);
    world.policy.put(routeOf("exit", "a", {"2000::/3"}));
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintRouteReaders, SplitsARouteOfAGroup) {
    LintWorld world;
    world.policy.put(groupOf("exits", {"a", "b"}));
    world.policy.put(routeOf("route", "group:exits", {"10.0.0.0/24"}));
    EXPECT_EQ(world.only("group-route").severity, Severity::Hint);
    EXPECT_TRUE(world.fixHelps("group-route"));
    EXPECT_EQ(world.policy.find<RouteRecord>("route"), nullptr);
    EXPECT_EQ(*world.policy.find<RouteRecord>("route-a"), routeOf("route-a", "a", {"10.0.0.0/24"}));
    EXPECT_EQ(*world.policy.find<RouteRecord>("route-b"), routeOf("route-b", "b", {"10.0.0.0/24"}));
}

TEST(LintRouteReaders, SplitsANextHopThatIsAGroup) {
    LintWorld world;
    world.policy.put(groupOf("exits", {"a", "b"}));
    auto route = routeOf("route", "c", {"10.0.0.0/24"});
    route.nextHopNode = "group:exits";
    world.policy.put(route);
    EXPECT_THAT(world.only("group-next-hop").text, HasSubstr("nobody leads there"));
    EXPECT_TRUE(world.fixHelps("group-next-hop"));
    EXPECT_EQ(world.policy.find<RouteRecord>("route-b")->nextHopNode, "b");
    EXPECT_EQ(world.policy.find<RouteRecord>("route-b")->node, "c");
}

TEST(LintRouteReaders, SplitsNoMoreRoutesThanTheLimit) {
    const auto fixOf = [](std::size_t members, const std::string& destination) {
        LintWorld world;
        std::vector<std::string> names;
        for (std::size_t at = 0; at < members; ++at) {
            names.push_back("n" + std::to_string(at));
            world.addNode(names.back());
        }
        world.policy.put(groupOf("exits", names));
        world.policy.put(routeOf("route", "group:exits", {destination}));
        return world.only("group-route").fix.size();
    };
    EXPECT_EQ(fixOf(kMaxSplitRoutes, "10.0.0.0/24"), kMaxSplitRoutes + 1);
    EXPECT_EQ(fixOf(kMaxSplitRoutes + 1, "10.0.0.0/24"), 0U);
    // One mistake would become several.
    EXPECT_EQ(fixOf(2, "172.16.0.0/24"), 0U);
}

TEST(LintRouteReaders, TellsFromWhomARouteHidesItsNode) {
    LintWorld world;
    auto acl = deny("no-office", 5, {"b", "c"}, {"*"});
    acl.destinationCidrs = {"10.0.0.0/8"};
    world.policy.put(acl);
    world.policy.put(routeOf("office", "a", {"192.168.0.0/24", "10.1.0.0/16"}));
    EXPECT_EQ(
        world.only("route-hides-node").text,
        "route office hides a from 2 nodes that may reach it but not all of the route, if they are "
        "reference nodes: b, c");
    world.policy.put(routeOf("office", "a", {"192.168.0.0/24"}));
    EXPECT_THAT(world.codes(), IsEmpty());
    // Who may not reach the node loses nothing.
    world.policy.put(routeOf("office", "a", {"10.1.0.0/16"}));
    world.policy.put(deny("nothing", 7, {"b", "c"}, {"a"}));
    EXPECT_THAT(world.codes(), Not(Contains(HasSubstr("route-hides-node"))));
}

TEST(LintRouteReaders, NamesAFewOfThoseWhoLoseANode) {
    LintWorld world;
    auto acl = accept("default-accept", 0, {"*"}, {"*"});
    acl.destinationCidrs = {"172.16.0.0/12"};
    world.policy.put(acl);
    for (const auto* id : {"e", "f", "g"}) {
        world.addNode(id);
    }
    world.policy.put(routeOf("office", "a", {"10.0.0.0/8"}));
    EXPECT_THAT(
        world.only("route-hides-node").text,
        AllOf(HasSubstr("6 nodes"), HasSubstr("b, c, d, e, f and 1 more")));
}

}  // namespace
}  // namespace weft::mesh::changes::tests
