// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/detail/group_index.h"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace weft::mesh::policy::detail {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::array kSomebody{SubjectKind::Node, SubjectKind::User};
constexpr std::array kGroup{SubjectKind::Group};

TEST(GroupIndex, GivesEachGroupOnceHoweverManyWaysLeadToIt) {
    const GroupIndex index(
        {{.name = "a", .subjects = {{"x", SubjectKind::Node}, {"x", SubjectKind::User}}},
         {.name = "b", .subjects = {{"x", SubjectKind::Node}}},
         {.name = "c", .subjects = {{"a", SubjectKind::Group}, {"b", SubjectKind::Group}}}});

    EXPECT_THAT(index.groupsOf("x", kSomebody), ElementsAre(0, 1, 2));
    EXPECT_THAT(index.groupsAround(0), ElementsAre(0, 2));
}

TEST(GroupIndex, TellsTheNameOfSomebodyFromThatOfAGroup) {
    const GroupIndex index(
        {{.name = "everybody", .subjects = {{"*", SubjectKind::All}}},
         {.name = "x-alone", .subjects = {{"x", SubjectKind::All}}}});

    EXPECT_THAT(index.groupsOf("x", kSomebody), ElementsAre(0, 1));
    EXPECT_THAT(index.groupsOf("x", kGroup), ElementsAre(0));
}

/// What is wrong with the groups, by object.
std::vector<std::string> problemsOf(std::vector<Group> groups) {
    std::vector<Problem> problems;
    GroupIndex(std::move(groups)).report(problems);
    std::vector<std::string> texts;
    texts.reserve(problems.size());
    for (const auto& problem : problems) {
        texts.push_back(problem.object + ": " + problem.text);
    }
    return texts;
}

/// Groups in groups; with short ways the lowest is in each of the others too, which does not count.
std::vector<Group> towerOf(std::size_t height, bool hasShortWays) {
    // The higher the storey, the earlier its name.
    const auto storey = [](std::size_t at) { return "t" + std::to_string(40 - at); };
    std::vector<Group> tower{{.name = storey(0), .subjects = {{"x", SubjectKind::Node}}}};
    for (std::size_t at = 1; at < height; ++at) {
        tower.push_back({.name = storey(at), .subjects = {{storey(at - 1), SubjectKind::Group}}});
        if (hasShortWays) {
            tower.back().subjects.push_back({storey(0), SubjectKind::Group});
        }
    }
    return tower;
}

TEST(GroupIndex, TellsOnceOfATowerThatIsTooHigh) {
    for (const bool hasShortWays : {false, true}) {
        EXPECT_THAT(problemsOf(towerOf(kMaxGroupDepth, hasShortWays)), IsEmpty());
        for (const auto height : {kMaxGroupDepth + 1, kMaxGroupDepth + 2}) {
            EXPECT_THAT(
                problemsOf(towerOf(height, hasShortWays)),
                ElementsAre(AllOf(StartsWith("groups/t24: "), HasSubstr("deeper than 16"))));
        }
    }
}

TEST(GroupIndex, TellsOfEveryGroupInACircle) {
    EXPECT_THAT(
        problemsOf(
            {{.name = "a", .subjects = {{"b", SubjectKind::Group}}},
             {.name = "b", .subjects = {{"a", SubjectKind::Group}}}}),
        ElementsAre(StartsWith("groups/a: "), StartsWith("groups/b: ")));
}

TEST(GroupIndex, TellsOfCirclesAndOfGroupsThatAreMissing) {
    EXPECT_THAT(
        problemsOf(
            {{.name = "0", .subjects = {{"d", SubjectKind::Group}}},
             {.name = "1", .subjects = {{"0", SubjectKind::Group}}},
             {.name = "a", .subjects = {{"b", SubjectKind::Group}}},
             {.name = "b", .subjects = {{"a", SubjectKind::Group}}},
             {.name = "e", .subjects = {{"d", SubjectKind::Node}}}}),
        ElementsAre(
            AllOf(StartsWith("groups/0: "), HasSubstr("its group d does not exist")),
            AllOf(StartsWith("groups/a: "), HasSubstr("in a circle")),
            AllOf(StartsWith("groups/b: "), HasSubstr("in a circle"))));
}

}  // namespace
}  // namespace weft::mesh::policy::detail
