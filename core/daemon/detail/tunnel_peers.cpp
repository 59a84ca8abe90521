// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_peers.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/daemon/detail/route_consents.h"

#include <algorithm>
#include <set>
#include <utility>

namespace weft::daemon {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// What a node says of itself: one that means every machine, none, or a group is no place.
bool isPlace(const net::Endpoint& endpoint, const mesh::WireGuardPeer& peer) {
    const auto& address = endpoint.address;
    const bool inTunnel = std::ranges::any_of(peer.allowedIps, [&address](const auto& prefix) {
        return !isDefaultLike(prefix) && prefix.contains(address);
    });
    return endpoint.port != 0 && !inTunnel && !address.isUnspecified() && !address.isLoopback()
           && !address.isLinkLocal() && !address.isMulticast();
}

/// Where a peer may be: the endpoint that the mesh chose, then the others that the node has.
void addPlaces(const mesh::WireGuardPeer& peer, TunnelPeer* result) {
    if (const auto& text = peer.node.primaryEndpoint; !text.empty()) {
        const auto endpoint = net::Endpoint::parse(text);
        if (endpoint.ok() && endpoint->port != 0) {
            result->endpoint = *endpoint;
        } else {
            log().debug(
                "peer endpoint is no address and port peer={} endpoint={}",
                base::escapeForLine(peer.node.id.value()),
                base::escapeForLine(text));
        }
    }
    for (const auto& text : peer.node.wireguardEndpoints) {
        const auto place = net::Endpoint::parse(text);
        if (place.ok() && isPlace(*place, peer) && place.value() != result->endpoint
            && std::ranges::count(result->candidates, *place) == 0) {
            result->candidates.push_back(*place);
        }
    }
}

}  // namespace

bool TunnelPeers::set(const mesh::PeerSet& peers, const Defaults& defaults) {
    if (given_.peers == peers.peers && defaults_ == defaults) {
        return false;
    }
    if (&peers != &given_) {
        given_ = peers;
    }
    defaults_ = defaults;
    return rebuild();
}

bool TunnelPeers::setProbes(std::vector<mesh::WireGuardPeer> probes) {
    if (probes_ == probes) {
        return false;
    }
    probes_ = std::move(probes);
    return rebuild();
}

std::vector<TunnelPeer> TunnelPeers::forDevice() const {
    auto all = peers_;
    all.insert(all.end(), calledOnly_.begin(), calledOnly_.end());
    return all;
}

bool TunnelPeers::rebuild() {
    std::map<mesh::NodeId, Known> now;
    std::vector<TunnelPeer> converted;
    converted.reserve(given_.peers.size());
    std::vector<services::TunnelPaths::Path> paths;
    for (const auto& peer : given_.peers) {
        const auto* known = know(peer, now);
        if (known == nullptr) {
            continue;
        }
        converted.push_back(convert(peer, *known));
        for (const auto& prefix : converted.back().allowedIps) {
            // Who is said to be everybody is nobody in particular.
            if (!isDefaultLike(prefix)) {
                paths.push_back({prefix, known->nodeKey});
            }
        }
    }
    paths_ = std::make_shared<const services::TunnelPaths>(paths);
    std::map<mesh::NodeId, Known> nowProbes;
    std::vector<TunnelPeer> called;
    for (const auto& probe : probes_) {
        const auto* known = now.contains(probe.node.id) ? nullptr : know(probe, nowProbes);
        if (known != nullptr) {
            called.push_back(convert(probe, *known));
            called.back().allowedIps.clear();
        }
    }
    known_ = std::move(now);
    knownProbes_ = std::move(nowProbes);
    nodes_.clear();
    for (const auto* list : {&known_, &knownProbes_}) {
        for (const auto& [id, known] : *list) {
            nodes_.emplace(known.key, id);
        }
    }
    const bool differs = converted != peers_ || called != calledOnly_;
    peers_ = std::move(converted);
    calledOnly_ = std::move(called);
    return differs;
}

const mesh::NodeId* TunnelPeers::nodeOf(const crypto::WireGuardPublicKey& key) const {
    const auto found = nodes_.find(key);
    return found == nodes_.end() ? nullptr : &found->second;
}

const crypto::WireGuardPublicKey* TunnelPeers::keyOf(const mesh::NodeId& id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second.key;
}

const TunnelPeers::Known* TunnelPeers::know(
    const mesh::WireGuardPeer& peer, std::map<mesh::NodeId, Known>& now) {
    if (!peer.node.publicKey) {
        return nullptr;
    }
    for (const auto* list : {&known_, &knownProbes_}) {
        const auto before = list->find(peer.node.id);
        if (before != list->end() && before->second.nodeKey == *peer.node.publicKey) {
            return &now.insert_or_assign(peer.node.id, before->second).first->second;
        }
    }
    const auto key = peer.node.publicKey->wireGuardKey();
    if (!key.ok()) {
        log().warn("peer passed over reason={}", base::escapeForLine(messageOf(key.status())));
        return nullptr;
    }
    return &now.insert_or_assign(peer.node.id, Known{*peer.node.publicKey, *key}).first->second;
}

TunnelPeer TunnelPeers::convert(const mesh::WireGuardPeer& peer, const Known& known) const {
    TunnelPeer result;
    result.key = known.key;
    result.keepalive = rules_.keepalive;
    const auto isProbe = [&peer](const mesh::WireGuardPeer& probe) {
        return probe.node.id == peer.node.id;
    };
    const bool isTooRare =
        result.keepalive == std::chrono::seconds::zero() || result.keepalive > kHoldsOpen;
    if (isTooRare && std::ranges::any_of(probes_, isProbe)) {
        result.keepalive = kHoldsOpen;
    }
    // An edge with another protocol is there because the direct way does not lead to the peer.
    if (peer.protocol == mesh::ConnectProtocol::Native) {
        addPlaces(peer, &result);
    }
    // Networks outside the mesh are in both lists.
    std::set<net::IpPrefix> taken;
    const auto take = [&](const net::IpPrefix& prefix) {
        const bool isUsed = prefix.family() == net::Family::V4 ? rules_.ipv4 : rules_.ipv6;
        if (isUsed && taken.insert(prefix).second) {
            result.allowedIps.push_back(prefix);
        }
    };
    for (const auto* list : {&peer.allowedIps, &peer.allowedRoutes}) {
        for (const auto& prefix : *list) {
            if (!isDefaultLike(prefix)) {
                take(prefix.masked());
            }
        }
    }
    for (const auto& [network, node] : defaults_) {
        if (node == peer.node.id) {
            take(network);
        }
    }
    return result;
}

}  // namespace weft::daemon
