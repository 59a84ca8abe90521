// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/key_rules.h"
#include "core/mesh/detail/membership_plan.h"
#include "core/mesh/detail/mesh_view.h"

#include <optional>
#include <vector>

namespace weft::mesh::detail {

/// Steps that the plans share.

/// The conditions and the marker that keep two servers from changing one mesh at the same time.
void guard(const MeshView& view, const NodeId& who, storage::Transaction& transaction);

/// Refuses a plan that no engine takes in one transaction. Errors: kResourceExhausted.
Status checkSize(const storage::Transaction& transaction);

/// Votes and observers. Errors: kInvalidArgument, kFailedPrecondition, whoever asks, where the
/// engine takes none; else kUnauthenticated, kPermissionDenied.
struct StorageWish {
    bool asVoter = false;
    bool asObserver = false;
    std::vector<storage::FeaturePort> features;
};
Status validateStoragePort(const StorageWish& wish);
Status mayStore(const MeshView& view, const StorageWish& wish, const Caller& caller);

/// Whether the caller may write the automatic route of `id`. Errors: kUnauthenticated,
/// kPermissionDenied.
Status mayRoute(const MeshView& view, const NodeId& id, const Caller& caller);

/// The routes that are asked for, masked; empty when the node has them all already.
std::vector<net::IpPrefix> missingRoutes(
    const MeshView& view, const NodeId& id, const std::vector<net::IpPrefix>& wanted);
void putAutoRoute(
    const NodeId& id,
    const std::vector<net::IpPrefix>& destinations,
    storage::Transaction& transaction);

/// Errors: kInvalidArgument for a key that is no point, kAlreadyExists when another node has it.
StatusOr<net::IpPrefix> ipv6For(
    const MeshView& view, const NodeId& id, const crypto::PublicKey& key);

/// The address of `id`: the one it has, the one reserved for it, or the lowest free one; reserved
/// in `transaction`. Errors: kResourceExhausted.
StatusOr<net::IpPrefix> assignIpv4(
    const MeshView& view, const NodeId& id, storage::Transaction& transaction);

/// The text of the warning event for a verdict; empty for most.
std::string warningFor(KeyVerdict verdict, const NodeId& id);

}  // namespace weft::mesh::detail
