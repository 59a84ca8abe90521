// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/merge.h"

#include "core/mesh/policy/validate.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::AclAction;
using policy::Group;
using policy::NetworkAcl;
using policy::Role;
using policy::SubjectKind;
using storage::EdgeRecord;
using storage::NodeId;
using storage::RouteRecord;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PolicyObject group(const std::vector<std::string>& members) {
    Group group{"g", {}};
    for (const auto& member : members) {
        group.subjects.push_back({member, member == "*" ? SubjectKind::All : SubjectKind::Node});
    }
    return group;
}

PolicyObject acl(std::vector<std::string> nodes, std::vector<std::string> cidrs) {
    return NetworkAcl{"a", 1, AclAction::Accept, std::move(nodes), {"*"}, std::move(cidrs), {}};
}

PolicyObject role(const std::vector<std::string>& names) {
    Role role{"r", {}};
    for (const auto& name : names) {
        role.rules.push_back({{policy::Resource::Groups}, {name}, {policy::Verb::Put}});
    }
    return role;
}

PolicyObject edge(std::int32_t weight, std::map<std::string, std::string> attributes) {
    return EdgeRecord{NodeId("a"), NodeId("b"), weight, std::move(attributes)};
}

Merge merged(
    const std::optional<PolicyObject>& base,
    const std::optional<PolicyObject>& ours,
    const std::optional<PolicyObject>& theirs) {
    PolicySet present;
    if (theirs) {
        present.put(*theirs);
    }
    const auto ref = refOf(base ? *base : *ours);
    return merge({{ref, base, ours}}, present);
}

/// What comes of two changes.
std::optional<PolicyObject> resultOf(
    const PolicyObject& base, const PolicyObject& ours, const PolicyObject& theirs) {
    const auto merge = merged(base, ours, theirs);
    if (!merge.conflicts.empty()) {
        EXPECT_THAT(merge.edits, IsEmpty());
        EXPECT_THAT(merge.conflicts, ElementsAre(Conflict{refOf(base), base, ours, theirs}));
        return std::nullopt;
    }
    if (merge.edits.empty()) {
        return theirs;
    }
    EXPECT_EQ(merge.edits.front().before, theirs);
    return merge.edits.front().after;
}

TEST(MergeTest, LetsAnEditStandWhereNothingMoved) {
    const Edit edit{{policy::ObjectKind::Group, "g"}, group({"a"}), group({"b"})};
    PolicySet present;
    present.put(group({"a"}));

    EXPECT_THAT(merge({edit}, present).edits, ElementsAre(edit));
    EXPECT_THAT(merge({inverse(edit)}, present).edits, IsEmpty());
    EXPECT_THAT(merge({}, present).edits, IsEmpty());
}

TEST(MergeTest, DropsWhatHappenedAlready) {
    EXPECT_THAT(merged(std::nullopt, group({"a"}), group({"a"})).edits, IsEmpty());
    EXPECT_THAT(merged(group({"a"}), std::nullopt, std::nullopt).edits, IsEmpty());
    EXPECT_THAT(merged(group({"a"}), group({"a"}), group({"b"})).edits, IsEmpty());
    EXPECT_EQ(resultOf(group({"a"}), group({"a", "b"}), group({"a", "b"})), group({"a", "b"}));
}

TEST(MergeTest, TellsDeletesAgainstChangesAndTwoNewObjects) {
    EXPECT_THAT(merged(group({"a"}), std::nullopt, group({"b"})).conflicts, SizeIs(1));
    EXPECT_THAT(merged(group({"a"}), group({"b"}), std::nullopt).conflicts, SizeIs(1));
    EXPECT_THAT(merged(std::nullopt, group({"a"}), group({"b"})).conflicts, SizeIs(1));
}

TEST(MergeTest, MergesMembersOneByOne) {
    const auto base = group({"a", "b", "c"});
    EXPECT_EQ(
        resultOf(base, group({"b", "c", "x"}), group({"a", "b", "y"})), group({"b", "y", "x"}));
    EXPECT_EQ(resultOf(base, group({"a", "x"}), group({"a", "c", "x"})), group({"a", "x"}));
    EXPECT_EQ(resultOf(base, group({"*"}), group({"a", "b"})), std::nullopt);
    // Both left one of the two, and nobody would be left.
    EXPECT_EQ(resultOf(group({"a", "b"}), group({"a"}), group({"b"})), std::nullopt);
}

TEST(MergeTest, MergesDifferentFieldsAndNotTheSame) {
    const auto base = std::get<NetworkAcl>(acl({"x"}, {}));
    auto ours = base;
    ours.action = AclAction::Deny;
    auto theirs = base;
    theirs.priority = 9;
    auto both = theirs;
    both.action = AclAction::Deny;
    EXPECT_EQ(resultOf(base, ours, theirs), PolicyObject(both));
    ours.priority = 8;
    EXPECT_EQ(resultOf(base, ours, theirs), std::nullopt);
}

