// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/aead.h"
#include "core/crypto/random_source.h"
#include "core/net/packet_filter.h"
#include "core/transport/datagram_path.h"
#include "core/wireguard/noise/tai64n.h"
#include "core/wireguard/session/timings.h"
#include "core/wireguard/session/types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace weft::wireguard {

struct InnerPacket;
class AllowedIps;

/// The bounds of an engine. Defaults are for a node of a large mesh.
struct EngineLimits {
    std::size_t peers = 131'072;
    /// Packets that wait for a session: for each peer, and bytes for all together.
    std::size_t stagedPacketsPerPeer = 128;
    std::size_t stagedBytes = 16U << 20U;
    /// Handshake messages that wait for time. Above an eighth of it the engine is under load.
    std::size_t queuedHandshakes = 4096;
    /// Sources that the limiter remembers.
    std::size_t limitedSources = 65'536;
    /// Messages of the engine that wait for takeMessages().
    std::size_t outboxBytes = 4U << 20U;
    std::size_t events = 4096;
    /// Of a session, as the paper has them; a test cannot send so many and takes fewer.
    std::uint64_t rekeyAfterMessages = kRekeyAfterMessages;
    std::uint64_t rejectAfterMessages = kRejectAfterMessages;
};

/// How much of the packet loop's time key agreement may take. The engine has no clock: it charges
/// what the shell says an operation costs on this machine, against the time that passes.
struct EngineBudget {
    /// Of the loop's time, for what strangers send: handshakes and, apart, cookie replies.
    double handshakeShare = 0.20;
    double cookieShare = 0.10;
    /// While data flows a cookie reply is charged so many times: fewer leave, and data keeps the
    /// time.
    int cookieCostsBesideData = 3;
    /// Of the loop's time, for handshakes that we start.
    double initiationShare = 0.20;
    /// Of the loop's time, for data packets that fail and came from elsewhere than their peer's
    /// endpoint.
    double roamingShare = 0.05;
    /// What may be spent at once after a quiet time.
    Duration burst = std::chrono::milliseconds(10);
    /// One X25519 agreement; an answered initiation is charged four of them and one key.
    Duration agreementCost = std::chrono::microseconds(32);
    /// With the system call that sends the reply, and its way out of the machine.
    Duration cookieCost = std::chrono::microseconds(6);
    Duration openingCost = std::chrono::microseconds(1);
};

struct EngineOptions {
    EngineLimits limits;
    EngineBudget budget;
    crypto::AeadPlan aeadPlan;
    /// Padding of data packets never goes above it. setMtu() changes it later.
    std::uint16_t mtu = 1420;
    /// The upper bound that was stored last (see stampToStore()); nothing on the first start.
    std::optional<Tai64n> storedStamp;
    /// Stamps stay below what stampStored() confirmed. Off: nothing is stored, each start goes by
    /// the clock.
    bool storesStamps = false;
    /// A peer that has not answered since it was added or sought is called again after the pauses
    /// of kSoonPauses before those of the protocol: it may not know us yet, or have moved with us.
    bool callsSoon = false;
};

/// Leave to seal and send a number of data packets.
struct SendGrant {
    enum class Verdict : std::uint8_t {
        /// Seal with `aead`, counters from `firstCounter` on, for `remoteIndex`, send to `to`, and
        /// say sent(). The counters are used up, sent or not.
        Ready,
        /// There is no session: stage() the packets.
        Queue,
        /// Drop; the engine has counted it.
        NoEndpoint,
        NoPrivateKey,
        UnknownPeer
    };
    Verdict verdict = Verdict::UnknownPeer;
    std::uint32_t remoteIndex = 0;
    std::uint64_t firstCounter = 0;
    SessionId session{};
    /// Both until the next call of the engine that is neither grant() nor sent().
    crypto::Aead* aead = nullptr;
    const PathAddress* to = nullptr;
};

/// Leave to open data messages somewhere else.
struct OpenGrant {
    SessionId session{};
    /// Until the next call of the engine that is not const.
    const crypto::Aead* aead = nullptr;
};

/// Data messages of one session that came together and were opened by leave of an OpenGrant.
struct OpenedRun {
    /// The most packets of a run.
    static constexpr std::size_t kMostPackets = 64;

