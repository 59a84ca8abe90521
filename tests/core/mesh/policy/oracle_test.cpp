// SPDX-License-Identifier: Apache-2.0
// The engine against the oracle on random meshes. WEFT_POLICY_ROUNDS says how many.
#include "tests/core/mesh/policy/oracle.h"

#include "core/mesh/policy/acl.h"
#include "core/mesh/policy/reachability.h"
#include "core/mesh/policy/rules.h"
#include "tests/core/mesh/policy/random_world.h"
#include "tests/core/mesh/policy/rounds.h"
#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace weft::mesh::policy {
namespace {

constexpr std::size_t kQuestionsPerWorld = 4;

std::optional<net::IpPrefix> prefixOf(const std::string& text) {
    auto prefix = net::IpPrefix::parse(text);
    return prefix.ok() ? std::optional(*prefix) : std::nullopt;
}

RoleRules rulesOf(const oracle::World& world) {
    return RoleRules(RoleRules::Contents{
        .roles = world.roles,
        .bindings = world.bindings,
        .groups = world.groups,
        .rbacDisabled = world.rbacDisabled});
}

NetworkRules networkOf(const oracle::World& world, Dialect dialect) {
    return {world.acls, std::make_shared<const detail::GroupIndex>(world.groups), dialect};
}

/// How often each answer came up: an oracle that is never asked anything good proves nothing.
struct Counts {
    std::size_t yes = 0;
    std::size_t no = 0;

