// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/policy.h"

#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/policy/records.h"

#include <gmock/gmock.h>

namespace weft::mesh::policy {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A registry whose records a test writes one by one.
class Records {
public:
    void put(std::string_view prefix, std::string_view name, std::string json) {
        const auto key = std::string(prefix).append(name);
        registry_.apply({{storage::Event::Kind::Put, key, std::move(json), ++revision_}});
    }
    void erase(std::string_view prefix, std::string_view name) {
        const auto key = std::string(prefix).append(name);
        registry_.apply({{storage::Event::Kind::Delete, key, "", ++revision_}});
    }
    /// alice is in the group "team", which has the role "ops", which may put routes; the team may
    /// reach everybody.
    void fill() {
        put(storage::kRolesPrefix,
            "ops",
            encode(Role{.name = "ops", .rules = {{{Resource::Routes}, {}, {Verb::Put}}}}));
        put(storage::kRoleBindingsPrefix,
            "b",
            encode(RoleBinding{
                .name = "b", .role = "ops", .subjects = {{"team", SubjectKind::Group}}}));
        put(storage::kGroupsPrefix,
            "team",
            encode(Group{.name = "team", .subjects = {{"alice", SubjectKind::Node}}}));
        put(storage::kNetworkAclsPrefix,
            "a",
            encode(NetworkAcl{
                .name = "a",
                .action = AclAction::Accept,
                .sourceNodes = {"group:team"},
                .destinationNodes = {"*"},
                .sourceCidrs = {},
                .destinationCidrs = {}}));
    }

