// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/kept_tests.h"
#include "core/api/policy.h"
#include "core/api/propagation.h"
#include "core/api/types.h"
#include "core/base/callback.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::api {

/// One object as it is and as it is to be: both for a change, one of them for an object that is
/// made or removed.
struct PolicyEdit {
    ObjectRef ref;
    std::optional<PolicyObject> before{};
    std::optional<PolicyObject> after{};

    friend bool operator==(const PolicyEdit&, const PolicyEdit&) = default;
};

/// Several edits that are made together or not at all.
struct ChangeWish {
    std::vector<PolicyEdit> edits;
    /// Why, for the history.
    std::string note{};
    /// Unless it is confirmed by then it is taken back; 0: it stays.
    std::chrono::seconds revertAfter{0};
};

struct AppliedChange {
    /// 0: everything was so already.
    std::uint64_t id = 0;
    std::uint64_t revision = 0;
    std::optional<WallTime> revertAt{};
    /// In words: what could not be taken back.
    std::vector<std::string> leftAlone{};

    friend bool operator==(const AppliedChange&, const AppliedChange&) = default;
};

/// What a change did to one object. The texts are JSON; empty: there was or is none.
struct ChangedObject {
    ObjectRef ref;
    std::string before{};
    std::string after{};

    friend bool operator==(const ChangedObject&, const ChangedObject&) = default;
};

/// One change of the rules as the mesh remembers it.
struct Change {
    std::uint64_t id = 0;
    std::optional<WallTime> at{};
    /// As in AuditEvent.
    std::string who{};
    std::string proof{};
    std::string proxiedBy{};
    std::string source{};
    /// "put", "delete", "remove", "apply", "revert", "auto-revert".
    std::string verb{};
    std::string note{};
    std::vector<ChangedObject> objects{};
    /// The change that this one took back; 0: none.
    std::uint64_t reverts = 0;
    /// The objects were too large to be kept: it cannot be taken back.
    bool withoutObjects = false;
    std::vector<std::string> leftAlone{};
    /// The changes that took back what this one did.
    std::vector<std::uint64_t> revertedBy{};
    /// It waits for its confirmation until then.
    std::optional<WallTime> revertAt{};

    friend bool operator==(const Change&, const Change&) = default;
};

struct RevertWish {
    std::uint64_t id = 0;
    /// These alone; empty: all.
    std::vector<ObjectRef> only{};
    /// Leaves alone what others have changed since, instead of refusing.
    bool skipChanged = false;
};

/// Changes of the rules of a mesh, for consoles. Thread: any; callbacks as those of Controller.
/// Errors of all: kPermissionDenied, kFailedPrecondition when the profile is not connected or the
///         mesh's servers cannot do it, kUnimplemented from a daemon that does not have it
class Changes {
public:
    Changes() = default;
    Changes(const Changes&) = delete;
    Changes& operator=(const Changes&) = delete;
    virtual ~Changes() = default;

    /// Errors: kAborted  somebody has changed an object meanwhile; the text names it
    ///         kFailedPrecondition  also while another change waits for its confirmation
    virtual void apply(
        const ProfileId& id, const ChangeWish& wish, Callback<AppliedChange> done) = 0;
    /// Keeps a change that waits. Errors: kNotFound  it does not
    virtual void confirm(const ProfileId& id, std::uint64_t change, StatusCallback done) = 0;
    /// Errors: kNotFound  the history does not have it; kAborted  as apply
    virtual void revert(
        const ProfileId& id, const RevertWish& wish, Callback<AppliedChange> done) = 0;
    /// Newest first, at most `limit` (0: all that is kept). The mesh's administrator only.
    virtual void list(
        const ProfileId& id, std::uint32_t limit, Callback<std::vector<Change>> done) = 0;
    /// The tests that are kept with the mesh; what came of them is in Connection.
    virtual void policyTests(const ProfileId& id, Callback<KeptPolicyTests> done) = 0;
    /// Puts these in place of those of the revision `base` (0: there are none); none remove them.
    /// The answer is the new revision. Errors: kAborted  others have changed them meanwhile
    ///                                         kInvalidArgument, kResourceExhausted
    virtual void putPolicyTests(
        const ProfileId& id,
        const std::vector<PolicyTest>& tests,
        std::uint64_t base,
        Callback<std::uint64_t> done) = 0;
    /// Where a change is in effect; 0: the newest. The mesh's administrator only.
    /// Errors: kNotFound  the history does not have it; kFailedPrecondition  also when the nodes of
    ///         the mesh do not say what they have in effect
    virtual void propagation(
        const ProfileId& id, std::uint64_t change, Callback<Propagation> done) = 0;
};

}  // namespace weft::api
