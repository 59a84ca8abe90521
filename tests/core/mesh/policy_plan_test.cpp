// SPDX-License-Identifier: Apache-2.0
// What a write of one object is planned as, without a mesh around it.
#include "core/mesh/detail/policy_plan.h"

#include "core/mesh/detail/limits.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/policy/policy.h"
#include "core/mesh/policy/records.h"
#include "tests/core/mesh/administration_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

namespace weft::tests {
namespace {

using mesh::NodeId;
using mesh::ObjectRef;
using mesh::PolicyObject;
using mesh::detail::WriteBase;
using mesh::policy::Group;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::RoleBinding;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;
using storage::Compare;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// As the store has it.
storage::Entry storedEntry(std::string key, std::string value) {
    return {std::move(key), std::move(value), 7, std::nullopt};
}

storage::Entry nodeEntry(const std::string& id) {
    storage::NodeRecord node;
    node.id = NodeId(id);
    return storedEntry(storage::nodeKey(node.id), storage::encodeNode(node));
}

storage::Entry entryOf(const PolicyObject& object) {
    return storedEntry(mesh::keyOf(mesh::refOf(object)), mesh::encode(object));
}

/// alpha keeps the mesh and administers it, bravo is a node; "boss" administers as a user and the
/// group "chiefs" is named like a node.
class PolicyPlanTest : public ::testing::Test {
protected:
    PolicyPlanTest() {
        add(nodeEntry("alpha"));
        add(nodeEntry("bravo"));
        add(entryOf(roleOf("mesh-admin", {Resource::All}, {Verb::All})));
        add(entryOf(RoleBinding{
            "mesh-admin",
            "mesh-admin",
            {{"alpha", SubjectKind::Node},
             {"boss", SubjectKind::User},
             {"chiefs", SubjectKind::Group}}}));
    }

    void add(storage::Entry entry) {
        entries_.push_back(std::move(entry));
        load();
    }
    void add(const PolicyObject& object) { add(entryOf(object)); }
    void load() {
        registry_.reset(entries_, 7);
        rules_ = mesh::policy::Compiler().compileRoles(registry_);
    }
    mesh::detail::MeshView view() const {
        return {
            .registry = registry_,
            .shared = shared_,
            .self = NodeId("alpha"),
            .engine = "memory",
            .now = WallTime(),
            .rules = rules_};
    }

    StatusOr<mesh::detail::PolicyPlan> put(
        const PolicyObject& object, const WriteBase& base = {}, const std::string& by = "alpha") {
        return planPut(view(), object, base, certificateOf(by));
    }
    StatusOr<mesh::detail::PolicyPlan> remove(
        const ObjectRef& ref, const WriteBase& base = {}, const std::string& by = "alpha") {
        return planRemove(view(), ref, base, certificateOf(by));
    }
    static WriteBase storedAs(const PolicyObject& object) {
        return {entryOf(object), std::nullopt};
    }
    /// Lets bravo do what the rule says.
    void grantBravo(std::vector<Resource> resources, std::vector<Verb> verbs) {
        add(roleOf("bravos", std::move(resources), std::move(verbs)));
        add(bindingOf("bravos", "bravos", "bravo"));
    }

