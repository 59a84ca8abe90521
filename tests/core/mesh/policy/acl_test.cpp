// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/acl.h"

#include "core/mesh/policy/reachability.h"

#include "v1/network_acls.pb.h"

#include <gmock/gmock.h>

namespace weft::mesh::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Texts = std::vector<std::string>;

std::optional<net::IpPrefix> prefix(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(*net::IpPrefix::parse(text));
}

Flow flow(
    std::string source, std::string destination, const std::string& from, const std::string& to) {
    return {std::move(source), prefix(from), std::move(destination), prefix(to)};
}

NetworkAcl acl(
    std::string name,
    std::int32_t priority,
    AclAction action,
    Texts sources = {"*"},
    Texts destinations = {"*"}) {
    return {
        .name = std::move(name),
        .priority = priority,
        .action = action,
        .sourceNodes = std::move(sources),
        .destinationNodes = std::move(destinations),
        .sourceCidrs = {},
        .destinationCidrs = {}};
}

NetworkRules rules(
    std::vector<NetworkAcl> acls, Dialect dialect = Dialect::Seed, std::vector<Group> groups = {}) {
    return {
        std::move(acls), std::make_shared<const detail::GroupIndex>(std::move(groups)), dialect};
}

/// Both ways through the rules, which must say the same.
bool accepts(const NetworkRules& network, const Flow& traffic) {
    const bool quick = network.accepts(traffic);
    EXPECT_EQ(quick, network.trace(traffic).accepted);
    return quick;
}

bool acceptsNodes(const NetworkRules& network, std::string source, std::string destination) {
    return accepts(
        network, {.sourceNode = std::move(source), .destinationNode = std::move(destination)});
}

TEST(NetworkRules, DeniesWhatNoRuleMatches) {
    EXPECT_FALSE(acceptsNodes(rules({}), "a", "b"));
    EXPECT_FALSE(acceptsNodes(rules({acl("x", 0, AclAction::Accept, {"c"}, {"*"})}), "a", "b"));
    EXPECT_THAT(rules({}).trace({.sourceNode = "a"}).steps, IsEmpty());
}

TEST(NetworkRules, TakesOnlyAcceptForAccept) {
    EXPECT_TRUE(acceptsNodes(rules({acl("x", 0, AclAction::Accept)}), "a", "b"));
    EXPECT_FALSE(acceptsNodes(rules({acl("x", 0, AclAction::Deny)}), "a", "b"));
    EXPECT_FALSE(acceptsNodes(rules({acl("x", 0, AclAction::Unknown)}), "a", "b"));
    EXPECT_FALSE(acceptsNodes(rules({acl("x", 0, static_cast<AclAction>(9))}), "a", "b"));
}

TEST(NetworkRules, LetsTheHighestPriorityDecideAndThenTheName) {
    EXPECT_TRUE(acceptsNodes(
        rules({acl("x", 1, AclAction::Deny), acl("y", 2, AclAction::Accept)}), "a", "b"));
    EXPECT_FALSE(acceptsNodes(
        rules({acl("x", -1, AclAction::Deny), acl("y", -2, AclAction::Accept)}), "a", "b"));
    const std::vector<NetworkAcl> equals = {
        acl("b", 5, AclAction::Accept), acl("a", 5, AclAction::Deny)};
    EXPECT_FALSE(acceptsNodes(rules(equals), "a", "b"));
    EXPECT_FALSE(acceptsNodes(rules({equals[1], equals[0]}), "a", "b"));
    EXPECT_EQ(rules(equals).trace({}).decidedBy, "a");
}

TEST(NetworkRules, MatchesNodesByNameAndDirection) {
    const auto network = rules({acl("x", 0, AclAction::Accept, {"a", "c"}, {"b"})});

    EXPECT_TRUE(acceptsNodes(network, "a", "b"));
    EXPECT_TRUE(acceptsNodes(network, "c", "b"));
    EXPECT_FALSE(acceptsNodes(network, "b", "a"));
    EXPECT_FALSE(acceptsNodes(network, "a", "c"));
    EXPECT_FALSE(acceptsNodes(network, "A", "b"));
    EXPECT_FALSE(acceptsNodes(network, "", "b"));
    // What is no node matches a star.
    EXPECT_TRUE(acceptsNodes(rules({acl("x", 0, AclAction::Accept)}), "", ""));
}

