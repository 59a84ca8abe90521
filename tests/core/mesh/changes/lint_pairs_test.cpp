// SPDX-License-Identifier: Apache-2.0
// Pairs of nodes that a rule treats otherwise than it seems.
#include "core/mesh/changes/lint.h"
#include "core/mesh/policy/validate.h"
#include "tests/core/mesh/changes/lint_world.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::NetworkAcl;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(LintOneSided, FindsRulesWithoutAWayBack) {
    LintWorld world;
    world.policy.remove(aclNamed("default-accept"));
    world.policy.put(accept("there", 5, {"a", "b"}, {"c"}));
    EXPECT_EQ(
        world.only("one-sided").text,
        "rule there is one-sided: nothing accepts the way back, so no tunnel comes of 2 pairs of "
        "nodes (a to c, b to c)");
    EXPECT_TRUE(world.fixHelps("one-sided"));
    EXPECT_EQ(
        *world.policy.find<NetworkAcl>("there-back"), accept("there-back", 5, {"c"}, {"a", "b"}));
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintOneSided, AddsTheWayBackAboveADenialOfTheRest) {
    LintWorld world;
    world.policy.put(deny("default-accept", 0, {"*"}, {"*"}));
    auto acl = accept("there", 5, {"a"}, {"c"});
    acl.sourceCidrs = {"172.16.0.1/32"};
    world.policy.put(acl);
    EXPECT_TRUE(world.fixHelps("one-sided"));
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintOneSided, TakesADenialAheadForMeant) {
    LintWorld world;
    world.policy.put(deny("cameras", 5, {"a"}, {"b"}));
    EXPECT_THAT(world.codes(), IsEmpty());
    // Of the same priority it may come before the rule for the way back.
    world.policy.put(deny("cameras", 0, {"a"}, {"b"}));
    world.policy.put(accept("a-back", 0, {"a"}, {"c"}));
    EXPECT_THAT(world.codes(), Not(Contains(HasSubstr("one-sided"))));
}

TEST(LintOneSided, LooksAtPairsInTheFamilyOfTheRule) {
    LintWorld world;
    world.policy.remove(aclNamed("default-accept"));
    auto there = accept("there", 5, {"*"}, {"*"});
    there.sourceCidrs = {"fd00::1:0/112"};
    there.destinationCidrs = {"fd00::2:0/112", "172.16.0.0/12"};
    world.policy.put(there);
    EXPECT_THAT(world.only("one-sided").text, HasSubstr("1 pair of nodes (a to b)"));
    EXPECT_TRUE(world.fixHelps("one-sided"));
}

TEST(LintFamilies, FindsDenialsOfOneFamily) {
    LintWorld world;
    auto acl = deny("rule", 5, {"a"}, {"*"});
    acl.destinationCidrs = {"172.16.0.2/32", "10.0.0.0/8"};
    world.policy.put(acl);
    EXPECT_EQ(
        world.only("one-family-denial").text,
        "rule rule denies IPv4 alone, and its nodes have IPv6 addresses too: a still reaches b");
    EXPECT_TRUE(world.fixHelps("one-family-denial"));
    EXPECT_THAT(
        world.policy.find<NetworkAcl>("rule")->destinationCidrs,
        ElementsAre("172.16.0.2/32", "10.0.0.0/8", "fd00::2:0/112"));
    EXPECT_THAT(world.policy.find<NetworkAcl>("rule")->sourceCidrs, IsEmpty());
}

TEST(LintFamilies, TakesIpv6ForOneFamilyToo) {
    LintWorld world;
    auto acl = deny("rule", 5, {"*"}, {"*"});
    acl.sourceCidrs = {"fd00::1:0/112"};
    acl.destinationCidrs = {"fd00::/16"};
    world.policy.put(acl);
    EXPECT_TRUE(world.fixHelps("one-family-denial"));
    EXPECT_THAT(
        world.policy.find<NetworkAcl>("rule")->sourceCidrs,
        ElementsAre("fd00::1:0/112", "172.16.0.1/32"));
}

TEST(LintFamilies, SaysNothingWhenTheOtherFamilyIsDecidedElsewhere) {
    LintWorld world;
    auto acl = deny("rule", 5, {"a"}, {"*"});
    acl.destinationCidrs = {"172.16.0.2/32"};
    world.policy.put(acl);
    auto other = deny("other", 3, {"a"}, {"b"});
    world.policy.put(other);
    EXPECT_THAT(world.codes(), Not(Contains(HasSubstr("one-family"))));
    // Somebody wants that family to pass.
    world.policy.remove(aclNamed("other"));
    other = accept("other", 7, {"a"}, {"b"});
    other.destinationCidrs = {"fd00::/16"};
    world.policy.put(other);
    EXPECT_THAT(world.codes(), Not(Contains(HasSubstr("one-family"))));
    // Networks behind nodes are nobody's address.
    world.policy.remove(aclNamed("other"));
    acl.destinationCidrs = {"10.0.0.0/8"};
    world.policy.put(acl);
    EXPECT_THAT(world.codes(), IsEmpty());
}

TEST(LintFamilies, HasNoFixPastWhatARuleMayHold) {
    const auto withPrefixes = [](std::size_t count) {
        LintWorld world;
        auto acl = deny("rule", 5, {"a"}, {"*"});
        acl.destinationCidrs = {"172.16.0.2/32"};
        for (std::size_t at = 1; at < count; ++at) {
            acl.destinationCidrs.push_back(fmt::format("10.{}.{}.0/24", at / 256, at % 256));
        }
        world.policy.put(acl);
        return world.only("one-family-denial").fix.size();
    };
    EXPECT_EQ(withPrefixes(policy::kMaxAclCidrs - 1), 1U);
    EXPECT_EQ(withPrefixes(policy::kMaxAclCidrs), 0U);
}

}  // namespace
}  // namespace weft::mesh::changes::tests
