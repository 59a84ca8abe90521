// SPDX-License-Identifier: Apache-2.0
// What is common to all checks, names that nobody has, and administrators.
#include "core/mesh/changes/lint.h"

#include "tests/core/mesh/changes/lint_world.h"

#include <gmock/gmock.h>

#include <cstdint>

namespace weft::mesh::changes::tests {
namespace {

using policy::Group;
using policy::ObjectKind;
using policy::Role;
using policy::RoleBinding;
using policy::SubjectKind;
using storage::EdgeRecord;
using storage::NodeId;
using storage::RouteRecord;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(LintTest, SaysNothingOfAMeshInOrder) {
    LintWorld world;
    EXPECT_THAT(world.codes(), IsEmpty());
    EXPECT_TRUE(world.lint().isComplete);
}

TEST(LintTest, KeepsTheFirstFindingsAndCountsTheOthers) {
    LintWorld world;
    const auto add = [&world](std::size_t count) {
        for (std::size_t at = 0; at < count; ++at) {
            world.policy.put(groupOf("group-" + std::to_string(at), {"a", "missing"}));
        }
    };
    add(kMaxFindings);
    EXPECT_EQ(world.lint().findings.size(), kMaxFindings);
    EXPECT_EQ(world.lint().count, kMaxFindings);

    add(2 * kMaxFindings + 1);
    world.policy.remove({ObjectKind::RoleBinding, "mesh-admin"});
    const auto report = world.lint();
    EXPECT_EQ(report.findings.size(), kMaxFindings);
    EXPECT_EQ(report.count, 2 * kMaxFindings + 3);
    EXPECT_EQ(report.findings.front().severity, Severity::Error);
    EXPECT_EQ(report.findings[1].severity, Severity::Error);
    EXPECT_EQ(report.findings[2].ref.name, "group-0");
}

TEST(LintTest, EscapesNamesAndListsAFew) {
    LintWorld world;
    world.policy.put(groupOf("g\n", {"a", "m1", "m2", "m3", "m4", "m5", "m6"}));
    EXPECT_EQ(
        world.only("unknown-node").text,
        "g\\x0a names m1, m2, m3, m4, m5 and 1 more, and there is no such node");
    EXPECT_EQ(nameOf(Severity::Error), "error");
    EXPECT_EQ(nameOf(Severity::Warning), "warning");
    EXPECT_EQ(nameOf(Severity::Hint), "hint");
}

TEST(LintTest, LeavesComparisonsOutPastTheLimitOfRules) {
    LintWorld world;
    world.limits.comparedRules = 3;
    world.policy.put(accept("one", 5, {"a"}, {"*"}));
    world.policy.put(accept("two", 4, {"a"}, {"b"}));
    world.policy.put(groupOf("other", {"a", "missing"}));
    EXPECT_THAT(world.codes(), ElementsAre("shadowed of two", "unknown-node of other"));
    EXPECT_TRUE(world.lint().isComplete);

    world.policy.put(accept("three", 3, {"a"}, {"b"}));
    EXPECT_THAT(world.codes(), ElementsAre("unknown-node of other"));
    EXPECT_FALSE(world.lint().isComplete);
}

TEST(LintTest, LeavesComparisonsOutPastTheLimitOfMemory) {
    LintWorld world;
    world.policy.put(accept("one", 5, {"a"}, {"*"}));
    world.policy.put(accept("two", 4, {"a"}, {"b"}));
    // One word for each side of three rules, and one to number the names.
    world.limits.setBytes = 7 * sizeof(std::uint64_t);
    EXPECT_THAT(world.codes(), ElementsAre("shadowed of two"));
    EXPECT_TRUE(world.lint().isComplete);
    world.limits.setBytes -= 1;
    EXPECT_THAT(world.codes(), IsEmpty());
    EXPECT_FALSE(world.lint().isComplete);
}

TEST(LintTest, LeavesPairsOutPastTheLimitOfNodes) {
    LintWorld world;
    world.limits.pairedNodes = 5;
    world.policy.put(accept("default-accept", 0, {"a"}, {"b"}));
    world.addNode("e");
    EXPECT_THAT(world.codes(), ElementsAre("one-sided of default-accept"));
    EXPECT_TRUE(world.lint().isComplete);
    world.addNode("f");
    EXPECT_THAT(world.codes(), IsEmpty());
    EXPECT_FALSE(world.lint().isComplete);
}

TEST(LintTest, LeavesRoutesOutPastTheLimitOfVerdicts) {
    LintWorld world;
    auto acl = accept("default-accept", 0, {"*"}, {"*"});
    acl.destinationCidrs = {"172.16.0.0/12", "10.2.0.0/16"};
    world.policy.put(acl);
    // Nodes whom the rules take for one another share a verdict.
    world.policy.put(routeOf("office", "a", {"10.2.0.0/16", "10.3.0.0/16"}));
    world.limits.routeVerdicts = 2;
    EXPECT_THAT(world.codes(), ElementsAre("route-hides-node of office"));
    EXPECT_TRUE(world.lint().isComplete);
    world.limits.routeVerdicts = 1;
    EXPECT_THAT(world.codes(), IsEmpty());
    EXPECT_FALSE(world.lint().isComplete);
}

TEST(LintNames, FindsGroupsThatDoNotExist) {
    LintWorld world;
    world.policy.put(accept("rule", 5, {"a", "group:gone"}, {"*"}));
    world.policy.put(Group{"nest", {{"a", SubjectKind::Node}, {"gone", SubjectKind::Group}}});
    world.policy.put(RoleBinding{
        "bind", "mesh-admin", {{"a", SubjectKind::Node}, {"gone", SubjectKind::Group}}});
    world.policy.put(routeOf("route", "group:gone", {"10.0.0.0/24"}));
    std::vector<std::string> found;
    for (const auto& finding : world.lint().findings) {
        if (finding.code == "unknown-group") {
            found.push_back(finding.ref.name);
            world.policy.apply(finding.fix);
        }
    }
    EXPECT_THAT(found, ElementsAre("bind", "nest", "rule", "route"));
    EXPECT_EQ(*world.policy.find<policy::NetworkAcl>("rule"), accept("rule", 5, {"a"}, {"*"}));
    EXPECT_EQ(world.only("unknown-group").ref.name, "route");
    EXPECT_THAT(world.only("unknown-group").fix, IsEmpty());
}

TEST(LintNames, FindsNodesThatDoNotExist) {
    LintWorld world;
    world.policy.put(accept("rule", 5, {"a", "gone"}, {"*"}));
    world.policy.put(groupOf("group", {"a", "gone"}));
    world.policy.put(
        RoleBinding{"bind", "mesh-admin", {{"a", SubjectKind::Node}, {"gone", SubjectKind::Node}}});
    world.policy.put(routeOf("route", "gone", {"10.0.0.0/24"}));
    auto hop = routeOf("hop", "a", {"10.0.1.0/24"});
    hop.nextHopNode = "gone";
    world.policy.put(hop);
    // A user is known nowhere.
    world.policy.put(RoleBinding{"user", "mesh-admin", {{"gone", SubjectKind::User}}});
    std::vector<std::string> found;
    for (const auto& finding : world.lint().findings) {
        if (finding.code == "unknown-node") {
            found.push_back(finding.ref.name);
            world.policy.apply(finding.fix);
        }
    }
    EXPECT_THAT(found, ElementsAre("bind", "group", "rule", "hop", "route"));
    EXPECT_EQ(world.policy.find<RouteRecord>("hop")->nextHopNode, "");
    EXPECT_EQ(world.only("unknown-node").ref.name, "route");
}

TEST(LintNames, DropsNothingWhenTheListWouldBeLeftEmpty) {
    LintWorld world;
    world.policy.put(accept("rule", 5, {"group:gone"}, {"a", "group:gone"}));
    EXPECT_THAT(world.only("unknown-group").fix, IsEmpty());
    EXPECT_THAT(world.only("unknown-group").fixText, IsEmpty());
    world.policy.put(accept("rule", 5, {"group:gone", "b"}, {"a", "group:gone"}));
    EXPECT_TRUE(world.fixHelps("unknown-group"));
}

TEST(LintNames, FindsRolesThatDoNotExist) {
    LintWorld world;
    world.policy.put(RoleBinding{"bind", "gone", {{"a", SubjectKind::Node}}});
    EXPECT_THAT(world.only("unknown-role").text, HasSubstr("role gone"));
    EXPECT_TRUE(world.fixHelps("unknown-role"));
    EXPECT_EQ(world.policy.find<RoleBinding>("bind"), nullptr);
}

TEST(LintRoles, WantsSomebodyWithAllRights) {
    LintWorld world;
    world.administrator = "a";
    world.policy.put(RoleBinding{"mesh-admin", "mesh-admin", {{"gone", SubjectKind::Node}}});
    world.keepPolicy();
    EXPECT_THAT(
        world.codes(),
        ElementsAre("admin-binding-empty of mesh-admin", "no-administrator of mesh-admin"));
    EXPECT_TRUE(world.fixHelps("no-administrator"));
    EXPECT_THAT(world.codes(), ElementsAre("admin-binding-empty of mesh-admin"));
    // It is sealed.
    EXPECT_THAT(world.only("admin-binding-empty").fix, IsEmpty());
}

TEST(LintRoles, CountsAdministratorsInGroupsOfGroups) {
    LintWorld world;
    const auto bind = [&world](const Group& inner) {
        world.policy.put(inner);
        world.policy.put(Group{"outer", {{inner.name, SubjectKind::Group}}});
        world.policy.put(RoleBinding{"mesh-admin", "mesh-admin", {{"outer", SubjectKind::Group}}});
        return world.codes();
    };
    EXPECT_THAT(bind(groupOf("inner", {"a"})), IsEmpty());
    EXPECT_THAT(bind(Group{"inner", {{"somebody", SubjectKind::User}}}), IsEmpty());
    EXPECT_THAT(bind(Group{"inner", {{"*", SubjectKind::All}}}), IsEmpty());
    EXPECT_THAT(
        bind(Group{"inner", {{"outer", SubjectKind::Group}}}),
        ElementsAre("admin-binding-empty of mesh-admin", "no-administrator of mesh-admin"));
}

TEST(LintRoles, TakesNoPartOfTheRightsForAllOfThem) {
    LintWorld world;
    world.policy.put(Role{"mesh-admin", {{{policy::Resource::All}, {"one"}, {policy::Verb::All}}}});
    EXPECT_THAT(world.codes(), ElementsAre("no-administrator of mesh-admin"));
    EXPECT_THAT(world.only("no-administrator").fix, IsEmpty());
    world.policy.put(Role{"mesh-admin", {{{policy::Resource::All}, {"*"}, {policy::Verb::All}}}});
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintRoles, TellsWhoeverWouldLockItselfOut) {
    LintWorld world;
    world.policy.put(RoleBinding{"more", "mesh-admin", {{"a", SubjectKind::Node}}});
    world.keepPolicy();
    world.administrator = "a";
    EXPECT_THAT(world.codes(), IsEmpty());

    world.policy.remove({ObjectKind::RoleBinding, "more"});
    EXPECT_EQ(
        world.only("editor-locked-out").text,
        "a would lose the right to put roles, put rolebindings, put networkacls, and could not "
        "take this back");
    EXPECT_TRUE(world.fixHelps("editor-locked-out"));
    // Somebody who never had the right loses none.
    world.administrator = "b";
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintRoles, GivesNoMoreRightsBackThanThereWere) {
    LintWorld world;
    world.policy.put(Role{"some", {{{policy::Resource::Roles}, {}, {policy::Verb::Put}}}});
    world.policy.put(RoleBinding{"more", "some", {{"a", SubjectKind::Node}}});
    world.keepPolicy();
    world.administrator = "a";
    world.policy.remove({ObjectKind::RoleBinding, "more"});
    EXPECT_THAT(world.only("editor-locked-out").fix, IsEmpty());
}

TEST(LintGraph, NamesNodesThatOthersDependOn) {
    LintWorld world;
    world.addNode("e");
    world.addNode("f");
    world.addNode("g");
    world.policy.put(EdgeRecord{NodeId("d"), NodeId("e")});
    world.policy.put(EdgeRecord{NodeId("e"), NodeId("f")});
    world.policy.put(EdgeRecord{NodeId("e"), NodeId("g")});
    world.policy.put(EdgeRecord{NodeId("f"), NodeId("g")});
    EXPECT_THAT(
        world.codes(),
        ElementsAre("single-link of d/e", "single-point of d/e", "single-point of e/f"));
    EXPECT_THAT(world.only("single-link").text, HasSubstr("3 nodes on the smaller side"));
    for (const auto& finding : world.lint().findings) {
        if (finding.ref.name == "d" && finding.code == "single-point") {
            EXPECT_EQ(finding.text, "without d 3 nodes would be cut off from the others");
        }
        if (finding.ref.name == "e") {
            EXPECT_EQ(finding.text, "without e 2 nodes would be cut off from the others");
        }
    }
    world.policy.put(EdgeRecord{NodeId("a"), NodeId("f")});
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintGraph, LooksAtNodesThatTakePartAlone) {
    LintWorld world;
    world.addNode("placeholder", false);
    world.policy.put(EdgeRecord{NodeId("a"), NodeId("placeholder")});
    world.policy.put(EdgeRecord{NodeId("a"), NodeId("nobody")});
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintGraph, FollowsLongChains) {
    constexpr std::size_t kNodes = 3000;
    LintWorld world;
    std::string before = "d";
    for (std::size_t at = 0; at < kNodes; ++at) {
        const auto id = "n" + std::to_string(at);
        world.addNode(id);
        world.policy.put(EdgeRecord{NodeId(before), NodeId(id)});
        before = id;
    }
    const auto report = world.lint();
    // d and all but the last; the edges between them, but for the last one.
    EXPECT_EQ(report.count, 2 * kNodes - 1);
    EXPECT_THAT(report.findings.front().text, AllOf(HasSubstr("cut off"), Not(HasSubstr(" 0 "))));
}

}  // namespace
}  // namespace weft::mesh::changes::tests
