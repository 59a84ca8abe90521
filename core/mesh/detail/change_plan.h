// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/change_record.h"
#include "core/mesh/detail/mesh_view.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::mesh::detail {

/// Several objects that are written together, and what the history keeps of it.
struct ChangePlan {
    /// Without operations: everything is so already.
    storage::Transaction transaction;
    ChangeRecord record;
    /// When it is taken back; nullopt: never.
    std::optional<WallTime> revertAt;
};

struct ApplyWish {
    std::vector<changes::Edit> edits;
    std::string note{};
    /// 0: it stays.
    std::chrono::seconds revertAfter{0};
};

/// Reads the store, which blocks on it.
/// Errors: kInvalidArgument     an edit of something else than it names, two of one object, a
///                              content, a protected object, a note or a time that is too long
///         kUnauthenticated, kPermissionDenied  as planPut, for each edit
///         kAborted             objects are not as the edits say; the text names them
///         kFailedPrecondition  something is named that will not be there, or another change waits
///                              for its confirmation
///         kResourceExhausted   too many edits or objects
StatusOr<ChangePlan> planApply(
    const MeshView& view,
    const storage::KeyValueStore& store,
    const ApplyWish& wish,
    const Caller& caller);

struct RevertWish {
    std::uint64_t id = 0;
    /// These alone; empty: all.
    std::vector<ObjectRef> only{};
    /// Leaves alone what is not as the change left it, and what cannot be brought back.
    bool skipChanged = false;
};

/// Errors: kNotFound when the change is not kept, kFailedPrecondition when its objects are not;
/// else as planApply.
StatusOr<ChangePlan> planRevert(
    const MeshView& view,
    const storage::KeyValueStore& store,
    const RevertWish& wish,
    const Caller& caller);

/// What the program does when nobody confirmed the change in time: nobody's rights are asked, as
/// the change may have taken them. Without operations: nothing waits that is due at `now`.
StatusOr<ChangePlan> planAutoRevert(
    const MeshView& view, const storage::KeyValueStore& store, WallTime now, const Caller& self);

/// Errors: kNotFound, kUnauthenticated, kPermissionDenied.
StatusOr<storage::Transaction> planConfirm(
    const MeshView& view, std::uint64_t id, const Caller& caller);

}  // namespace weft::mesh::detail
