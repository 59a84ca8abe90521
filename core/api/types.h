// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/strong_id.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::api {

struct ProfileIdTag {};
/// A profile of the daemon: one mesh as this machine knows it.
using ProfileId = base::StrongId<ProfileIdTag>;

/// What the caller may do here; each includes the ones before.
enum class Grade : std::uint8_t { None, Observe, Operate, Administer };

struct Capabilities {
    std::string version;
    Grade grade = Grade::None;
    std::vector<std::string> features;
    std::string defaultNodeId;
    bool keepsSecrets = false;
    /// False for a daemon that has only v1.AppDaemon: everything else is unavailable, not broken.
    bool hasLocalApi = false;

    bool has(const std::string& feature) const;
};

enum class TlsMode : std::uint8_t { Mutual, ServerOnly, Insecure };
enum class ProfileKind : std::uint8_t { Founder, Member };

struct Profile {
    ProfileId id;
    std::string name;
    ProfileKind kind = ProfileKind::Member;
    std::string nodeId;
    std::vector<std::string> joinAddresses;
    TlsMode tlsMode = TlsMode::Mutual;
    bool autoConnect = true;
    /// The programs of the daemon's host find the names of the mesh, while it is connected.
    bool acceptDns = false;
    std::string meshDomain;
    std::string meshIdentity;
    std::string listenAddress;
    std::vector<std::string> endpoints;
    std::string zone;
    /// While it is to be connected, nothing leaves this computer but into tunnels and to the
    /// networks beside it.
    bool lockdown = false;

    friend bool operator==(const Profile&, const Profile&) = default;
};

enum class RouteState : std::uint8_t {
    Unknown,
    InUse,
    /// It takes a yes, and nobody has answered.
    Asked,
    Refused,
    /// The yes was for another key of the node.
    KeyChanged,
    /// This computer reaches it in another way.
    Overlaps,
    /// There is no way there at the moment, or another node's is used.
    Unused,
    /// This node offers it; or is to, and something stands in the way.
    Offered,
    NotOffered,
};

/// A network that the mesh leads to, or that this node offers to it.
struct MeshRoute {
    std::string cidr;
    /// Who offers it; empty for a network of the mesh itself.
    std::string nodeId;
    RouteState state = RouteState::Unknown;
    /// Why it is not used or not offered.
    std::string text;
    bool isDefault = false;
    /// Used only where somebody has said yes.
    bool needsConsent = false;
    std::string publicKey;

    friend bool operator==(const MeshRoute&, const MeshRoute&) = default;
};

enum class RouteAnswer : std::uint8_t { Agree, Refuse, Forget };

enum class ConnectionState : std::uint8_t {
    Off,
    Connecting,
    Connected,
    Degraded,
    Reconnecting,
    Failed,
    Disconnecting,
};

/// Where a connection attempt is: "Reaching a member", 2 of 6.
struct Step {
    std::uint32_t number = 0;
    std::uint32_t count = 0;
    std::string text;

    friend bool operator==(const Step&, const Step&) = default;
};

enum class CheckState : std::uint8_t { Ok, Warn, Failed, Off, Pending };

/// One line of the truthful checklist behind "connected".
struct CheckItem {
    std::string id;
    CheckState state = CheckState::Pending;
    std::string text;
    std::optional<WallTime> since;

    friend bool operator==(const CheckItem&, const CheckItem&) = default;
};

enum class Severity : std::uint8_t { Info, Warn, Error };

struct Problem {
    Severity severity = Severity::Info;
    std::string text;
    /// What to do about it.
    std::string remedy;

    friend bool operator==(const Problem&, const Problem&) = default;
};

enum class ClusterStatus : std::uint8_t { Unknown, Leader, Voter, Observer, Node };

/// The interface through which packets of the mesh flow.
struct TunnelInterface {
    std::string name;
    /// The real UDP port of WireGuard.
    std::uint16_t listenPort = 0;
    std::uint32_t mtu = 0;

