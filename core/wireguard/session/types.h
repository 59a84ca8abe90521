// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/crypto/node_key.h"
#include "core/crypto/secret_bytes.h"
#include "core/net/ip_prefix.h"
#include "core/transport/datagram_path.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace weft::wireguard {

/// A peer of one engine, for as long as it is configured. A freed index is given out again.
enum class PeerIndex : std::uint32_t;

/// The keys of one session of one engine, for as long as they live. Never given out twice.
enum class SessionId : std::uint64_t;

/// What names a peer to the outside: its raw Curve25519 public key.
using PeerKey = crypto::WireGuardPublicKey;

/// The time of one run of packets, read once by the shell. `now` drives every timer; `wall` only
/// dates handshakes and what people read.
struct Moment {
    TimePoint now;
    WallTime wall;
};

/// Where a peer is, or a packet came from: an address on one of the shell's paths.
struct PathAddress {
    transport::DatagramAddress address;
    /// The shell's number of the DatagramPath.
    std::uint8_t path = 0;

    friend bool operator==(const PathAddress&, const PathAddress&) = default;
};

/// So many places are tried besides the endpoint. Each costs a message of 148 bytes per try.
inline constexpr std::size_t kMostCandidates = 8;

/// One peer as it is to be configured. What is not set stays as it is; a new peer starts with no
/// preshared key, no endpoint, no keepalive and no allowed addresses.
struct PeerSettings {
    PeerKey key;
    /// 32 bytes; all zero removes the preshared key.
    std::optional<crypto::SecretBytes> presharedKey;
    std::optional<PathAddress> endpoint;
    /// Where else it may be; replaces what was said before. Those past kMostCandidates are ignored.
    /// The first is the endpoint of a peer that has none.
    std::optional<std::vector<PathAddress>> candidates;
    /// It is called at once wherever it may be, if it is in use or has a keepalive.
    bool isSought = false;
    /// It is silent, and may be gone: called at once and, with EngineOptions::callsSoon, again
    /// after the pauses of kSoonPauses, if it is in use or has a keepalive.
    bool isDoubted = false;
    /// Seconds between packets that keep a mapping open; 0 switches it off.
    std::optional<std::uint16_t> persistentKeepalive;
    /// Added to what the peer has; a prefix of another peer moves to this one.
    std::vector<net::IpPrefix> allowedIps;
    /// Prefixes taken from the peer before `allowedIps` is added; those of others stay.
    std::vector<net::IpPrefix> removedAllowedIps;
    /// The peer gives up all its prefixes before `allowedIps` is added.
    bool replaceAllowedIps = false;
    /// A peer that is not configured is not added, and that is no error.
    bool updateOnly = false;
    /// The peer goes, with its sessions and secrets. Everything else in here is ignored.
    bool remove = false;
};

