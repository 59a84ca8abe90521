// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/policy_object.h"
#include "core/storage/key_value_store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::detail {

/// A write of one object with all that must change together.
struct PolicyPlan {
    /// Without operations: the object is as it should be already.
    storage::Transaction transaction;
    std::vector<std::string> alsoChanged;
    /// protojson; empty when there was or will be nothing.
    std::string before;
    std::string after;
};

/// What a write is planned on besides the records: the object as the store has it.
struct WriteBase {
    /// nullopt: there is no such object.
    std::optional<storage::Entry> stored;
    /// What the caller's change was based on; nullopt: whatever there is. 0: nothing.
    std::optional<storage::Revision> revision;
};

/// Errors: kInvalidArgument     a name, a content, or a protected object
///         kUnauthenticated, kPermissionDenied  the right to write it, or a right it would grant
///         kFailedPrecondition  a role or node that it refers to is missing
///         kAborted             another revision is stored: see currentRevisionOf
///         kResourceExhausted   too many objects of the kind
StatusOr<PolicyPlan> planPut(
    const MeshView& view, const PolicyObject& object, const WriteBase& base, const Caller& caller);

/// An object that is not there is no error, unless the caller's change was based on one. Errors: as
/// planPut; kFailedPrecondition also for what names it and cannot be read: see addCascade.
StatusOr<PolicyPlan> planRemove(
    const MeshView& view, const ObjectRef& ref, const WriteBase& base, const Caller& caller);

/// Whether the caller may see the object; all of its kind, when `ref` has no name.
Status mayRead(const MeshView& view, const ObjectRef& ref, const Caller& caller);

}  // namespace weft::mesh::detail
