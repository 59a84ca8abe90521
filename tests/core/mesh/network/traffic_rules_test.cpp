// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/traffic_rules.h"

#include "core/mesh/policy/policy_mirror.h"
#include "tests/core/mesh/network/world.h"

#include <gtest/gtest.h>

namespace weft::mesh::network::tests {
namespace {

/// Three nodes; n2 leads to 10.0.0.0/16. The filter is that of n0.
World smallWorld() {
    World world;
    world.nodes["n0"] = {.ipv4 = "172.16.0.1/32", .ipv6 = "fd00:0:0:1::/112"};
    world.nodes["n1"] = {.ipv4 = "172.16.0.2/32", .ipv6 = "fd00:0:0:2::/112"};
    world.nodes["n2"] = {.ipv4 = "172.16.0.3/32", .ipv6 = "fd00:0:0:3::/112"};
    world.routes["lan"] = {"n2", "10.0.0.0/16", ""};
    return world;
}

policy::NetworkAcl rule(
    const std::string& name,
    policy::AclAction action,
    const std::string& from,
    const std::string& to,
    std::vector<std::string> destinations = {}) {
    policy::NetworkAcl acl;
    acl.name = name;
    acl.priority = action == policy::AclAction::Deny ? 5 : 0;
    acl.action = action;
    acl.sourceNodes = {from};
    acl.destinationNodes = {to};
    acl.destinationCidrs = std::move(destinations);
    return acl;
}

bool passes(const World& world, const std::string& from, const std::string& to) {
    const Mirror mirror(world);
    const policy::PolicyMirror rules(mirror.registry());
    const TrafficRules traffic(rules.current(), mirror.registry(), NodeId("n0"));
    return traffic.accepts(net::IpAddress::parse(from).value(), net::IpAddress::parse(to).value());
}

constexpr auto kAccept = policy::AclAction::Accept;
constexpr auto kDeny = policy::AclAction::Deny;

TEST(TrafficRules, AskForARuleForEachDirection) {
    auto world = smallWorld();
    EXPECT_FALSE(passes(world, "172.16.0.2", "172.16.0.1")) << "no rule";

    world.rules.acls = {rule("a", kAccept, "n1", "n0")};
    EXPECT_TRUE(passes(world, "172.16.0.2", "172.16.0.1"));
    EXPECT_FALSE(passes(world, "172.16.0.1", "172.16.0.2"));
    EXPECT_FALSE(passes(world, "172.16.0.3", "172.16.0.1")) << "another node";
    EXPECT_TRUE(passes(world, "fd00:0:0:2::77", "fd00:0:0:1::1")) << "all that is the node's";
}

TEST(TrafficRules, TakeEachFamilyByItself) {
    auto world = smallWorld();
    world.rules.acls = {
        rule("a", kAccept, "*", "*"), rule("b", kDeny, "n1", "n0", {"172.16.0.0/12"})};

    EXPECT_FALSE(passes(world, "172.16.0.2", "172.16.0.1"));
    EXPECT_TRUE(passes(world, "fd00:0:0:2::1", "fd00:0:0:1::1"));
}

TEST(TrafficRules, DecideTransitByItsOwnPair) {
    auto world = smallWorld();
    world.rules.acls = {rule("a", kAccept, "*", "*"), rule("b", kDeny, "n1", "n2")};

    EXPECT_FALSE(passes(world, "172.16.0.2", "172.16.0.3"));
    EXPECT_TRUE(passes(world, "172.16.0.3", "172.16.0.2"));
}

TEST(TrafficRules, TakeANetworkForItsExit) {
    auto world = smallWorld();
    world.rules.acls = {
        rule("a", kAccept, "*", "*"), rule("b", kDeny, "n1", "n2", {"10.0.7.0/24"})};

    EXPECT_TRUE(passes(world, "172.16.0.2", "10.0.6.1"));
    EXPECT_FALSE(passes(world, "172.16.0.2", "10.0.7.1"));
    EXPECT_TRUE(passes(world, "10.0.7.1", "172.16.0.1"));
    world.rules.acls.push_back(rule("c", kDeny, "n2", "n0"));
    EXPECT_FALSE(passes(world, "10.0.7.1", "172.16.0.1"));
}

TEST(TrafficRules, TakeOtherDestinationsForThisNodeAndOtherSourcesForNobody) {
    auto world = smallWorld();
    world.rules.acls = {rule("a", kAccept, "n1", "n0")};

    EXPECT_TRUE(passes(world, "172.16.0.2", "192.0.2.1"));
    EXPECT_FALSE(passes(world, "192.0.2.1", "172.16.0.1"));
    world.rules.acls = {rule("a", kAccept, "*", "*")};
    EXPECT_FALSE(passes(world, "192.0.2.1", "172.16.0.1"));
}

TEST(TrafficRulesMirror, MakesThemAnewWhenOthersWouldComeOut) {
    auto world = smallWorld();
    world.rules.acls = {rule("a", kAccept, "*", "*")};
    Mirror mirror(world);
    const policy::PolicyMirror rules(mirror.registry());
    TrafficRulesMirror traffic;
    const auto watch = mirror.registry().onChange(
        [&](const storage::Registry::Change& change) { traffic.note(change, mirror.registry()); });
    const auto renew = [&] {
        return traffic.renew(rules.current(), mirror.registry(), NodeId("n0")) != nullptr;
    };
    EXPECT_EQ(traffic.renew(rules.current(), mirror.registry(), NodeId("n9")), nullptr)
        << "nothing is known yet";
    EXPECT_TRUE(renew());
    EXPECT_FALSE(renew());
    world.nodes["n1"].endpoint = "192.0.2.8";
    mirror.follow(world);
    EXPECT_FALSE(renew()) << "an endpoint";

    world.nodes["n1"].ipv4 = "172.16.0.9/32";
    mirror.follow(world);
    EXPECT_TRUE(renew()) << "an address";
    world.rules.acls.push_back(rule("b", kDeny, "n1", "n0"));
    mirror.follow(world);
    EXPECT_TRUE(renew()) << "a rule";
    world.routes.clear();
    mirror.follow(world);
    EXPECT_TRUE(renew()) << "a route";
    world.nodes.erase("n2");
    mirror.follow(world);
    EXPECT_TRUE(renew()) << "a node has gone";
}

}  // namespace
}  // namespace weft::mesh::network::tests
