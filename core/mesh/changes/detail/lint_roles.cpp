// SPDX-License-Identifier: Apache-2.0
// Who is left to administer the mesh.
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/policy/policy.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using policy::Action;
using policy::ObjectKind;
using policy::Resource;
using policy::Role;
using policy::RoleBinding;
using policy::RoleRules;
using policy::Subject;
using policy::SubjectKind;
using policy::Verb;

constexpr Verb kPut = Verb::Put;
/// What is needed to take back a change of rights or rules.
constexpr std::array kNeeded{Resource::Roles, Resource::RoleBindings, Resource::NetworkAcls};

RoleRules::Contents contentsOf(const LintScene& scene) {
    RoleRules::Contents contents;
    for (const auto* object : scene.policy().ofKind(ObjectKind::Role)) {
        contents.roles.push_back(std::get<Role>(*object));
    }
    for (const auto* object : scene.policy().ofKind(ObjectKind::RoleBinding)) {
        contents.bindings.push_back(std::get<RoleBinding>(*object));
    }
    contents.groups = scene.groups().groups();
    contents.rbacDisabled = scene.registry().rbacDisabled();
    return contents;
}

bool isFull(const Role& role) {
    // Nobody is called so: it is about the role alone.
    const std::string somebody = "somebody";
    const RoleRules rules(
        {.roles = {role}, .bindings = {{"all", role.name, {{somebody, SubjectKind::User}}}}});
    return rules.decide({.id = somebody}, Action{Verb::All, Resource::All}).allowed;
}

/// Looks for somebody among subjects and in their groups.
class Somebody {
public:
    explicit Somebody(const LintScene& scene) : scene_(scene) {}

    bool isAmong(const std::vector<Subject>& subjects) const {
        const auto* level = &subjects;
        std::vector<Subject> below;
        std::set<std::string> seen;
        for (std::size_t depth = 0; depth <= policy::kMaxGroupDepth; ++depth) {
            std::vector<Subject> next;
            for (const auto& subject : *level) {
                if (isHere(subject)) {
                    return true;
                }
                if (subject.kind == SubjectKind::Group && seen.insert(subject.name).second) {
                    addMembers(subject.name, next);
                }
            }
            below = std::move(next);
            level = &below;
        }
        return false;
    }

private:
    /// Users are known nowhere, so that each may be somebody.
    bool isHere(const Subject& subject) const {
        return subject.kind == SubjectKind::User || subject.kind == SubjectKind::All
               || (subject.kind == SubjectKind::Node
                   && (scene_.isNode(subject.name)
                       || (subject.name == policy::kWildcard && !scene_.nodes().empty())));
    }
    void addMembers(std::string_view name, std::vector<Subject>& members) const {
        if (const auto group = scene_.groups().find(name)) {
            const auto& subjects = scene_.groups().groups()[*group].subjects;
            members.insert(members.end(), subjects.begin(), subjects.end());
        }
    }

    const LintScene& scene_;
};

ObjectRef adminBinding() {
    return {ObjectKind::RoleBinding, std::string(policy::kAdminBinding)};
}

/// A binding that gives the administrator a role with all rights; nothing without one of them.
void addFix(const LintScene& scene, std::string_view fullRole, Finding& finding) {
    auto name = freeName(scene.policy(), ObjectKind::RoleBinding, "administrators");
    if (!scene.administrator() || fullRole.empty() || name.empty()
        || !storage::validateId(*scene.administrator()).ok()) {
        return;
    }
    const auto& who = *scene.administrator();
    finding.fixText =
        fmt::format("give {} the role {}", base::escapeForLine(who), base::escapeForLine(fullRole));
    finding.fix = {additionOf(RoleBinding{
        std::move(name),
        std::string(fullRole),
        {{who, SubjectKind::Node}, {who, SubjectKind::User}}})};
}

void checkAdministrators(
    const LintScene& scene, const std::set<std::string_view>& full, FindingList& findings) {
    const Somebody somebody(scene);
    const auto bindings = scene.policy().ofKind(ObjectKind::RoleBinding);
    const bool hasOne = std::ranges::any_of(bindings, [&](const PolicyObject* object) {
        const auto& binding = std::get<RoleBinding>(*object);
        return full.contains(binding.role) && somebody.isAmong(binding.subjects);
    });
    if (!hasOne) {
        Finding finding{
            .severity = Severity::Error,
            .code = "no-administrator",
            .ref = adminBinding(),
            .text = "no binding gives all rights to a user or a node that is there, so nobody can "
                    "administer the mesh"};
        addFix(scene, full.empty() ? std::string_view() : *full.begin(), finding);
        findings.add(std::move(finding));
    }
    const auto* own = scene.policy().find<RoleBinding>(policy::kAdminBinding);
    if (own == nullptr || !somebody.isAmong(own->subjects)) {
        findings.add(
            {.severity = Severity::Error,
             .code = "admin-binding-empty",
             .ref = adminBinding(),
             .text = fmt::format(
                 "the system binding {} {}",
                 policy::kAdminBinding,
                 own == nullptr ? "is missing" : "reaches nobody")});
    }
}

void checkEditor(
    const LintScene& scene, const std::set<std::string_view>& full, FindingList& findings) {
    if (!scene.administrator()) {
        return;
    }
    const policy::Principal editor{.id = *scene.administrator()};
    policy::Compiler compiler;
    const auto& now = *compiler.compileRoles(scene.registry());
    const RoleRules then(contentsOf(scene));
    std::vector<std::string> lost;
    for (const auto resource : kNeeded) {
        const Action deed{kPut, resource};
        if (now.decide(editor, deed).allowed && !then.decide(editor, deed).allowed) {
            lost.push_back(policy::describe(deed));
        }
    }
    if (lost.empty()) {
        return;
    }
    Finding finding{
        .severity = Severity::Error,
        .code = "editor-locked-out",
        .ref = adminBinding(),
        .text = fmt::format(
            "{} would lose the right to {}, and could not take this back",
            base::escapeForLine(editor.id),
            listed(lost))};
    // Whoever had fewer rights may not give itself all of them.
    if (!full.empty() && now.decide(editor, Action{Verb::All, Resource::All}).allowed) {
        addFix(scene, *full.begin(), finding);
    }
    findings.add(std::move(finding));
}

}  // namespace

void lintRoles(const LintScene& scene, FindingList& findings) {
    // Everybody may do anything.
    if (scene.registry().rbacDisabled()) {
        return;
    }
    std::set<std::string_view> full;
    for (const auto* object : scene.policy().ofKind(ObjectKind::Role)) {
        if (const auto& role = std::get<Role>(*object); isFull(role)) {
            full.insert(role.name);
        }
    }
    checkAdministrators(scene, full, findings);
    checkEditor(scene, full, findings);
}

}  // namespace weft::mesh::changes::detail
