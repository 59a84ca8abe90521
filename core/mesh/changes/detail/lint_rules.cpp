// SPDX-License-Identifier: Apache-2.0
// Access rules one by one.
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using net::Family;
using net::IpPrefix;
using policy::NetworkAcl;

/// Pairs of nodes that are tried to show that a denial leaves a family out.
constexpr std::size_t kMaxTriedPairs = 1024;

std::string ruleText(const NetworkAcl& acl) {
    return "rule " + base::escapeForLine(acl.name);
}

Finding aboutRule(const LintRule& rule, Severity severity, std::string_view code) {
    return {
        .severity = severity,
        .code = std::string(code),
        .ref = refOf(*rule.acl),
        .text = ruleText(*rule.acl)};
}

void checkEmptyList(const LintRule& rule, FindingList& findings) {
    if (!rule.hasEmptyList) {
        return;
    }
    auto finding = aboutRule(rule, Severity::Warning, "empty-list");
    finding.text +=
        " has an empty list of nodes, which means all nodes here and none at reference nodes";
    if (mayWrite(finding.ref)) {
        finding.fix = {changeOf(*rule.acl, policy::normalised(*rule.acl))};
        finding.fixText = "write * for all nodes";
    }
    findings.add(std::move(finding));
}

void checkMatchesNobody(const LintRule& rule, FindingList& findings) {
    if (rule.isLive) {
        return;
    }
    auto finding = aboutRule(rule, Severity::Warning, "matches-nobody");
    finding.text +=
        " can match no node: one of its lists holds only missing nodes and empty groups";
    if (mayRemove(finding.ref)) {
        finding.fix = {removalOf(*rule.acl)};
        finding.fixText = "remove the rule";
    }
    findings.add(std::move(finding));
}

const std::optional<IpPrefix>& addressOf(const storage::NodeRecord& node, Family family) {
    return family == Family::V4 ? node.privateIpv4 : node.privateIpv6;
}

Family otherThan(Family family) {
    return family == Family::V4 ? Family::V6 : Family::V4;
}

/// The only family that the prefixes of a rule are of; nullopt: there are none, or of both.
std::optional<Family> onlyFamilyOf(const LintRule& rule) {
    std::optional<Family> only;
    for (const auto* side : {&rule.source, &rule.destination}) {
        for (const auto& prefix : side->prefixes) {
            if (only && *only != prefix.family()) {
                return std::nullopt;
            }
            only = prefix.family();
        }
    }
    return only;
}

/// The nodes of a side that have both families, and whose address in `family` it is about.
std::vector<const storage::NodeRecord*> dualNodesOf(
    const LintScene& scene, const RuleSide& side, Family family) {
    std::vector<const storage::NodeRecord*> nodes;
    side.names.forEach([&](std::size_t number) {
        if (number >= scene.nodes().size()) {
            return;
        }
        const auto* node = scene.nodes()[number];
        const auto& address = addressOf(*node, family);
        if (address && addressOf(*node, otherThan(family))
            && side.list.matches(address, policy::Dialect::Seed, true)) {
            nodes.push_back(node);
        }
    });
    return nodes;
}

/// Checks pairs of nodes against one denial.
struct FamilyCheck {
    const LintScene& scene;
    std::size_t rule;
    Family family;

    std::size_t deciderOf(
        const storage::NodeRecord& from, const storage::NodeRecord& to, Family asked) const {
        return scene.network().decidingRule(
            {from.id.value(), addressOf(from, asked), to.id.value(), addressOf(to, asked)});
    }
    /// Whether the denial separates two nodes in its family, and a later rule lets them talk in the
    /// other. An earlier one was put there to win.
    bool slipsThrough(const storage::NodeRecord& from, const storage::NodeRecord& to) const {
        if (&from == &to || deciderOf(from, to, family) != rule) {
            return false;
        }
        const auto other = deciderOf(from, to, otherThan(family));
        return other != policy::NetworkRules::kNoRule && other > rule
               && scene.rules()[other].accepts;
    }
};

using Nodes = std::vector<const storage::NodeRecord*>;

