// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/explain.h"

#include "core/mesh/policy/records.h"

#include <gmock/gmock.h>

#include <array>
#include <utility>

namespace weft::mesh::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Nodes a, b and c, each with a key and both addresses; a-b and b-c are linked.
class ExplainTest : public ::testing::Test {
protected:
    ExplainTest() {
        putNode("a", 1);
        putNode("b", 2);
        putNode("c", 3);
        link("a", "b");
        link("b", "c");
    }

    void put(std::string key, std::string json) {
        registry_.apply(
            {{storage::Event::Kind::Put, std::move(key), std::move(json), ++revision_}});
    }
    void putNode(const std::string& id, std::uint8_t number, bool withKey = true) {
        storage::NodeRecord node;
        node.id = storage::NodeId(id);
        if (withKey) {
            std::array<std::uint8_t, 32> seed{};
            seed.fill(number);
            node.publicKey = crypto::NodeKey::fromSeed(seed)->publicKey();
        }
        node.privateIpv4 = *net::IpPrefix::parse("172.16.0." + std::to_string(number) + "/32");
        node.privateIpv6 = *net::IpPrefix::parse("fd00::" + std::to_string(number) + ":0/112");
        put(storage::nodeKey(node.id), storage::encodeNode(node));
    }
    void link(const std::string& left, const std::string& right) {
        for (const auto& [source, target] : {std::pair(left, right), std::pair(right, left)}) {
            const storage::EdgeRecord edge{
                .source = storage::NodeId(source), .target = storage::NodeId(target), .weight = 1};
            put(storage::edgeKey(edge.source, edge.target), storage::encodeEdge(edge));
        }
    }
    void route(const std::string& name, const std::string& node, const std::string& cidr) {
        put(std::string(storage::kRoutesPrefix) + name,
            storage::encodeRoute(
                {.name = name, .node = node, .destinations = {*net::IpPrefix::parse(cidr)}}));
    }
    void acl(const NetworkAcl& rule) {
        put(std::string(storage::kNetworkAclsPrefix) + rule.name, encode(rule));
    }
    void acceptAll() { acl(rule("open", 0, AclAction::Accept)); }
    static NetworkAcl rule(std::string name, std::int32_t priority, AclAction action) {
        return {
            .name = std::move(name),
            .priority = priority,
            .action = action,
            .sourceNodes = {"*"},
            .destinationNodes = {"*"},
            .sourceCidrs = {},
            .destinationCidrs = {}};
    }
    Explanation of(
        std::string_view from, std::string_view to, Dialect dialect = Dialect::Seed) const {
        auto explanation = explain(registry_, *compile(registry_, dialect), from, to);
        EXPECT_TRUE(explanation.ok()) << toString(explanation.status());
        return explanation.ok() ? *std::move(explanation) : Explanation{};
    }

    storage::Registry registry_;
    storage::Revision revision_ = 0;
};

TEST_F(ExplainTest, SaysThatNoRuleAcceptsAnything) {
    const auto explanation = of("a", "b");

    EXPECT_FALSE(explanation.tunnelPossible);
    EXPECT_TRUE(explanation.linked);
    EXPECT_EQ(
        explanation.summary,
        "a may not reach b: no rule accepts it, and b may not reach a: no rule accepts it.");
}

TEST_F(ExplainTest, SeesATunnelWhenBothDirectionsAreAccepted) {
    acceptAll();
    const auto explanation = of("a", "b");

    EXPECT_TRUE(explanation.tunnelPossible);
    EXPECT_EQ(explanation.summary, "a and b can have a tunnel.");
    ASSERT_EQ(explanation.forward.families.size(), 2U);
    const auto& v4 = explanation.forward.families[0];
    EXPECT_EQ(v4.family, net::Family::V4);
    EXPECT_EQ(v4.flow.source->toString(), "172.16.0.1/32");
    EXPECT_EQ(v4.trace.decidedBy, "open");
    EXPECT_TRUE(v4.referenceAccepts);
    EXPECT_EQ(explanation.backward.from, "b");
}

