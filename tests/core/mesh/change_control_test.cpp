// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/change_control_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::NodeId;
using mesh::PolicyObject;
using mesh::policy::AclAction;
using mesh::policy::Group;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Group groupOf(const std::string& name, std::vector<std::string> nodes) {
    Group group{name, {}};
    for (auto& node : nodes) {
        group.subjects.push_back({std::move(node), SubjectKind::Node});
    }
    return group;
}

/// A rule about all nodes.
mesh::policy::NetworkAcl ruleOf(const std::string& name, AclAction action) {
    auto acl = aclOf(name, action);
    acl.sourceNodes = {"*"};
    acl.destinationNodes = {"*"};
    return acl;
}

storage::EdgeRecord edgeOf(const std::string& one, const std::string& other, int weight) {
    return {NodeId(one), NodeId(other), weight};
}

TEST_F(ChangeControlTest, MakesSeveralEditsInOneRevision) {
    join("bravo", 2);
    const auto before = mesh_.store->revision();
    const auto role = roleOf("operators", {Resource::Routes}, {Verb::Put});

    const auto applied = apply(
        {edit(role),
         edit(bindingOf("operators", "operators", "bravo")),
         edit(groupOf("laptops", {"bravo"})),
         edit(ruleOf("laptops", AclAction::Deny)),
         edit(edgeOf("bravo", "alpha", 7))});

    ASSERT_TRUE(applied.ok()) << applied.status();
    EXPECT_EQ(applied->id, 1U);
    EXPECT_EQ(mesh_.store->revision(), before + 1);
    EXPECT_TRUE(stored({ObjectKind::RoleBinding, "operators"}));
    EXPECT_EQ(mesh_.host->registry().edge(NodeId("alpha"), NodeId("bravo"))->weight, 7);
    EXPECT_EQ(mesh_.host->registry().edge(NodeId("bravo"), NodeId("alpha"))->weight, 7);
    ASSERT_THAT(listed(), SizeIs(1));
    EXPECT_EQ(listed()[0].record.identity, "alpha");
    EXPECT_EQ(listed()[0].record.note, "why");
    EXPECT_THAT(listed()[0].record.objects, SizeIs(5));
}

TEST_F(ChangeControlTest, MakesNothingWhenOneEditIsRefused) {
    const auto before = present().fingerprint();
    const auto revision = mesh_.store->revision();

    const auto refused =
        apply({edit(groupOf("laptops", {"alpha"})), edit(bindingOf("x", "no-such-role", "alpha"))});

    EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("no-such-role"));
    EXPECT_EQ(present().fingerprint(), before);
    EXPECT_EQ(mesh_.store->revision(), revision);
    EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(ChangeControlTest, NamesWhatOthersHaveChangedMeanwhile) {
    ASSERT_TRUE(put(groupOf("laptops", {"alpha"})).ok());
    const auto stale = edit(groupOf("laptops", {"bravo"}));
    ASSERT_TRUE(put(groupOf("laptops", {"charlie"})).ok());

    const auto refused = apply({stale, edit(groupOf("cameras", {"bravo"}))});

    EXPECT_EQ(refused.status().code(), StatusCode::kAborted);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("group laptops"));
    EXPECT_FALSE(stored({ObjectKind::Group, "cameras"}));
    // What is wanted already is no conflict.
    const Edit done{stale.ref, stale.before, groupOf("laptops", {"charlie"})};
    const auto nothing = apply({done});
    ASSERT_TRUE(nothing.ok()) << nothing.status();
    EXPECT_EQ(nothing->id, 0U);
}