    std::vector<storage::Entry> entries_;
    storage::Registry registry_;
    mesh::detail::SharedRecords shared_;
    std::shared_ptr<const mesh::policy::RoleRules> rules_;
};

StatusCode codeOf(const StatusOr<mesh::detail::PolicyPlan>& plan) {
    return plan.status().code();
}

TEST_F(PolicyPlanTest, TakesNoMoreObjectsOfAKindThanTheCap) {
    const Group team{"team", {{"bravo", SubjectKind::Node}}};
    for (std::size_t at = 0; at + 1 < mesh::kMaxPolicyObjects; ++at) {
        entries_.push_back(storedEntry(fmt::format("/registry/groups/g{}", at), "{}"));
    }
    registry_.reset(entries_, 7);
    EXPECT_EQ(codeOf(put(team)), StatusCode::kOk) << "the last that fits";
    entries_.push_back(storedEntry("/registry/groups/more", "{}"));
    registry_.reset(entries_, 7);

    EXPECT_EQ(codeOf(put(team)), StatusCode::kResourceExhausted);
    EXPECT_EQ(codeOf(put(team, storedAs(Group{"team", {}}))), StatusCode::kOk) << "it is there";
    EXPECT_EQ(codeOf(put(roleOf("r", {Resource::Routes}, {Verb::Put}))), StatusCode::kOk);
}

TEST_F(PolicyPlanTest, HoldsOnlyForTheObjectThatItWasPlannedOn) {
    const auto role = roleOf("r", {Resource::Routes}, {Verb::Put});

    const auto fresh = put(role);
    const auto change = put(roleOf("r", {Resource::Edges}, {Verb::Put}), storedAs(role));
    const auto same = put(role, storedAs(role));

    ASSERT_TRUE(fresh.ok() && change.ok() && same.ok());
    ASSERT_EQ(fresh->transaction.conditions.size(), 1U);
    EXPECT_EQ(fresh->transaction.conditions[0].kind, Compare::Kind::RevisionIs);
    EXPECT_EQ(fresh->transaction.conditions[0].key, "/registry/roles/r");
    EXPECT_EQ(fresh->transaction.conditions[0].revision, 0U) << "there is none";
    EXPECT_EQ(fresh->before, "");
    EXPECT_EQ(change->transaction.conditions[0].revision, 7U);
    EXPECT_EQ(change->before, entryOf(role).value);
    EXPECT_EQ(change->transaction.operations.size(), 1U);
    EXPECT_THAT(same->transaction.operations, IsEmpty());
}

TEST_F(PolicyPlanTest, RefusesAChangeOfAnotherRevision) {
    const auto role = roleOf("r", {Resource::Routes}, {Verb::Put});
    const auto based = [&role](storage::Revision revision) {
        return WriteBase{entryOf(role), revision};
    };

    EXPECT_EQ(codeOf(put(role, based(7))), StatusCode::kOk);
    EXPECT_EQ(codeOf(put(role, based(6))), StatusCode::kAborted);
    EXPECT_EQ(codeOf(remove({ObjectKind::Role, "r"}, based(6))), StatusCode::kAborted);
    EXPECT_EQ(codeOf(put(role, {std::nullopt, 7})), StatusCode::kAborted);
    EXPECT_EQ(codeOf(put(role, {std::nullopt, 0})), StatusCode::kOk);
}

TEST_F(PolicyPlanTest, WritesWhatCannotBeReadAnew) {
    const auto role = roleOf("r", {Resource::Routes}, {Verb::Put});

    const auto plan = put(role, {storedEntry("/registry/roles/r", "{"), std::nullopt});

    ASSERT_TRUE(plan.ok()) << plan.status();
    EXPECT_EQ(plan->transaction.operations.size(), 1U);
}

TEST_F(PolicyPlanTest, ChecksTheNamesOfObjects) {
    const auto edge = [](const std::string& source, const std::string& target) {
        return storage::EdgeRecord{NodeId(source), NodeId(target), 1};
    };

    EXPECT_EQ(codeOf(put(edge("a/b", "bravo"))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(edge("bravo", "a/b"))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(edge("bravo", "bravo"))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(edge("bravo", "nowhere"))), StatusCode::kFailedPrecondition);
    EXPECT_EQ(codeOf(put(edge("bravo", "alpha"))), StatusCode::kOk);
    EXPECT_EQ(codeOf(remove({ObjectKind::Edge, "a/b", "bravo"})), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(remove({ObjectKind::Role, "a/b"})), StatusCode::kInvalidArgument);
}

TEST_F(PolicyPlanTest, ChecksTheNamesOfSubjects) {
    EXPECT_EQ(
        codeOf(put(RoleBinding{"b", "mesh-admin", {{"a/b", SubjectKind::Node}}})),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(Group{"g", {{"a/b", SubjectKind::Node}}})), StatusCode::kInvalidArgument);
}

TEST_F(PolicyPlanTest, HoldsTheCapsOfAnEdge) {
    storage::EdgeRecord edge{NodeId("alpha"), NodeId("bravo"), 1};
    const auto with = [&edge](const std::string& name, const std::string& value) {
        auto other = edge;
        other.attributes[name] = value;
        return other;
    };
    const std::string longest(mesh::detail::kMaxTextBytes, 'a');
    EXPECT_EQ(codeOf(put(with(longest, longest))), StatusCode::kOk);
    EXPECT_EQ(codeOf(put(with(longest + "a", ""))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(with("a", longest + "a"))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(with("\xff", ""))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(with("a", "\xff"))), StatusCode::kInvalidArgument);

    for (std::size_t at = 0; at < mesh::detail::kMaxEdgeAttributes; ++at) {
        edge.attributes[std::to_string(at)] = "";
    }
    EXPECT_EQ(codeOf(put(edge)), StatusCode::kOk);
    EXPECT_EQ(codeOf(put(with("more", ""))), StatusCode::kInvalidArgument);
}

TEST_F(PolicyPlanTest, KeepsTheAttributesThatAnEdgeHas) {
    const storage::EdgeRecord there{NodeId("alpha"), NodeId("bravo"), 1, {{"old", "a"}}};
    const storage::EdgeRecord back{NodeId("bravo"), NodeId("alpha"), 1, {{"old", "a"}}};
    add(storedEntry(storage::edgeKey(there.source, there.target), storage::encodeEdge(there)));
    add(storedEntry(storage::edgeKey(back.source, back.target), storage::encodeEdge(back)));

    const auto added =
        put(storage::EdgeRecord{NodeId("alpha"), NodeId("bravo"), 2, {{"new", "b"}}});
    const auto same = put(there);

    ASSERT_TRUE(added.ok() && same.ok());
    EXPECT_THAT(added->after, HasSubstr("old"));
    EXPECT_THAT(added->after, HasSubstr("new"));
    EXPECT_THAT(same->transaction.operations, IsEmpty());
}

TEST_F(PolicyPlanTest, RemovesAnEdgeThatIsThereFromOneEndAlone) {
    const storage::EdgeRecord back{NodeId("bravo"), NodeId("alpha"), 1};
    const auto key = storage::edgeKey(back.source, back.target);
    EXPECT_THAT(remove({ObjectKind::Edge, "alpha", "bravo"})->transaction.operations, IsEmpty());
    add(storedEntry(key, storage::encodeEdge(back)));

    const auto plan = remove({ObjectKind::Edge, "alpha", "bravo"});
    const auto turned = remove(
        {ObjectKind::Edge, "bravo", "alpha"},
        {storedEntry(key, storage::encodeEdge(back)), std::nullopt});

    ASSERT_TRUE(plan.ok() && turned.ok());
    EXPECT_FALSE(plan->transaction.operations.empty());
    EXPECT_EQ(plan->before, "") << "not stored under its own key";
    EXPECT_EQ(turned->before, storage::encodeEdge(back));
}

TEST_F(PolicyPlanTest, ChecksWhomARouteNames) {
    const auto route = [](const std::string& node, const std::string& nextHop) {
        return storage::RouteRecord{
            "office", node, {*net::IpPrefix::parse("10.7.0.0/16")}, nextHop};
    };

    EXPECT_EQ(codeOf(put(route("bravo", ""))), StatusCode::kOk);
    EXPECT_EQ(codeOf(put(route("bravo", "alpha"))), StatusCode::kOk);
    EXPECT_EQ(codeOf(put(route("a/b", ""))), StatusCode::kInvalidArgument);
    EXPECT_EQ(codeOf(put(route("bravo", "a/b"))), StatusCode::kInvalidArgument);
}

TEST_F(PolicyPlanTest, KeepsWhatBelongsToTheMeshItself) {
    const auto removed = remove({ObjectKind::Group, "voters"});
    const auto changed = put(roleOf("mesh-admin", {Resource::Routes}, {Verb::Get}));

    EXPECT_THAT(weft::messageOf(removed.status()), HasSubstr("cannot be removed"));
    EXPECT_THAT(weft::messageOf(changed.status()), HasSubstr("cannot be changed"));
    EXPECT_EQ(codeOf(put(Group{"voters", {{"bravo", SubjectKind::Node}}})), StatusCode::kOk);
}

TEST_F(PolicyPlanTest, LetsAGroupShrinkWithoutTheRightsThatItHas) {
    grantBravo({Resource::Groups}, {Verb::Put});
    const Group chiefs{"chiefs", {{"alpha", SubjectKind::Node}, {"carol", SubjectKind::Node}}};
    add(chiefs);
    const auto by = [&](const Group& group) {
        return codeOf(put(group, storedAs(chiefs), "bravo"));
    };

    EXPECT_EQ(by({"chiefs", {{"alpha", SubjectKind::Node}}}), StatusCode::kOk);
    EXPECT_EQ(
        by({"chiefs", {{"alpha", SubjectKind::Node}, {"bravo", SubjectKind::Node}}}),
        StatusCode::kPermissionDenied);
    add(storedEntry("/registry/groups/chiefs", "{"));
    EXPECT_EQ(by({"chiefs", {{"alpha", SubjectKind::Node}}}), StatusCode::kPermissionDenied)
        << "nobody knows who was in it";
}

TEST_F(PolicyPlanTest, TakesAGroupOutOfAListThatNamesOthersToo) {
    const Group team{"team", {{"bravo", SubjectKind::Node}}};
    add(team);
    auto acl = aclOf("theirs", mesh::policy::AclAction::Accept);
    acl.sourceNodes = {"group:team", "alpha"};
    acl.destinationNodes = {"bravo"};
    add(acl);
    add(Group{"all", {{"team", SubjectKind::Group}, {"team", SubjectKind::Node}}});
    add(Group{"near", {{"team", SubjectKind::Node}}});

    const auto plan = remove({ObjectKind::Group, "team"}, storedAs(team));

    ASSERT_TRUE(plan.ok()) << plan.status();
    EXPECT_THAT(plan->alsoChanged, ElementsAre("group all changed", "networkacl theirs changed"));
    ASSERT_EQ(plan->transaction.conditions.size(), 3U);
    EXPECT_EQ(plan->transaction.conditions[2].kind, Compare::Kind::ValueIs);
    EXPECT_EQ(plan->transaction.conditions[2].value, entryOf(acl).value);
    acl.sourceNodes = {"alpha"};
    EXPECT_EQ(std::get<storage::Put>(plan->transaction.operations[2]).value, entryOf(acl).value);
    EXPECT_EQ(
        std::get<storage::Put>(plan->transaction.operations[1]).value,
        entryOf(Group{"all", {{"team", SubjectKind::Node}}}).value);
}

TEST_F(PolicyPlanTest, RemovesNothingOfWhatIsNotThere) {
    add(bindingOf("b", "r", "bravo"));

    const auto plan = remove({ObjectKind::Role, "r"});

    ASSERT_TRUE(plan.ok());
    EXPECT_THAT(plan->transaction.operations, IsEmpty());
    EXPECT_THAT(plan->alsoChanged, IsEmpty());
}

TEST_F(PolicyPlanTest, AsksForTheRightToReadBothEndsOfAnEdge) {
    grantBravo({Resource::Routes}, {Verb::Get});
    add(mesh::policy::Role{"ends", {{{Resource::Edges}, {"bravo"}, {Verb::Get}}}});
    add(bindingOf("ends", "ends", "bravo"));
    const auto code = [this](const ObjectRef& ref) {
        return mayRead(view(), ref, certificateOf("bravo")).code();
    };

    EXPECT_EQ(code({ObjectKind::Edge, "bravo", "alpha"}), StatusCode::kPermissionDenied);
    EXPECT_EQ(code({ObjectKind::Edge, "bravo", "bravo"}), StatusCode::kOk);
    EXPECT_EQ(code({ObjectKind::Edge, ""}), StatusCode::kPermissionDenied) << "all of them";
    EXPECT_EQ(code({ObjectKind::Route, "any"}), StatusCode::kOk);
    EXPECT_EQ(code({ObjectKind::Route, ""}), StatusCode::kOk);
}

}  // namespace
}  // namespace weft::tests
