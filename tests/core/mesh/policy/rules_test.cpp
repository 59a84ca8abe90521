// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/rules.h"

#include <gmock/gmock.h>

namespace weft::mesh::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Principal kAlice{.id = "alice"};
const Action kPutRouteX{Verb::Put, Resource::Routes, "x"};

Role roleOf(Rule rule, std::string name = "role") {
    return {.name = std::move(name), .rules = {std::move(rule)}};
}

/// The rules of a mesh in which `rule` is bound to `subject`.
RoleRules::Contents bound(Rule rule, Subject subject = {"alice", SubjectKind::Node}) {
    return {
        .roles = {roleOf(std::move(rule))},
        .bindings = {{.name = "binding", .role = "role", .subjects = {std::move(subject)}}}};
}

bool allows(const Rule& rule, const Action& action) {
    return RoleRules(bound(rule)).decide(kAlice, action).allowed;
}

bool reaches(const Subject& subject, const Principal& principal = kAlice) {
    const Rule everything{.resources = {Resource::All}, .resourceNames = {}, .verbs = {Verb::All}};
    return RoleRules(bound(everything, subject)).decide(principal, kPutRouteX).allowed;
}

TEST(RoleRules, AllowsNobodyAnythingWithoutRules) {
    const auto decision = RoleRules().decide(kAlice, kPutRouteX);

    EXPECT_FALSE(decision.allowed);
    EXPECT_EQ(decision.reason, "alice may not put routes x: no role is bound to it");
}

TEST(RoleRules, FindsRolesAndBindingsByTheirWholeName) {
    auto contents = bound({.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {}});
    contents.bindings.push_back({.name = "a", .role = "none", .subjects = {}});
    const RoleRules rules(std::move(contents));

    ASSERT_NE(rules.binding("binding"), nullptr);
    EXPECT_EQ(rules.binding("binding")->role, "role");
    EXPECT_EQ(rules.binding("a")->role, "none");
    ASSERT_NE(rules.role("role"), nullptr);
    for (const auto* missing : {"", "b", "bindin", "bindings", "z"}) {
        EXPECT_EQ(rules.binding(missing), nullptr) << missing;
        EXPECT_EQ(rules.role(missing), nullptr) << missing;
    }
}

TEST(RoleRules, MatchesVerbs) {
    struct Row {
        std::vector<Verb> listed;
        Verb wanted;
        bool allowed;
    };
    const std::vector<Row> rows = {
        {{Verb::Put}, Verb::Put, true},
        {{Verb::Put}, Verb::Get, false},
        {{Verb::Put}, Verb::Delete, false},
        {{Verb::Get, Verb::Delete}, Verb::Delete, true},
        {{Verb::All}, Verb::Put, true},
        {{Verb::All}, Verb::All, true},
        {{Verb::Put, Verb::Get, Verb::Delete}, Verb::All, false},
        {{Verb::Unknown}, Verb::Put, false},
        {{Verb::Unknown}, Verb::Unknown, false},
        {{Verb::All}, Verb::Unknown, false},
        {{Verb::All}, static_cast<Verb>(4), false},
        {{}, Verb::Put, false}};

    for (const auto& row : rows) {
        const Rule rule{.resources = {Resource::Routes}, .resourceNames = {}, .verbs = row.listed};
        EXPECT_EQ(allows(rule, {row.wanted, Resource::Routes, "x"}), row.allowed)
            << nameOf(row.wanted);
    }
}

TEST(RoleRules, MatchesResources) {
    for (const auto listed :
         {Resource::Votes,
          Resource::Roles,
          Resource::RoleBindings,
          Resource::Groups,
          Resource::NetworkAcls,
          Resource::Routes,
          Resource::DataChannels,
          Resource::Edges,
          Resource::Observers,
          Resource::PubSub}) {
        const Rule rule{.resources = {listed}, .resourceNames = {}, .verbs = {Verb::Put}};
        const Rule all{.resources = {Resource::All}, .resourceNames = {}, .verbs = {Verb::Put}};
        const auto other = listed == Resource::Votes ? Resource::Roles : Resource::Votes;
        EXPECT_TRUE(allows(rule, {Verb::Put, listed, "x"})) << nameOf(listed);
        EXPECT_TRUE(allows(rule, {Verb::Put, listed})) << nameOf(listed);
        EXPECT_TRUE(allows(all, {Verb::Put, listed, "x"})) << nameOf(listed);
        EXPECT_FALSE(allows(rule, {Verb::Put, other, "x"})) << nameOf(listed);
        EXPECT_FALSE(allows(rule, {Verb::Put, Resource::All})) << nameOf(listed);
        EXPECT_FALSE(allows(all, {Verb::Put, Resource::Unknown})) << nameOf(listed);
    }
}

