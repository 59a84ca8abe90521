// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/types.h"
#include "core/net/ip_address.h"
#include "core/services/server/method_table.h"
#include "core/services/server/tunnel_callers.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::mesh {
class Standing;
}  // namespace weft::mesh

namespace weft::services {

/// What a node that hands a call on says: for whom, and that it is the one. They count from few:
/// see `settle`.
inline constexpr std::string_view kProxiedForHeader = "x-webmesh-proxied-for";
inline constexpr std::string_view kProxiedFromHeader = "x-webmesh-proxied-from";

/// Who calls, as far as channel, credentials and headers tell.
struct Claim {
    /// By certificate or password; or nobody.
    mesh::Caller caller;
    /// When the connection came out of the tunnel.
    std::optional<TunnelCall> tunnelCall{};
    std::optional<mesh::NodeId> proxiedFor{};
    std::optional<mesh::NodeId> proxiedFrom{};

    bool isProxied() const { return proxiedFor || proxiedFrom; }
};

/// Who calls. A caller out of the tunnel is the node whose address it has, and a certificate or a
/// password must not say otherwise. Where others than that node can send from the address, it is
/// somebody in the mesh, and not that node. The two headers of a proxy change the caller for this
/// one call, when they come from one that may hand calls on, say so of itself, and the method is
/// one that is handed on; else the call is refused, because to go on would lend the rights of the
/// one in between. What the method asks for is not looked at yet. Errors: kPermissionDenied,
/// kUnauthenticated
StatusOr<mesh::Caller> settle(
    const Claim& claim,
    const MethodRow& row,
    mesh::Authentication authentication,
    const mesh::Standing& standing);

/// The headers with which `self` hands on a call of `caller`, whom it has asked for proof itself.
/// A call that was handed on to it is not handed on again.
std::vector<std::pair<std::string, std::string>> proxyHeaders(
    const mesh::Caller& caller, const mesh::NodeId& self);

/// Whether the header carries an identity or a credential, in whatever spelling: whoever hands a
/// call on leaves it out.
bool isIdentityHeader(std::string_view name);

}  // namespace weft::services
