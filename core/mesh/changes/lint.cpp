// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/lint.h"

#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace weft::mesh::changes {
namespace detail {
namespace {

/// Names that are tried before a new object gets none.
constexpr std::size_t kMaxNameTries = 1000;

bool comesBefore(const Finding& left, const Finding& right) {
    const auto order = [](const Finding& one) {
        return std::tie(
            one.severity, one.code, one.ref.kind, one.ref.name, one.ref.target, one.text);
    };
    return order(left) < order(right);
}

}  // namespace

void FindingList::add(Finding finding) {
    ++count_;
    findings_.push_back(std::move(finding));
    if (findings_.size() >= 2 * kMaxFindings) {
        cut();
    }
}

void FindingList::cut() {
    std::ranges::sort(findings_, comesBefore);
    findings_.resize(std::min(findings_.size(), kMaxFindings));
}

LintReport FindingList::take() {
    cut();
    return {std::move(findings_), count_, isComplete_};
}

std::string listed(const std::vector<std::string>& names, std::size_t total) {
    std::string text;
    const auto shown = std::min(names.size(), kMaxNamedInFinding);
    for (std::size_t at = 0; at < shown; ++at) {
        text += (at == 0 ? "" : ", ") + base::escapeForLine(names[at]);
    }
    return total > shown ? fmt::format("{} and {} more", text, total - shown) : text;
}

std::string counted(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

Edit changeOf(PolicyObject before, PolicyObject after) {
    auto ref = refOf(before);
    return {std::move(ref), std::move(before), std::move(after)};
}

Edit additionOf(PolicyObject object) {
    auto ref = refOf(object);
    return {std::move(ref), std::nullopt, std::move(object)};
}

Edit removalOf(PolicyObject object) {
    auto ref = refOf(object);
    return {std::move(ref), std::move(object), std::nullopt};
}

bool mayWrite(const ObjectRef& ref) {
    return policy::protectionOf(ref.kind, ref.name) != policy::Protection::Sealed;
}

bool mayRemove(const ObjectRef& ref) {
    return !policy::isSystemObject(ref.kind, ref.name);
}

std::string freeName(const PolicySet& policy, policy::ObjectKind kind, std::string_view stem) {
    std::string name(stem);
    for (std::size_t tried = 2; tried < kMaxNameTries; ++tried) {
        if (!storage::validateId(name).ok()) {
            return {};
        }
        if (policy.find(ObjectRef{kind, name}) == nullptr && mayWrite({kind, name})) {
            return name;
        }
        name = fmt::format("{}-{}", stem, tried);
    }
    return {};
}

}  // namespace detail

std::string_view nameOf(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Hint:
        break;
    }
    return "hint";
}

LintReport lint(const LintSubject& subject) {
    const detail::LintScene scene(subject);
    detail::FindingList findings;
    if (!scene.hasSets()) {
        findings.noteIncomplete();
    }
    detail::lintNames(scene, findings);
    detail::lintLists(scene, findings);
    detail::lintFamilies(scene, findings);
    detail::lintOrder(scene, findings);
    detail::lintOneSided(scene, findings);
    detail::lintRoles(scene, findings);
    detail::lintRoutes(scene, findings);
    detail::lintRouteReaders(scene, findings);
    detail::lintGraph(scene, findings);
    return findings.take();
}

}  // namespace weft::mesh::changes