TEST(RoleRules, MatchesNames) {
    struct Row {
        Resource resource;
        std::vector<std::string> names;
        std::string wanted;
        bool allowed;
    };
    const std::vector<Row> rows = {
        {Resource::Routes, {}, "x", true},
        {Resource::Routes, {}, "", true},
        {Resource::Routes, {"*"}, "x", true},
        {Resource::Routes, {"*"}, "", true},
        {Resource::Routes, {"x"}, "x", true},
        {Resource::Routes, {"y", "x"}, "x", true},
        {Resource::Routes, {"y"}, "x", false},
        // A right on one thing is no right on all of them.
        {Resource::Routes, {"x"}, "", false},
        {Resource::Routes, {""}, "", false},
        {Resource::Routes, {"X"}, "x", false},
        // ALL resources of one name are not all names.
        {Resource::All, {"x"}, "x", true},
        {Resource::All, {"y"}, "x", false},
        {Resource::Routes, {"x/"}, "x/y", false}};

    for (const auto& row : rows) {
        const Rule rule{
            .resources = {row.resource}, .resourceNames = row.names, .verbs = {Verb::Put}};
        EXPECT_EQ(allows(rule, {Verb::Put, Resource::Routes, row.wanted}), row.allowed)
            << nameOf(row.resource) << " " << ::testing::PrintToString(row.names) << " "
            << row.wanted;
    }
}

TEST(RoleRules, TakesAKeyThatEndsWithASlashForAllBelowIt) {
    const auto allowed = [](std::string listed, std::string wanted) {
        return allows(
            {.resources = {Resource::PubSub},
             .resourceNames = {std::move(listed)},
             .verbs = {Verb::Get}},
            {Verb::Get, Resource::PubSub, std::move(wanted)});
    };

    EXPECT_TRUE(allowed("/weather/", "/weather/oslo"));
    EXPECT_TRUE(allowed("/weather/", "/weather/"));
    EXPECT_TRUE(allowed("/weather", "/weather"));
    EXPECT_FALSE(allowed("/weather/", "/weather"));
    EXPECT_FALSE(allowed("/weather", "/weather/oslo"));
    EXPECT_FALSE(allowed("/weather/", ""));
}

TEST(RoleRules, MatchesSubjects) {
    EXPECT_TRUE(reaches({"alice", SubjectKind::Node}));
    EXPECT_TRUE(reaches({"alice", SubjectKind::User}));
    EXPECT_TRUE(reaches({"alice", SubjectKind::All}));
    EXPECT_TRUE(reaches({"*", SubjectKind::Node}));
    EXPECT_TRUE(reaches({"*", SubjectKind::User}));
    EXPECT_TRUE(reaches({"*", SubjectKind::All}));
    EXPECT_FALSE(reaches({"bob", SubjectKind::Node}));
    EXPECT_FALSE(reaches({"alice", SubjectKind::Unknown}));
    EXPECT_FALSE(reaches({"*", SubjectKind::Unknown}));
    EXPECT_FALSE(reaches({"alice", SubjectKind::Group}));
    EXPECT_FALSE(reaches({"*", SubjectKind::Group}));
    EXPECT_FALSE(reaches({"Alice", SubjectKind::Node}));
}

TEST(RoleRules, LooksAtAPrincipalAsTheKindsItHas) {
    const Principal node{.id = "alice", .kinds = {SubjectKind::Node}};
    const Principal user{.id = "alice", .kinds = {SubjectKind::User}};
    const Principal group{.id = "alice", .kinds = {SubjectKind::Group}};

    EXPECT_TRUE(reaches({"alice", SubjectKind::Node}, node));
    EXPECT_FALSE(reaches({"alice", SubjectKind::Node}, user));
    EXPECT_FALSE(reaches({"*", SubjectKind::Node}, user));
    EXPECT_TRUE(reaches({"alice", SubjectKind::All}, user));
    EXPECT_FALSE(reaches({"alice", SubjectKind::All}, group));
    EXPECT_TRUE(reaches({"*", SubjectKind::All}, group));
}

TEST(RoleRules, RefusesACallerWithoutAName) {
    EXPECT_FALSE(reaches({"*", SubjectKind::All}, Principal{}));
    EXPECT_FALSE(reaches({"", SubjectKind::Node}, Principal{}));
    EXPECT_EQ(
        RoleRules().decide(Principal{}, kPutRouteX).reason,
        "a caller without a name may not put routes x");
}

