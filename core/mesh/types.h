// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/strong_id.h"
#include "core/crypto/node_key.h"
#include "core/net/endpoint.h"
#include "core/net/ip_prefix.h"
#include "core/storage/registry/records.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh {

using storage::NodeId;

/// Who calls, as the channel proves it. Never from an unverified header.
struct Caller {
    enum class Proof : std::uint8_t {
        None,            ///< nobody in particular
        Certificate,     ///< a certificate of the mesh's authority; `identity` is its common name
        Password,        ///< basic authentication
        MeshAddress,     ///< a packet out of the tunnel, which only the node itself can have sent
        CarriedAddress,  ///< the same, where others carry the node's packets: a member, unnamed
        Process,         ///< this very program
    };
    Proof proof = Proof::None;
    /// Empty without proof, and with a carried address.
    NodeId identity;
    /// The socket's remote address, for the audit log.
    std::string source;
    /// The node that hands the call on for `identity`, which it has asked for proof; empty: nobody
    /// stands in between.
    NodeId proxiedBy{};
    /// With a carried address: whose it is. Whoever carries its packets may have sent this one.
    NodeId carriedFor{};

    bool authenticated() const { return proof != Proof::None; }
    /// Proven by what only the identity holds. A mesh address is that of every program on the node.
    bool hasCredential() const {
        return authenticated() && proof != Proof::MeshAddress && proof != Proof::CarriedAddress;
    }
    /// Whose record makes the caller a member.
    const NodeId& memberId() const {
        return proof == Proof::CarriedAddress ? carriedFor : identity;
    }
};

/// How a mesh looks at callers.
enum class Authentication : std::uint8_t {
    None,      ///< nobody is asked
    Required,  ///< certificates (or passwords) prove identities
};

enum class ConnectProtocol : std::uint8_t { Native, Ice, Libp2p };

struct JoinParams {
    NodeId id;
    crypto::PublicKey publicKey;
    /// Bare address text, or empty: not reachable from outside.
    std::string primaryEndpoint;
    std::vector<std::string> wireguardEndpoints;
    std::string zone;
    bool assignIpv4 = true;
    bool preferStorageIpv6 = false;
    bool asVoter = false;
    bool asObserver = false;
    std::vector<net::IpPrefix> routes;
    std::map<NodeId, ConnectProtocol> directPeers;
    std::vector<storage::FeaturePort> features;
    std::vector<std::string> multiaddrs;
    /// Ed25519 by the key that is pinned to `id`, over `keyChangeMessage`: proves a key change.
    std::string keyChangeSignature;
    /// When that signature was made; refused when it is more than five minutes off.
    std::optional<WallTime> keyChangeTime;
};

/// "weft-key-change/1", mesh identity, id, new public key, unix seconds: each with its length in
/// front as four bytes, big-endian.
std::string keyChangeMessage(
    std::string_view meshIdentity,
    const NodeId& id,
    const crypto::PublicKey& newKey,
    WallTime when);

/// One neighbour as it is sent to a node.
struct WireGuardPeer {
    storage::NodeRecord node;
    /// `primaryEndpoint` of `node` is `ip:port` here, or empty.
    std::vector<net::IpPrefix> allowedIps;
    std::vector<net::IpPrefix> allowedRoutes;
    ConnectProtocol protocol = ConnectProtocol::Native;

    friend bool operator==(const WireGuardPeer&, const WireGuardPeer&) = default;
};

struct PeerSet {
    std::vector<WireGuardPeer> peers;
    /// `ip:port` texts, sorted.
    std::vector<std::string> iceServers;
    std::vector<std::string> dnsServers;

    friend bool operator==(const PeerSet&, const PeerSet&) = default;
};

struct JoinGrant {
    std::optional<net::IpPrefix> addressIpv4;
    net::IpPrefix addressIpv6;
    net::IpPrefix networkIpv4;
    net::IpPrefix networkIpv6;
    /// With its trailing dot.
    std::string meshDomain;
    PeerSet peers;
};

/// Only what is set is changed.
struct UpdateParams {
    NodeId id;
    std::optional<crypto::PublicKey> publicKey;
    std::string primaryEndpoint;
    std::vector<std::string> wireguardEndpoints;
    std::string zone;
    bool asVoter = false;
    std::vector<net::IpPrefix> routes;
    std::vector<storage::FeaturePort> features;
    std::vector<std::string> multiaddrs;
};

/// A server of the mesh's database.
struct StorageServer {
    NodeId id;
    enum class Suffrage : std::uint8_t { Unknown, Leader, Voter, Observer, Node };
    Suffrage suffrage = Suffrage::Unknown;
    std::string address;
};

struct MeshInfo {
    net::IpPrefix networkIpv4;
    net::IpPrefix networkIpv6;
    /// With its trailing dot.
    std::string domain;
    /// Lower-case hex SHA-256 of "weft-mesh/1", the text of the IPv6 prefix and the domain.
    std::string identity;
};

/// The identity of the mesh with this prefix text and domain.
std::string meshIdentity(std::string_view ipv6PrefixText, std::string_view domain);

}  // namespace weft::mesh
