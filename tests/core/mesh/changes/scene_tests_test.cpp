// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/scene_tests.h"

#include "tests/core/mesh/changes/edited_world.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

/// n0 - n1 - n2, and n3 alone.
World chain() {
    auto world = openWorld(4);
    world.edges = {{{"n0", "n1"}, 1}, {{"n1", "n2"}, 1}};
    return world;
}

PolicyTest test(Expectation must, std::string from, std::string to) {
    return {"test", must, std::move(from), std::move(to)};
}

PolicyTestResult resultOf(Scene& scene, const PolicyTest& test) {
    return run({test}, scene).front();
}

TEST(SceneTestsTest, TakesAWayOverOthersForReached) {
    Mirror live(chain());
    Scene scene(live.registry());

    EXPECT_TRUE(resultOf(scene, test(Expectation::Reach, "n0", "n2")).passed);
    EXPECT_TRUE(resultOf(scene, test(Expectation::NotReach, "n0", "n3")).passed);
    EXPECT_THAT(
        resultOf(scene, test(Expectation::Reach, "n0", "n3")),
        AllOf(
            Field(&PolicyTestResult::passed, false),
            Field(&PolicyTestResult::text, HasSubstr("1 of 1 cannot talk: n0 to n3"))));
    EXPECT_TRUE(run({}, scene).empty());
}

TEST(SceneTestsTest, FollowsRulesAndEdges) {
    Mirror live(chain());
    Scene scene(live.registry());
    const std::vector<PolicyTest> tests{
        test(Expectation::Reach, "n0", "n1"), test(Expectation::NotReach, "n1", "n2")};
    const auto passed = &PolicyTestResult::passed;
    EXPECT_THAT(run(tests, scene), ElementsAre(Field(passed, true), Field(passed, false)));

    scene.apply({Edit{
        {policy::ObjectKind::NetworkAcl, "no"},
        {},
        acl("no", 5, policy::AclAction::Deny, {"n0"}, {"n1"})}});
    scene.remove({}, {{NodeId("n1"), NodeId("n2")}});

    EXPECT_THAT(run(tests, scene), ElementsAre(Field(passed, false), Field(passed, true)));
}

TEST(SceneTestsTest, StopsWhenNobodyWaitsForTheRest) {
    Mirror live(chain());
    Scene scene(live.registry());
    const std::vector<PolicyTest> tests(3, test(Expectation::Reach, "n0", "n1"));
    int asked = 0;

    const auto results = run(tests, scene, [&asked] { return ++asked <= 2; });

    EXPECT_EQ(results.size(), 2U);
    EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace weft::mesh::changes::tests