TEST(RoleRules, ExpandsGroupsInGroups) {
    auto contents = bound(
        {.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {Verb::Put}},
        {"outer", SubjectKind::Group});
    contents.groups = {
        {.name = "outer", .subjects = {{"inner", SubjectKind::Group}}},
        {.name = "inner", .subjects = {{"alice", SubjectKind::User}}},
        {.name = "other", .subjects = {{"bob", SubjectKind::User}}}};
    const RoleRules rules(contents);

    const auto decision = rules.decide(kAlice, kPutRouteX);
    EXPECT_TRUE(decision.allowed);
    EXPECT_EQ(decision.binding, "binding");
    EXPECT_EQ(decision.role, "role");
    EXPECT_EQ(decision.group, "outer");
    EXPECT_FALSE(rules.decide({.id = "bob"}, kPutRouteX).allowed);
    EXPECT_TRUE(rules.decide({.id = "inner", .kinds = {SubjectKind::Group}}, kPutRouteX).allowed);
    EXPECT_TRUE(rules.decide({.id = "outer", .kinds = {SubjectKind::Group}}, kPutRouteX).allowed);
    EXPECT_FALSE(rules.decide({.id = "other", .kinds = {SubjectKind::Group}}, kPutRouteX).allowed);
}

/// "g0" contains "g1" and so on; alice is in the last; the role is bound to "g0".
RoleRules tower(std::size_t groups) {
    auto contents = bound(
        {.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {Verb::Put}},
        {"g0", SubjectKind::Group});
    for (std::size_t at = 0; at < groups; ++at) {
        const bool isLast = at + 1 == groups;
        contents.groups.push_back(
            {.name = "g" + std::to_string(at),
             .subjects = {
                 isLast ? Subject{"alice", SubjectKind::Node}
                        : Subject{"g" + std::to_string(at + 1), SubjectKind::Group}}});
    }
    return RoleRules(contents);
}

TEST(RoleRules, FollowsGroupsAsDeepAsTheLimitAndNoDeeper) {
    EXPECT_TRUE(tower(kMaxGroupDepth).decide(kAlice, kPutRouteX).allowed);
    EXPECT_FALSE(tower(kMaxGroupDepth + 1).decide(kAlice, kPutRouteX).allowed);
}

TEST(RoleRules, CutsGroupsThatContainEachOther) {
    auto contents = bound(
        {.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {Verb::Put}},
        {"a", SubjectKind::Group});
    contents.groups = {
        {.name = "a", .subjects = {{"b", SubjectKind::Group}}},
        {.name = "b", .subjects = {{"a", SubjectKind::Group}, {"alice", SubjectKind::Node}}}};

    EXPECT_TRUE(RoleRules(contents).decide(kAlice, kPutRouteX).allowed);
    EXPECT_FALSE(RoleRules(contents).decide({.id = "bob"}, kPutRouteX).allowed);
}

TEST(RoleRules, WantsEveryDeedAllowed) {
    auto contents =
        bound({.resources = {Resource::Edges}, .resourceNames = {"a", "b"}, .verbs = {Verb::Put}});
    const RoleRules rules(contents);
    const std::vector<Action> both = {
        {Verb::Put, Resource::Edges, "a"}, {Verb::Put, Resource::Edges, "b"}};
    const std::vector<Action> oneTooMany = {
        {Verb::Put, Resource::Edges, "a"}, {Verb::Put, Resource::Edges, "c"}};

    EXPECT_TRUE(rules.decide(kAlice, both).allowed);
    EXPECT_EQ(
        rules.decide(kAlice, oneTooMany).reason,
        "alice may not put edges c: its roles do not allow that (role)");
    EXPECT_TRUE(rules.decide(kAlice, std::span<const Action>()).allowed);
}

TEST(RoleRules, PassesOverBindingsOfMissingRoles) {
    auto contents =
        bound({.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {Verb::Put}});
    contents.bindings.insert(
        contents.bindings.begin(),
        {.name = "a", .role = "gone", .subjects = {{"alice", SubjectKind::Node}}});
    contents.bindings.push_back(
        {.name = "c", .role = "role", .subjects = {{"lost", SubjectKind::Group}}});
    const RoleRules rules(contents);

    EXPECT_EQ(rules.decide(kAlice, kPutRouteX).binding, "binding");
    EXPECT_THAT(
        rules.problems(),
        ElementsAre(
            Problem{"rolebindings/a", "its role gone does not exist, so it gives nothing"},
            Problem{"rolebindings/c", "its group lost does not exist"}));
}

