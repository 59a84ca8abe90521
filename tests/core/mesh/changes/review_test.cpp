// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/review.h"

#include "tests/core/mesh/changes/edited_world.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::AclAction;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// All nodes around n0, which leads.
World star(std::size_t nodes) {
    auto world = openWorld(nodes);
    for (std::size_t number = 1; number < nodes; ++number) {
        world.edges[{"n0", "n" + std::to_string(number)}] = 1;
    }
    return world;
}

Editor editor(const std::string& node) {
    return {{node}, NodeId(node), NodeId("n0"), {NodeId("n0"), NodeId("n2")}};
}

Review reviewOf(const World& world, const std::vector<PolicyObject>& put, const Editor& who) {
    Mirror live(world);
    const auto before = PolicySet::of(live.registry());
    auto after = before;
    for (const auto& object : put) {
        after.put(object);
    }
    return review(before, difference(before, after), live.registry(), who);
}

std::size_t countOf(const Review& review, PairState before, PairState after) {
    return review.pairs.counts[static_cast<std::size_t>(before)][static_cast<std::size_t>(after)];
}

TEST(ReviewTest, TellsWhichWayAOneSidedPairIs) {
    const auto found =
        reviewOf(star(4), {acl("no", 5, AclAction::Deny, {"n1"}, {"n3"})}, editor("n3"));

    ASSERT_EQ(found.pairs.listed.size(), 1U);
    const auto& change = found.pairs.listed.front();
    EXPECT_EQ(change.left, NodeId("n3"));
    EXPECT_EQ(change.right, NodeId("n1"));
    EXPECT_EQ(change.before, (Standing{PairState::Connected, true, true}));
    EXPECT_EQ(change.after, (Standing{PairState::OneSided, true, false}));
    EXPECT_EQ(countOf(found, PairState::Connected, PairState::OneSided), 1U);
    EXPECT_EQ(found.pairs.lost(), 1U);
    EXPECT_EQ(found.pairs.gained(), 0U);
    EXPECT_THAT(found.warnings, IsEmpty());
}

TEST(ReviewTest, WarnsOfTheLossOfTheLeaderAndOfStorage) {
    const auto found =
        reviewOf(star(4), {acl("no", 5, AclAction::Deny, {"n3"}, {"*"})}, editor("n3"));

    EXPECT_THAT(
        found.warnings,
        ElementsAre(
            "you would lose access to the leader",
            "you would lose access to the storage server n2"));
    EXPECT_THAT(
        found.servers,
        ElementsAre(
            ServerAccess{NodeId("n0"), true, true, false},
            ServerAccess{NodeId("n2"), false, true, false}));
    EXPECT_THAT(found.pairs.isolated, ElementsAre(NodeId("n3")));
    EXPECT_THAT(
        reviewOf(star(4), {}, editor("n0")).servers,
        Contains(ServerAccess{NodeId("n0"), true, true, true}));
}

TEST(ReviewTest, WarnsOfTheLossOfTheRightToWriteWhatIsEdited) {
    Mirror mirror(star(3));
    Scene live(mirror.registry());
    const policy::RoleBinding binding{"writers", "writer", {{"n1", policy::SubjectKind::Node}}};
    PolicySet before = PolicySet::of(mirror.registry());
    before.put(
        policy::Role{"writer", {{{policy::Resource::RoleBindings}, {}, {policy::Verb::Put}}}});
    before.put(binding);
    auto after = before;
    auto fewer = binding;
    fewer.subjects = {{"n2", policy::SubjectKind::Node}};
    after.put(fewer);

    const auto edits = difference(before, after);
    const auto found = review(before, edits, mirror.registry(), editor("n1"));

    EXPECT_THAT(
        found.rights, ElementsAre(WriteRight{policy::ObjectKind::RoleBinding, true, false}));
    EXPECT_THAT(found.warnings, ElementsAre("you would lose the right to write role bindings"));
    EXPECT_EQ(found.pairs.count(), 0U);
    const auto other = review(before, edits, mirror.registry(), editor("n2"));
    EXPECT_THAT(
        other.rights, ElementsAre(WriteRight{policy::ObjectKind::RoleBinding, false, true}));
    EXPECT_THAT(other.warnings, IsEmpty());
}

TEST(ReviewTest, TellsWhatBecomesOfVoters) {
    auto world = star(4);
    policy::Group voters{"voters", {}};
    for (const auto* name : {"n1", "n2", "n3"}) {
        voters.subjects.push_back({name, policy::SubjectKind::Node});
    }
    world.rules.groups.push_back(voters);
    auto fewer = voters;
    fewer.subjects.pop_back();

    const auto removed = reviewOf(world, {fewer}, editor("n0"));
    EXPECT_THAT(removed.voters.removed, ElementsAre(NodeId("n3")));
    EXPECT_EQ(removed.voters.text, "2 of 3 voters would be left");
    EXPECT_FALSE(removed.voters.losesQuorum());

    const auto apart =
        reviewOf(world, {acl("no", 5, AclAction::Deny, {"group:voters"}, {"*"})}, editor("n0"));
    EXPECT_EQ(apart.voters.separated.size(), 3U);
    EXPECT_EQ(apart.voters.text, "1 of 3 voters would be left, too few to elect a leader");
    EXPECT_THAT(apart.warnings, Contains(apart.voters.text));
}

TEST(ReviewTest, ListsRoutesThatAreGainedAndNodesThatVanish) {
    auto world = star(3);
    auto denial = acl("networks", 5, AclAction::Deny, {"n1"}, {"*"});
    denial.destinationCidrs = {"10.0.0.0/8"};
    world.rules.acls.push_back(denial);
    const auto network = net::IpPrefix::parse("10.1.0.0/16").value();

    const auto found =
        reviewOf(world, {storage::RouteRecord{"office", "n0", {network}}}, editor("n2"));

    EXPECT_THAT(
        found.routes.listed,
        ElementsAre(RouteChange{NodeId("n2"), network, std::nullopt, NodeId("n0")}));
    EXPECT_EQ(found.routes.gained, 1U);
    EXPECT_EQ(found.vanished.count, 1U);
    EXPECT_THAT(found.vanished.listed, ElementsAre(Vanished{NodeId("n1"), NodeId("n0"), "office"}));
}

TEST(ReviewTest, ListsAtMostSoManyPairsAndCountsAll) {
    const auto world = star(46);
    const auto found = reviewOf(world, {acl("no", 5, AclAction::Deny, {"*"}, {"*"})}, editor("n7"));

    EXPECT_EQ(found.pairs.count(), 46U * 45U / 2U);
    EXPECT_GT(found.pairs.count(), kMaxListedPairs);
    ASSERT_EQ(found.pairs.listed.size(), kMaxListedPairs);
    for (std::size_t at = 0; at < 45; ++at) {
        EXPECT_EQ(found.pairs.listed[at].left, NodeId("n7"));
    }
    EXPECT_NE(found.pairs.listed[45].left, NodeId("n7"));
    EXPECT_EQ(found.pairs.isolatedCount, 46U);
}

}  // namespace
}  // namespace weft::mesh::changes::tests
