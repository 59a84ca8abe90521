// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/what_if.h"

#include "tests/core/mesh/changes/edited_world.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::ObjectKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// n0 - n1 - n2 - n3, of which the first three are voters.
World chain() {
    auto world = openWorld(4);
    world.edges = {{{"n0", "n1"}, 1}, {{"n1", "n2"}, 1}, {{"n2", "n3"}, 1}};
    policy::Group voters{"voters", {}};
    for (const auto* name : {"n0", "n1", "n2"}) {
        voters.subjects.push_back({name, policy::SubjectKind::Node});
    }
    world.rules.groups.push_back(voters);
    const auto* const network = "10.1.0.0/16";
    world.routes["office"] = {"n3", network, ""};
    return world;
}

TEST(WhatIfTest, TellsWhoIsCutOffWithoutANode) {
    Mirror live(chain());
    const WhatIf whatIf(live.registry());

    const auto loss = whatIf.lose({NodeId("n1")}, {});

    EXPECT_EQ(loss.pairs.lost(), 2U);
    EXPECT_EQ(loss.pairs.count(), 2U);
    EXPECT_THAT(loss.pairs.isolated, ElementsAre(NodeId("n0")));
    EXPECT_EQ(loss.partsBefore, 1U);
    ASSERT_EQ(loss.parts.size(), 2U);
    EXPECT_THAT(loss.parts[0].nodes, ElementsAre(NodeId("n2"), NodeId("n3")));
    EXPECT_THAT(loss.parts[1].nodes, ElementsAre(NodeId("n0")));
    EXPECT_THAT(loss.voters.removed, ElementsAre(NodeId("n1")));
    EXPECT_EQ(loss.voters.text, "1 of 3 voters would be left, too few to elect a leader");
    EXPECT_TRUE(loss.voters.losesQuorum());
}

TEST(WhatIfTest, KeepsTheQuorumWithoutOneOfThreeVoters) {
    Mirror live(chain());
    const auto loss = WhatIf(live.registry()).lose({NodeId("n0")}, {});
    EXPECT_EQ(loss.voters.text, "2 of 3 voters would be left");
    EXPECT_FALSE(loss.voters.losesQuorum());
    EXPECT_EQ(loss.pairs.count(), 0U);
}

TEST(WhatIfTest, TellsWhoIsCutOffWithoutALink) {
    Mirror live(chain());
    const WhatIf whatIf(live.registry());
    const auto loss = whatIf.lose({}, {{NodeId("n2"), NodeId("n1")}});
    EXPECT_EQ(loss.pairs.lost(), 4U);
    EXPECT_EQ(loss.parts.size(), 2U);
    EXPECT_EQ(whatIf.lose({NodeId("n9")}, {}).pairs.count(), 0U);
}

TEST(WhatIfTest, TellsWhatDependsOnAnObject) {
    Mirror live(chain());
    const WhatIf whatIf(live.registry());

    const auto rule = whatIf.without({ObjectKind::NetworkAcl, "all"});
    ASSERT_TRUE(rule.ok());
    EXPECT_EQ(rule->pairs.lost(), 6U);
    EXPECT_EQ(rule->routes.lost, 3U);

    const auto route = whatIf.without({ObjectKind::Route, "office"});
    ASSERT_TRUE(route.ok());
    EXPECT_EQ(route->pairs.count(), 0U);
    EXPECT_EQ(route->routes.lost, 3U);

    const auto group = whatIf.without({ObjectKind::Group, "voters"});
    ASSERT_TRUE(group.ok());
    EXPECT_EQ(group->voters.removed.size(), 3U);

    const auto edge = whatIf.without({ObjectKind::Edge, "n3", "n2"});
    ASSERT_TRUE(edge.ok());
    EXPECT_EQ(edge->pairs.lost(), 3U);
    EXPECT_THAT(whatIf.lose({}, {}).pairs.listed, IsEmpty());
}

TEST(WhatIfTest, SaysWhenThereIsNoSuchObject) {
    Mirror live(chain());
    const WhatIf whatIf(live.registry());
    const auto gone = whatIf.without({ObjectKind::NetworkAcl, "none"});
    EXPECT_EQ(gone.status().code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(gone.status().message(), "there is no networkacl none in this mesh");
    EXPECT_FALSE(whatIf.without({ObjectKind::Edge, "n0", "n3"}).ok());
    EXPECT_FALSE(whatIf.without({ObjectKind::Route, "none"}).ok());
}

}  // namespace
}  // namespace weft::mesh::changes::tests