    std::uint32_t receiverIndex = 0;
    SessionId session{};
    PathAddress from;
    std::uint8_t trafficClass = 0;
    /// The authentic ones, in order: inner packets with padding, and their counters. As many.
    std::span<const std::span<std::uint8_t>> packets;
    std::span<const std::uint64_t> counters;
    /// How many did not decrypt.
    std::size_t refused = 0;
};

/// A message of the engine's own: handshakes, cookies, keepalives, packets that had waited.
struct OutgoingMessage {
    std::span<const std::uint8_t> bytes;
    PathAddress to;
    std::uint8_t trafficClass = 0;
    /// Whose address `to` is; nothing for a cookie, which answers whoever asked.
    std::optional<PeerIndex> peer;
};

/// What became of a peer.
struct Event {
    enum class Kind : std::uint8_t {
        /// A new session with the peer can carry data.
        HandshakeDone,
        /// An authenticated packet came from another address: packets go there now.
        EndpointChanged,
        /// No answer for 90 s; what waited was dropped. The next packet tries again.
        HandshakeGivenUp,
        /// Silent for 540 s: all keys of its sessions are wiped.
        SessionLost,
        /// An initiation is about to leave for it.
        Calling,
        /// Its settings say where it is while it may send data: packets go there now.
        EndpointSet
    };
    Kind kind{};
    PeerIndex peer{};
};

/// Takes what came out of the tunnel.
class InboundSink {
public:
    InboundSink() = default;
    InboundSink(const InboundSink&) = delete;
    InboundSink& operator=(const InboundSink&) = delete;
    virtual ~InboundSink() = default;

    /// One inner packet that is authentic, fresh, well formed and from an address of `peer`, cut to
    /// its own length. `outerClass` is the traffic class of the datagram, whose ECN bits are to be
    /// joined with the packet's own (RFC 6040). The bytes lie in the run that was handed to
    /// receive(), and live as long. Must not call the engine.
    virtual void deliver(
        PeerIndex peer, std::span<std::uint8_t> inner, std::uint8_t outerClass) = 0;
};

/// The heart of a WireGuard interface: sessions, timers, allowed addresses and the defence against
/// floods, by J. A. Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel" (NDSS 2017,
/// revision of 2020), sections 5 and 6. Pure: packets, settings and the time in; packets, events
/// and the next deadline out. Nothing is allocated per data packet.
///
/// After each call other than the const ones the shell sends takeMessages(), reads takeEvents()
/// and sets its timer by nextDeadline().
///
/// Time never goes backwards between calls: an older `now` counts as the latest one seen.
/// Thread: confined to the packet loop. allowedIps() may be read on any thread.
class Engine {
public:
    /// `random` outlives the engine.
    Engine(EngineOptions options, crypto::RandomSource& random, Moment start);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    // --- configuration -----------------------------------------------------------------------

    /// 32 bytes; nothing or all zero takes the key away. Another key ends every session and
    /// handshake; a peer with the key's own public key goes. The same key changes nothing.
    /// Errors: kInvalidArgument another length.
    Status setPrivateKey(const std::optional<crypto::SecretBytes>& key, Moment at);
    /// A copy; nothing when there is none.
    std::optional<crypto::SecretBytes> privateKey() const;
    std::optional<PeerKey> publicKey() const;

    /// Adds, changes or removes one peer. Sessions live on unless the preshared key changes, which
    /// counts from the next handshake on. Nothing comes back for a peer that was removed, was not
    /// there to be updated, or is this interface itself, which is ignored.
    ///
    /// Errors: kInvalidArgument   a preshared key of another length
    ///         kResourceExhausted too many peers, or allowed addresses; what was there stays
    StatusOr<std::optional<PeerIndex>> applyPeer(const PeerSettings& settings, Moment at);
    void removePeer(PeerIndex peer);
    void removeAllPeers();

    std::optional<PeerIndex> findPeer(const PeerKey& key) const;
    /// Nothing when the peer has gone.
    std::optional<PeerKey> keyOf(PeerIndex peer) const;
    std::optional<PeerSnapshot> snapshot(PeerIndex peer) const;
    /// Where packets of the peer go; nothing while nobody knows.
    const PathAddress* endpointOf(PeerIndex peer) const;
    /// How many peers were ever removed: another number means that a peer may have gone.
    std::uint64_t removedPeers() const;
    /// Each peer once, in no order. `visit` does not change the engine.
    void forEachPeer(const std::function<void(PeerIndex, const PeerKey&)>& visit) const;
    /// The table of allowed addresses; it may be asked from any thread.
    const AllowedIps& allowedIps() const;
    EngineStatistics statistics() const;