TEST_F(ChangeControlTest, AsksForEachRightOnItsOwn) {
    join("bravo", 2);
    grant("bravo", roleOf("groups", {Resource::Groups}, {Verb::Put}));

    EXPECT_TRUE(apply({edit(groupOf("laptops", {"bravo"}))}, 0s, "bravo").ok());
    const auto refused = apply(
        {edit(groupOf("cameras", {"bravo"})), edit(ruleOf("all", AclAction::Accept))}, 0s, "bravo");
    EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(
        apply({removal({ObjectKind::Group, "laptops"})}, 0s, "bravo").status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(
        control_->list(0, 0, certificateOf("bravo")).status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(control_->list(0, 0, nobody()).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(ChangeControlTest, LetsNobodyGrantWhatTheyDoNotHoldInTwoSteps) {
    join("bravo", 2);
    grant(
        "bravo",
        roleOf(
            "helpers", {Resource::Groups, Resource::RoleBindings, Resource::Roles}, {Verb::Put}));
    ASSERT_TRUE(put(groupOf("staff", {"alpha"})).ok());
    const auto all = roleOf("everything", {Resource::All}, {Verb::All});

    // A new role and its binding; a binding of a stronger role to a group that one is in.
    EXPECT_EQ(
        apply({edit(all), edit(bindingOf("mine", "everything", "bravo"))}, 0s, "bravo")
            .status()
            .code(),
        StatusCode::kPermissionDenied);
    ASSERT_TRUE(put(all).ok());
    ASSERT_TRUE(put(PolicyObject(mesh::policy::RoleBinding{
                        "staff", "everything", {{"staff", SubjectKind::Group}}}))
                    .ok());
    EXPECT_EQ(
        apply({edit(groupOf("staff", {"alpha", "bravo"}))}, 0s, "bravo").status().code(),
        StatusCode::kPermissionDenied);
}

TEST_F(ChangeControlTest, RefusesToLeaveNamesBehind) {
    ASSERT_TRUE(put(groupOf("laptops", {"alpha"})).ok());
    auto acl = aclOf("no-laptops", AclAction::Deny);
    acl.sourceNodes = {"group:laptops"};
    ASSERT_TRUE(put(acl).ok());

    const auto refused = apply({removal({ObjectKind::Group, "laptops"})});
    EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("networkacl no-laptops"));
    EXPECT_TRUE(apply({removal({ObjectKind::Group, "laptops"}),
                       removal({ObjectKind::NetworkAcl, "no-laptops"})})
                    .ok());
    EXPECT_EQ(
        apply({edit(bindingOf("x", "mesh-admin", "alpha")),
               removal({ObjectKind::RoleBinding, "mesh-admin"})})
            .status()
            .code(),
        StatusCode::kInvalidArgument);
}

TEST_F(ChangeControlTest, RefusesWhatIsNoChange) {
    const auto group = edit(groupOf("laptops", {"alpha"}));
    EXPECT_EQ(apply({group, group}).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        apply({{{ObjectKind::Group, "cameras"}, {}, group.after}}).status().code(),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(
        apply({{{ObjectKind::Group, "a/b"}, {}, {}}}).status().code(),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(
        apply({group}, mesh::kMaxRevertAfter + 1s).status().code(), StatusCode::kInvalidArgument);
    std::vector<Edit> many;
    for (std::size_t number = 0; number <= mesh::kMaxChangeEdits; ++number) {
        many.push_back(edit(groupOf(fmt::format("g{}", number), {"alpha"})));
    }
    EXPECT_EQ(apply(many).status().code(), StatusCode::kResourceExhausted);
    many.pop_back();
    EXPECT_TRUE(apply(many).ok());
}

TEST_F(ChangeControlTest, TakesBackWhatNobodyConfirms) {
    const auto before = present().fingerprint();
    const auto applied = apply({edit(ruleOf("all", AclAction::Deny))}, 30s);
    ASSERT_TRUE(applied.ok()) << applied.status();
    EXPECT_TRUE(applied->revertAt);
    EXPECT_NE(present().fingerprint(), before);
    EXPECT_EQ(listed()[0].revertAt, applied->revertAt);

    advance(29s);
    EXPECT_NE(present().fingerprint(), before);
    advance(1s);
    EXPECT_EQ(present().fingerprint(), before);
    ASSERT_THAT(listed(), SizeIs(2));
    EXPECT_EQ(listed()[0].record.verb, "auto-revert");
    EXPECT_EQ(listed()[0].record.reverts, 1U);
    EXPECT_THAT(listed()[1].revertedBy, ElementsAre(2U));
    EXPECT_FALSE(listed()[1].revertAt);
    EXPECT_EQ(confirm(1).code(), StatusCode::kNotFound);
}

TEST_F(ChangeControlTest, KeepsWhatWasConfirmed) {
    ASSERT_TRUE(apply({edit(ruleOf("all", AclAction::Deny))}, 30s).ok());
    const auto after = present().fingerprint();
    EXPECT_EQ(confirm(2).code(), StatusCode::kNotFound);
    ASSERT_TRUE(confirm(1).ok());
    advance(60s);
    EXPECT_EQ(present().fingerprint(), after);
    EXPECT_THAT(listed(), SizeIs(1));
}

TEST_F(ChangeControlTest, LetsOthersConfirmNothing) {
    join("bravo", 2);
    join("charlie", 3);
    grant("bravo", roleOf("groups", {Resource::Groups}, {Verb::Put}));
    const auto applied = apply({edit(groupOf("laptops", {"bravo"}))}, 30s, "bravo");
    ASSERT_TRUE(applied.ok()) << applied.status();

    EXPECT_EQ(confirm(applied->id, "charlie").code(), StatusCode::kPermissionDenied);
    ASSERT_TRUE(put(bindingOf("also", "groups", "charlie")).ok());
    EXPECT_EQ(confirm(applied->id, "charlie").code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(confirm(applied->id, "bravo").ok());
}

TEST_F(ChangeControlTest, WaitsForOneConfirmationAtATime) {
    ASSERT_TRUE(apply({edit(ruleOf("one", AclAction::Deny))}, 30s).ok());
    const auto second = apply({edit(ruleOf("two", AclAction::Deny))});
    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr("change 1 of alpha waits"));
    // By hand and before the time.
    ASSERT_TRUE(revert(1).ok());
    EXPECT_FALSE(stored({ObjectKind::NetworkAcl, "one"}));
    EXPECT_TRUE(apply({edit(ruleOf("two", AclAction::Deny))}).ok());
    advance(60s);
    EXPECT_TRUE(stored({ObjectKind::NetworkAcl, "two"}));
}

TEST_F(ChangeControlTest, TakesBackAfterARestart) {
    const auto before = present().fingerprint();
    ASSERT_TRUE(apply({edit(ruleOf("one", AclAction::Deny))}, 30s).ok());
    control_.reset();
    advance(10s);
    restart();
    advance(19s);
    EXPECT_NE(present().fingerprint(), before);
    advance(1s);
    EXPECT_EQ(present().fingerprint(), before);

    ASSERT_TRUE(apply({edit(ruleOf("two", AclAction::Deny))}, 30s).ok());
    control_.reset();
    advance(1h);
    restart();
    advance(1ms);
    EXPECT_EQ(present().fingerprint(), before);
}

TEST_F(ChangeControlTest, TakesBackFromWhoLockedThemselvesOut) {
    join("bravo", 2);
    grant("bravo", roleOf("rules", {Resource::All}, {Verb::All}));
    const auto before = present().fingerprint();
    const auto applied = apply({removal({ObjectKind::RoleBinding, "rules"})}, 30s, "bravo");
    ASSERT_TRUE(applied.ok()) << applied.status();
    EXPECT_EQ(
        revert(applied->id, false, {}, "bravo").status().code(), StatusCode::kPermissionDenied);
    advance(30s);
    EXPECT_EQ(present().fingerprint(), before);
}

TEST_F(ChangeControlTest, LeavesAloneWhatOthersChangedBeforeItTakesBack) {
    ASSERT_TRUE(put(groupOf("laptops", {"alpha"})).ok());
    ASSERT_TRUE(
        apply(
            {edit(groupOf("laptops", {"alpha", "bravo"})), edit(groupOf("cameras", {"charlie"}))},
            30s)
            .ok());
    ASSERT_TRUE(put(groupOf("laptops", {"delta"})).ok());

    advance(30s);

    EXPECT_FALSE(stored({ObjectKind::Group, "cameras"}));
    EXPECT_EQ(stored({ObjectKind::Group, "laptops"}), PolicyObject(groupOf("laptops", {"delta"})));
    ASSERT_EQ(listed()[0].record.verb, "auto-revert");
    EXPECT_THAT(listed()[0].record.leftAlone, ElementsAre("group laptops: it was changed since"));
}

TEST_F(ChangeControlTest, UndoesOneObjectOfAChange) {
    ASSERT_TRUE(apply({edit(groupOf("laptops", {"alpha"})), edit(groupOf("cameras", {"b"}))}).ok());
    const auto undone = revert(1, false, {{ObjectKind::Group, "cameras"}});
    ASSERT_TRUE(undone.ok()) << undone.status();
    EXPECT_FALSE(stored({ObjectKind::Group, "cameras"}));
    EXPECT_TRUE(stored({ObjectKind::Group, "laptops"}));
    // And takes that back too.
    ASSERT_TRUE(revert(undone->id).ok());
    EXPECT_TRUE(stored({ObjectKind::Group, "cameras"}));
    EXPECT_EQ(revert(99).status().code(), StatusCode::kNotFound);
}

TEST_F(ChangeControlTest, RefusesToUndoWhatOthersHaveChangedSince) {
    ASSERT_TRUE(put(groupOf("laptops", {"alpha"})).ok());
    ASSERT_TRUE(put(groupOf("laptops", {"alpha", "bravo"})).ok());
    const auto refused = revert(1);
    EXPECT_EQ(refused.status().code(), StatusCode::kAborted);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("group laptops"));
    ASSERT_TRUE(revert(2).ok());
    ASSERT_TRUE(revert(1).ok());
    EXPECT_FALSE(stored({ObjectKind::Group, "laptops"}));
}

TEST_F(ChangeControlTest, RemembersWhatGoesAlongWithAnObject) {
    ASSERT_TRUE(put(groupOf("laptops", {"alpha"})).ok());
    auto acl = aclOf("no-laptops", AclAction::Deny);
    acl.sourceNodes = {"group:laptops"};
    ASSERT_TRUE(put(acl).ok());
    const auto before = present().fingerprint();
    ASSERT_TRUE(remove({ObjectKind::Group, "laptops"}).ok());
    EXPECT_FALSE(stored({ObjectKind::NetworkAcl, "no-laptops"}));

    ASSERT_TRUE(revert(listed()[0].record.id).ok());
    EXPECT_EQ(present().fingerprint(), before);
}

TEST_F(ChangeControlTest, BringsBackWhatANodeHadAsFarAsItCan) {
    join("bravo", 2);
    ASSERT_TRUE(put(edgeOf("alpha", "bravo", 5)).ok());
    ASSERT_TRUE(put(groupOf("laptops", {"alpha", "bravo"})).ok());
    ASSERT_TRUE(expel("bravo").ok());
    const auto removal = listed()[0].record;
    ASSERT_EQ(removal.verb, "remove");

    EXPECT_EQ(revert(removal.id).status().code(), StatusCode::kFailedPrecondition);
    const auto some = revert(removal.id, true);

    ASSERT_TRUE(some.ok()) << some.status();
    EXPECT_THAT(some->leftAlone, ElementsAre(HasSubstr("there is no node bravo")));
    EXPECT_EQ(
        stored({ObjectKind::Group, "laptops"}),
        PolicyObject(groupOf("laptops", {"alpha", "bravo"})));
}

TEST_F(ChangeControlTest, ForgetsTheOldestChangesAndNoNumber) {
    for (std::size_t number = 0; number <= mesh::kMaxChangeRecords; ++number) {
        ASSERT_TRUE(put(groupOf("laptops", {fmt::format("n{}", number)})).ok());
    }
    const auto changes = listed();
    EXPECT_EQ(changes.size(), mesh::kMaxChangeRecords);
    EXPECT_EQ(changes.front().record.id, mesh::kMaxChangeRecords + 1);
    EXPECT_EQ(changes.back().record.id, 2U);
    EXPECT_THAT(control_->list(4, 0, certificateOf("alpha")).value(), SizeIs(2));
    EXPECT_THAT(control_->list(0, 3, certificateOf("alpha")).value(), SizeIs(3));
}

TEST_F(ChangeControlTest, KeepsNoObjectsOfAChangeThatIsTooLarge) {
    Group large{"large", {}};
    for (int number = 0; number < 9'000; ++number) {
        large.subjects.push_back(
            {fmt::format("a-rather-long-name-of-a-node-{:06}", number), SubjectKind::Node});
    }
    EXPECT_EQ(apply({edit(large)}, 30s).status().code(), StatusCode::kResourceExhausted);
    ASSERT_TRUE(apply({edit(large)}).ok());
    EXPECT_TRUE(listed()[0].record.withoutObjects);
    EXPECT_EQ(revert(1).status().code(), StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace weft::tests
