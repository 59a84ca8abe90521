// SPDX-License-Identifier: Apache-2.0
#include "core/api/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

NetworkAcl aclNamed(const std::string& name, const std::string& source) {
    NetworkAcl acl;
    acl.name = name;
    acl.sourceNodes = {source};
    acl.destinationNodes = {"*"};
    return acl;
}

PolicyState sampleState() {
    PolicyState state;
    const auto add = [&state](PolicyObject object) {
        state.objects.push_back({std::move(object), ++state.revision, false});
    };
    add(Role{"ops", {}});
    add(RoleBinding{"ops-people", "ops", {{"office", SubjectKind::Group}}});
    add(RoleBinding{"one-node", "ops", {{"nas", SubjectKind::Node}}});
    add(Group{"office", {{"nas", SubjectKind::Node}}});
    add(Group{"all-sites", {{"office", SubjectKind::Group}}});
    add(aclNamed("from-office", "group:office"));
    add(aclNamed("from-nas", "nas"));
    add(Route{"lan", "nas", {"10.1.0.0/24", "fd00::/64"}, {}});
    add(MeshEdge{"nas", "laptop", 4, {}});
    return state;
}

TEST(PolicyState, FindsAnEdgeByItsEndsInEitherOrder) {
    const PolicyState state = sampleState();

    const StoredObject* found = state.find({PolicyKind::Edge, "laptop", "nas"});

    ASSERT_NE(found, nullptr);
    EXPECT_EQ(std::get<MeshEdge>(found->object).weight, 4);
}

TEST(PolicyState, TellsObjectsOfOneNameByTheirKind) {
    PolicyState state;
    state.objects = {{Role{"ops", {}}, 1, false}, {Group{"ops", {}}, 2, false}};

    EXPECT_EQ(state.find({PolicyKind::Group, "ops", {}})->revision, 2U);
    EXPECT_EQ(state.find({PolicyKind::Route, "ops", {}}), nullptr);
}

TEST(PolicyObject, IsNamedByItsKindAndName) {
    EXPECT_EQ(refOf(Route{"lan", "nas", {}, {}}), (ObjectRef{PolicyKind::Route, "lan", {}}));
    EXPECT_EQ(refOf(MeshEdge{"a", "b", 1, {}}), (ObjectRef{PolicyKind::Edge, "a", "b"}));
}

TEST(ConsequencesOfRemoval, OfARoleAreTheBindingsThatGiveIt) {
    EXPECT_THAT(
        consequencesOfRemoval(sampleState(), {PolicyKind::Role, "ops", {}}),
        ElementsAre(
            "rolebinding ops-people gives nothing any more",
            "rolebinding one-node gives nothing any more"));
}

TEST(ConsequencesOfRemoval, OfABindingAreItsSubjects) {
    EXPECT_THAT(
        consequencesOfRemoval(sampleState(), {PolicyKind::RoleBinding, "ops-people", {}}),
        ElementsAre("group:office loses the role ops"));
}

TEST(ConsequencesOfRemoval, OfAGroupAreAllThatSpeakOfIt) {
    EXPECT_THAT(
        consequencesOfRemoval(sampleState(), {PolicyKind::Group, "office", {}}),
        ElementsAre(
            "rolebinding ops-people gives the role ops to nobody of the group any more",
            "group all-sites loses the members of the group",
            "acl from-office no longer matches the group's nodes"));
}

TEST(ConsequencesOfRemoval, OfTheLastAclIsThatNobodyMayTalk) {
    PolicyState state = sampleState();
    EXPECT_THAT(
        consequencesOfRemoval(state, {PolicyKind::NetworkAcl, "from-office", {}}), IsEmpty());

    std::erase_if(state.objects, [](const StoredObject& stored) {
        return refOf(stored.object).name == "from-nas";
    });

    EXPECT_THAT(
        consequencesOfRemoval(state, {PolicyKind::NetworkAcl, "from-office", {}}),
        ElementsAre("no acl is left: no node may talk to any other"));
}

TEST(ConsequencesOfRemoval, OfARouteAreItsNetworks) {
    EXPECT_THAT(
        consequencesOfRemoval(sampleState(), {PolicyKind::Route, "lan", {}}),
        ElementsAre(
            "10.1.0.0/24 is not reached by nas any more",
            "fd00::/64 is not reached by nas any more"));
}

TEST(ConsequencesOfNodeRemoval, AreAllThatBelongsToIt) {
    EXPECT_THAT(
        consequencesOfNodeRemoval(sampleState(), "nas"),
        ElementsAre(
            "edge nas - laptop is deleted",
            "route lan is deleted",
            "rolebinding one-node no longer gives it the role ops",
            "group office loses it"));
    EXPECT_THAT(consequencesOfNodeRemoval(sampleState(), "phone"), IsEmpty());
}

}  // namespace
}  // namespace weft::api
