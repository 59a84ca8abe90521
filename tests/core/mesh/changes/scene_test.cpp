// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/scene.h"

#include "tests/core/mesh/changes/edited_world.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using ::testing::IsEmpty;

/// n0 - n1 - n2, and n3 alone.
World chain() {
    auto world = openWorld(4);
    world.edges = {{{"n0", "n1"}, 1}, {{"n1", "n2"}, 1}};
    return world;
}

network::Trace::Outcome outcome(Scene& scene, const std::string& from, const std::string& to) {
    return scene.network().trace(NodeId(from), NodeId(to)).outcome;
}

void expectSame(network::Network& one, network::Network& other, const World& world) {
    for (const auto& [id, node] : world.nodes) {
        EXPECT_EQ(one.neighboursOf(NodeId(id)), other.neighboursOf(NodeId(id))) << id;
    }
}

TEST(SceneTest, AnswersAsTheMeshDoes) {
    Mirror live(chain());
    Scene scene(live.registry());

    EXPECT_EQ(outcome(scene, "n0", "n2"), network::Trace::Outcome::Carried);
    EXPECT_EQ(outcome(scene, "n0", "n3"), network::Trace::Outcome::Unconnected);
    const auto explained = scene.explain("n0", "n1");
    ASSERT_TRUE(explained.ok());
    EXPECT_TRUE(explained->tunnelPossible);
    EXPECT_EQ(scene.explain("n0", "n9").status().code(), absl::StatusCode::kNotFound);
}

TEST(SceneTest, FollowsEditsAndLeavesTheMeshAlone) {
    Mirror live(chain());
    const auto before = PolicySet::of(live.registry());
    Scene scene(live.registry());
    auto rules = before;
    rules.put(storage::EdgeRecord{NodeId("n3"), NodeId("n2"), 2});
    rules.put(acl("no", 5, policy::AclAction::Deny, {"n0"}, {"n1"}));
    const auto edits = difference(before, rules);

    scene.apply(edits);

    EXPECT_EQ(outcome(scene, "n1", "n3"), network::Trace::Outcome::Carried);
    EXPECT_EQ(outcome(scene, "n0", "n1"), network::Trace::Outcome::Denied);
    EXPECT_FALSE(scene.explain("n0", "n1")->forward.accepted);
    EXPECT_NE(scene.registry().edge(NodeId("n3"), NodeId("n2")), nullptr);
    EXPECT_NE(scene.registry().edge(NodeId("n2"), NodeId("n3")), nullptr);
    EXPECT_EQ(PolicySet::of(scene.registry()), rules);
    EXPECT_EQ(PolicySet::of(live.registry()), before);
    for (auto edit : edits) {
        scene.apply({inverse(std::move(edit))});
    }
    EXPECT_EQ(PolicySet::of(scene.registry()), before);
}

TEST(SceneTest, TakesNodesAndLinksAway) {
    Mirror live(chain());
    Scene scene(live.registry());
    scene.remove({NodeId("n1"), NodeId("n9")});
    EXPECT_EQ(scene.registry().node(NodeId("n1")), nullptr);
    EXPECT_EQ(scene.registry().edgeCount(), 0U);
    EXPECT_THAT(scene.network().neighboursOf(NodeId("n0")), IsEmpty());

    Scene other(live.registry());
    other.remove({}, {{NodeId("n2"), NodeId("n1")}});
    EXPECT_EQ(other.registry().edgeCount(), 1U);
    EXPECT_EQ(outcome(other, "n0", "n2"), network::Trace::Outcome::Unconnected);
}

TEST(SceneTest, IsWhatAMeshWithTheEditedRecordsWouldBe) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t edits = 0;
    for (std::size_t round = 0; round < rounds() / 6 && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto edited =
            EditedWorld::random(random, static_cast<Access>(round % 3), 3 + random.below(10));
        Mirror live(edited.before);
        Mirror expected(edited.after);
        const auto rules = PolicySet::of(expected.registry());
        const auto changes = difference(PolicySet::of(live.registry()), rules);
        edits += changes.size();

        Scene made(live.registry(), rules);
        Scene followed(live.registry());
        followed.apply(changes);

        expectSame(made.network(), expected.network(), edited.after);
        expectSame(followed.network(), expected.network(), edited.after);
    }
    EXPECT_GT(edits, rounds() / 6);
}

}  // namespace
}  // namespace weft::mesh::changes::tests
