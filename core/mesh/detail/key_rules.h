// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"

#include <optional>
#include <string>

namespace weft::mesh::detail {

/// A key that a node wants to have under its id.
struct KeyClaim {
    NodeId id;
    crypto::PublicKey key;
    /// By the key that is pinned, over keyChangeMessage.
    std::string signature;
    std::optional<WallTime> signedAt;
};

/// Why a claim holds.
enum class KeyVerdict : std::uint8_t {
    First,     ///< the id has no key yet
    Same,      ///< the key is the one that is known
    Changed,   ///< another key, proved
    Unproven,  ///< another key in a mesh that asks nobody: worth a warning
};

/// Whether the id may have the key. Errors: kAlreadyExists   another node has the key
///                                           kPermissionDenied the id has another key
StatusOr<KeyVerdict> judgeKey(const MeshView& view, const KeyClaim& claim, const Caller& caller);

/// Pins `key` to `id`, on condition that the pin is what `view` says.
void pinKey(
    const MeshView& view,
    const NodeId& id,
    const crypto::PublicKey& key,
    storage::Transaction& transaction);

}  // namespace weft::mesh::detail
