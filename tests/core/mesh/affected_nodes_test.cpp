// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/affected_nodes.h"

#include "core/mesh/detail/change_records.h"
#include "tests/core/mesh/change_control_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace weft::tests {
namespace {

using mesh::NodeId;
using ::testing::ElementsAre;

mesh::policy::Group groupOf(const std::string& name, const std::vector<std::string>& nodes) {
    mesh::policy::Group group{name, {}};
    for (const auto& node : nodes) {
        group.subjects.push_back({node, mesh::policy::SubjectKind::Node});
    }
    return group;
}

mesh::policy::NetworkAcl ruleOf(
    const std::string& name, const std::string& from, const std::string& to) {
    auto rule = aclOf(name, mesh::policy::AclAction::Accept);
    rule.sourceNodes = {from};
    rule.destinationNodes = {to};
    return rule;
}

/// "alpha" with "bravo", "carol", "dora" and "emil", who all have an edge to it.
class AffectedNodesTest : public ChangeControlTest {
protected:
    AffectedNodesTest() {
        std::uint32_t number = 0;
        for (const auto* id : {"bravo", "carol", "dora", "emil"}) {
            join(id, ++number);
        }
    }

    std::vector<std::string> affected(const std::vector<Edit>& edits) {
        const auto applied = apply(edits);
        EXPECT_TRUE(applied.ok()) << applied.status();
        const auto changes = listed();
        std::vector<std::string> ids;
        for (const auto& id : mesh::detail::affectedNodes(
                 changes.front().record,
                 mesh_.host->registry(),
                 *mesh_.host->policy().current(),
                 NodeId("alpha"))) {
            ids.push_back(id.value());
        }
        return ids;
    }
};

TEST_F(AffectedNodesTest, NamesBothEndsOfARuleAndWhoPassesPacketsOn) {
    EXPECT_THAT(
        affected({edit(ruleOf("one", "bravo", "carol"))}), ElementsAre("alpha", "bravo", "carol"));
    // As it was and as it is.
    EXPECT_THAT(
        affected({edit(ruleOf("one", "bravo", "dora"))}),
        ElementsAre("alpha", "bravo", "carol", "dora"));
    EXPECT_THAT(
        affected({removal({mesh::policy::ObjectKind::NetworkAcl, "one"})}),
        ElementsAre("alpha", "bravo", "dora"));
}

TEST_F(AffectedNodesTest, TakesARuleForEverybodyAtItsWord) {
    EXPECT_EQ(affected({edit(ruleOf("all", "*", "carol"))}).size(), 5U);
}

TEST_F(AffectedNodesTest, FollowsAGroupToTheRulesThatNameIt) {
    EXPECT_THAT(affected({edit(groupOf("team", {"bravo"}))}), ElementsAre("alpha"));
    ASSERT_TRUE(apply({edit(ruleOf("team-dora", "group:team", "dora"))}).ok());

    EXPECT_THAT(
        affected({edit(groupOf("team", {"carol"}))}),
        ElementsAre("alpha", "bravo", "carol", "dora"));
}

TEST_F(AffectedNodesTest, FollowsAGroupInAGroup) {
    mesh::policy::Group outer{"outer", {{"inner", mesh::policy::SubjectKind::Group}}};
    ASSERT_TRUE(apply({edit(groupOf("inner", {"bravo"}))}).ok());
    ASSERT_TRUE(apply({edit(outer), edit(ruleOf("outer-dora", "group:outer", "dora"))}).ok());

    EXPECT_THAT(
        affected({edit(groupOf("inner", {"emil"}))}),
        ElementsAre("alpha", "bravo", "dora", "emil"));
}

TEST_F(AffectedNodesTest, TakesRoutesAndEdgesToConcernAll) {
    EXPECT_EQ(
        affected({edit(storage::RouteRecord{
                     "lan", "bravo", {net::IpPrefix::parse("192.168.7.0/24").value()}})})
            .size(),
        5U);
    EXPECT_EQ(
        affected({edit(storage::EdgeRecord{NodeId("bravo"), NodeId("carol"), 1})}).size(), 5U);
}

TEST_F(AffectedNodesTest, LeavesRolesToTheServer) {
    EXPECT_THAT(
        affected(
            {edit(roleOf("ops", {mesh::policy::Resource::Groups}, {mesh::policy::Verb::Put}))}),
        ElementsAre("alpha"));
}

TEST_F(AffectedNodesTest, TakesMoreRulesThanItLooksAtToConcernAll) {
    std::vector<Edit> edits;
    for (std::size_t number = 0; number < mesh::detail::kMostNamingRules; ++number) {
        edits.push_back(edit(ruleOf(fmt::format("rule-{}", number), "bravo", "carol")));
    }
    EXPECT_THAT(affected(edits), ElementsAre("alpha", "bravo", "carol"));
    edits.push_back(edit(ruleOf("one-more", "bravo", "carol")));
    for (auto& each : edits) {
        std::get<mesh::policy::NetworkAcl>(*each.after).priority = 7;
        each.before = stored(each.ref);
    }

    EXPECT_EQ(affected(edits).size(), 5U);
}

TEST_F(AffectedNodesTest, TakesAChangeWithoutItsObjectsToConcernAll) {
    mesh::ChangeRecord record;
    record.withoutObjects = true;
    EXPECT_EQ(
        mesh::detail::affectedNodes(
            record, mesh_.host->registry(), *mesh_.host->policy().current(), NodeId("alpha"))
            .size(),
        5U);
}

}  // namespace
}  // namespace weft::tests
