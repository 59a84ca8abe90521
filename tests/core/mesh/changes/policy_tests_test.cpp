// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_tests.h"

#include "core/mesh/policy/reachability.h"
#include "tests/core/mesh/changes/lint_world.h"

#include <gmock/gmock.h>

#include <set>

namespace weft::mesh::changes::tests {
namespace {

using net::Family;
using net::IpPrefix;
using policy::NetworkRules;
using storage::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

PolicyTest reach(std::string from, std::string to) {
    return {"test", Expectation::Reach, std::move(from), std::move(to)};
}

PolicyTest notReach(std::string from, std::string to) {
    return {"test", Expectation::NotReach, std::move(from), std::move(to)};
}

PolicyTest about(PolicyTest test, std::string_view network) {
    test.network = IpPrefix::parse(network).value();
    return test;
}

/// Runs one test by the rules alone: every node has a way to every other, but for those cut off.
PolicyTestResult runIn(
    LintWorld& world, const PolicyTest& test, const std::set<std::string>& cutOff = {}) {
    std::vector<policy::NetworkAcl> acls;
    std::vector<policy::Group> groups;
    for (const auto* object : world.policy.ofKind(policy::ObjectKind::NetworkAcl)) {
        acls.push_back(std::get<policy::NetworkAcl>(*object));
    }
    for (const auto* object : world.policy.ofKind(policy::ObjectKind::Group)) {
        groups.push_back(std::get<policy::Group>(*object));
    }
    const NetworkRules rules(
        std::move(acls), std::make_shared<const policy::detail::GroupIndex>(std::move(groups)));
    const auto& registry = world.store();
    const auto reaches = [&](const NodeId& from, const NodeId& to) {
        const auto* source = registry.node(from);
        const auto* target = registry.node(to);
        return !cutOff.contains(from.value()) && !cutOff.contains(to.value())
               && (rules.accepts(
                       {from.value(), source->privateIpv4, to.value(), target->privateIpv4})
                   || rules.accepts(
                       {from.value(), source->privateIpv6, to.value(), target->privateIpv6}));
    };
    return run({test}, {world.policy, registry, rules, reaches}).front();
}

TEST(PolicyTestsTest, PassWhenAllPairsDoWhatTheyMust) {
    LintWorld world;
    EXPECT_EQ(
        runIn(world, reach("a", "b")),
        (PolicyTestResult{.name = "test", .passed = true, .text = "all of 1 pair can talk"}));
    world.policy.put(deny("deny", 5, {"a"}, {"b"}));
    EXPECT_TRUE(runIn(world, notReach("a", "b")).passed);
    // A tunnel needs both directions.
    EXPECT_TRUE(runIn(world, notReach("b", "a")).passed);
    EXPECT_FALSE(runIn(world, reach("b", "a")).passed);
}

TEST(PolicyTestsTest, NameThePairsThatDoNot) {
    LintWorld world;
    world.policy.put(groupOf("cameras", {"a", "b"}));
    world.policy.put(groupOf("laptops", {"b", "c", "d"}));
    const auto result = runIn(world, notReach("group:cameras", "group:laptops"));
    EXPECT_FALSE(result.passed);
    EXPECT_EQ(result.text, "5 of 5 can talk: a to b and 4 more");
    EXPECT_EQ(result.offendingCount, 5U);
    EXPECT_THAT(result.offending, SizeIs(5));
    EXPECT_THAT(result.offending.front(), Pair(NodeId("a"), NodeId("b")));
}

TEST(PolicyTestsTest, NameAtMostSomePairs) {
    LintWorld world;
    const auto result = runIn(world, notReach("*", "*"));
    EXPECT_THAT(result.offending, SizeIs(kMaxOffendingPairs));
    EXPECT_EQ(result.offendingCount, 12U);
    world.policy.put(accept("default-accept", 0, {"a"}, {"a"}));
    EXPECT_TRUE(runIn(world, notReach("*", "*")).passed);
}

TEST(PolicyTestsTest, WantAWayToo) {
    LintWorld world;
    const auto result = runIn(world, reach("a", "*"), {"c"});
    EXPECT_EQ(result.text, "1 of 3 cannot talk: a to c");
    EXPECT_TRUE(runIn(world, notReach("a", "c"), {"c"}).passed);
}

TEST(PolicyTestsTest, LookAtOneFamilyWhenAsked) {
    LintWorld world;
    auto acl = deny("deny", 5, {"a"}, {"b"});
    acl.destinationCidrs = {"172.16.0.0/12"};
    world.policy.put(acl);
    auto test = notReach("a", "b");
    EXPECT_FALSE(runIn(world, test).passed);
    test.family = Family::V4;
    EXPECT_TRUE(runIn(world, test).passed);
    test.family = Family::V6;
    EXPECT_FALSE(runIn(world, test).passed);
}

TEST(PolicyTestsTest, FailWhenTheySayNothing) {
    LintWorld world;
    world.policy.put(groupOf("ghosts", {"gone"}));
    const auto textOf = [&world](const PolicyTest& test) {
        const auto result = runIn(world, test);
        EXPECT_FALSE(result.passed);
        EXPECT_THAT(result.offending, IsEmpty());
        return result.text;
    };
    EXPECT_EQ(textOf(notReach("gone", "a")), "there is no node gone");
    EXPECT_EQ(textOf(notReach("a", "group:none")), "there is no group:none");
    EXPECT_EQ(textOf(notReach("group:ghosts", "a")), "says nothing: group:ghosts is nobody");
    EXPECT_EQ(textOf(reach("a", "group:ghosts")), "says nothing: group:ghosts is nobody");
    EXPECT_EQ(textOf(reach("a", "a")), "says nothing: its two ends are the same node");
    EXPECT_EQ(
        textOf(about(notReach("a", ""), "10.0.0.0/8")), "says nothing: nobody leads to 10.0.0.0/8");
}

TEST(PolicyTestsTest, CountNodesThatTakePartAlone) {
    LintWorld world;
    world.addNode("placeholder", false);
    EXPECT_TRUE(runIn(world, reach("a", "*")).passed);
}

TEST(PolicyTestsTest, AskWhetherANetworkIsReached) {
    LintWorld world;
    world.policy.put(routeOf("office", "b", {"10.0.0.0/8"}));
    EXPECT_TRUE(runIn(world, about(reach("a", ""), "10.1.0.0/16")).passed);
    // Nobody leads to all of it.
    EXPECT_FALSE(runIn(world, about(reach("a", ""), "8.0.0.0/6")).passed);
    EXPECT_FALSE(runIn(world, about(notReach("a", ""), "8.0.0.0/6")).passed);
    EXPECT_THAT(
        runIn(world, about(notReach("*", ""), "10.1.0.0/16")).offending,
        ElementsAre(
            Pair(NodeId("a"), NodeId("b")),
            Pair(NodeId("c"), NodeId("b")),
            Pair(NodeId("d"), NodeId("b"))));
    // By another node than the one that leads there.
    EXPECT_THAT(
        runIn(world, about(notReach("a", "c"), "10.1.0.0/16")).text, HasSubstr("nobody leads to"));
    EXPECT_THAT(runIn(world, about(reach("b", ""), "10.1.0.0/16")).text, HasSubstr("says nothing"));
    EXPECT_FALSE(runIn(world, about(reach("a", ""), "10.1.0.0/16"), {"b"}).passed);
}

TEST(PolicyTestsTest, WantBothDirectionsOfANetwork) {
    LintWorld world;
    world.policy.put(routeOf("office", "b", {"10.0.0.0/8"}));
    auto acl = deny("deny", 5, {"b"}, {"a"});
    acl.sourceCidrs = {"10.0.0.0/8"};
    world.policy.put(acl);
    EXPECT_FALSE(runIn(world, about(reach("a", ""), "10.1.0.0/16")).passed);
    EXPECT_TRUE(runIn(world, about(notReach("a", ""), "10.1.0.0/16")).passed);
}

TEST(PolicyTestsTest, FindTheOneAddressThatIsReached) {
    LintWorld world;
    world.policy.put(routeOf("office", "b", {"10.0.0.0/8"}));
    const auto put = [&world](std::string name, std::int32_t priority, bool accepts, auto cidr) {
        auto acl = accepts ? accept(std::move(name), priority, {"a"}, {"b"})
                           : deny(std::move(name), priority, {"a"}, {"b"});
        acl.destinationCidrs = {cidr};
        world.policy.put(acl);
    };
    put("rest", 5, false, "10.0.0.0/8");
    const auto test = about(notReach("a", ""), "10.0.0.0/8");
    EXPECT_TRUE(runIn(world, test).passed);
    put("hole", 7, true, "10.77.0.5/32");
    EXPECT_FALSE(runIn(world, test).passed);
    put("plug", 9, false, "10.77.0.4/31");
    EXPECT_TRUE(runIn(world, test).passed);
    // What lies behind the last denied address, where no prefix of its own begins.
    put("hole", 7, true, "10.0.0.0/8");
    put("plug", 9, false, "10.0.0.0/9");
    EXPECT_FALSE(runIn(world, test).passed);
    put("plug", 9, false, "10.128.0.0/9");
    EXPECT_FALSE(runIn(world, test).passed);
}

TEST(PolicyTestsTest, TakeAddressesOfNodesForANetwork) {
    LintWorld world;
    EXPECT_TRUE(runIn(world, about(reach("a", ""), "172.16.0.2/32")).passed);
    world.policy.put(deny("deny", 5, {"a"}, {"b"}));
    EXPECT_FALSE(runIn(world, about(reach("a", ""), "172.16.0.2/32")).passed);
    EXPECT_TRUE(runIn(world, about(notReach("a", ""), "fd00::2:0/112")).passed);
    EXPECT_FALSE(runIn(world, about(notReach("a", ""), "fd00::/16")).passed);
}

TEST(PolicyTestsTest, AreRefusedWhenTheyAreAboutTooManyPairs) {
    constexpr std::size_t kSide = 2000;
    static_assert(kSide * kSide == kMaxTestVerdicts);
    LintWorld world;
    for (auto at = world.store().nodeCount(); at < kSide; ++at) {
        world.addNode("n" + std::to_string(at));
    }
    const NetworkRules rules;
    const auto result = [&] {
        const auto nobody = [](const NodeId&, const NodeId&) { return false; };
        return run({notReach("*", "*")}, {world.policy, world.store(), rules, nobody}).front();
    };
    EXPECT_TRUE(result().passed) << result().text;
    world.addNode("one-more");
    EXPECT_THAT(result().text, HasSubstr("too many pairs"));
}

std::vector<PolicyTest> someTests() {
    return {
        {"one", Expectation::Reach, "a", "group:b", Family::V6, {}},
        {"two", Expectation::NotReach, "*", "", {}, IpPrefix::parse("10.0.0.0/8").value()},
        {"three",
         Expectation::NotReach,
         "a",
         "b",
         Family::V4,
         IpPrefix::parse("10.0.0.1/32").value()}};
}

TEST(PolicyTestsText, ReadsWhatItWrites) {
    const auto text = encode(someTests());
    EXPECT_THAT(text, HasSubstr("\"must\":\"MUST_NOT_REACH\""));
    EXPECT_EQ(decode(text).value(), someTests());
    EXPECT_THAT(decode(encode({})).value(), IsEmpty());
    EXPECT_EQ(
        decode(R"({"tests":[{"name":"x","must":"MUST_REACH","from":"a","network":"10.0.0.1"}]})")
            .value()
            .front()
            .network,
        IpPrefix::parse("10.0.0.1/32").value());
}

TEST(PolicyTestsText, SaysWhatIsWrong) {
    const auto errorOf = [](const std::string& fields) {
        const auto read =
            decode(R"({"tests":[{"name":"x","must":"MUST_REACH","from":"a",)" + fields + "}]}");
        EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument) << fields;
        return messageOf(read.status());
    };
    EXPECT_THAT(errorOf(R"("to":"")"), HasSubstr("neither to whom nor to which network"));
    EXPECT_THAT(errorOf(R"("to":"a/b")"), HasSubstr("test x: a/b"));
    EXPECT_THAT(errorOf(R"("to":"group:")"), HasSubstr("group:"));
    EXPECT_THAT(errorOf(R"("network":"10.0.0.1/8")"), HasSubstr("write 10.0.0.0/8"));
    EXPECT_THAT(errorOf(R"("network":"fd00::/8","family":"FAMILY_V4")"), HasSubstr("family"));
    EXPECT_THAT(errorOf(R"("network":"ten")"), HasSubstr("ten"));
    EXPECT_THAT(errorOf(R"("to":"b","family":7)"), HasSubstr("family 7 is none"));
    EXPECT_THAT(errorOf(R"("to":"b","other":1)"), HasSubstr("do not parse"));
    EXPECT_THAT(
        messageOf(decode(R"({"tests":[{"name":"x","from":"a","to":"b"}]})").status()),
        HasSubstr("MUST_REACH or MUST_NOT_REACH"));
    EXPECT_FALSE(decode("{").ok());
}

TEST(PolicyTestsText, WantsNamesOfTheirOwn) {
    auto tests = someTests();
    EXPECT_TRUE(validate(tests).ok());
    tests[1].name = "one";
    EXPECT_THAT(messageOf(validate(tests)), HasSubstr("two tests are called one"));
    tests[1].name = "";
    EXPECT_THAT(messageOf(validate(tests)), HasSubstr("name of the test"));
}

TEST(PolicyTestsText, HasLimits) {
    std::vector<PolicyTest> tests;
    for (std::size_t at = 0; at < kMaxPolicyTests; ++at) {
        tests.push_back(reach("a", "b"));
        tests.back().name = std::to_string(at);
    }
    EXPECT_TRUE(decode(encode(tests)).ok());
    tests.push_back(reach("a", "b"));
    EXPECT_THAT(messageOf(decode(encode(tests)).status()), HasSubstr("501 tests are too many"));

    auto text = encode({});
    text.resize(kMaxPolicyTestBytes, ' ');
    EXPECT_TRUE(decode(text).ok());
    EXPECT_THAT(messageOf(decode(text + " ").status()), HasSubstr("longer than"));
}

}  // namespace
}  // namespace weft::mesh::changes::tests