    void add(bool answer) { ++(answer ? yes : no); }
    void expectBoth(std::string_view what) const {
        std::cout << what << ": " << yes << " yes, " << no << " no\n";
        EXPECT_GT(yes, (yes + no) / 20) << what;
        EXPECT_GT(no, (yes + no) / 20) << what;
    }
};

TEST(PolicyOracle, AgreesOnWhoMayDoWhat) {
    const auto seed = tests::randomSeed();
    const auto total = rounds();
    Counts decisions;
    for (std::size_t round = 0; round < total && !::testing::Test::HasFailure(); ++round) {
        RandomWorld random(seed + round);
        const auto world = random.world();
        const auto rules = rulesOf(world);
        for (std::size_t question = 0; question < kQuestionsPerWorld; ++question) {
            const auto who = random.node();
            const std::vector<Action> actions = {random.action(), random.action()};
            const bool first = oracle::allows(world, who, actions[0]);
            const bool both = first && oracle::allows(world, who, actions[1]);
            decisions.add(first);
            EXPECT_EQ(rules.decide({.id = who}, actions[0]).allowed, first)
                << "round " << seed + round << ": " << who << " " << describe(actions[0]);
            EXPECT_EQ(rules.decide({.id = who}, actions).allowed, both) << "round " << seed + round;
        }
    }
    decisions.expectBoth("deeds");
}

/// The deeds that a rule allows, one by one.
std::vector<Action> deedsOf(const Rule& rule) {
    const bool all = std::ranges::find(rule.resourceNames, "*") != rule.resourceNames.end();
    auto names = rule.resourceNames;
    if (all || names.empty()) {
        names = {""};
    }
    std::vector<Action> deeds;
    for (const auto verb : rule.verbs) {
        for (const auto resource : rule.resources) {
            std::ranges::transform(names, std::back_inserter(deeds), [&](const auto& name) {
                return Action{verb, resource, name};
            });
        }
    }
    return deeds;
}

/// Whether `who` may do each of the deeds that `role` allows.
bool mayDoAll(const oracle::World& world, const std::string& who, const Role& role) {
    return std::ranges::all_of(role.rules, [&](const auto& rule) {
        const auto deeds = deedsOf(rule);
        return std::ranges::all_of(
            deeds, [&](const auto& deed) { return oracle::allows(world, who, deed); });
    });
}

TEST(PolicyOracle, AgreesOnWhoHoldsWhichRole) {
    const auto seed = tests::randomSeed();
    const auto total = rounds();
    for (std::size_t round = 0; round < total && !::testing::Test::HasFailure(); ++round) {
        RandomWorld random(seed + round);
        const auto world = random.world();
        const auto rules = rulesOf(world);
        const auto who = random.node();
        for (const auto& role : world.roles) {
            EXPECT_EQ(rules.holds({.id = who}, role), mayDoAll(world, who, role))
                << "round " << seed + round << ": " << who << " " << role.name;
        }
    }
}

void compareFlow(
    const oracle::World& world,
    const NetworkRules& network,
    const oracle::TextFlow& text,
    oracle::Reading reading) {
    const Flow flow{
        text.sourceNode, prefixOf(text.source), text.destinationNode, prefixOf(text.destination)};
    const auto expected = oracle::decidingRule(world, text, reading).value_or("");
    const auto at = network.decidingRule(flow);
    EXPECT_EQ(at == NetworkRules::kNoRule ? "" : network.rules()[at].name, expected);
    EXPECT_EQ(network.accepts(flow), oracle::accepts(world, text, reading));
    const auto trace = network.trace(flow);
    EXPECT_EQ(trace.decidedBy, expected);
    EXPECT_EQ(trace.accepted, oracle::accepts(world, text, reading));
    const auto other =
        reading == oracle::Reading::Strict ? oracle::Reading::AsReference : oracle::Reading::Strict;
    const auto otherDialect =
        reading == oracle::Reading::Strict ? Dialect::Reference : Dialect::Seed;
    EXPECT_EQ(network.trace(flow, otherDialect).accepted, oracle::accepts(world, text, other));
}

void comparePacket(
    const oracle::World& world,
    const NetworkRules& network,
    const oracle::TextFlow& text,
    oracle::Reading reading) {
    const bool quick = network.accepts(
        network.classOf(text.sourceNode),
        prefixOf(text.source)->address(),
        network.classOf(text.destinationNode),
        prefixOf(text.destination)->address());
    EXPECT_EQ(quick, oracle::accepts(world, text, reading));
}

class PolicyOracleReading : public ::testing::TestWithParam<oracle::Reading> {
protected:
    Dialect dialect() const {
        return GetParam() == oracle::Reading::Strict ? Dialect::Seed : Dialect::Reference;
    }
};

TEST_P(PolicyOracleReading, AgreesOnWhoMayReachWhom) {
    const auto seed = tests::randomSeed();
    const auto total = rounds();
    Counts verdicts;
    for (std::size_t round = 0; round < total && !HasFailure(); ++round) {
        SCOPED_TRACE(seed + round);
        RandomWorld random(seed + round);
        const auto world = random.world();
        const auto network = networkOf(world, dialect());
        for (std::size_t question = 0; question < kQuestionsPerWorld; ++question) {
            const oracle::TextFlow flow{random.node(), random.cidr(), random.node(), random.cidr()};
            compareFlow(world, network, flow, GetParam());
            const bool v4 = random.below(2) == 0;
            const oracle::TextFlow packet{
                random.node(), random.hostCidr(v4), random.node(), random.hostCidr(v4)};
            comparePacket(world, network, packet, GetParam());
            verdicts.add(oracle::accepts(world, packet, GetParam()));
        }
    }
    verdicts.expectBoth("flows");
}

TEST_P(PolicyOracleReading, AgreesOnWholeMatrices) {
    const auto seed = tests::randomSeed();
    const auto total = rounds() / 10;
    for (std::size_t round = 0; round < total && !HasFailure(); ++round) {
        SCOPED_TRACE(seed + round);
        RandomWorld random(seed + round);
        const auto world = random.world();
        const auto network = networkOf(world, dialect());
        std::vector<std::pair<std::string, std::string>> texts;
        std::vector<NodeAddresses> nodes;
        for (int at = 0; at < 7; ++at) {
            texts.emplace_back(
                random.below(4) == 0 ? "" : random.hostCidr(true),
                random.below(4) == 0 ? "" : random.hostCidr(false));
            nodes.push_back(
                {.id = "n" + std::to_string(at),
                 .ipv4 = prefixOf(texts.back().first),
                 .ipv6 = prefixOf(texts.back().second)});
        }
        const auto matrix = Reachability(network, nodes).matrix();
        for (std::size_t from = 0; from < nodes.size(); ++from) {
            for (std::size_t to = 0; to < nodes.size(); ++to) {
                const oracle::TextFlow v4{
                    nodes[from].id, texts[from].first, nodes[to].id, texts[to].first};
                const oracle::TextFlow v6{
                    nodes[from].id, texts[from].second, nodes[to].id, texts[to].second};
                EXPECT_EQ(
                    matrix.at(from, to),
                    oracle::accepts(world, v4, GetParam())
                        || oracle::accepts(world, v6, GetParam()))
                    << from << " to " << to;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Both,
    PolicyOracleReading,
    ::testing::Values(oracle::Reading::Strict, oracle::Reading::AsReference),
    [](const auto& reading) {
        return reading.param == oracle::Reading::Strict ? "Strict" : "AsReference";
    });

}  // namespace
}  // namespace weft::mesh::policy
