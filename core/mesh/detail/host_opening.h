// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/host.h"
#include "core/storage/key_value_store.h"

namespace weft::mesh::detail {

/// Bootstraps when the store holds no mesh. Blocks on the disk.
Status openMesh(const HostOptions& options, WallTime now, storage::KeyValueStore& store);

/// Whether the mesh in the store is served by the node `self`.
/// Errors: kFailedPrecondition, saying what to do.
Status checkOwner(const MeshView& view, const storage::NodeRecord& self);

/// Where the node's storage is reached in the mesh, `ip:port`; empty without a mesh address.
std::string storageAddress(const storage::NodeRecord& node);

}  // namespace weft::mesh::detail
