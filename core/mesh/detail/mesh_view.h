// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/shared_records.h"
#include "core/mesh/policy/rules.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <memory>
#include <string>

namespace weft::mesh::detail {

/// What the rules of a mesh are decided on: the records at one moment, who serves, and the time.
/// Everything that takes one is pure.
struct MeshView {
    const storage::Registry& registry;
    const SharedRecords& shared;
    /// The server that decides.
    NodeId self;
    Authentication authentication = Authentication::Required;
    /// Whether the engine can take voters and observers, and its name for the refusal.
    bool supportsVoters = false;
    std::string engine;
    WallTime now;
    /// The roles of `registry`; without them nobody has a right.
    std::shared_ptr<const policy::RoleRules> rules{};
};

/// The networks and name of the mesh as they are stored.
MeshInfo infoOf(const storage::Registry& registry);

/// Whether the role binding `mesh-admin` names `id` as node or user.
bool isAdminSubject(const MeshView& view, const NodeId& id);
/// The same for `rules`; nullptr: nobody is.
bool isAdminSubject(const policy::RoleRules* rules, const NodeId& id);
bool isAdmin(const MeshView& view, const Caller& caller);
bool isMember(const MeshView& view, const Caller& caller);
/// Whether `caller` may speak for the node `id`.
/// Errors: kUnauthenticated, kPermissionDenied.
Status mayActAs(const MeshView& view, const Caller& caller, const NodeId& id);

}  // namespace weft::mesh::detail
