// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/control/control_target.h"

#include <map>
#include <set>
#include <vector>

namespace weft::wireguard {

/// An interface that is nothing but its configuration. Peers are told in the order of their keys.
class MemoryInterface : public ControlTarget {
public:
    struct Peer {
        std::vector<std::uint8_t> presharedKey;
        std::optional<ControlEndpoint> endpoint;
        std::uint16_t persistentKeepalive = 0;
        std::set<net::IpPrefix> allowedIps;
    };

    Status applyInterface(InterfaceSettings settings) override {
        WEFT_RETURN_IF_ERROR(interfaceError);
        if (settings.privateKey) {
            state.privateKey = settings.privateKey->clone();
        }
        state.listenPort = settings.listenPort.value_or(state.listenPort);
        state.firewallMark = settings.firewallMark.value_or(state.firewallMark);
        if (settings.replacePeers) {
            peersByKey.clear();
            owners_.clear();
        }
        return okStatus();
    }

    Status applyPeers(std::vector<PeerChange> changes) override {
        ++batches;
        largestBatch = std::max(largestBatch, changes.size());
        for (auto& change : changes) {
            WEFT_RETURN_IF_ERROR(peerError);
            if (change.remove) {
                peersByKey.erase(change.key);
            } else if (!change.updateOnly || peersByKey.contains(change.key)) {
                apply(change);
            }
        }
        return okStatus();
    }

    StatusOr<InterfaceState> interfaceState() override {
        InterfaceState copy;
        copy.privateKey = state.privateKey.clone();
        copy.listenPort = state.listenPort;
        copy.firewallMark = state.firewallMark;
        return copy;
    }

    StatusOr<PeerPage> peers(std::uint64_t cursor) override {
        PeerPage page;
        auto at = peersByKey.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(std::min(cursor, peersByKey.size())));
        for (; at != peersByKey.end() && page.peers.size() < peersPerPage; ++at) {
            PeerState told;
            told.key = at->first;
            told.presharedKey =
                crypto::SecretBytes(std::span<const std::uint8_t>(at->second.presharedKey));
            told.endpoint = at->second.endpoint;
            told.persistentKeepalive = at->second.persistentKeepalive;
            told.allowedIps.assign(at->second.allowedIps.begin(), at->second.allowedIps.end());
            page.peers.push_back(std::move(told));
        }
        page.next = at == peersByKey.end() ? 0 : cursor + page.peers.size();
        return page;
    }

    InterfaceState state;
    std::map<crypto::WireGuardPublicKey, Peer> peersByKey;
    Status interfaceError;
    Status peerError;
    std::size_t batches = 0;
    std::size_t largestBatch = 0;
    std::size_t peersPerPage = 100;

private:
    void apply(const PeerChange& change) {
        auto& peer = peersByKey[change.key];
        if (change.presharedKey) {
            const auto bytes = change.presharedKey->reveal();
            peer.presharedKey.assign(bytes.begin(), bytes.end());
        }
        if (change.endpoint) {
            peer.endpoint = change.endpoint;
        }
        peer.persistentKeepalive = change.persistentKeepalive.value_or(peer.persistentKeepalive);
        if (change.replaceAllowedIps) {
            peer.allowedIps.clear();
        }
        for (const auto& step : change.allowedIps) {
            if (step.remove) {
                peer.allowedIps.erase(step.prefix);
                continue;
            }
            const auto owner = owners_.try_emplace(step.prefix, change.key).first;
            const auto old = peersByKey.find(owner->second);
            if (old != peersByKey.end()) {
                old->second.allowedIps.erase(step.prefix);
            }
            owner->second = change.key;
            peer.allowedIps.insert(step.prefix);
        }
    }

    /// Who was given a prefix last; he may have lost it.
    std::map<net::IpPrefix, crypto::WireGuardPublicKey> owners_;
};

/// The hex text of a key, all of one digit.
inline std::string keyText(char digit) {
    return std::string(64, digit);
}

}  // namespace weft::wireguard
