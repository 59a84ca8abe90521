// SPDX-License-Identifier: Apache-2.0
// Random rules, and what each fix promises.
#include "core/mesh/changes/lint.h"
#include "core/mesh/policy/acl.h"
#include "tests/core/mesh/changes/lint_world.h"
#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>

namespace weft::mesh::changes::tests {
namespace {

using policy::AclAction;
using policy::NetworkAcl;
using policy::NetworkRules;

class RandomRules {
public:
    explicit RandomRules(std::uint64_t seed) : random_(seed) {}

    void fill(LintWorld& world) {
        for (const auto* name : {"g", "h"}) {
            policy::Group group{name, {}};
            for (const auto* member : {"a", "b", "c", "later"}) {
                if (oneIn(2)) {
                    group.subjects.push_back({member, policy::SubjectKind::Node});
                }
            }
            world.policy.put(group);
        }
        const bool mayAccept = !oneIn(8);
        for (std::size_t at = 0; at < 6; ++at) {
            NetworkAcl acl;
            acl.name = "r" + std::to_string(at);
            acl.priority = static_cast<std::int32_t>(below(4));
            acl.action = mayAccept && oneIn(2) ? AclAction::Accept : AclAction::Deny;
            acl.sourceNodes = nodes();
            acl.destinationNodes = nodes();
            acl.sourceCidrs = prefixes();
            acl.destinationCidrs = prefixes();
            world.policy.put(acl);
        }
        if (oneIn(2)) {
            world.policy.remove(aclNamed("default-accept"));
        }
        if (oneIn(2)) {
            world.policy.put(routeOf("route", "a", {"10.0.0.0/8"}));
        }
    }

private:
    std::size_t below(std::size_t count) { return random_() % count; }
    bool oneIn(std::size_t count) { return below(count) == 0; }
    std::vector<std::string> nodes() {
        static const std::vector<std::string> kTexts{
            "a", "b", "c", "d", "later", "group:g", "group:h", "*", "*"};
        std::vector<std::string> texts;
        for (auto count = below(4); count != 0; --count) {
            texts.push_back(kTexts[below(kTexts.size())]);
        }
        return texts;
    }
    std::vector<std::string> prefixes() {
        static const std::vector<std::string> kTexts{
            "172.16.0.0/12",
            "172.16.0.1/32",
            "172.16.0.2/31",
            "fd00::/16",
            "fd00::1:0/112",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "::/0",
            "*"};
        std::vector<std::string> texts;
        for (auto count = oneIn(2) ? below(3) : 0; count != 0; --count) {
            texts.push_back(kTexts[below(kTexts.size())]);
        }
        return texts;
    }

    std::mt19937_64 random_;
};

NetworkRules rulesOf(const PolicySet& set) {
    std::vector<NetworkAcl> acls;
    std::vector<policy::Group> groups;
    for (const auto* object : set.ofKind(policy::ObjectKind::NetworkAcl)) {
        acls.push_back(std::get<NetworkAcl>(*object));
    }
    for (const auto* object : set.ofKind(policy::ObjectKind::Group)) {
        groups.push_back(std::get<policy::Group>(*object));
    }
    return {std::move(acls), std::make_shared<const policy::detail::GroupIndex>(std::move(groups))};
}

/// Between all pairs of some nodes, those to come too.
std::vector<policy::Flow> someFlows() {
    std::vector<policy::Flow> flows;
    for (const auto* from : {"a", "b", "d", "later", "stranger"}) {
        for (const auto* to : {"a", "b", "d", "later", "stranger"}) {
            flows.push_back({.sourceNode = from, .destinationNode = to});
        }
    }
    return flows;
}

/// What the rules say of every flow between some ends.
std::vector<bool> verdictsOf(const PolicySet& set) {
    const auto rules = rulesOf(set);
    std::vector<std::optional<net::IpPrefix>> addresses{std::nullopt};
    for (const auto* text :
         {"172.16.0.1/32",
          "172.16.0.2/32",
          "172.17.0.0/16",
          "10.0.0.0/8",
          "10.1.2.3/32",
          "fd00::1:0/112",
          "fd00::1:5/128",
          "fd01::/16",
          "0.0.0.0/0",
          "::/0"}) {
        addresses.emplace_back(*net::IpPrefix::parse(text));
    }
    std::vector<bool> verdicts;
    for (auto& flow : someFlows()) {
        for (const auto& here : addresses) {
            for (const auto& there : addresses) {
                flow.source = here;
                flow.destination = there;
                verdicts.push_back(rules.accepts(flow));
            }
        }
    }
    return verdicts;
}

std::set<std::string> errorsOf(const LintReport& report) {
    std::set<std::string> errors;
    for (const auto& finding : report.findings) {
        if (finding.severity == Severity::Error) {
            errors.insert(finding.code + nameOf(finding.ref));
        }
    }
    return errors;
}

/// Fixes that may not change a single verdict.
bool keepsVerdicts(const std::string& code) {
    return code == "shadowed" || code == "equal-priorities" || code == "empty-list";
}

void checkFix(const LintWorld& world, const LintReport& report, const Finding& finding) {
    LintWorld fixed;
    fixed.policy = world.policy;
    fixed.policy.apply(finding.fix);
    const auto after = fixed.lint();
    for (const auto& one : after.findings) {
        EXPECT_FALSE(one.code == finding.code && one.ref == finding.ref) << finding.text;
    }
    const auto before = errorsOf(report);
    for (const auto& error : errorsOf(after)) {
        EXPECT_TRUE(before.contains(error)) << error << " after the fix of: " << finding.text;
    }
    if (keepsVerdicts(finding.code)) {
        EXPECT_EQ(verdictsOf(fixed.policy), verdictsOf(world.policy)) << finding.text;
    }
}

TEST(LintFixes, TakeTheirFindingAwayAndMakeNoError) {
    constexpr std::size_t kMeshes = 100;
    // Some are rare: it goes on until each was seen.
    constexpr std::size_t kMostMeshes = 5'000;
    const auto seed = weft::tests::randomSeed();
    std::set<std::string> missing{
        "shadowed",
        "equal-priorities",
        "empty-list",
        "one-sided",
        "unknown-node",
        "nobody-may-talk"};
    for (std::size_t at = 0; at < kMostMeshes && !testing::Test::HasFailure(); ++at) {
        if (at >= kMeshes && missing.empty()) {
            break;
        }
        SCOPED_TRACE(testing::Message() << "seed " << seed << ", mesh " << at);
        LintWorld world;
        RandomRules(seed + at).fill(world);
        const auto report = world.lint();
        for (const auto& finding : report.findings) {
            if (!finding.fix.empty() && !testing::Test::HasFailure()) {
                missing.erase(finding.code);
                checkFix(world, report, finding);
            }
        }
    }
    EXPECT_TRUE(missing.empty()) << *missing.begin() << " was never seen";
}

}  // namespace
}  // namespace weft::mesh::changes::tests