TEST(NetworkRules, TakesAnEmptyNodeListForAllNodesAndTheReferenceForNone) {
    for (const bool sources : {true, false}) {
        const auto open =
            acl("x",
                0,
                AclAction::Accept,
                sources ? Texts{} : Texts{"*"},
                sources ? Texts{"*"} : Texts{});

        const auto seed = rules({open});
        EXPECT_TRUE(acceptsNodes(seed, "a", "b"));
        ASSERT_EQ(seed.problems().size(), 1U);
        EXPECT_EQ(seed.problems()[0].object, "network-acls/x");
        EXPECT_THAT(seed.problems()[0].text, HasSubstr("none at reference nodes"));

        const auto reference = rules({open}, Dialect::Reference);
        EXPECT_FALSE(acceptsNodes(reference, "a", "b"));
        ASSERT_EQ(reference.problems().size(), 1U);
        EXPECT_THAT(reference.problems()[0].text, HasSubstr("never matches"));
        EXPECT_TRUE(reference.trace({}, Dialect::Seed).accepted);
        EXPECT_FALSE(seed.trace({}, Dialect::Reference).accepted);
    }
}

TEST(NetworkRules, ExpandsGroups) {
    const std::vector<Group> groups = {
        {.name = "g",
         .subjects =
             {{"node", SubjectKind::Node},
              {"user", SubjectKind::User},
              {"all", SubjectKind::All},
              {"odd", SubjectKind::Unknown},
              {"inner", SubjectKind::Group}}},
        {.name = "inner", .subjects = {{"deep", SubjectKind::Node}}},
        {.name = "everybody", .subjects = {{"*", SubjectKind::All}}}};
    const auto toGroup = [&](Dialect dialect) {
        return rules({acl("x", 0, AclAction::Accept, {"group:g"}, {"*"})}, dialect, groups);
    };
    struct Row {
        std::string node;
        bool seed;
        bool reference;
    };
    // The reference takes every name in the group for a node, that of a group too.
    const std::vector<Row> rows = {
        {"node", true, true},
        {"user", true, true},
        {"all", true, true},
        {"odd", false, true},
        {"deep", true, false},
        {"inner", false, true},
        {"g", false, false},
        {"other", false, false}};

    for (const auto& row : rows) {
        EXPECT_EQ(acceptsNodes(toGroup(Dialect::Seed), row.node, "z"), row.seed) << row.node;
        EXPECT_EQ(acceptsNodes(toGroup(Dialect::Reference), row.node, "z"), row.reference)
            << row.node;
    }
    const auto missing = rules({acl("x", 0, AclAction::Accept, {"group:gone"}, {"*"})});
    EXPECT_FALSE(acceptsNodes(missing, "gone", "z"));
    EXPECT_THAT(
        missing.problems(), ElementsAre(Problem{"network-acls/x", "group:gone does not exist"}));
    const auto open =
        rules({acl("x", 0, AclAction::Accept, {"group:everybody"})}, Dialect::Seed, groups);
    EXPECT_TRUE(acceptsNodes(open, "stranger", "z"));
    EXPECT_TRUE(acceptsNodes(open, "", "z"));
}

struct CidrRow {
    Texts listed;
    std::string address;
    bool seedAccept;
    bool seedDeny;
    bool reference;
};

/// Whether a rule whose prefixes are `listed` matches a source, or a destination, of `address`.
bool matches(const CidrRow& row, AclAction action, Dialect dialect, bool asSource) {
    auto rule = acl("x", 0, action);
    (asSource ? rule.sourceCidrs : rule.destinationCidrs) = row.listed;
    const auto network = rules({rule}, dialect);
    const auto traffic =
        asSource ? flow("a", "b", row.address, "") : flow("a", "b", "", row.address);
    const bool matched = network.decidingRule(traffic) == 0;
    EXPECT_EQ(matched, network.trace(traffic).decidedBy == "x");
    return matched;
}

