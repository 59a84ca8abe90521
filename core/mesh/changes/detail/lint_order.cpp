// SPDX-License-Identifier: Apache-2.0
// Access rules together, in the order in which they are tried.
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using policy::NetworkAcl;

constexpr std::int64_t kStep = 100;
constexpr auto kLowest = std::int64_t{std::numeric_limits<std::int32_t>::min()};
constexpr auto kHighest = std::int64_t{std::numeric_limits<std::int32_t>::max()};
/// With more pairs of prefixes to look at, two lists are taken to overlap.
constexpr std::size_t kMaxPrefixPairs = 65'536;

bool overlap(const RuleSide& left, const RuleSide& right) {
    if (!left.names.intersects(right.names)) {
        return false;
    }
    return left.isOpen() || right.isOpen()
           || left.prefixes.size() * right.prefixes.size() > kMaxPrefixPairs
           || std::ranges::any_of(left.prefixes, [&right](const net::IpPrefix& prefix) {
                  return std::ranges::any_of(right.prefixes, [&prefix](const net::IpPrefix& other) {
                      return prefix.overlaps(other);
                  });
              });
}

void checkShadowed(const LintRule& rule, FindingList& findings) {
    if (rule.shadowedBy.empty()) {
        return;
    }
    std::vector<std::string> names;
    for (const auto* above : rule.shadowedBy) {
        names.push_back(above->acl->name);
    }
    Finding finding{
        .severity = Severity::Warning,
        .code = "shadowed",
        .ref = refOf(*rule.acl),
        .text = fmt::format(
            "rule {} never decides: {} before it {} all that it matches",
            base::escapeForLine(rule.acl->name),
            listed(names),
            names.size() == 1 ? "matches" : "match")};
    if (mayRemove(finding.ref)) {
        finding.fix = {removalOf(*rule.acl)};
        finding.fixText = "remove the rule";
    }
    findings.add(std::move(finding));
}

void checkAnybodyMayTalk(const LintScene& scene, FindingList& findings) {
    const auto& rules = scene.rules();
    bool somebodyMay = false;
    for (std::size_t at = 0; !somebodyMay && at < rules.size(); ++at) {
        somebodyMay = rules[at].accepts && scene.decidesForSomebody(at);
    }
    if (somebodyMay) {
        return;
    }
    Finding finding{
        .severity = Severity::Error,
        .code = "nobody-may-talk",
        .ref = {policy::ObjectKind::NetworkAcl, std::string(policy::kDefaultAcl)},
        .text = "no access rule accepts anything, so no two nodes may talk"};
    // Below all others, so that what is denied stays denied.
    const auto lowest = rules.empty() ? std::int64_t{0} : rules.back().acl->priority - kStep;
    const auto priority = static_cast<std::int32_t>(std::max(lowest, kLowest));
    auto name =
        freeName(scene.policy(), policy::ObjectKind::NetworkAcl, std::string(policy::kDefaultAcl));
    const bool isFree = rules.empty() || priority < rules.back().acl->priority;
    if (isFree && !name.empty() && !scene.isEverythingDeniedAbove(priority)) {
        const std::vector<std::string> all{std::string(policy::kWildcard)};
        finding.fix = {additionOf(
            NetworkAcl{std::move(name), priority, policy::AclAction::Accept, all, all, {}, {}})};
        finding.fixText = "let all nodes talk unless another rule denies it";
    }
    findings.add(std::move(finding));
}

/// Rules of one priority whose order decides, by name.
struct Conflicts {
    std::vector<std::string> pairs;
    std::size_t count = 0;
    const LintRule* first = nullptr;
};

void collectConflicts(std::span<const LintRule> equals, Conflicts& conflicts) {
    std::vector<const LintRule*> accepting;
    std::vector<const LintRule*> denying;
    for (const auto& rule : equals) {
        (rule.accepts ? accepting : denying).push_back(&rule);
    }
    for (const auto* one : accepting) {
        for (const auto* other : denying) {
            if (!overlap(one->source, other->source)
                || !overlap(one->destination, other->destination)) {
                continue;
            }
            const auto [first, last] = std::minmax(one, other);
            conflicts.first = conflicts.first == nullptr ? first : conflicts.first;
            if (conflicts.count++ < kMaxNamedInFinding) {
                conflicts.pairs.push_back(first->acl->name + " and " + last->acl->name);
            }
        }
    }
}

/// Gives the rules from `begin` to `end`, which are in their order, priorities in steps, all above
/// `above` and below `below`. False: there is no room.
bool space(
    std::span<const LintRule> rules,
    std::int64_t above,
    std::int64_t below,
    std::vector<Edit>& edits) {
    const auto count = static_cast<std::int64_t>(rules.size());
    auto lowest = above == kLowest - 1 ? kStep : above + kStep;
    if (lowest + (count - 1) * kStep >= below) {
        lowest = below - count * kStep;
    }
    if (count != 0 && lowest <= above) {
        return false;
    }
    for (std::size_t at = 0; at < rules.size(); ++at) {
        const auto priority =
            static_cast<std::int32_t>(lowest + kStep * (count - 1 - static_cast<std::int64_t>(at)));
        const auto& acl = *rules[at].acl;
        if (acl.priority != priority) {
            auto changed = acl;
            changed.priority = priority;
            edits.push_back(changeOf(acl, std::move(changed)));
        }
    }
    return true;
}

/// Priorities that keep the order; empty when there are none. The one rule that is sealed stays.
std::vector<Edit> spaced(std::span<const LintRule> rules) {
    std::vector<Edit> edits;
    const auto sealed = std::ranges::find_if(
        rules, [](const LintRule& rule) { return !mayWrite(refOf(*rule.acl)); });
    const auto before = static_cast<std::size_t>(sealed - rules.begin());
    bool hasRoom = false;
    if (sealed == rules.end()) {
        hasRoom = space(rules, kLowest - 1, kHighest + 1, edits);
    } else {
        const std::int64_t fixed = sealed->acl->priority;
        hasRoom = space(rules.first(before), fixed, kHighest + 1, edits)
                  && space(rules.subspan(before + 1), kLowest - 1, fixed, edits);
    }
    return hasRoom ? edits : std::vector<Edit>();
}

void checkPriorities(const LintScene& scene, FindingList& findings) {
    const std::span rules(scene.rules());
    Conflicts conflicts;
    for (std::size_t begin = 0; begin < rules.size();) {
        auto end = begin;
        while (end < rules.size() && rules[end].acl->priority == rules[begin].acl->priority) {
            ++end;
        }
        collectConflicts(rules.subspan(begin, end - begin), conflicts);
        begin = end;
    }
    if (conflicts.first == nullptr) {
        return;
    }
    Finding finding{
        .severity = Severity::Warning,
        .code = "equal-priorities",
        .ref = refOf(*conflicts.first->acl),
        .text = fmt::format(
            "{} of rules with one priority contradict each other: here the name decides, at "
            "reference nodes chance does ({})",
            counted(conflicts.count, "pair"),
            listed(conflicts.pairs, conflicts.count)),
        .fix = spaced(rules)};
    if (!finding.fix.empty()) {
        finding.fixText = "space the priorities of all rules in the order of now";
    }
    findings.add(std::move(finding));
}

}  // namespace

void lintOrder(const LintScene& scene, FindingList& findings) {
    if (!scene.hasSets()) {
        return;
    }
    for (const auto& rule : scene.rules()) {
        checkShadowed(rule, findings);
    }
    checkAnybodyMayTalk(scene, findings);
    checkPriorities(scene, findings);
}

}  // namespace weft::mesh::changes::detail
