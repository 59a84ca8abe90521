// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/network.h"

#include "tests/core/mesh/network/world.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace weft::mesh::network::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Nodes n0, n1, ... with addresses that end in 1, 2, ...; everybody may reach everybody.
World meshOf(std::size_t nodes, std::initializer_list<std::tuple<int, int, int>> edges) {
    World world;
    for (std::size_t number = 0; number < nodes; ++number) {
        world.nodes[fmt::format("n{}", number)].ipv4 = fmt::format("172.16.0.{}/32", number + 1);
    }
    for (const auto& [left, right, weight] : edges) {
        world.edges[{fmt::format("n{}", left), fmt::format("n{}", right)}] = weight;
    }
    policy::NetworkAcl all;
    all.name = "all";
    all.action = policy::AclAction::Accept;
    all.sourceNodes = {"*"};
    all.destinationNodes = {"*"};
    world.rules.acls = {all};
    return world;
}

void accept(World& world, const std::string& left, const std::string& right) {
    for (const auto& [from, to] : {std::pair(left, right), std::pair(right, left)}) {
        policy::NetworkAcl acl;
        acl.name = fmt::format("{}-{}", from, to);
        acl.action = policy::AclAction::Accept;
        acl.sourceNodes = {from};
        acl.destinationNodes = {to};
        world.rules.acls.push_back(acl);
    }
}

/// "n1: 172.16.0.2/32 10.0.0.0/16"
std::vector<std::string> listOf(const World& world, const std::string& id) {
    Mirror mirror(world);
    std::vector<std::string> lines;
    for (const auto& neighbour : mirror.network().neighboursOf(NodeId(id))) {
        auto& line = lines.emplace_back(neighbour.id.value() + ":");
        for (const auto& prefix : neighbour.allowed) {
            line += " " + prefix.toString();
        }
    }
    return lines;
}

std::vector<std::string> pathOf(const Trace& trace) {
    std::vector<std::string> names;
    for (const auto& id : trace.path) {
        names.push_back(id.value());
    }
    return names;
}

TEST(Network, ListsWhatLiesBehindANeighbourUnderIt) {
    const auto world = meshOf(4, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}});

    EXPECT_THAT(listOf(world, "n0"), ElementsAre("n1: 172.16.0.2/32 172.16.0.3/32 172.16.0.4/32"));
    EXPECT_THAT(
        listOf(world, "n1"), ElementsAre("n0: 172.16.0.1/32", "n2: 172.16.0.3/32 172.16.0.4/32"));
    EXPECT_THAT(listOf(world, "nobody"), IsEmpty());
}

TEST(Network, TakesFewerHopsBeforeLessWeight) {
    const auto world = meshOf(4, {{0, 1, 90}, {1, 3, 90}, {0, 2, 1}, {2, 3, 1}, {0, 3, 99}});

    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32", "n3: 172.16.0.4/32"));
}

TEST(Network, TakesLessWeightBetweenWaysOfTheSameLength) {
    for (const int heavy : {1, 2}) {
        const int light = 3 - heavy;
        const auto world = meshOf(4, {{0, heavy, 5}, {heavy, 3, 0}, {0, light, 2}, {light, 3, 2}});
        Mirror mirror(world);

        const auto trace = mirror.network().trace(NodeId("n3"), NodeId("n0"));

        EXPECT_EQ(trace.outcome, Trace::Outcome::Carried);
        EXPECT_THAT(pathOf(trace), ElementsAre("n3", fmt::format("n{}", light), "n0"));
    }
}

TEST(Network, AnswersNothingWithoutAccessRules) {
    auto world = meshOf(2, {{0, 1, 1}});
    world.rules.acls.clear();

    EXPECT_THAT(listOf(world, "n0"), IsEmpty());
}

TEST(Network, GivesAnAddressThatTwoNodesHaveToTheFirst) {
    auto world = meshOf(3, {{0, 1, 1}, {0, 2, 1}});
    world.nodes["n2"].ipv4 = world.nodes["n1"].ipv4;

    EXPECT_THAT(listOf(world, "n0"), ElementsAre("n1: 172.16.0.2/32", "n2:"));
}

TEST(Network, LeavesARouteWithTheClosestNodeThatOffersIt) {
    auto world = meshOf(4, {{0, 1, 1}, {1, 2, 1}, {0, 3, 1}});
    world.routes["a"] = {"n2", "10.0.0.0/16", ""};
    world.routes["b"] = {"n3", "10.0.0.0/16", ""};

    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32 172.16.0.3/32", "n3: 172.16.0.4/32 10.0.0.0/16"));
    EXPECT_THAT(
        listOf(world, "n1"),
        ElementsAre("n0: 172.16.0.1/32 172.16.0.4/32", "n2: 172.16.0.3/32 10.0.0.0/16"));
    EXPECT_THAT(listOf(world, "n2"), ElementsAre("n1: 172.16.0.2/32 172.16.0.1/32 172.16.0.4/32"))
        << "what it offers itself it is not told";
}