TEST(NetworkRules, MatchesPrefixes) {
    const std::vector<CidrRow> rows = {
        {{}, "10.0.0.1/32", true, true, true},
        {{}, "", true, true, true},
        {{"*"}, "10.0.0.1/32", true, true, true},
        {{"*"}, "fd00::1/128", true, true, true},
        {{"*"}, "", true, true, true},
        {{"10.0.0.0/8"}, "10.9.0.1/32", true, true, true},
        {{"10.0.0.7/8"}, "10.9.0.1/32", true, true, true},
        {{"10.0.0.0/8"}, "11.0.0.1/32", false, false, false},
        {{"10.0.0.0/8"}, "fd00::1/128", false, false, false},
        {{"fd00::/16"}, "fd00::1/112", true, true, true},
        {{"11.0.0.0/8", "10.0.0.0/8"}, "10.0.0.1/32", true, true, true},
        // A network that is larger than the prefix: it must not slip past a denial.
        {{"10.1.0.0/16"}, "10.0.0.0/8", false, true, false},
        {{"10.0.0.0/16"}, "10.0.0.0/8", false, true, true},
        // 0.0.0.0/0 is one family; the reference takes it for both.
        {{"0.0.0.0/0"}, "10.0.0.1/32", true, true, true},
        {{"0.0.0.0/0"}, "fd00::1/128", false, false, true},
        {{"::/0"}, "10.0.0.1/32", false, false, true},
        {{"0.0.0.0/8"}, "10.0.0.1/32", false, false, true},
        // An address that is missing: the reference leaves the condition out.
        {{"10.0.0.0/8"}, "", false, true, true}};

    for (const auto& row : rows) {
        for (const bool asSource : {true, false}) {
            const auto what = ::testing::PrintToString(row.listed) + " " + row.address;
            EXPECT_EQ(matches(row, AclAction::Accept, Dialect::Seed, asSource), row.seedAccept)
                << what;
            EXPECT_EQ(matches(row, AclAction::Deny, Dialect::Seed, asSource), row.seedDeny) << what;
            EXPECT_EQ(matches(row, AclAction::Accept, Dialect::Reference, asSource), row.reference)
                << what;
            EXPECT_EQ(matches(row, AclAction::Deny, Dialect::Reference, asSource), row.reference)
                << what;
        }
    }
}

TEST(NetworkRules, JudgesPacketsLikeFlows) {
    auto narrow = acl("narrow", 5, AclAction::Deny, {"a"}, {"*"});
    narrow.destinationCidrs = {"10.1.0.0/16", "fd00:1::/32"};
    const auto network = rules({narrow, acl("open", 0, AclAction::Accept, {"a"}, {"*"})});
    const auto passes = [&](const std::string& from, const std::string& to) {
        return network.accepts(
            network.classOf("a"),
            *net::IpAddress::parse(from),
            network.classOf("b"),
            *net::IpAddress::parse(to));
    };

    EXPECT_TRUE(passes("10.0.0.1", "10.2.0.1"));
    EXPECT_FALSE(passes("10.0.0.1", "10.1.0.1"));
    EXPECT_FALSE(passes("fd00::1", "fd00:1::9"));
    EXPECT_TRUE(passes("fd00::1", "fd00:2::9"));
    EXPECT_NE(network.classOf("a"), network.classOf("b"));
    EXPECT_EQ(network.classOf("b"), network.classOf("whoever"));
}