TEST(MergeTest, NeverWidensAnAccessRule) {
    EXPECT_EQ(
        resultOf(acl({"x"}, {}), acl({"x", "y"}, {}), acl({"z", "x"}, {})),
        acl({"z", "x", "y"}, {}));
    // Each narrows everything to something of its own.
    const auto open = acl({"x"}, {});
    EXPECT_EQ(resultOf(open, acl({"x"}, {"10.0.0.0/8"}), acl({"x"}, {"11.0.0.0/8"})), std::nullopt);
    EXPECT_EQ(resultOf(acl({"*"}, {}), acl({"x"}, {}), acl({"y"}, {})), std::nullopt);
    // One opens what the other narrows.
    const auto narrow = acl({"x", "y"}, {"10.0.0.0/8", "11.0.0.0/8"});
    EXPECT_EQ(resultOf(narrow, acl({"x", "y"}, {}), acl({"x", "y"}, {"10.0.0.0/8"})), std::nullopt);
    // Together they take away all.
    EXPECT_EQ(
        resultOf(narrow, acl({"x", "y"}, {"11.0.0.0/8"}), acl({"x", "y"}, {"10.0.0.0/8"})),
        std::nullopt);
    EXPECT_EQ(resultOf(acl({"*"}, {}), acl({}, {}), acl({"*", "y"}, {})), std::nullopt);
    EXPECT_EQ(
        resultOf(acl({"*"}, {}), acl({"*", "x"}, {}), acl({"*", "y"}, {})),
        acl({"*", "y", "x"}, {}));
}

TEST(MergeTest, MergesRulesAsWholes) {
    const auto base = role({"a", "b"});
    EXPECT_EQ(resultOf(base, role({"a", "b", "x"}), role({"b", "y"})), role({"b", "y", "x"}));
    EXPECT_EQ(resultOf(base, role({"x", "b"}), role({"y", "b"})), std::nullopt);
    EXPECT_EQ(resultOf(base, role({"x", "b"}), role({"b"})), std::nullopt);
    EXPECT_EQ(resultOf(role({"a", "b", "c"}), role({"b", "c"}), role({"c"})), role({"c"}));
}

TEST(MergeTest, MergesAttributesByName) {
    const auto base = edge(1, {{"k", "1"}, {"l", "1"}});
    EXPECT_EQ(
        resultOf(base, edge(2, {{"k", "2"}, {"l", "1"}}), edge(1, {{"k", "1"}, {"m", "1"}})),
        edge(2, {{"k", "2"}, {"m", "1"}}));
    EXPECT_EQ(
        resultOf(base, edge(1, {{"k", "2"}, {"l", "1"}}), edge(1, {{"l", "1"}})), std::nullopt);
    EXPECT_EQ(resultOf(base, edge(2, {}), edge(3, {})), std::nullopt);
}

TEST(MergeTest, MergesRoutes) {
    const auto route = [](const std::vector<std::string>& networks, const std::string& node) {
        RouteRecord made{"r", node};
        for (const auto& network : networks) {
            made.destinations.push_back(*net::IpPrefix::parse(network));
        }
        return PolicyObject(made);
    };
    const auto base = route({"10.0.0.0/8"}, "n");
    EXPECT_EQ(
        resultOf(base, route({"10.0.0.0/8", "fd00::/8"}, "n"), route({"10.0.0.0/8"}, "m")),
        route({"10.0.0.0/8", "fd00::/8"}, "m"));
    EXPECT_EQ(resultOf(base, route({"10.0.0.0/8"}, "x"), route({"10.0.0.0/8"}, "m")), std::nullopt);
}

TEST(MergeTest, MergesAnEdgeThatIsNamedFromTheOtherEnd) {
    const EdgeRecord turned{NodeId("b"), NodeId("a"), 1};
    EdgeRecord wanted = turned;
    wanted.weight = 2;
    PolicySet present;
    present.put(edge(1, {{"k", "1"}}));

    const auto done = merge({{{policy::ObjectKind::Edge, "b", "a"}, turned, wanted}}, present);

    ASSERT_THAT(done.edits, SizeIs(1));
    EXPECT_EQ(done.edits.front().after, edge(2, {{"k", "1"}}));
}

TEST(MergeTest, TakesSeveralEditsOfOneObjectForOne) {
    const ObjectRef ref{policy::ObjectKind::Group, "g"};
    PolicySet present;
    present.put(group({"a", "z"}));

    const auto done = merge(
        {{ref, group({"a"}), group({"a", "b"})}, {ref, group({"a", "b"}), group({"c"})}}, present);

    EXPECT_THAT(done.edits, ElementsAre(Edit{ref, group({"a", "z"}), group({"z", "c"})}));
}

TEST(MergeTest, RefusesWhatBothTogetherMakeTooLarge) {
    Group base{"g", {{"a", SubjectKind::Node}}};
    auto ours = base;
    auto theirs = base;
    for (std::size_t each = 1; each <= policy::kMaxSubjects / 2; ++each) {
        ours.subjects.push_back({"o" + std::to_string(each), SubjectKind::Node});
        theirs.subjects.push_back({"t" + std::to_string(each), SubjectKind::Node});
    }
    EXPECT_EQ(resultOf(base, ours, theirs), std::nullopt);
    ours.subjects.pop_back();
    EXPECT_NE(resultOf(base, ours, theirs), std::nullopt);
}

}  // namespace
}  // namespace weft::mesh::changes::tests
