// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/crypto/node_key.h"
#include "core/crypto/secret_bytes.h"
#include "core/net/endpoint.h"
#include "core/net/ip_prefix.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::wireguard {

/// Where a peer is reached. `zone` is the text behind '%' of a link-local IPv6 address, the name or
/// the number of an interface; empty otherwise. Nothing is looked up.
struct ControlEndpoint {
    net::Endpoint endpoint;
    std::string zone;

    friend bool operator==(const ControlEndpoint&, const ControlEndpoint&) = default;
};

/// One step: the prefix (host bits are zero) comes to the peer, from whoever had it, or goes from
/// it when the peer has it.
struct AllowedIpChange {
    net::IpPrefix prefix;
    bool remove = false;

    friend bool operator==(const AllowedIpChange&, const AllowedIpChange&) = default;
};

/// What a set operation says of the interface. What is not given stays as it is.
struct InterfaceSettings {
    /// 32 bytes, clamped; all zero takes the key away.
    std::optional<crypto::SecretBytes> privateKey;
    /// 0 lets the system choose.
    std::optional<std::uint16_t> listenPort;
    /// 0 takes the mark away.
    std::optional<std::uint32_t> firewallMark;
    /// All peers go before anything else happens.
    bool replacePeers = false;

    bool empty() const { return !privateKey && !listenPort && !firewallMark && !replacePeers; }
};

/// What a set operation says of one peer. What is not given stays as it is. A peer may come in
/// several changes that follow each other.
struct PeerChange {
    crypto::WireGuardPublicKey key;
    /// The peer goes, if it is there; nothing else is set then.
    bool remove = false;
    /// Nothing happens when the peer is not there.
    bool updateOnly = false;
    /// All allowed addresses of the peer go before `allowedIps` is worked through.
    bool replaceAllowedIps = false;
    /// 32 bytes; all zero means none.
    std::optional<crypto::SecretBytes> presharedKey;
    std::optional<ControlEndpoint> endpoint;
    /// Seconds; 0 switches it off.
    std::optional<std::uint16_t> persistentKeepalive;
    /// In the order given.
    std::vector<AllowedIpChange> allowedIps;
};

/// What a get operation tells of the interface.
struct InterfaceState {
    /// Empty or all zero: there is none.
    crypto::SecretBytes privateKey;
    /// 0: not bound.
    std::uint16_t listenPort = 0;
    std::uint32_t firewallMark = 0;
};

/// What a get operation tells of one peer.
struct PeerState {
    crypto::WireGuardPublicKey key;
    /// Empty: none.
    crypto::SecretBytes presharedKey;
    std::optional<ControlEndpoint> endpoint;
    /// nullopt: never.
    std::optional<WallTime> lastHandshake;
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedBytes = 0;
    /// Seconds; 0: off.
    std::uint16_t persistentKeepalive = 0;
    std::vector<net::IpPrefix> allowedIps;
};

}  // namespace weft::wireguard
