// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/node_key.h"
#include "core/mesh/types.h"
#include "core/net/ip_prefix.h"

namespace weft::tests {

inline net::IpPrefix prefix(const char* text) {
    return *net::IpPrefix::parse(text);
}

/// A peer with a key of its own and an address of each family, always the same.
inline mesh::WireGuardPeer peerNamed(const char* id, const char* endpoint = "") {
    mesh::WireGuardPeer peer;
    peer.node.id = mesh::NodeId(id);
    peer.node.publicKey = crypto::NodeKey::generate()->publicKey();
    peer.node.primaryEndpoint = endpoint;
    peer.allowedIps = {prefix("172.16.0.2/32"), prefix("fd00::2:0/112")};
    return peer;
}

}  // namespace weft::tests