TEST(NetworkRules, TellsWhichConditionFailedAndWhichRuleDecided) {
    auto prefixes = acl("prefixes", 30, AclAction::Accept);
    prefixes.sourceCidrs = {"10.0.0.0/8"};
    const auto network = rules(
        {acl("others", 50, AclAction::Accept, {"x", "group:g"}, {"*"}),
         acl("back", 40, AclAction::Accept, {"a"}, {"c"}),
         prefixes,
         acl("last", 20, AclAction::Deny),
         acl("never", 10, AclAction::Accept)});
    const auto trace = network.trace(flow("a", "b", "11.0.0.1/32", "10.0.0.2/32"));

    EXPECT_FALSE(trace.accepted);
    EXPECT_EQ(trace.decidedBy, "last");
    ASSERT_EQ(trace.steps.size(), 4U);
    EXPECT_EQ(trace.steps[0].failed, AclField::SourceNodes);
    EXPECT_EQ(trace.steps[0].reason, "a is not among its source nodes: x, group:g");
    EXPECT_EQ(trace.steps[1].failed, AclField::DestinationNodes);
    EXPECT_EQ(trace.steps[1].reason, "b is not among its destination nodes: c");
    EXPECT_EQ(trace.steps[2].failed, AclField::SourceCidrs);
    EXPECT_EQ(trace.steps[2].reason, "11.0.0.1/32 is not within its source prefixes: 10.0.0.0/8");
    EXPECT_EQ(trace.steps[3].failed, AclField::None);
    EXPECT_EQ(trace.steps[3].reason, "");
    EXPECT_EQ(nameOf(trace.steps[2].failed), "source prefixes");
}

TEST(NetworkRules, SaysWhatReferenceNodesReadOtherwise) {
    auto rule = acl("x", 0, AclAction::Accept);
    rule.destinationCidrs = {"::/0"};

    EXPECT_THAT(rules({rule}).problems()[0].text, HasSubstr("both at reference nodes"));
    EXPECT_THAT(rules({rule}, Dialect::Reference).problems(), IsEmpty());
}

TEST(NetworkRules, HoldsPrefixesAgainstAddressesToTheLastBit) {
    struct Row {
        std::string listed;
        std::string inside;
        std::string outside;
    };
    const std::vector<Row> rows = {
        {"128.0.0.0/1", "200.0.0.1/32", "100.0.0.1/32"},
        {"10.0.0.2/32", "10.0.0.2/32", "10.0.0.3/32"},
        {"fd00:0:0:2::/64", "fd00:0:0:2::9/128", "fd00:0:0:3::9/128"},
        {"fd00::2/128", "fd00::2/128", "fd00::3/128"}};

    for (const auto& row : rows) {
        auto listed = acl("x", 0, AclAction::Accept);
        listed.sourceCidrs = {row.listed};
        const auto network = rules({listed});
        const auto lets = [&network](const std::string& from) {
            const auto address = net::IpPrefix::parse(from)->address();
            return network.accepts(0, address, 0, address);
        };

        EXPECT_TRUE(lets(row.inside)) << row.listed;
        EXPECT_FALSE(lets(row.outside)) << row.listed;
        EXPECT_TRUE(network.accepts(flow("a", "b", row.inside, row.inside))) << row.listed;
        EXPECT_FALSE(network.accepts(flow("a", "b", row.outside, row.inside))) << row.listed;
    }
}

TEST(NetworkRules, TellsOfARuleWithoutAKnownAction) {
    for (const auto action :
         {AclAction::Accept, AclAction::Deny, AclAction::Unknown, static_cast<AclAction>(7)}) {
        const auto network = rules({acl("x", 0, action)});
        const bool known = action == AclAction::Accept || action == AclAction::Deny;

        EXPECT_EQ(network.problems().empty(), known) << static_cast<int>(action);
        EXPECT_EQ(
            network.accepts(Flow{.sourceNode = "a", .destinationNode = "b"}),
            action == AclAction::Accept);
        if (!known) {
            EXPECT_THAT(network.problems()[0].text, HasSubstr("so it denies"));
        }
    }
}

TEST(NetworkRules, LeavesOutRulesWhosePrefixesDoNotRead) {
    auto broken = acl("broken", 9, AclAction::Accept);
    broken.destinationCidrs = {"10.0.0.0/8", "banana"};
    const auto network = rules({broken, acl("x", 0, AclAction::Deny)});

    EXPECT_EQ(network.unreadable(), 1U);
    EXPECT_EQ(network.rules().size(), 1U);
    EXPECT_THAT(network.problems()[0].text, HasSubstr("banana"));
}

