// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::changes {

/// More are counted, but not kept.
inline constexpr std::size_t kMaxFindings = 1000;
/// Names that one text lists; the others are counted in it.
inline constexpr std::size_t kMaxNamedInFinding = 5;
/// A route of a group with more members is not offered to be split.
inline constexpr std::size_t kMaxSplitRoutes = 64;

enum class Severity : std::uint8_t { Error, Warning, Hint };
/// "error", "warning", "hint".
std::string_view nameOf(Severity severity);

/// Something about the rules that is not as it seems.
struct Finding {
    Severity severity = Severity::Hint;
    /// Stable, kebab-case: "matches-nobody".
    std::string code;
    /// A node that others depend on is named by one of its edges, as `name`.
    ObjectRef ref;
    /// One sentence for people; names are escaped.
    std::string text;
    /// What takes the finding away; empty when nothing safe does.
    std::vector<Edit> fix{};
    /// What the fix does, as a command; empty without one.
    std::string fixText{};

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// What a mesh may cost. Past a limit a check is left out.
struct LintLimits {
    /// Access rules that are compared with each other.
    std::size_t comparedRules = 10'000;
    /// Memory for who is in which list and group, by which rules are compared.
    std::size_t setBytes = 134'217'728;
    /// Nodes of which it is looked at which pairs are one-sided.
    std::size_t pairedNodes = 10'000;
    /// Verdicts on destinations of routes, to see whom routes hide.
    std::size_t routeVerdicts = 4'000'000;
};

/// What is looked at. All of it outlives the call.
struct LintSubject {
    const PolicySet& policy;
    /// The nodes, the mesh's own networks, and the rules of now, which `policy` may differ from.
    const storage::Registry& registry;
    /// Who makes the changes that led to `policy`, as a node or a user.
    std::optional<std::string> administrator{};
    LintLimits limits{};
};

struct LintReport {
    /// Errors first, then by code and object; at most kMaxFindings.
    std::vector<Finding> findings;
    /// How many there are, those that were not kept too.
    std::size_t count = 0;
    /// False: the mesh is past a limit, and what it is about was left out.
    bool isComplete = true;
};

/// Looks for rules that do not do what they seem to. Pure. Thread: any, while nobody changes the
/// subject.
LintReport lint(const LintSubject& subject);

}  // namespace weft::mesh::changes
