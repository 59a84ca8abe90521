// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/removed_node.h"
#include "core/storage/key_value_store.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::detail {

/// The stored form: protojson of weft.mesh.v1.RemovedNode. Errors: kDataLoss.
std::string encodeRemovedNode(const RemovedNode& node);
StatusOr<RemovedNode> decodeRemovedNode(std::string_view json);

/// By time of removal. A record that does not read stands for its id alone.
std::vector<RemovedNode> removedNodesOf(const SharedRecords& shared);

/// Errors: kPermissionDenied when the id or the key (unless nullptr) belongs to a removed node.
Status checkNotRemoved(
    const SharedRecords& shared, const NodeId& id, const crypto::PublicKey* key = nullptr);

/// One transaction that expels a node.
struct RemovalPlan {
    storage::Transaction transaction;
    /// What goes or changes with the node, in words.
    std::vector<std::string> alsoChanged;
    /// The node's record; empty when it had none.
    std::string before;
};

/// Record, edges, routes, key pin, address, and places in bindings and groups go; a tombstone
/// comes. Errors: kPermissionDenied, kInvalidArgument, kNotFound when nothing is known of the node,
///         kFailedPrecondition for the server itself, for the last administrator, and when a
///         binding or group that may name the node cannot be read,
///         kAlreadyExists when it was removed before, kResourceExhausted
StatusOr<RemovalPlan> planRemoval(
    const MeshView& view, const NodeId& id, const std::string& reason, const Caller& caller);

/// Errors: kPermissionDenied, kNotFound.
StatusOr<storage::Transaction> planReadmission(
    const MeshView& view, const NodeId& id, const Caller& caller);

/// Whether the caller administers the mesh: what the program itself asks for is asked in the name
/// of its node.
bool administers(const MeshView& view, const Caller& caller);

}  // namespace weft::mesh::detail
