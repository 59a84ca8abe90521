// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/storage/key_value_store.h"

#include <string>

namespace weft::mesh::detail {

/// What a change of the membership does: one transaction, whose conditions hold only while the
/// records are those that it was planned on. Without operations there is nothing to do.
struct MembershipPlan {
    storage::Transaction transaction;
    /// The node as it will be; not for a leave.
    storage::NodeRecord node;
    /// Not empty: something odd was accepted that an administrator should read.
    std::string warning;
};

/// webmesh.md 6.2 in its order.
/// Errors: kInvalidArgument    id, routes, endpoints, features or the like are wrong
///         kUnauthenticated    the mesh wants a proof of identity
///         kPermissionDenied   the id, its key, or a right is not the caller's
///         kAlreadyExists      the id is this server's, or the key another node's
///         kFailedPrecondition the engine takes no voters
///         kResourceExhausted  no IPv4 address is left, or too many edges for one transaction
StatusOr<MembershipPlan> planJoin(
    const MeshView& view, const JoinParams& params, const Caller& caller);

/// webmesh.md 6.8, except that a new key brings the IPv6 address that belongs to it, and a new
/// endpoint or zone the edges that follow from it: the reference leaves both as they were, so that
/// a node that became public stays a leaf of the graph until it joins again.
/// Errors: as planJoin, and kFailedPrecondition "node X not found".
StatusOr<MembershipPlan> planUpdate(
    const MeshView& view, const UpdateParams& params, const Caller& caller);

/// Edges in both directions, the record and the automatic route. The key pin and the address
/// reservation stay, for when the node comes back. An unknown node is no error.
/// Errors: kFailedPrecondition for a storage server, kUnauthenticated, kPermissionDenied.
StatusOr<MembershipPlan> planLeave(const MeshView& view, const NodeId& id, const Caller& caller);

/// Errors: kPermissionDenied, kNotFound, kFailedPrecondition for the server's own id.
StatusOr<MembershipPlan> planRelease(const MeshView& view, const NodeId& id, const Caller& caller);

/// Makes the server's own record say what `wanted` does, but for addresses and time of joining.
StatusOr<MembershipPlan> planSelfRefresh(const MeshView& view, const storage::NodeRecord& wanted);

/// `<id>-auto`, the route that Join and Update write.
std::string autoRouteName(const NodeId& id);

}  // namespace weft::mesh::detail