TEST_F(ExplainTest, SeesNoTunnelWhenOneDirectionIsDenied) {
    acceptAll();
    auto oneWay = rule("one-way", 5, AclAction::Deny);
    oneWay.sourceNodes = {"b"};
    oneWay.destinationNodes = {"a"};
    acl(oneWay);
    const auto explanation = of("a", "b");

    EXPECT_TRUE(explanation.forward.accepted);
    EXPECT_FALSE(explanation.backward.accepted);
    EXPECT_FALSE(explanation.tunnelPossible);
    EXPECT_EQ(
        explanation.summary,
        "No tunnel, although the other direction is accepted: b may not reach a: the rule one-way "
        "denies it.");
}

TEST_F(ExplainTest, TellsFamiliesApart) {
    auto onlyV6 = rule("v6", 0, AclAction::Accept);
    onlyV6.sourceCidrs = {"fd00::/16"};
    onlyV6.destinationCidrs = {"fd00::/16"};
    acl(onlyV6);
    const auto explanation = of("a", "b");

    EXPECT_FALSE(explanation.forward.families[0].trace.accepted);
    EXPECT_TRUE(explanation.forward.families[1].trace.accepted);
    EXPECT_TRUE(explanation.tunnelPossible);
}

TEST_F(ExplainTest, WithholdsADeniedRouteAndAtAReferenceTheWholeNode) {
    acceptAll();
    route("office", "b", "192.168.0.0/16");
    auto lab = rule("no-lab", 5, AclAction::Deny);
    lab.destinationCidrs = {"192.168.0.0/16"};
    acl(lab);

    const auto ours = of("a", "b");
    ASSERT_EQ(ours.forward.routes.size(), 1U);
    EXPECT_EQ(ours.forward.routes[0].route, "office");
    EXPECT_FALSE(ours.forward.routes[0].trace.accepted);
    EXPECT_EQ(ours.forward.routes[0].trace.decidedBy, "no-lab");
    EXPECT_TRUE(ours.tunnelPossible);

    const auto reference = of("a", "b", Dialect::Reference);
    EXPECT_TRUE(reference.forward.accepted);
    EXPECT_FALSE(reference.forward.peered);
    EXPECT_FALSE(reference.tunnelPossible);
    EXPECT_THAT(reference.summary, HasSubstr("because a route behind it is denied"));
}

TEST_F(ExplainTest, FollowsEdgesOverNodesThatMayBeReached) {
    acceptAll();
    const auto over = of("a", "c");
    EXPECT_FALSE(over.linked);
    EXPECT_FALSE(over.tunnelPossible);
    EXPECT_THAT(over.path, ElementsAre("a", "b", "c"));
    EXPECT_THAT(over.summary, HasSubstr("over 1 other nodes"));

    auto noB = rule("no-b", 5, AclAction::Deny);
    noB.sourceNodes = {"a"};
    noB.destinationNodes = {"b"};
    acl(noB);
    const auto cut = of("a", "c");
    EXPECT_THAT(cut.path, IsEmpty());
    EXPECT_THAT(cut.summary, HasSubstr("no edges lead from a to c"));
}

TEST_F(ExplainTest, KnowsANodeThatHasNotJoined) {
    acceptAll();
    putNode("d", 4, false);
    link("a", "d");
    const auto explanation = of("a", "d");

    EXPECT_FALSE(explanation.tunnelPossible);
    EXPECT_THAT(explanation.summary, HasSubstr("d has not joined yet"));
}

TEST_F(ExplainTest, WarnsWhereAReferenceNodeSaysSomethingElse) {
    auto open = rule("open", 0, AclAction::Accept);
    open.sourceNodes = {};
    acl(open);
    const auto explanation = of("a", "b");

    EXPECT_TRUE(explanation.forward.accepted);
    EXPECT_FALSE(explanation.forward.families[0].referenceAccepts);
}

TEST_F(ExplainTest, TakesAddressesAndRefusesWhatIsNoNode) {
    acceptAll();
    EXPECT_EQ(of("172.16.0.1", "fd00::2:0").forward.to, "b");

    const auto policy = compile(registry_);
    EXPECT_EQ(explain(registry_, *policy, "a", "z").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(explain(registry_, *policy, "", "a").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(
        explain(registry_, *policy, "a", "172.16.0.1").status().code(),
        StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::mesh::policy
