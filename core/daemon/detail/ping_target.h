// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/policy.h"
#include "core/storage/registry/registry.h"

#include "weft/local/v1/network.pb.h"

#include <string>

namespace weft::daemon {

/// Where echo requests go.
struct PingTarget {
    /// Whose address it is, or who leads to it.
    storage::NodeId node;
    net::IpAddress address;
};

/// What a front end means by the target of a ping: a node by its id, a node's address, or an
/// address in a network behind a node. Pure.
/// Errors: kInvalidArgument    this node itself, or no text
///         kNotFound           nobody is called so or has this address
///         kFailedPrecondition an end has no address of the family
///         kPermissionDenied   the access rules deny it, one way at least
StatusOr<PingTarget> pingTarget(
    const storage::Registry& registry,
    const mesh::policy::Policy& rules,
    const storage::NodeId& self,
    const weft::local::v1::PingRequest& request);

}  // namespace weft::daemon