const storage::NodeRecord* pairThat(
    const FamilyCheck& check,
    const Nodes& sources,
    const Nodes& destinations,
    const storage::NodeRecord*& to) {
    std::size_t tried = 0;
    for (const auto* from : sources) {
        for (const auto* node : destinations) {
            if (++tried > kMaxTriedPairs) {
                return nullptr;
            }
            if (check.slipsThrough(*from, *node)) {
                to = node;
                return from;
            }
        }
    }
    return nullptr;
}

/// Adds what `nodes` have in `family` to a list that is not open. False: it gets too long.
bool addAddresses(
    const Nodes& nodes, const RuleSide& side, Family family, std::vector<std::string>& cidrs) {
    if (side.isOpen()) {
        return true;
    }
    for (const auto* node : nodes) {
        auto text = addressOf(*node, family)->masked().toString();
        if (std::ranges::find(cidrs, text) == cidrs.end()) {
            cidrs.push_back(std::move(text));
        }
    }
    return cidrs.size() <= policy::kMaxAclCidrs;
}

/// Whether somebody may talk whatever prefixes the denial at `denial` gets.
bool leavesSomebody(const LintScene& scene, std::size_t denial) {
    for (std::size_t at = 0; at < scene.rules().size(); ++at) {
        const auto& rule = scene.rules()[at];
        const bool isSafe = at < denial || (rule.source.isOpen() && rule.destination.isOpen());
        if (rule.accepts && isSafe && scene.decidesForSomebody(at)) {
            return true;
        }
    }
    return false;
}

void checkFamilies(const LintScene& scene, std::size_t at, FindingList& findings) {
    const auto& rule = scene.rules()[at];
    const auto family = onlyFamilyOf(rule);
    if (rule.accepts || !family) {
        return;
    }
    const auto sources = dualNodesOf(scene, rule.source, *family);
    const auto destinations = dualNodesOf(scene, rule.destination, *family);
    const storage::NodeRecord* to = nullptr;
    const auto* from = pairThat({scene, at, *family}, sources, destinations, to);
    if (from == nullptr) {
        return;
    }
    const auto other = otherThan(*family);
    auto finding = aboutRule(rule, Severity::Warning, "one-family-denial");
    finding.text += fmt::format(
        " denies {} alone, and its nodes have {} addresses too: {} still reaches {}",
        *family == Family::V4 ? "IPv4" : "IPv6",
        other == Family::V4 ? "IPv4" : "IPv6",
        base::escapeForLine(from->id.value()),
        base::escapeForLine(to->id.value()));
    auto changed = *rule.acl;
    if (mayWrite(finding.ref) && leavesSomebody(scene, at)
        && addAddresses(sources, rule.source, other, changed.sourceCidrs)
        && addAddresses(destinations, rule.destination, other, changed.destinationCidrs)) {
        finding.fix = {changeOf(*rule.acl, std::move(changed))};
        finding.fixText = "add the other addresses of these nodes";
    }
    findings.add(std::move(finding));
}

}  // namespace

void lintLists(const LintScene& scene, FindingList& findings) {
    for (const auto& rule : scene.rules()) {
        checkEmptyList(rule, findings);
        checkMatchesNobody(rule, findings);
    }
    if (scene.network().unreadable() == 0) {
        return;
    }
    for (const auto* object : scene.policy().ofKind(policy::ObjectKind::NetworkAcl)) {
        const auto& acl = std::get<NetworkAcl>(*object);
        for (const auto* cidrs : {&acl.sourceCidrs, &acl.destinationCidrs}) {
            const auto list = policy::detail::CidrList::parse(*cidrs);
            if (!list.ok()) {
                findings.add(
                    {.severity = Severity::Error,
                     .code = "unreadable-prefix",
                     .ref = refOf(acl),
                     .text = fmt::format(
                         "{} is left out: {}", ruleText(acl), messageOf(list.status()))});
                break;
            }
        }
    }
}

void lintFamilies(const LintScene& scene, FindingList& findings) {
    for (std::size_t at = 0; scene.hasSets() && at < scene.rules().size(); ++at) {
        checkFamilies(scene, at, findings);
    }
}

}  // namespace weft::mesh::changes::detail
