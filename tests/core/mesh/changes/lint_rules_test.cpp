// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/lint.h"
#include "core/mesh/policy/acl.h"
#include "core/mesh/policy/validate.h"
#include "tests/core/mesh/changes/lint_world.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace weft::mesh::changes::tests {
namespace {

using policy::NetworkAcl;
using policy::SubjectKind;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> orderOf(const PolicySet& set) {
    std::vector<NetworkAcl> acls;
    for (const auto* object : set.ofKind(policy::ObjectKind::NetworkAcl)) {
        acls.push_back(std::get<NetworkAcl>(*object));
    }
    const policy::NetworkRules rules(
        std::move(acls), std::make_shared<const policy::detail::GroupIndex>());
    std::vector<std::string> names;
    for (const auto& rule : rules.rules()) {
        names.push_back(rule.name);
    }
    return names;
}

TEST(LintLists, FindsEmptyLists) {
    LintWorld world;
    world.policy.put(deny("rule", 5, {}, {"a"}));
    EXPECT_THAT(world.only("empty-list").text, HasSubstr("none at reference nodes"));
    EXPECT_TRUE(world.fixHelps("empty-list"));
    EXPECT_EQ(*world.policy.find<NetworkAcl>("rule"), deny("rule", 5, {"*"}, {"a"}));
}

TEST(LintLists, FindsRulesThatCanMatchNobody) {
    LintWorld world;
    world.policy.put(groupOf("ghosts", {"gone"}));
    world.policy.put(deny("rule", 5, {"group:ghosts", "group:none"}, {"*"}));
    EXPECT_THAT(world.codes(), Contains("matches-nobody of rule"));
    world.policy.put(groupOf("ghosts", {"gone", "a"}));
    EXPECT_THAT(world.codes(), Not(Contains("matches-nobody of rule")));
    world.policy.put(deny("rule", 5, {"a"}, {"gone"}));
    EXPECT_TRUE(world.fixHelps("matches-nobody"));
    // A group of everybody has members before anybody has joined.
    world.policy.put(policy::Group{"ghosts", {{"*", SubjectKind::All}}});
    world.policy.put(deny("rule", 5, {"group:ghosts"}, {"a"}));
    EXPECT_THAT(world.codes(), Not(Contains("matches-nobody of rule")));
}

TEST(LintLists, FixesNoSealedRule) {
    LintWorld world;
    world.policy.put(accept("bootstrap-nodes", 5, {}, {"gone"}));
    EXPECT_THAT(world.only("matches-nobody").fix, IsEmpty());
    EXPECT_THAT(world.only("empty-list").fix, IsEmpty());
    EXPECT_THAT(world.only("unknown-node").fix, IsEmpty());
}

TEST(LintLists, FindsPrefixesThatDoNotRead) {
    LintWorld world;
    auto acl = deny("rule", 5, {"a"}, {"*"});
    acl.destinationCidrs = {"10.0.0.0/99"};
    world.policy.put(acl);
    EXPECT_EQ(world.only("unreadable-prefix").severity, Severity::Error);
}

TEST(LintOrder, WantsARuleThatAccepts) {
    LintWorld world;
    world.policy.remove(aclNamed("default-accept"));
    EXPECT_EQ(world.only("nobody-may-talk").severity, Severity::Error);
    EXPECT_TRUE(world.fixHelps("nobody-may-talk"));
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintOrder, AddsTheAcceptingRuleBelowWhatIsDenied) {
    LintWorld world;
    world.policy.remove(aclNamed("default-accept"));
    world.policy.put(deny("default-accept", -7, {"a"}, {"b"}));
    EXPECT_TRUE(world.fixHelps("nobody-may-talk"));
    EXPECT_EQ(world.policy.find<NetworkAcl>("default-accept-2")->priority, -107);
}

TEST(LintOrder, HasNoFixWhenEverythingIsDenied) {
    LintWorld world;
    world.policy.put(accept("dead", 5, {"gone"}, {"*"}));
    world.policy.put(deny("default-accept", 0, {"*"}, {"*"}));
    EXPECT_THAT(world.only("nobody-may-talk").fix, IsEmpty());
    world.policy.put(
        deny("default-accept", std::numeric_limits<std::int32_t>::min(), {"a"}, {"*"}));
    EXPECT_THAT(world.only("nobody-may-talk").fix, IsEmpty());
}

TEST(LintOrder, FindsRulesThatNeverDecide) {
    LintWorld world;
    world.policy.put(groupOf("pair", {"a", "b"}));
    world.policy.put(deny("wide", 9, {"group:pair"}, {"*"}));
    world.policy.put(accept("narrow", 5, {"a"}, {"b"}));
    EXPECT_EQ(
        world.only("shadowed").text,
        "rule narrow never decides: wide before it matches all that it matches");
    EXPECT_TRUE(world.fixHelps("shadowed"));
}

TEST(LintOrder, FindsRulesThatSeveralTogetherLeaveNothingTo) {
    LintWorld world;
    world.policy.put(deny("one", 9, {"a"}, {"*"}));
    world.policy.put(deny("two", 8, {"b"}, {"c", "d"}));
    world.policy.put(accept("rule", 5, {"a", "b"}, {"c"}));
    EXPECT_THAT(world.only("shadowed").text, HasSubstr("one, two before it match all"));
    world.policy.put(accept("rule", 5, {"a", "b"}, {"c", "a"}));
    EXPECT_THAT(world.codes(), Not(Contains("shadowed of rule")));
}

TEST(LintOrder, TakesNoRuleForShadowedThatCanDecide) {
    LintWorld world;
    // All nodes of now are listed, but not those to come.
    world.policy.put(accept("all", 9, {"a", "b", "c", "d"}, {"*"}));
    world.policy.put(deny("others", 5, {"*"}, {"*"}));
    EXPECT_THAT(world.codes(), Not(Contains("shadowed of others")));
    // Nobody is in an empty list of a reference node.
    world.policy.put(accept("all", 9, {}, {"*"}));
    EXPECT_THAT(world.codes(), Not(Contains("shadowed of others")));
    world.policy.put(accept("all", 9, {"*"}, {"*"}));
    EXPECT_THAT(world.codes(), Contains("shadowed of others"));
}

struct PrefixCase {
    policy::AclAction above;
    std::vector<std::string> aboveCidrs;
    policy::AclAction below;
    std::vector<std::string> belowCidrs;
    bool isShadowed;
};

class LintPrefixes : public testing::TestWithParam<PrefixCase> {};

TEST_P(LintPrefixes, DecideWhetherARuleIsShadowed) {
    const auto& param = GetParam();
    LintWorld world;
    auto above = rule("above", 9, param.above, {"*"}, {"*"});
    above.destinationCidrs = param.aboveCidrs;
    auto below = rule("below", 5, param.below, {"*"}, {"*"});
    below.destinationCidrs = param.belowCidrs;
    world.policy.put(above);
    world.policy.put(below);
    const auto codes = world.codes();
    EXPECT_EQ(std::ranges::find(codes, "shadowed of below") != codes.end(), param.isShadowed);
}

constexpr auto kAccept = policy::AclAction::Accept;
constexpr auto kDeny = policy::AclAction::Deny;

INSTANTIATE_TEST_SUITE_P(
    All,
    LintPrefixes,
    testing::Values(
        PrefixCase{kAccept, {"10.0.0.0/8"}, kAccept, {"10.1.0.0/16"}, true},
        PrefixCase{kDeny, {"10.0.0.0/8"}, kAccept, {"10.1.0.0/16"}, true},
        PrefixCase{kDeny, {"10.0.0.0/8", "fd00::/8"}, kDeny, {"fd01::/16", "10.0.0.0/8"}, true},
        // A denial also matches what is larger and what has no address.
        PrefixCase{kAccept, {"10.0.0.0/8"}, kDeny, {"10.1.0.0/16"}, false},
        PrefixCase{kAccept, {"10.1.0.0/16"}, kAccept, {"10.0.0.0/8"}, false},
        PrefixCase{kAccept, {"10.1.0.0/16"}, kAccept, {}, false},
        PrefixCase{kAccept, {"10.1.0.0/16", "*"}, kAccept, {}, true},
        PrefixCase{kDeny, {"0.0.0.0/0"}, kAccept, {"fd00::/8"}, false},
        PrefixCase{kAccept, {"10.0.0.0/9", "10.128.0.0/9"}, kAccept, {"10.0.0.0/8"}, false}));

TEST(LintOrder, FindsContradictionsOfOnePriority) {
    LintWorld world;
    world.policy.put(deny("x", 0, {"a"}, {"b"}));
    world.policy.put(deny("y", 0, {"c"}, {"b"}));
    world.policy.put(accept("higher", 50, {"a", "b"}, {"c"}));
    EXPECT_EQ(
        world.only("equal-priorities").text,
        "2 pairs of rules with one priority contradict each other: here the name decides, at "
        "reference nodes chance does (default-accept and x, default-accept and y)");
    const auto before = orderOf(world.policy);
    EXPECT_TRUE(world.fixHelps("equal-priorities"));
    EXPECT_EQ(orderOf(world.policy), before);
    EXPECT_EQ(world.policy.find<NetworkAcl>("y")->priority, 100);
    EXPECT_EQ(world.policy.find<NetworkAcl>("default-accept")->priority, 300);
}

TEST(LintOrder, LetsEqualPrioritiesBeThatDoNotContradict) {
    LintWorld world;
    world.policy.put(groupOf("pair", {"a", "b"}));
    world.policy.put(deny("x", 9, {"c"}, {"a"}));
    world.policy.put(accept("y", 9, {"group:pair"}, {"*"}));
    world.policy.put(accept("z", 9, {"*"}, {"b"}));
    auto far = deny("far", 7, {"*"}, {"*"});
    far.destinationCidrs = {"10.0.0.0/8"};
    auto near = accept("near", 7, {"*"}, {"*"});
    near.destinationCidrs = {"192.168.0.0/16"};
    world.policy.put(far);
    world.policy.put(near);
    EXPECT_THAT(world.codes(), Not(Contains(HasSubstr("equal-priorities"))));
    near.destinationCidrs = {"10.1.0.0/16"};
    world.policy.put(near);
    EXPECT_THAT(world.codes(), Contains("equal-priorities of far"));
}

TEST(LintOrder, SpacesPrioritiesAroundTheSealedRule) {
    constexpr auto kMost = std::numeric_limits<std::int32_t>::max();
    LintWorld world;
    world.policy.put(accept("bootstrap-nodes", 250, {"a"}, {"b"}));
    world.policy.put(deny("high", 250, {"c"}, {"*"}));
    world.policy.put(deny("above", 260, {"c"}, {"d"}));
    world.policy.put(deny("low", 0, {"d"}, {"*"}));
    const auto before = orderOf(world.policy);
    EXPECT_TRUE(world.fixHelps("equal-priorities"));
    EXPECT_EQ(orderOf(world.policy), before);
    EXPECT_EQ(world.policy.find<NetworkAcl>("bootstrap-nodes")->priority, 250);
    // Nothing fits above the highest priority.
    world.policy.put(accept("bootstrap-nodes", kMost, {"a"}, {"b"}));
    world.policy.put(deny("a-first", kMost, {"a"}, {"b"}));
    EXPECT_THAT(world.only("equal-priorities").fix, IsEmpty());
}

}  // namespace
}  // namespace weft::mesh::changes::tests