/// Why a packet or message went no further. Names for metrics: nameOf().
enum class DropReason : std::uint8_t {
    /// Shorter or longer than its type says, or of no known type.
    MalformedMessage,
    /// First MAC wrong: not meant for this node, or damaged.
    BadMac1,
    /// Receiver index of no session or handshake of ours.
    UnknownIndex,
    /// A handshake message that does not decrypt, or of a key that is not configured.
    RefusedHandshake,
    /// An initiation whose time stamp is not greater than the greatest seen.
    ReplayedInitiation,
    /// More initiations of one peer than 20 in a second.
    InitiationTooSoon,
    /// Under load and without a valid second MAC: answered with a cookie.
    CookieDemanded,
    /// Under load and more cookies asked for than there is time for.
    CookieBudget,
    /// Under load, one source with more than its share.
    RateLimited,
    /// Under load, the queue of handshake messages is full.
    HandshakeQueueFull,
    /// A cookie reply that we did not ask for, or that does not decrypt.
    RefusedCookie,
    /// A data packet that does not decrypt.
    BadAuthentication,
    /// A data packet with a counter seen before, or older than the window.
    Replayed,
    /// A data packet of a session that is too old, or has carried too much.
    ExpiredSession,
    /// An inner packet that is no IPv4 or IPv6 packet, or is cut short.
    MalformedInner,
    /// An inner source address that is not the peer's.
    WrongSource,
    /// Outgoing: no peer has the destination.
    NoRoute,
    /// Outgoing: the peer has no endpoint yet.
    NoEndpoint,
    /// Outgoing: the interface has no private key.
    NoPrivateKey,
    /// Outgoing: more packets wait for a session than there is room for; the oldest went.
    StagedOverflow,
    /// Outgoing: packets that waited for a session that never came, or was taken down before they
    /// left.
    StagedExpired,
    /// Outgoing: more messages of the engine wait to leave than there is room for.
    OutboxFull,
    /// Incoming: the way here was congested, and the inner packet cannot say so (RFC 6040).
    Congestion,
    /// Incoming: the host did not take the inner packet.
    HostRefused,
    /// A data packet from elsewhere than the peer's endpoint, after too many that were forged.
    RoamingBudget,
    /// Incoming: the filter does not accept the inner packet's addresses.
    Denied,
};

inline constexpr std::size_t kDropReasons = static_cast<std::size_t>(DropReason::Denied) + 1;

/// "malformed_message" and so on: lower case, stable, for metrics and texts.
std::string_view nameOf(DropReason reason);

/// How often each thing was dropped, since the engine or the peer was made.
class DropCounters {
public:
    std::uint64_t& operator[](DropReason reason) {
        return counts_[static_cast<std::size_t>(reason)];
    }
    std::uint64_t operator[](DropReason reason) const {
        return counts_[static_cast<std::size_t>(reason)];
    }
    std::uint64_t total() const;

    friend bool operator==(const DropCounters&, const DropCounters&) = default;

private:
    std::array<std::uint64_t, kDropReasons> counts_{};
};

/// Counted since the peer was configured. Bytes are those of whole WireGuard messages, without
/// UDP and IP headers, as other implementations count.
struct PeerStatistics {
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    /// Inner packets delivered and sent; keepalives are none.
    std::uint64_t receivedPackets = 0;
    std::uint64_t sentPackets = 0;
    /// Nothing while there was no handshake.
    std::optional<WallTime> lastHandshake;
    /// When something authentic came from it; nothing while nothing did.
    std::optional<WallTime> lastHeard;
    /// Sessions made, from either side, and how many of them replaced a living one.
    std::uint64_t handshakes = 0;
    std::uint64_t rekeys = 0;
    DropCounters drops;
};

/// One peer as it is, for reading: what a configuration tool or a page of peers shows.
struct PeerSnapshot {
    PeerIndex index{};
    PeerKey key;
    /// 32 bytes; nothing when there is none.
    std::optional<crypto::SecretBytes> presharedKey;
    std::optional<PathAddress> endpoint;
    /// Where else it may be.
    std::vector<PathAddress> candidates;
    std::uint16_t persistentKeepalive = 0;
    std::vector<net::IpPrefix> allowedIps;
    PeerStatistics statistics;
};

/// Counted since the engine was made.
struct EngineStatistics {
    std::size_t peers = 0;
    /// Peers with a session or a handshake at work.
    std::size_t activePeers = 0;
    std::uint64_t handshakesStarted = 0;
    std::uint64_t handshakesAnswered = 0;
    std::uint64_t handshakesDone = 0;
    std::uint64_t cookiesSent = 0;
    std::uint64_t keepalivesSent = 0;
    std::uint64_t keepalivesReceived = 0;
    std::size_t stagedBytes = 0;
    std::size_t queuedHandshakes = 0;
    bool underLoad = false;
    /// Everything dropped, by peers that are gone too, and what no peer can be blamed for.
    DropCounters drops;
};

}  // namespace weft::wireguard
