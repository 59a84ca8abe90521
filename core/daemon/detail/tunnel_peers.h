// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/tunnel.h"
#include "core/mesh/types.h"
#include "core/services/server/tunnel_paths.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <vector>

namespace weft::daemon {

/// Of a way that is to be held open through routers, however rare it is otherwise: what the
/// WireGuard documentation recommends.
inline constexpr std::chrono::seconds kHoldsOpen{25};

/// What this node does for all its peers alike.
struct TunnelPeerRules {
    bool ipv4 = true;
    bool ipv6 = true;
    std::chrono::seconds keepalive{0};
};

/// Turns what the mesh says of this node's peers into what a tunnel takes: keys of the other form,
/// endpoints that are addresses (names are not looked up: such a peer calls first), with all other
/// places that the node says of itself as candidates, prefixes of the families in use. Passed over,
/// with a line in the log: peers whose key is no key. Ways to everywhere lead to whom somebody has
/// agreed to, and nowhere else. Thread: confined to the connection's loop.
class TunnelPeers {
public:
    explicit TunnelPeers(TunnelPeerRules rules) : rules_(rules) {}

    using Defaults = std::map<net::IpPrefix, mesh::NodeId>;

    /// Replaces what was known before; `defaults` says which ways to everywhere lead to whom. False
    /// when nothing differs.
    bool set(const mesh::PeerSet& peers, const Defaults& defaults = {});
    /// Those of the last `set`.
    const mesh::PeerSet& given() const { return given_; }
    /// Those that are called for a direct way. One that is no peer of the mesh may send nothing:
    /// what comes from it has no address that is its own. Of all of them the ways are held open.
    bool setProbes(std::vector<mesh::WireGuardPeer> probes);
    const std::vector<TunnelPeer>& peers() const { return peers_; }
    /// The same, and those that are only called.
    std::vector<TunnelPeer> forDevice() const;
    bool isOnlyCalled(const crypto::WireGuardPublicKey& key) const {
        return std::ranges::count(calledOnly_, key, &TunnelPeer::key) > 0;
    }
    /// From which of them packets of which addresses come.
    const std::shared_ptr<const services::TunnelPaths>& paths() const { return paths_; }
    /// nullptr: not a peer of this node.
    const crypto::WireGuardPublicKey* keyOf(const mesh::NodeId& id) const;
    /// Also of those that are only called; nullptr: neither.
    const mesh::NodeId* nodeOf(const crypto::WireGuardPublicKey& key) const;

private:
    struct Known {
        crypto::PublicKey nodeKey;
        crypto::WireGuardPublicKey key;
    };

    bool rebuild();
    const Known* know(const mesh::WireGuardPeer& peer, std::map<mesh::NodeId, Known>& now);
    TunnelPeer convert(const mesh::WireGuardPeer& peer, const Known& known) const;

    const TunnelPeerRules rules_;
    mesh::PeerSet given_;
    Defaults defaults_;
    std::vector<mesh::WireGuardPeer> probes_;
    std::vector<TunnelPeer> peers_;
    std::vector<TunnelPeer> calledOnly_;
    std::shared_ptr<const services::TunnelPaths> paths_ =
        std::make_shared<const services::TunnelPaths>(std::vector<services::TunnelPaths::Path>());
    /// Also saves the conversion of a key, which costs as much as a signature.
    std::map<mesh::NodeId, Known> known_;
    /// Those that are only called.
    std::map<mesh::NodeId, Known> knownProbes_;
    std::map<crypto::WireGuardPublicKey, mesh::NodeId> nodes_;
};

}  // namespace weft::daemon
