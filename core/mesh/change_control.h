// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/change_record.h"
#include "core/mesh/host.h"
#include "core/mesh/policy_test_control.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh {

/// What became of several edits.
struct AppliedChange {
    /// 0: everything was so already.
    std::uint64_t id = 0;
    storage::Revision revision = 0;
    /// When it is taken back unless it is confirmed.
    std::optional<WallTime> revertAt{};
    /// In words: what could not be taken back.
    std::vector<std::string> leftAlone{};
};

/// A change as the history tells it.
struct ListedChange {
    ChangeRecord record;
    /// The changes that took back what this one did.
    std::vector<std::uint64_t> revertedBy{};
    /// It waits for its confirmation until then.
    std::optional<WallTime> revertAt{};
};

/// Several edits of the rules of a mesh as one change; the history of all changes, and the way
/// back. What nobody confirmed in time is taken back by the server itself, also after a restart,
/// and whoever has lost which right meanwhile.
/// Thread: confined to the loop.
class ChangeControl {
public:
    /// All three outlive it; without `audit` nothing is logged.
    static std::unique_ptr<ChangeControl> create(Host& host, base::Loop& loop, AuditLog* audit);
    ChangeControl() = default;
    ChangeControl(const ChangeControl&) = delete;
    ChangeControl& operator=(const ChangeControl&) = delete;
    virtual ~ChangeControl() = default;

    /// All edits or none. `revertAfter` 0: it stays. Errors: those of detail::planApply, and of the
    /// store.
    virtual void apply(
        std::vector<changes::Edit> edits,
        std::string note,
        std::chrono::seconds revertAfter,
        Caller caller,
        Callback<AppliedChange> done) = 0;
    /// Keeps a change that waits. Errors: kNotFound, kUnauthenticated, kPermissionDenied.
    virtual void confirm(std::uint64_t id, Caller caller, StatusCallback done) = 0;
    /// Takes a change back, or the objects `only` of it. `skipChanged` leaves alone what others
    /// have changed since. Errors: those of detail::planRevert, and of the store.
    virtual void revert(
        std::uint64_t id,
        std::vector<ObjectRef> only,
        bool skipChanged,
        Caller caller,
        Callback<AppliedChange> done) = 0;
    /// Newest first, older than `before` (0: all), at most `limit` (0: kMaxChangeRecords).
    /// Administrators only.
    virtual StatusOr<std::vector<ListedChange>> list(
        std::uint64_t before, std::size_t limit, const Caller& caller) = 0;
    /// What the rules must and must not do, whoever changes them.
    virtual PolicyTestControl& policyTests() = 0;
};

}  // namespace weft::mesh