    friend bool operator==(const TunnelInterface&, const TunnelInterface&) = default;
};

/// What came of the tests that are kept with a mesh.
struct PolicyTestFigures {
    struct Failing {
        std::string name;
        /// What was found, or why the test says nothing.
        std::string text;

        friend bool operator==(const Failing&, const Failing&) = default;
    };
    std::uint32_t passed = 0;
    std::uint32_t failed = 0;
    std::optional<WallTime> at{};
    /// In the order of the tests; of many only the first.
    std::vector<Failing> failing{};

    friend bool operator==(const PolicyTestFigures&, const PolicyTestFigures&) = default;
};

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): the order is for readers
struct Connection {
    ProfileId profileId;
    ConnectionState state = ConnectionState::Off;
    Step step;
    std::optional<Problem> failure;
    std::optional<WallTime> since;
    std::optional<WallTime> retryAt;
    std::string nodeId;
    std::string publicKey;
    std::string meshDomain;
    std::string meshIdentity;
    std::string addressIpv4;
    std::string addressIpv6;
    std::string networkIpv4;
    std::string networkIpv6;
    ClusterStatus clusterStatus = ClusterStatus::Unknown;
    std::string leader;
    /// Members of the mesh besides this node; 0 for one that is alone, and while it is off.
    std::uint32_t peerCount = 0;
    std::optional<WallTime> certificateExpiresAt;
    std::vector<CheckItem> checklist;
    std::vector<Problem> problems;
    bool weftMesh = false;
    std::string listenAddress;
    bool isAdmin = false;
    /// Nothing while there is none.
    std::optional<TunnelInterface> tunnel;
    /// Grows with each change of the rules of the mesh, as far as this node sees them.
    std::uint64_t policyChanges = 0;
    /// Nothing while the mesh keeps no tests, and until they have run.
    std::optional<PolicyTestFigures> policyTests;

    friend bool operator==(const Connection&, const Connection&) = default;
};

/// Everything that the daemon is and does, at one moment.
struct DaemonState {
    std::uint64_t revision = 0;
    std::vector<Profile> profiles;
    /// One for each profile, in the same order.
    std::vector<Connection> connections;
    ProfileId defaultProfile;

    const Profile* findProfile(const ProfileId& id) const;
    const Connection* findConnection(const ProfileId& id) const;
};

struct Feature {
    /// The API's name: "STORAGE_PROVIDER".
    std::string name;
    std::int32_t port = 0;

    friend bool operator==(const Feature&, const Feature&) = default;
};

/// Packets that went no further, for one reason of a fixed list: "bad_mac1".
struct Drops {
    std::string reason;
    std::uint64_t packets = 0;

    friend bool operator==(const Drops&, const Drops&) = default;
};

/// A place where a peer may be.
struct PeerCandidate {
    std::string endpoint;
    /// Its packets go there.
    bool isInUse = false;

    friend bool operator==(const PeerCandidate&, const PeerCandidate&) = default;
};

/// What the tunnel knows of a peer. Counted since the peer came to it.
struct PeerTunnel {
    /// Where its packets go at the moment; empty while that is unknown.
    std::string endpoint;
    /// Name of the way that packets take: "udp".
    std::string path;
    std::optional<WallTime> lastHandshake;
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t handshakes = 0;
    std::uint64_t rekeys = 0;
    std::chrono::seconds keepalive{0};
    std::vector<std::string> allowedIps;
    /// Only reasons that were met.
    std::vector<Drops> drops;
    /// Everywhere it is called while nobody answers, and where it was found.
    std::vector<PeerCandidate> candidates;

    friend bool operator==(const PeerTunnel&, const PeerTunnel&) = default;
};

/// How long ago a peer proved that it is there. With a keepalive also an idle one does.
enum class Freshness : std::uint8_t {
    Never,  ///< no handshake since the interface came up
    Fresh,  ///< at most kFreshFor ago
    Stale,  ///< at most kStaleFor ago
    Gone,
};