TEST(RoleRules, AllowsEverythingWhenSwitchedOff) {
    const RoleRules rules(RoleRules::Contents{.rbacDisabled = true});

    EXPECT_TRUE(rules.decide(Principal{}, kPutRouteX).allowed);
    EXPECT_THAT(rules.decide(kAlice, kPutRouteX).reason, HasSubstr("switched off"));
    EXPECT_TRUE(rules.holds(kAlice, roleOf({{Resource::All}, {}, {Verb::All}})));
}

TEST(RoleRules, HoldsARoleWhoseEveryRightItHas) {
    const RoleRules rules(bound(
        {.resources = {Resource::Routes, Resource::Edges},
         .resourceNames = {"x", "y"},
         .verbs = {Verb::Put, Verb::Get}}));
    const auto holds = [&rules](const Rule& rule) { return rules.holds(kAlice, roleOf(rule)); };

    EXPECT_TRUE(holds({{Resource::Routes}, {"x"}, {Verb::Put}}));
    EXPECT_TRUE(holds({{Resource::Routes, Resource::Edges}, {"y", "x"}, {Verb::Get, Verb::Put}}));
    EXPECT_FALSE(holds({{Resource::Routes}, {"z"}, {Verb::Put}}));
    EXPECT_FALSE(holds({{Resource::Routes}, {}, {Verb::Put}}));
    EXPECT_FALSE(holds({{Resource::Routes}, {"x", "*"}, {Verb::Put}}));
    EXPECT_FALSE(holds({{Resource::Routes}, {"x"}, {Verb::Delete}}));
    EXPECT_FALSE(holds({{Resource::Routes}, {"x"}, {Verb::All}}));
    EXPECT_FALSE(holds({{Resource::All}, {"x"}, {Verb::Put}}));
    EXPECT_FALSE(rules.holds({.id = "bob"}, roleOf({{Resource::Routes}, {"x"}, {Verb::Put}})));
}

TEST(RoleRules, HoldsEverythingAsAdministrator) {
    const RoleRules rules(bound({{Resource::All}, {}, {Verb::All}}));

    EXPECT_TRUE(rules.holds(kAlice, roleOf({{Resource::All}, {}, {Verb::All}})));
    EXPECT_TRUE(rules.holds(kAlice, roleOf({{Resource::Votes}, {"x"}, {Verb::Put}})));
}

TEST(RoleRules, ListsWhatSomebodyHasAndThroughWhat) {
    auto contents = bound({{Resource::Routes}, {}, {Verb::Put}});
    contents.bindings.push_back(
        {.name = "z", .role = "role", .subjects = {{"g", SubjectKind::Group}}});
    contents.groups = {{.name = "g", .subjects = {{"alice", SubjectKind::Node}}}};
    const RoleRules rules(contents);

    EXPECT_THAT(
        rules.grantsOf(kAlice), ElementsAre(Grant{"binding", "role", ""}, Grant{"z", "role", "g"}));
    EXPECT_TRUE(rules.hasRole(kAlice, "role"));
    EXPECT_FALSE(rules.hasRole({.id = "bob"}, "role"));
}

TEST(RoleRules, KnowsWhatANewMemberOfAGroupGets) {
    auto contents = bound({{Resource::Routes}, {}, {Verb::Put}}, {"outer", SubjectKind::Group});
    contents.groups = {
        {.name = "outer",
         .subjects = {{"inner", SubjectKind::Group}, {"coming", SubjectKind::Group}}},
        {.name = "inner", .subjects = {{"alice", SubjectKind::Node}}}};
    const RoleRules rules(contents);
    const auto names = [&rules](std::string_view group) {
        std::vector<std::string> found;
        for (const auto* role : rules.rolesOfGroup(group)) {
            found.push_back(role->name);
        }
        return found;
    };

    EXPECT_THAT(names("outer"), ElementsAre("role"));
    EXPECT_THAT(names("inner"), ElementsAre("role"));
    // It does not exist yet; whoever makes it gives the role away.
    EXPECT_THAT(names("coming"), ElementsAre("role"));
    EXPECT_THAT(names("nobody"), IsEmpty());
}

TEST(RoleRules, ShortensALongListOfRoles) {
    RoleRules::Contents contents;
    for (int at = 0; at < 10; ++at) {
        const auto name = "r" + std::to_string(at);
        contents.roles.push_back(roleOf({{Resource::Votes}, {}, {Verb::Put}}, name));
        contents.bindings.push_back(
            {.name = name, .role = name, .subjects = {{"alice", SubjectKind::Node}}});
    }

    EXPECT_THAT(
        RoleRules(contents).decide(kAlice, kPutRouteX).reason,
        HasSubstr("(r0, r1, r2, r3, r4, r5, r6, r7 and 2 more)"));
}

}  // namespace
}  // namespace weft::mesh::policy