    const storage::Registry& registry() const { return registry_; }

private:
    storage::Registry registry_;
    storage::Revision revision_ = 0;
};

const Action kPutRoute{Verb::Put, Resource::Routes, "x"};
const Flow kToBob{.sourceNode = "alice", .destinationNode = "bob"};

TEST(Policy, IsCompiledFromWhatIsStored) {
    Records records;
    records.fill();
    const auto policy = compile(records.registry());

    EXPECT_TRUE(policy->roles().decide({.id = "alice"}, kPutRoute).allowed);
    EXPECT_FALSE(policy->roles().decide({.id = "bob"}, kPutRoute).allowed);
    EXPECT_TRUE(policy->network().accepts(kToBob));
    EXPECT_THAT(policy->groups(), ElementsAre(Field(&Group::name, "team")));
    EXPECT_THAT(policy->problems(), IsEmpty());
    EXPECT_EQ(policy->unreadable(), 0U);
}

TEST(Policy, AllowsNothingWhileNothingIsStored) {
    const Policy policy;

    EXPECT_FALSE(policy.roles().decide({.id = "alice"}, kPutRoute).allowed);
    EXPECT_FALSE(policy.network().accepts(kToBob));
}

TEST(Policy, LeavesOutWhatDoesNotReadAndSaysSo) {
    Records records;
    records.put(storage::kRolesPrefix, "ops", "{");
    records.put(storage::kRoleBindingsPrefix, "b", R"({"name":"other","role":"ops"})");
    records.put(storage::kGroupsPrefix, "g", R"({"name":"g","colour":"red"})");
    records.put(
        storage::kNetworkAclsPrefix,
        "a",
        R"({"name":"a","action":"ACTION_ACCEPT","sourceNodes":["*"],"destinationNodes":["*"],)"
        R"("sourceCidrs":["10.0.0.0"]})");
    const auto policy = compile(records.registry());

    EXPECT_EQ(policy->unreadable(), 4U);
    EXPECT_EQ(policy->problemCount(), 4U);
    EXPECT_FALSE(policy->network().accepts(kToBob));
    ASSERT_EQ(policy->problems().size(), 4U);
    EXPECT_EQ(policy->problems()[0].object, "groups/g");
    EXPECT_THAT(policy->problems()[0].text, HasSubstr("it is left out"));
    EXPECT_EQ(policy->problems()[1].object, "network-acls/a");
    EXPECT_THAT(policy->problems()[1].text, HasSubstr("10.0.0.0"));
    EXPECT_EQ(policy->problems()[2].text, "it is left out: it calls itself other");
    EXPECT_EQ(policy->problems()[3].object, "roles/ops");
}

TEST(Policy, SwitchesRulesOffForTheExactTextAlone) {
    for (const std::string text : {"true", "false", "enabled", "True", "1", "true\n"}) {
        Records records;
        records.put(storage::kRbacDisabledKey, "", text);
        const auto policy = compile(records.registry());

        EXPECT_EQ(policy->roles().rbacDisabled(), text == "true") << text;
        EXPECT_EQ(policy->problemCount(), text == "true" ? 0U : 1U) << text;
    }
}

TEST(Policy, KeepsNoMoreProblemsThanItsLimit) {
    Records records;
    for (std::size_t at = 0; at <= Policy::kMaxProblems; ++at) {
        records.put(storage::kRolesPrefix, std::to_string(at), "{");
    }
    const auto policy = compile(records.registry());

    EXPECT_EQ(policy->problems().size(), Policy::kMaxProblems);
    EXPECT_EQ(policy->problemCount(), Policy::kMaxProblems + 1);
    EXPECT_EQ(policy->unreadable(), Policy::kMaxProblems + 1);
}

/// Held on to: the mirror goes on to the next.
std::shared_ptr<const Policy> snapshotOf(const PolicyMirror& mirror) {
    return mirror.current();
}

TEST(PolicyMirror, CompilesOnlyWhatChanged) {
    Records records;
    const PolicyMirror mirror(records.registry());
    records.fill();
    const auto before = snapshotOf(mirror);

    EXPECT_EQ(mirror.current(), before);

    records.put(
        storage::kRoleBindingsPrefix,
        "c",
        encode(RoleBinding{.name = "c", .role = "ops", .subjects = {{"bob", SubjectKind::User}}}));
    const auto after = snapshotOf(mirror);
    EXPECT_NE(&after->roles(), &before->roles());
    EXPECT_EQ(&after->network(), &before->network());
    EXPECT_TRUE(after->roles().decide({.id = "bob"}, kPutRoute).allowed);

    records.erase(storage::kNetworkAclsPrefix, "a");
    const auto without = snapshotOf(mirror);
    EXPECT_EQ(&without->roles(), &after->roles());
    EXPECT_FALSE(without->network().accepts(kToBob));

    records.erase(storage::kGroupsPrefix, "team");
    EXPECT_FALSE(mirror.current()->roles().decide({.id = "alice"}, kPutRoute).allowed);
    EXPECT_THAT(mirror.current()->problems(), Contains(Field(&Problem::object, "rolebindings/b")));
}

TEST(PolicyMirror, AnswersForRolesWithoutReadingTheAccessRules) {
    Records records;
    records.fill();
    const PolicyMirror mirror(records.registry());
    const auto before = snapshotOf(mirror);

    records.erase(storage::kGroupsPrefix, "team");
    const std::weak_ptr<const RoleRules> roles = mirror.roles();
    EXPECT_FALSE(roles.lock()->decide({.id = "alice"}, kPutRoute).allowed);

    const auto after = snapshotOf(mirror);
    EXPECT_EQ(&after->roles(), roles.lock().get()) << "they were not compiled a second time";
    EXPECT_FALSE(after->network().accepts(kToBob)) << "the access rules follow the groups";
    EXPECT_TRUE(before->network().accepts(kToBob)) << "what was given out stays as it was";
}

TEST(PolicyMirror, KeepsTheRolesWhenAnAccessRuleChanges) {
    Records records;
    records.fill();
    const PolicyMirror mirror(records.registry());
    const std::weak_ptr<const RoleRules> before = mirror.roles();

    records.erase(storage::kNetworkAclsPrefix, "a");

    EXPECT_EQ(mirror.roles(), before.lock());
    EXPECT_FALSE(mirror.current()->network().accepts(kToBob));
}

TEST(PolicyMirror, FollowsTheSwitchOfTheRules) {
    Records records;
    records.fill();
    const PolicyMirror mirror(records.registry());
    EXPECT_FALSE(mirror.roles()->rbacDisabled());

    records.put(storage::kRbacDisabledKey, "", "true");
    EXPECT_TRUE(mirror.roles()->rbacDisabled());

    records.put(storage::kRbacDisabledKey, "", "maybe");
    EXPECT_FALSE(mirror.roles()->rbacDisabled());
    EXPECT_EQ(mirror.current()->problemCount(), 1U);
}

TEST(PolicyMirror, DoesNothingWhenANodeOrAnEdgeChanges) {
    Records records;
    records.fill();
    const PolicyMirror mirror(records.registry());
    const auto before = snapshotOf(mirror);

    records.put(storage::kNodesPrefix, "n", R"({"id":"n"})");
    records.put(storage::kRoutesPrefix, "r", R"({"name":"r","node":"n"})");

    EXPECT_EQ(mirror.current(), before);
}

}  // namespace
}  // namespace weft::mesh::policy
