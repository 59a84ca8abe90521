// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/object_diff.h"

#include "tests/core/mesh/changes/random_policy.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::AclAction;
using policy::Group;
using policy::NetworkAcl;
using policy::SubjectKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Edit editOf(std::optional<PolicyObject> before, std::optional<PolicyObject> after) {
    const auto ref = refOf(before ? *before : *after);
    return {ref, std::move(before), std::move(after)};
}

TEST(ObjectDiffTest, TellsWhoCameAndWhoWent) {
    const auto edit = editOf(
        Group{"laptops", {{"a", SubjectKind::Node}, {"b", SubjectKind::User}}},
        Group{
            "laptops",
            {{"a", SubjectKind::Node}, {"c", SubjectKind::Group}, {"*", SubjectKind::All}}});

    EXPECT_THAT(
        changesOf(edit), ElementsAre(FieldChange{"subjects", {"user b"}, {"group:c", "*"}}));
    EXPECT_EQ(summaryOf(edit), "group laptops: 2 members added, 1 removed");
    EXPECT_EQ(summaryOf(inverse(edit)), "group laptops: 1 member added, 2 removed");
}

TEST(ObjectDiffTest, TellsEachFieldOfAnAccessRule) {
    const NetworkAcl before{"all", 1, AclAction::Accept, {"*"}, {"x"}, {}, {"10.0.0.0/8"}};
    auto after = before;
    after.action = AclAction::Deny;
    EXPECT_EQ(summaryOf(editOf(before, after)), "networkacl all: action accept -> deny");
    after.destinationCidrs.clear();
    after.priority = -3;

    EXPECT_THAT(
        changesOf(editOf(before, after)),
        ElementsAre(
            FieldChange{"priority", {"1"}, {"-3"}},
            FieldChange{"action", {"accept"}, {"deny"}},
            FieldChange{"destinationCidrs", {"10.0.0.0/8"}, {}}));
    EXPECT_EQ(
        summaryOf(editOf(before, after)),
        "networkacl all: priority 1 -> -3; action accept -> deny; 1 destination network removed");
}

TEST(ObjectDiffTest, TellsRulesRoutesAndEdges) {
    using policy::Resource;
    using policy::Role;
    using policy::Verb;
    using storage::EdgeRecord;
    using storage::NodeId;
    using storage::RouteRecord;
    EXPECT_THAT(
        changesOf(editOf(
            Role{"r", {}}, Role{"r", {{{Resource::Votes}, {"a", "b"}, {Verb::Put, Verb::All}}}})),
        ElementsAre(FieldChange{"rules", {}, {"put,* votes named a,b"}}));
    const RouteRecord route{"office", "n", {*net::IpPrefix::parse("10.0.0.0/8")}};
    auto moved = route;
    moved.nextHopNode = "m\x1B";
    EXPECT_THAT(
        changesOf(editOf(route, moved)), ElementsAre(FieldChange{"nextHopNode", {}, {"m\x1B"}}));
    EXPECT_EQ(summaryOf(editOf(route, moved)), "route office: nextHopNode (nothing) -> m\\x1b");
    EXPECT_EQ(
        summaryOf(editOf(
            EdgeRecord{NodeId("a"), NodeId("b"), 1, {{"K", "1"}}},
            EdgeRecord{NodeId("a"), NodeId("b"), 2, {{"K", "2"}, {"L", "1"}}})),
        "edge a/b: weight 1 -> 2; 2 attributes added, 1 removed");
    EXPECT_EQ(
        summaryOf(editOf(
            policy::RoleBinding{"b", "r", {{"a", SubjectKind::Node}}},
            policy::RoleBinding{"b", "s", {{"a", SubjectKind::Node}}})),
        "rolebinding b: role r -> s");
}

TEST(ObjectDiffTest, TellsOfObjectsThatAreMadeAndRemoved) {
    const Group group{"a\nb", {{"a", SubjectKind::Node}, {"b", SubjectKind::Node}}};
    const auto made = editOf(std::nullopt, group);
    EXPECT_EQ(summaryOf(made), "group a\\x0ab: created");
    EXPECT_EQ(summaryOf(inverse(made)), "group a\\x0ab: deleted");
    EXPECT_THAT(changesOf(made), ElementsAre(FieldChange{"subjects", {}, {"a", "b"}}));
    EXPECT_THAT(changesOf(inverse(made)), ElementsAre(FieldChange{"subjects", {"a", "b"}, {}}));
}

TEST(ObjectDiffTest, TellsOrderAndCopiesApart) {
    const policy::Subject a{"a", SubjectKind::Node};
    const policy::Subject b{"b", SubjectKind::Node};
    const auto turned = editOf(Group{"g", {a, b}}, Group{"g", {b, a}});
    EXPECT_THAT(changesOf(turned), ElementsAre(FieldChange{"subjects"}));
    EXPECT_EQ(summaryOf(turned), "group g: subjects in another order");
    EXPECT_EQ(summaryOf(editOf(Group{"g", {a, a}}, Group{"g", {a}})), "group g: 1 member removed");
    EXPECT_EQ(summaryOf(editOf(Group{"g", {a}}, Group{"g", {a}})), "group g: no change");
    // Unknown counts as deny and reads like it.
    const NetworkAcl acl{"x", 0, AclAction::Unknown, {"*"}, {"*"}, {}, {}};
    auto deny = acl;
    deny.action = AclAction::Deny;
    EXPECT_EQ(summaryOf(editOf(acl, deny)), "networkacl x: changed");
}

TEST(ObjectDiffTest, TurnsRoundWithTheEdit) {
    RandomPolicy random(weft::tests::randomSeed());
    const auto set = random.set(100);
    for (const auto& edit : random.edits(set, 80)) {
        auto changes = changesOf(edit);
        const auto back = changesOf(inverse(edit));
        ASSERT_EQ(changes.size(), back.size()) << summaryOf(edit);
        for (auto& each : changes) {
            std::swap(each.removed, each.added);
        }
        EXPECT_EQ(changes, back) << summaryOf(edit);
        EXPECT_EQ(summaryOf(edit).find('\n'), std::string::npos);
    }
    EXPECT_THAT(changesOf({}), IsEmpty());
}

}  // namespace
}  // namespace weft::mesh::changes::tests
