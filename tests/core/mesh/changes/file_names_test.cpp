// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_files.h"
#include "tests/core/mesh/changes/random_policy.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <map>

namespace weft::mesh::changes::tests {
namespace {

using policy::ObjectKind;
using ::testing::EndsWith;
using ::testing::MatchesRegex;

std::string pathOfGroup(const std::string& name) {
    return pathOf({ObjectKind::Group, name});
}

TEST(PolicyFileNamesTest, KeepWhatIsSafeAndEscapeTheRest) {
    EXPECT_EQ(pathOfGroup("laptops-2_b.x"), "groups/laptops-2_b.x.yaml");
    EXPECT_EQ(pathOfGroup("Lap top"), "groups/%4cap%20top.yaml");
    EXPECT_EQ(pathOfGroup("100%"), "groups/100%25.yaml");
    EXPECT_EQ(pathOfGroup("\xC3\xA9"), "groups/%c3%a9.yaml");
    EXPECT_EQ(pathOfGroup(".."), "groups/%2e..yaml");
    EXPECT_EQ(pathOfGroup("../../etc/passwd"), "groups/%2e.%2f..%2fetc%2fpasswd.yaml");
    EXPECT_EQ(pathOfGroup("-rf"), "groups/%2drf.yaml");
    EXPECT_EQ(pathOfGroup("nul"), "groups/%6eul.yaml");
    EXPECT_EQ(pathOfGroup("com1.x"), "groups/%63om1.x.yaml");
    EXPECT_EQ(pathOfGroup("com"), "groups/com.yaml");
    EXPECT_EQ(pathOfGroup("console"), "groups/console.yaml");
    EXPECT_EQ(pathOfGroup(""), "groups/.yaml");
}

TEST(PolicyFileNamesTest, AreTheSameForAnEdgeFromEitherEnd) {
    EXPECT_EQ(pathOf({ObjectKind::Edge, "b", "a"}), "edges/a+b.yaml");
    EXPECT_EQ(pathOf({ObjectKind::Edge, "a", "b"}), "edges/a+b.yaml");
    EXPECT_NE(pathOf({ObjectKind::Edge, "a+b", "c"}), pathOf({ObjectKind::Edge, "a", "b+c"}));
}

TEST(PolicyFileNamesTest, AreShortForLongNames) {
    const auto one = pathOfGroup(std::string(252, 'x') + "a");
    const auto other = pathOfGroup(std::string(252, 'x') + "b");
    EXPECT_NE(one, other);
    EXPECT_THAT(one, MatchesRegex("groups/x+%-[0-9a-f]+\\.yaml"));
    EXPECT_LT(one.size(), 200U);
    EXPECT_EQ(pathOfGroup(std::string(180, 'x')), "groups/" + std::string(180, 'x') + ".yaml");
    EXPECT_EQ(pathOfGroup(std::string(181, 'x')).size(), std::string("groups/.yaml").size() + 166);
}

TEST(PolicyFileNamesTest, SayWhatAFileIsFor) {
    EXPECT_EQ(kindOfPath("groups/a.yaml"), ObjectKind::Group);
    EXPECT_EQ(kindOfPath("edges/a+b.yaml"), ObjectKind::Edge);
    for (const std::string path :
         {"",
          "groups",
          "groups/",
          "groups/.yaml",
          "groups/.a.yaml",
          "groups/a.yml",
          "teams/a.yaml",
          "/groups/a.yaml",
          "groups/../a.yaml",
          "groups/a/b.yaml",
          "groups/a\\b.yaml"}) {
        EXPECT_EQ(kindOfPath(path), std::nullopt) << path;
    }
    EXPECT_EQ(kindOfPath(std::string_view("groups/a\0.yaml", 14)), std::nullopt);
}

TEST(PolicyFileNamesTest, NeverMeetAndNeverLeaveTheFolder) {
    RandomPolicy random(weft::tests::randomSeed());
    std::map<std::string, std::string> keys;
    const auto set = random.set(400);
    for (const auto& [key, object] : set.objects()) {
        const auto path = pathOf(refOf(*object));
        EXPECT_THAT(path, MatchesRegex("[a-z]+/[a-z0-9_%+][a-z0-9._%+-]*\\.yaml"));
        EXPECT_TRUE(keys.emplace(path, key).second) << key << " and " << keys[path];
    }
    for (int byte = 1; byte < 256; ++byte) {
        const auto path = pathOfGroup({static_cast<char>(byte)});
        EXPECT_THAT(path, EndsWith(kPolicyFileEnding));
        EXPECT_TRUE(keys.emplace("one byte: " + path, "").second) << path;
    }
}

}  // namespace
}  // namespace weft::mesh::changes::tests
