// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/host.h"
#include "core/storage/key_value_store.h"

#include <string_view>

namespace weft::mesh::detail {

/// The transaction that makes a new mesh, on condition that the store holds none: the contents of
/// webmesh.md 3.5 in that order, then what is Weft's own (key pin, address reservation).
/// `secret` is random; the mesh's IPv6 prefix is made of it. Pure.
/// Errors: kInvalidArgument for options that make no mesh.
StatusOr<storage::Transaction> planBootstrap(
    const HostOptions& options, std::string_view secret, WallTime now);

}  // namespace weft::mesh::detail