    /// What comes out of the tunnel, beside the check of its source; nullptr: everything.
    void setPacketFilter(std::shared_ptr<const net::PacketFilter> filter);
    /// Padding of data packets never goes above `bytes`.
    void setMtu(std::uint16_t bytes);
    /// Up: peers with a keepalive are called at once, and packets are answered. Down: every session
    /// and what waits is gone, nothing is sent and everything that comes is dropped. Starts down.
    void setUp(bool up, Moment at);
    /// The host's network has changed, or the machine has slept: every peer that is in use or has a
    /// keepalive is called at once, wherever it may be. Sessions live on.
    void seekPeers(Moment at);

    // --- from the tunnel device --------------------------------------------------------------

    /// Whom a packet goes to; nothing when no peer has its destination, which is counted.
    std::optional<PeerIndex> route(const InnerPacket& packet);
    /// Leave to send `packets` data packets, all with one key.
    SendGrant grant(PeerIndex peer, std::uint32_t packets, Moment at);
    /// Where packets go that grant() allowed some time ago; nullptr when their session has ended
    /// since, or the peer has gone: they are to be dropped, and are counted. Until the next call
    /// that is neither this nor sent().
    const PathAddress* destinationOf(PeerIndex peer, SessionId session, std::uint32_t packets);
    /// Packets that grant() allowed have been handed to the path: `messageBytes` with headers and
    /// tags, in `packets` messages.
    void sent(PeerIndex peer, std::uint32_t packets, std::size_t messageBytes, Moment at);
    /// Keeps a copy of an inner packet until there is a session, and starts a handshake. False when
    /// it was dropped, which is counted; the oldest of the same peer goes first.
    bool stage(
        PeerIndex peer, std::span<const std::uint8_t> inner, std::uint8_t trafficClass, Moment at);
    /// The path refused the source address that a grant or message asked for: the system chooses
    /// the next one.
    void forgetSource(PeerIndex peer);
    /// Counts something that the shell dropped.
    void countDrop(DropReason reason, std::uint64_t times = 1);

    /// The last byte, as sent, of every receiver index that this engine gives out.
    std::uint8_t indexTag() const;

    // --- from the paths ----------------------------------------------------------------------

    /// Reads every message of a run. Data is opened in place and handed to `sink`.
    void receive(transport::IncomingRun& run, std::uint8_t path, Moment at, InboundSink& sink);
    /// The key of the session that `receiverIndex` names, for messages that came `from` where its
    /// peer is. Nothing otherwise: receive() says what becomes of them, and opens what came from
    /// elsewhere as its budget allows.
    std::optional<OpenGrant> openGrant(
        std::uint32_t receiverIndex, const transport::DatagramAddress& from) const;
    /// Does the rest of receive() for messages that were opened elsewhere: age of the session,
    /// replays, roaming, timers, inner packets. Dropped when the session has ended since.
    void receiveOpened(const OpenedRun& run, Moment at, InboundSink& sink);

    // --- time and results --------------------------------------------------------------------

    /// Does what is due.
    void advance(Moment at);
    /// When advance() is to be called next: at most 10 ms after something is due. It may find
    /// nothing to do, for what was put off is looked at when it would have been due.
    std::optional<TimePoint> nextDeadline() const;
    /// What is to be sent. Valid until the next call that is not const.
    std::span<const OutgoingMessage> takeMessages();
    /// Valid until the next call that is not const. Beyond the limit the oldest are lost.
    std::span<const Event> takeEvents();

    /// With `storesStamps`: the bound that is to be stored now, then confirmed by stampStored().
    /// Nothing while the stored one will do. Time stamps of handshakes never exceed what is
    /// confirmed, so that after a restart they go on above everything that was ever sent,
    /// whatever the clock says by then.
    std::optional<Tai64n> stampToStore() const;
    void stampStored(const Tai64n& bound);

private:
    class Core;
    std::unique_ptr<Core> core_;
};

}  // namespace weft::wireguard
