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
TEST(Network, WithholdsAWayThatANodeOnItWouldNotTake) {
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
    EXPECT_EQ((oneIsCarried ? other : one).outcome, Trace::Outcome::Withheld);
    EXPECT_THAT(pathOf(oneIsCarried ? other : one), IsEmpty());
    EXPECT_THAT(
        listOf(world, oneIsCarried ? "n5" : "n0"),
        ElementsAre(
            oneIsCarried ? "n1: 172.16.0.2/32 172.16.0.4/32" : "n1: 172.16.0.2/32 172.16.0.3/32"));
}

// b may not reach a, but what it sends over t to c would go by a, which is t's way to c.
TEST(Network, KeepsANodeThatIsDeniedOffTheWay) {
    // a, b, c, d, t
    auto world = meshOf(5, {{1, 4, 1}, {4, 0, 1}, {0, 2, 1}, {4, 3, 5}, {3, 2, 5}});
    for (const auto& [from, to] : {std::pair("n0", "n1"), std::pair("n1", "n0")}) {
        policy::NetworkAcl deny;
        deny.name = fmt::format("{}-{}", from, to);
        deny.priority = 5;
        deny.action = policy::AclAction::Deny;
        deny.sourceNodes = {from};
        deny.destinationNodes = {to};
        world.rules.acls.push_back(deny);
    }
    Mirror mirror(world);

    // t and d are open to all, a is not: t takes d, and everybody agrees.
    const auto trace = mirror.network().trace(NodeId("n1"), NodeId("n2"));
    EXPECT_EQ(trace.outcome, Trace::Outcome::Carried);
    EXPECT_THAT(pathOf(trace), ElementsAre("n1", "n4", "n3", "n2"));

    // A tunnel of one hop less over a: t takes it, and b may not.
    world.edges[{"n3", "n5"}] = 1;
    world.nodes["n5"].ipv4 = "172.16.0.6/32";
    world.edges[{"n2", "n5"}] = 1;
    world.edges.erase({"n3", "n2"});
    mirror.follow(world);
    EXPECT_EQ(mirror.network().trace(NodeId("n1"), NodeId("n2")).outcome, Trace::Outcome::Withheld);
    EXPECT_THAT(listOf(world, "n1"), ElementsAre("n4: 172.16.0.5/32 172.16.0.4/32 172.16.0.6/32"));
}

// The only exit that n0 may use lies behind one that n1 would take itself.
TEST(Network, WithholdsANetworkThatANodeOnTheWayWouldReachElsewhere) {
    auto world = meshOf(4, {{0, 1, 1}, {1, 2, 1}, {1, 3, 5}});
    world.routes["a"] = {"n2", "10.0.0.0/16", ""};
    world.routes["b"] = {"n3", "10.0.0.0/16", ""};
    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32 172.16.0.3/32 172.16.0.4/32 10.0.0.0/16"));

    policy::NetworkAcl deny;
    deny.name = "deny";
    deny.priority = 5;
    deny.action = policy::AclAction::Deny;
    deny.sourceNodes = {"n0"};
    deny.destinationNodes = {"n2"};
    deny.destinationCidrs = {"10.0.0.0/8"};
    world.rules.acls.push_back(deny);
    EXPECT_THAT(listOf(world, "n0"), ElementsAre("n1: 172.16.0.2/32 172.16.0.3/32 172.16.0.4/32"))
        << "n1 would lead it to n2";

    world.routes.erase("a");
    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32 172.16.0.3/32 172.16.0.4/32 10.0.0.0/16"));
}

TEST(Network, LeavesOutNetworksThatOverlapTheMesh) {
    auto world = meshOf(2, {{0, 1, 1}});
    world.networkIpv4 = "172.16.0.0/12";
    world.nodes["n0"].ipv6 = "fd00:0:0:1::/112";
    world.nodes["n1"].ipv6 = "fd00:0:0:2::/112";
    world.routes["a"] = {"n1", "172.16.0.9/32", ""};
    world.routes["b"] = {"n1", "172.0.0.0/8", ""};
    world.routes["c"] = {"n1", "fd00:0:0:1::8000/113", ""};
    world.routes["d"] = {"n1", "172.32.0.0/16", ""};
    world.routes["e"] = {"n1", "0.0.0.0/0", ""};

    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32 fd00:0:0:2::/112 0.0.0.0/0 172.32.0.0/16"));
}

TEST(Network, GivesAnAddressBackWhenTheOtherHolderHasAnother) {
    auto world = meshOf(4, {{0, 1, 1}, {0, 2, 1}});
    world.nodes["n2"].ipv4 = world.nodes["n1"].ipv4;
    world.nodes["n3"].ipv4 = world.nodes["n0"].ipv4;
    Mirror mirror(world);
    const auto versionBefore = mirror.network().versionOf(NodeId("n0"));
    bool everybody = false;
    const auto watch = mirror.network().onChange(
        [&everybody](const Network::Touched& change) { everybody = change.everybody; });
    const auto addressesOf = [&mirror](const std::string& of, std::size_t at) {
        return mirror.network().neighboursOf(NodeId(of)).at(at).allowed;
    };
    ASSERT_THAT(addressesOf("n0", 1), IsEmpty());

    world.nodes["n1"].ipv4 = "172.16.0.77/32";
    mirror.follow(world);

    EXPECT_EQ(addressesOf("n0", 1).size(), 1U) << "nobody else has it any more";
    EXPECT_NE(mirror.network().versionOf(NodeId("n0")), versionBefore);
    EXPECT_TRUE(everybody);
}

TEST(Network, TellsThoseAroundAHolderThatALonelyNodeHadItsAddress) {
    auto world = meshOf(4, {{1, 2, 1}});
    world.nodes["n2"].ipv4 = world.nodes["n0"].ipv4;
    Mirror mirror(world);
    bool everybody = false;
    const auto watch = mirror.network().onChange(
        [&everybody](const Network::Touched& change) { everybody = change.everybody; });
    ASSERT_THAT(mirror.network().neighboursOf(NodeId("n1")).at(0).allowed, IsEmpty());

    world.nodes.erase("n0");
    mirror.follow(world);

    EXPECT_TRUE(everybody);
    EXPECT_EQ(mirror.network().neighboursOf(NodeId("n1")).at(0).allowed.size(), 1U);
}

TEST(Network, TakesTwoTextsOfOneNetworkForOneAddress) {
    auto world = meshOf(3, {{0, 1, 1}, {0, 2, 1}});
    world.nodes["n1"].ipv6 = "fd00:0:0:5::/112";
    world.nodes["n2"].ipv6 = "fd00:0:0:5::1234/112";

    EXPECT_THAT(
        listOf(world, "n0"),
        ElementsAre("n1: 172.16.0.2/32 fd00:0:0:5::/112", "n2: 172.16.0.3/32"));
}

TEST(Network, NeverTakesARecordAfterAResetForOneBefore) {
    auto world = meshOf(2, {{0, 1, 1}});
    Mirror mirror(world);
    const auto before = mirror.network().versionOf(NodeId("n0"));

    world.nodes["n1"].ipv4 = "172.16.0.99/32";
    mirror.reset(world);

    EXPECT_NE(mirror.network().versionOf(NodeId("n0")), before);
}

}  // namespace
}  // namespace weft::mesh::network::tests