TEST(Network, TakesARouteOfAGroupForOneOfEachMember) {
    auto world = meshOf(4, {{0, 1, 1}, {0, 2, 1}, {0, 3, 1}});
    world.rules.groups = {
        {.name = "exits",
         .subjects =
             {{.name = "n2", .kind = policy::SubjectKind::Node},
              {.name = "more", .kind = policy::SubjectKind::Group},
              {.name = "n1", .kind = policy::SubjectKind::Unknown}}},
        {.name = "more",
         .subjects = {
             {.name = "n3", .kind = policy::SubjectKind::User},
             {.name = "exits", .kind = policy::SubjectKind::Group}}}};
    world.routes["a"] = {"group:exits", "10.0.0.0/16", ""};

    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32 10.0.0.0/16", "n3: 172.16.0.4/32"));
    EXPECT_THAT(listOf(world, "n3"), ElementsAre("n0: 172.16.0.1/32 172.16.0.2/32 172.16.0.3/32"));

    world.routes["a"].node = "group:missing";
    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32", "n3: 172.16.0.4/32"));
    world.rules.groups[0].subjects = {{.name = "*", .kind = policy::SubjectKind::All}};
    world.routes["a"].node = "group:exits";
    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32", "n3: 172.16.0.4/32"))
        << "everybody offers it, itself too";
}

TEST(Network, LeadsARouteToItsNextHopWhileSomebodyOffersIt) {
    auto world = meshOf(3, {{0, 1, 1}, {0, 2, 1}});
    world.routes["a"] = {"n1", "10.0.0.0/16", "n2"};

    EXPECT_THAT(
        listOf(world, "n0"), ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32 10.0.0.0/16"));
    EXPECT_THAT(listOf(world, "n1"), ElementsAre("n0: 172.16.0.1/32 172.16.0.3/32 10.0.0.0/16"))
        << "who offers it sends it there too";
    EXPECT_THAT(listOf(world, "n2"), ElementsAre("n0: 172.16.0.1/32 172.16.0.2/32"));

    world.routes["a"].nextHop = "missing";
    EXPECT_THAT(listOf(world, "n0"), ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32"));
    world.routes["a"] = {"missing", "10.0.0.0/16", "n2"};
    EXPECT_THAT(listOf(world, "n0"), ElementsAre("n1: 172.16.0.2/32", "n2: 172.16.0.3/32"));
}

TEST(Network, TellsOfAWayThatIsDeniedOrDoesNotExist) {
    auto world = meshOf(4, {{0, 1, 1}, {1, 2, 1}});
    world.rules.acls.clear();
    accept(world, "n0", "n1");
    accept(world, "n0", "n2");
    accept(world, "n0", "n3");
    Mirror mirror(world);
    auto& network = mirror.network();

    EXPECT_EQ(network.trace(NodeId("n1"), NodeId("n2")).outcome, Trace::Outcome::Denied);
    EXPECT_EQ(network.trace(NodeId("n0"), NodeId("n3")).outcome, Trace::Outcome::Unconnected);
    EXPECT_EQ(network.trace(NodeId("n0"), NodeId("n2")).outcome, Trace::Outcome::Unconnected)
        << "n1, which is between them, may not reach n2";
    EXPECT_EQ(network.trace(NodeId("n0"), NodeId("n1")).outcome, Trace::Outcome::Carried);
    EXPECT_EQ(network.trace(NodeId("n0"), NodeId("no")).outcome, Trace::Outcome::Unconnected);
}

// n0 reaches n4 over n1 and n2 alone, and n5 over n1 and n3 alone. From n1 there is one way to n4's
// address, so that one of the two pairs is left out, whatever is chosen.
TEST(Network, SaysWherePacketsAreDropped) {
    auto world = meshOf(6, {{0, 1, 1}, {5, 1, 1}, {1, 2, 1}, {1, 3, 1}, {2, 4, 1}, {3, 4, 1}});
    world.rules.acls.clear();
    for (const auto* other : {"n0", "n2", "n3", "n4", "n5"}) {
        accept(world, "n1", other);
    }
    accept(world, "n4", "n0");
    accept(world, "n4", "n2");
    accept(world, "n4", "n3");
    accept(world, "n4", "n5");
    accept(world, "n0", "n2");
    accept(world, "n5", "n3");
    Mirror mirror(world);

    const auto one = mirror.network().trace(NodeId("n0"), NodeId("n4"));
    const auto other = mirror.network().trace(NodeId("n5"), NodeId("n4"));

    const bool oneIsCarried = one.outcome == Trace::Outcome::Carried;
    EXPECT_NE(oneIsCarried, other.outcome == Trace::Outcome::Carried);
    const auto& dropped = oneIsCarried ? other : one;
    EXPECT_EQ(dropped.outcome, Trace::Outcome::Dropped);
    EXPECT_THAT(
        pathOf(dropped),
        oneIsCarried ? ElementsAre("n5", "n1", "n2") : ElementsAre("n0", "n1", "n3"));
}

}  // namespace
}  // namespace weft::mesh::network::tests