/// A session is not used any longer than this after its handshake (WireGuard, Reject-After-Time).
inline constexpr std::chrono::seconds kFreshFor{180};
/// After this nobody waits for the peer to come back by itself.
inline constexpr std::chrono::minutes kStaleFor{10};

/// Nodes of a mesh send something every 30 s: three of them in a row are seldom lost.
inline constexpr std::chrono::seconds kHeardWithin{90};

Freshness freshnessOf(const std::optional<WallTime>& lastHandshake, WallTime now);

/// What shows that a peer is there.
struct LifeSigns {
    std::optional<WallTime> lastHandshake;
    /// Anything authentic; nothing where that is not known.
    std::optional<WallTime> lastHeard;
    /// Without one an idle peer is silent and may be well.
    std::chrono::seconds keepalive{0};
};
/// As above, and stale too when nothing was heard for longer than kHeardWithin although something
/// should have been.
Freshness freshnessOf(const LifeSigns& signs, WallTime now);

/// How packets to a member go that is no neighbour by the mesh's own edges.
struct PeerWay {
    /// "direct", "probing", "relayed".
    std::string kind;
    /// Why it is relayed: "symmetric_nat" and so on; empty for a direct way.
    std::string reason;
    /// The same for people.
    std::string text;
    std::string remedy;

    friend bool operator==(const PeerWay&, const PeerWay&) = default;
};

/// A member of a mesh as this node sees it. Not someone on this computer.
struct Peer {
    std::string id;
    std::string publicKey;
    std::string primaryEndpoint;
    std::vector<std::string> wireguardEndpoints;
    std::string zone;
    std::string addressIpv4;
    std::string addressIpv6;
    std::vector<Feature> features;
    std::optional<WallTime> joinedAt;
    ClusterStatus clusterStatus = ClusterStatus::Unknown;
    bool isSelf = false;
    bool isNeighbour = false;
    std::uint32_t neighbourCount = 0;
    /// Nothing for this node itself, and without a tunnel to the member.
    std::optional<PeerTunnel> tunnel;
    /// As the daemon found it when it told; nothing where there is no tunnel to the member.
    std::optional<Freshness> liveness;
    /// Nothing for neighbours that are there anyhow, and while nobody knows.
    std::optional<PeerWay> way;

    friend bool operator==(const Peer&, const Peer&) = default;
};

struct PeersUpdate {
    /// `changed` replaces everything known before.
    bool reset = false;
    std::vector<Peer> changed;
    std::vector<std::string> removedIds;
    /// With this one everything is known that there is at the moment: a long list comes in several
    /// updates, and only the last of them says so. Old daemons never do.
    bool complete = false;
};

struct Edge {
    std::string source;
    std::string target;
    std::int32_t weight = 0;

    friend bool operator==(const Edge&, const Edge&) = default;
};

struct Graph {
    std::vector<std::string> nodes;
    std::vector<Edge> edges;
    std::string dot;
};

enum class InvitationState : std::uint8_t { Open, Used, Revoked, Expired };

struct Invitation {
    std::string id;
    std::string nodeId;
    std::string note;
    std::optional<WallTime> createdAt;
    std::optional<WallTime> expiresAt;
    std::string createdBy;
    InvitationState state = InvitationState::Open;
    std::string usedBy;
    std::optional<WallTime> usedAt;

    friend bool operator==(const Invitation&, const Invitation&) = default;
};

struct NewInvitation {
    Invitation invitation;
    /// Shown once.
    std::string code;
};

struct CodePreview {
    std::vector<std::string> addresses;
    std::string authorityFingerprint;
    std::optional<WallTime> expiresAt;
    bool expired = false;
    std::string invitationId;
};

struct KeyValue {
    std::string key;
    std::string value;
};

struct InterfaceMetrics {
    std::string deviceName;
    std::string publicKey;
    std::string addressIpv4;
    std::string addressIpv6;
    std::string type;
    std::int32_t listenPort = 0;
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::int32_t peerCount = 0;
};

}  // namespace weft::api
