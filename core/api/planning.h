// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/changes.h"
#include "core/api/plan_review.h"
#include "core/api/policy.h"
#include "core/api/policy_test.h"
#include "core/api/types.h"
#include "core/base/callback.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace weft::api {

/// The rules as they are now.
struct LiveRules {
    friend bool operator==(const LiveRules&, const LiveRules&) = default;
};
/// With the caller's draft on top of them.
struct DraftRules {
    friend bool operator==(const DraftRules&, const DraftRules&) = default;
};
/// With these edits on top of them.
struct EditedRules {
    std::vector<PolicyEdit> edits;

    friend bool operator==(const EditedRules&, const EditedRules&) = default;
};
/// As they were after a change of the history.
struct PastRules {
    std::uint64_t change = 0;

    friend bool operator==(const PastRules&, const PastRules&) = default;
};

/// The rules that a question is about. The nodes are those of now.
using PlanSubject = std::variant<LiveRules, DraftRules, EditedRules, PastRules>;

enum class LintSeverity : std::uint8_t { Hint, Warning, Error };

struct LintFinding {
    LintSeverity severity = LintSeverity::Hint;
    /// Stable: "matches-nobody".
    std::string code{};
    ObjectRef ref{};
    std::string text{};
    /// What takes it away; empty when nothing safe does. `fixText` says it as a command.
    std::vector<PolicyEdit> fix{};
    std::string fixText{};

    friend bool operator==(const LintFinding&, const LintFinding&) = default;
};

struct LintReport {
    /// Errors first.
    std::vector<LintFinding> findings{};
    /// How many there are, those that are not listed too.
    std::uint64_t count = 0;
    /// False: the mesh is so large that some checks were left out.
    bool isComplete = true;

    friend bool operator==(const LintReport&, const LintReport&) = default;
};

struct WhatIfQuestion {
    PlanSubject subject{};
    /// These are gone, or else `object` is.
    std::vector<std::string> nodes{};
    std::vector<NodePair> links{};
    std::optional<ObjectRef> object{};
};

/// Nodes that tunnels join.
struct MeshPart {
    std::uint64_t size = 0;
    /// Not all of a large part.
    std::vector<std::string> nodes{};

    friend bool operator==(const MeshPart&, const MeshPart&) = default;
};

struct WhatIfAnswer {
    PairDifference pairs{};
    RouteDifference routes{};
    VoterDifference voters{};
    /// The largest first; none when an object was asked for.
    std::vector<MeshPart> parts{};
    std::uint64_t partsBefore = 0;

    friend bool operator==(const WhatIfAnswer&, const WhatIfAnswer&) = default;
};

/// Questions about rules that nobody has made yet, or that were. Nothing is changed. Thread: any;
/// callbacks as those of Controller.
/// Errors of all: kFailedPrecondition  the profile is not connected
///                kUnavailable         the mesh has not been read yet
///                kInvalidArgument     an edit; the text says what is wrong
///                kNotFound            the history does not reach back to the change
///                kResourceExhausted   too many questions wait
///                kUnimplemented       from a daemon that does not have it
class Planning {
public:
    Planning() = default;
    Planning(const Planning&) = delete;
    Planning& operator=(const Planning&) = delete;
    virtual ~Planning() = default;

    virtual void review(
        const ProfileId& id, const PlanSubject& subject, Callback<PlanReview> done) = 0;
    virtual void lint(
        const ProfileId& id, const PlanSubject& subject, Callback<LintReport> done) = 0;
    virtual void test(
        const ProfileId& id,
        const PlanSubject& subject,
        const std::vector<PolicyTest>& tests,
        Callback<std::vector<PolicyTestResult>> done) = 0;
    /// Errors: kNotFound  there is no such object
    virtual void whatIf(
        const ProfileId& id, const WhatIfQuestion& question, Callback<WhatIfAnswer> done) = 0;
    /// As Controller::explainAccess. Errors: kNotFound  there is no node of that id
    virtual void explain(
        const ProfileId& id,
        const PlanSubject& subject,
        const std::string& from,
        const std::string& to,
        Callback<AccessExplanation> done) = 0;
};

}  // namespace weft::api
