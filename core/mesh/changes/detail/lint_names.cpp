// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using policy::Group;
using policy::NetworkAcl;
using policy::ObjectKind;
using policy::RoleBinding;
using policy::Subject;
using policy::SubjectKind;
using storage::RouteRecord;

enum class Missing : std::uint8_t { Group, Node };

std::optional<std::string_view> groupOf(std::string_view text) {
    return text.starts_with(policy::kGroupMark)
               ? std::optional(text.substr(policy::kGroupMark.size()))
               : std::nullopt;
}

/// Whether `text` of a list of nodes names what is missing in that way.
bool isMissing(const LintScene& scene, std::string_view text, Missing missing) {
    const auto group = groupOf(text);
    if (missing == Missing::Group) {
        return group && !scene.isGroup(*group);
    }
    return !group && text != policy::kWildcard && !scene.isNode(text);
}

bool isMissing(const LintScene& scene, const Subject& subject, Missing missing) {
    if (missing == Missing::Group) {
        return subject.kind == SubjectKind::Group && !scene.isGroup(subject.name);
    }
    // Users are known nowhere, so that one is never missing.
    return subject.kind == SubjectKind::Node && subject.name != policy::kWildcard
           && !scene.isNode(subject.name);
}

const std::string& nameOf(const std::string& text) {
    return text;
}
const std::string& nameOf(const Subject& subject) {
    return subject.name;
}

/// Takes what is missing out of `list` and adds its names to `names`. False: nothing would be left.
template <typename Item>
bool drop(
    const LintScene& scene,
    Missing missing,
    std::vector<Item>& list,
    std::set<std::string>& names) {
    const bool wasEmpty = list.empty();
    std::erase_if(list, [&](const Item& item) {
        const bool isGone = isMissing(scene, item, missing);
        if (isGone) {
            names.insert(nameOf(item));
        }
        return isGone;
    });
    return wasEmpty || !list.empty();
}

void report(
    const PolicyObject& before,
    std::optional<PolicyObject> after,
    Missing missing,
    const std::set<std::string>& names,
    FindingList& findings) {
    if (names.empty()) {
        return;
    }
    const std::vector<std::string> sorted(names.begin(), names.end());
    const bool isGroup = missing == Missing::Group;
    Finding finding{
        .severity = isGroup ? Severity::Warning : Severity::Hint,
        .code = isGroup ? "unknown-group" : "unknown-node",
        .ref = refOf(before),
        .text = fmt::format(
            "{} names {}, and there is no such {}",
            base::escapeForLine(refOf(before).name),
            listed(sorted),
            isGroup ? "group" : "node")};
    if (after && mayWrite(finding.ref)) {
        finding.fix = {changeOf(before, *std::move(after))};
        finding.fixText = "drop " + listed(sorted);
    }
    findings.add(std::move(finding));
}

void checkAcl(const LintScene& scene, const PolicyObject& object, FindingList& findings) {
    for (const auto missing : {Missing::Group, Missing::Node}) {
        auto acl = std::get<NetworkAcl>(object);
        std::set<std::string> names;
        const bool hasSources = drop(scene, missing, acl.sourceNodes, names);
        const bool hasDestinations = drop(scene, missing, acl.destinationNodes, names);
        const bool hasFix = hasSources && hasDestinations;
        report(
            object,
            hasFix ? std::optional<PolicyObject>(std::move(acl)) : std::nullopt,
            missing,
            names,
            findings);
    }
}

template <typename Object>
void checkSubjects(const LintScene& scene, const PolicyObject& object, FindingList& findings) {
    for (const auto missing : {Missing::Group, Missing::Node}) {
        auto changed = std::get<Object>(object);
        std::set<std::string> names;
        const bool hasFix = drop(scene, missing, changed.subjects, names);
        report(
            object,
            hasFix ? std::optional<PolicyObject>(std::move(changed)) : std::nullopt,
            missing,
            names,
            findings);
    }
}

void checkBinding(const LintScene& scene, const PolicyObject& object, FindingList& findings) {
    const auto& binding = std::get<RoleBinding>(object);
    if (scene.policy().find<policy::Role>(binding.role) == nullptr) {
        Finding finding{
            .severity = Severity::Warning,
            .code = "unknown-role",
            .ref = refOf(object),
            .text = fmt::format(
                "{} gives the role {}, and there is no such role",
                base::escapeForLine(binding.name),
                base::escapeForLine(binding.role))};
        if (mayRemove(finding.ref)) {
            finding.fix = {removalOf(object)};
            finding.fixText = "remove the binding, which gives nothing";
        }
        findings.add(std::move(finding));
    }
    // The first administrator is a user as often as a node, and the binding is sealed.
    if (mayWrite(refOf(object))) {
        checkSubjects<RoleBinding>(scene, object, findings);
    }
}

void checkRoute(const LintScene& scene, const PolicyObject& object, FindingList& findings) {
    const auto& route = std::get<RouteRecord>(object);
    for (const auto missing : {Missing::Group, Missing::Node}) {
        if (isMissing(scene, route.node, missing)) {
            report(object, std::nullopt, missing, {route.node}, findings);
            continue;
        }
        if (!route.nextHopNode.empty() && isMissing(scene, route.nextHopNode, missing)) {
            auto changed = route;
            changed.nextHopNode.clear();
            report(object, std::move(changed), missing, {route.nextHopNode}, findings);
        }
    }
}

}  // namespace

void lintNames(const LintScene& scene, FindingList& findings) {
    const auto each = [&](ObjectKind kind, auto check) {
        for (const auto* object : scene.policy().ofKind(kind)) {
            check(scene, *object, findings);
        }
    };
    each(ObjectKind::NetworkAcl, checkAcl);
    each(ObjectKind::Group, checkSubjects<Group>);
    each(ObjectKind::RoleBinding, checkBinding);
    each(ObjectKind::Route, checkRoute);
}

}  // namespace weft::mesh::changes::detail
