// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/identity.h"

#include "core/mesh/standing.h"
#include "core/net/endpoint.h"

namespace weft::services {

namespace {

/// The node that has exactly this mesh address; what else lives in its prefix is not it.
const storage::NodeRecord* nodeAt(const mesh::Standing& standing, const net::IpAddress& address) {
    const auto* const node = standing.registry().nodeByAddress(address);
    const auto is = [&address](const std::optional<net::IpPrefix>& assigned) {
        return assigned && assigned->address() == address;
    };
    return node != nullptr && (is(node->privateIpv4) || is(node->privateIpv6)) ? node : nullptr;
}

/// The other node at the far end of a connection out of the tunnel; nullptr: nobody's.
const storage::NodeRecord* nodeBehind(const Claim& claim, const mesh::Standing& standing) {
    const auto remote = net::Endpoint::parse(claim.caller.source);
    if (!claim.tunnelCall || !remote.ok()) {
        return nullptr;
    }
    const auto* const called = nodeAt(standing, claim.tunnelCall->called);
    const auto* const node = nodeAt(standing, remote->address);
    const bool isForUs = called != nullptr && called->id == standing.selfId();
    return isForUs && node != called ? node : nullptr;
}

/// Whether nobody but the node itself can have sent what came by the connection.
bool isItself(const Claim& claim, const storage::NodeRecord& node) {
    return claim.tunnelCall->sender && claim.tunnelCall->sender == node.publicKey;
}

StatusOr<mesh::Caller> handedOn(
    const Claim& claim,
    const mesh::Caller& proxy,
    const MethodRow& row,
    const mesh::Standing& standing) {
    if (!proxy.authenticated()) {
        return unauthenticated("authentication required of whoever hands a call on");
    }
    const bool goesToTheLeader =
        row.proxy == ProxyClass::Leader || row.proxy == ProxyClass::NonLeader;
    const bool speaksOfItself = !claim.proxiedFrom || *claim.proxiedFrom == proxy.identity;
    if (!goesToTheLeader || !speaksOfItself || !standing.mayHandOn(proxy)) {
        return permissionDenied(
            "this caller may not hand on calls of others: storage members may, and nodes with the "
            "leader proxy that have the right to put observers");
    }
    mesh::Caller caller = proxy;
    caller.proxiedBy = proxy.identity;
    caller.identity = claim.proxiedFor.value_or(mesh::NodeId());
    if (!claim.proxiedFor) {
        caller.proof = mesh::Caller::Proof::None;
    }
    return caller;
}

}  // namespace

StatusOr<mesh::Caller> settle(
    const Claim& claim,
    const MethodRow& row,
    mesh::Authentication authentication,
    const mesh::Standing& standing) {
    mesh::Caller caller = claim.caller;
    if (authentication == mesh::Authentication::None && !caller.authenticated()) {
        // There, ids are taken without a proof, and an address proves no more than the id.
        return caller;
    }
    if (const auto* const node = nodeBehind(claim, standing)) {
        if (caller.authenticated() && caller.identity != node->id) {
            return permissionDenied("the credentials and the mesh address are of two identities");
        }
        if (!caller.authenticated() && isItself(claim, *node)) {
            caller.proof = mesh::Caller::Proof::MeshAddress;
            caller.identity = node->id;
        } else if (!caller.authenticated()) {
            caller.proof = mesh::Caller::Proof::CarriedAddress;
            caller.carriedFor = node->id;
        }
    }
    return claim.isProxied() ? handedOn(claim, caller, row, standing) : caller;
}

std::vector<std::pair<std::string, std::string>> proxyHeaders(
    const mesh::Caller& caller, const mesh::NodeId& self) {
    std::vector<std::pair<std::string, std::string>> headers{
        {std::string(kProxiedFromHeader), self.value()}};
    if (caller.authenticated()) {
        headers.emplace_back(kProxiedForHeader, caller.identity.value());
    }
    return headers;
}

}  // namespace weft::services