TEST(NetworkRules, WalksThroughTheRulesWhenTheMatrixWouldBeTooLarge) {
    std::vector<Group> groups;
    std::vector<NetworkAcl> acls;
    for (int at = 0; at < 100; ++at) {
        const auto name = std::to_string(at);
        groups.push_back({.name = name, .subjects = {{"n" + name, SubjectKind::Node}}});
        acls.push_back(acl(name, at, AclAction::Accept, {"group:" + name}, {"n1"}));
    }
    const auto index = std::make_shared<const detail::GroupIndex>(groups);
    const NetworkRules large(acls, index);
    const NetworkRules small(acls, index, Dialect::Seed, 1000);

    EXPECT_TRUE(large.isCompiled());
    EXPECT_FALSE(small.isCompiled());
    std::vector<NodeAddresses> nodes;
    for (int at = 0; at < 110; ++at) {
        nodes.push_back({.id = "n" + std::to_string(at)});
        const Flow traffic{.sourceNode = nodes.back().id, .destinationNode = "n1"};
        EXPECT_EQ(small.decidingRule(traffic), large.decidingRule(traffic)) << at;
    }
    EXPECT_EQ(Reachability(large, nodes).matrix().count(), 100U);
    EXPECT_EQ(Reachability(small, nodes).matrix().count(), 100U);
    EXPECT_FALSE(small.accepts(0, net::IpAddress(), 0, net::IpAddress()));
}

TEST(NetworkRules, MakesNoMatrixOfOneByteMoreThanItMay) {
    // One word for each end of each of two classes, kept twice.
    constexpr std::size_t kExact = 64;
    const auto index = std::make_shared<const detail::GroupIndex>();
    const std::vector<NetworkAcl> acls{acl("x", 0, AclAction::Accept, {"a"})};

    EXPECT_TRUE(NetworkRules(acls, index, Dialect::Seed, kExact).isCompiled());
    for (const std::size_t less : {kExact - 1, kExact / 2 - 1, std::size_t{0}}) {
        const NetworkRules small(acls, index, Dialect::Seed, less);

        EXPECT_FALSE(small.isCompiled()) << less;
        EXPECT_TRUE(small.accepts(Flow{.sourceNode = "a", .destinationNode = "b"})) << less;
        EXPECT_FALSE(small.accepts(Flow{.sourceNode = "b", .destinationNode = "a"})) << less;
    }
}

TEST(Reachability, WantsOneFamilyAccepted) {
    auto onlyV6 = acl("v6", 0, AclAction::Accept);
    onlyV6.sourceCidrs = {"fd00::/8"};
    onlyV6.destinationCidrs = {"fd00::/8"};
    const auto network = rules({onlyV6});
    const Reachability reachability(
        network,
        {{.id = "a", .ipv4 = prefix("10.0.0.1/32"), .ipv6 = prefix("fd00::1/112")},
         {.id = "b", .ipv4 = prefix("10.0.0.2/32"), .ipv6 = prefix("fd00::2:0/112")},
         {.id = "c", .ipv4 = prefix("10.0.0.3/32")}});
    const auto matrix = reachability.matrix();

    EXPECT_TRUE(reachability.mayReach(0, 1));
    EXPECT_FALSE(reachability.mayReach(0, 2));
    EXPECT_FALSE(reachability.mayReach(2, 1));
    for (std::size_t from = 0; from < 3; ++from) {
        for (std::size_t to = 0; to < 3; ++to) {
            EXPECT_EQ(matrix.at(from, to), reachability.mayReach(from, to)) << from << to;
        }
    }
    EXPECT_EQ(matrix.count(), 4U);
}

TEST(NetworkRules, ReadsFlowsOfTheApi) {
    v1::NetworkAction message;
    message.set_src_node("a");
    message.set_src_cidr("10.0.0.1/32");
    message.set_dst_cidr("invalid Prefix");
    const auto traffic = fromProto(message);

    EXPECT_EQ(traffic.sourceNode, "a");
    EXPECT_EQ(traffic.source, prefix("10.0.0.1/32"));
    EXPECT_EQ(traffic.destinationNode, "");
    EXPECT_EQ(traffic.destination, std::nullopt);
}

}  // namespace
}  // namespace weft::mesh::policy
