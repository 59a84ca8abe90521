// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/noise/cookie.h"
#include "core/wireguard/noise/identity.h"
#include "core/wireguard/routing/allowed_ips.h"
#include "core/wireguard/session/detail/outbox.h"
#include "core/wireguard/session/detail/peer.h"
#include "core/wireguard/session/detail/stamp_source.h"
#include "core/wireguard/session/engine.h"
#include "core/wireguard/session/index_table.h"
#include "core/wireguard/session/load_guard.h"
#include "core/wireguard/session/timer_wheel.h"
#include "core/wireguard/session/verdict_cache.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace weft::wireguard {

namespace detail {

/// Public keys are as good as random, and only configured ones come into the table.
struct KeyHash {
    std::size_t operator()(const PeerKey& key) const {
        std::size_t value = 0;
        std::memcpy(&value, key.bytes.data(), sizeof(value));
        return value;
    }
};

/// A handshake message that waits for time.
struct QueuedHandshake {
    std::array<std::uint8_t, kInitiationBytes> bytes{};
    std::size_t size = 0;
    PathAddress from;
};

/// What belongs to all messages of a run.
struct InboundContext {
    const PathAddress& from;
    std::uint8_t trafficClass = 0;
    InboundSink& sink;
};

/// Data packets of one session that came together.
struct DataBatch {
    static constexpr std::size_t kMost = OpenedRun::kMostPackets;

    std::uint32_t receiverIndex = 0;
    std::size_t count = 0;
    /// Whole messages at first, after open() the inner packets with padding.
    std::array<std::span<std::uint8_t>, kMost> packets;
    std::array<std::uint64_t, kMost> counters{};
    std::array<bool, kMost> fresh{};
};

}  // namespace detail

/// The state behind Engine and the work on it; what each public function means stands there. The
/// parts are in one file each: configuration, packets out, packets in, handshakes, timers.
class Engine::Core {
public:
    Core(EngineOptions options, crypto::RandomSource& random, Moment start);

    // Configuration: core_peers.cpp
    Status setPrivateKey(const std::optional<crypto::SecretBytes>& key);
    std::optional<crypto::SecretBytes> privateKey() const;
    std::optional<PeerKey> publicKey() const;
    StatusOr<std::optional<PeerIndex>> applyPeer(const PeerSettings& settings);
    void removePeer(PeerIndex index);
    void removeAllPeers();
    std::optional<PeerIndex> findPeer(const PeerKey& key) const;
    std::optional<PeerSnapshot> snapshot(PeerIndex index) const;
    std::optional<PeerKey> keyOf(PeerIndex index) const;
    const PathAddress* endpointOf(PeerIndex index) const;
    std::uint64_t removedPeers() const { return removedPeers_; }
    void forEachPeer(const std::function<void(PeerIndex, const PeerKey&)>& visit) const;
    const AllowedIps& allowedIps() const { return allowedIps_; }
    EngineStatistics statistics() const;
    void setPacketFilter(std::shared_ptr<const net::PacketFilter> filter) {
        verdicts_.setFilter(std::move(filter));
    }
    void setMtu(std::uint16_t bytes) { options_.mtu = bytes; }
    void setUp(bool up);
    void seekPeers();

    // Packets out: core_outbound.cpp
    std::optional<PeerIndex> route(const InnerPacket& packet);
    SendGrant grant(PeerIndex index, std::uint32_t packets);
    const PathAddress* destinationOf(PeerIndex index, SessionId session, std::uint32_t packets);
    void sent(PeerIndex index, std::uint32_t packets, std::size_t messageBytes);
    bool stage(PeerIndex index, std::span<const std::uint8_t> inner, std::uint8_t trafficClass);
    void forgetSource(PeerIndex index);
    std::uint8_t indexTag() const { return indices_.tag(); }
    void count(DropReason reason, detail::Peer* peer, std::uint64_t times = 1);

    // Packets in: core_inbound.cpp
    void receive(const transport::IncomingRun& run, std::uint8_t path, InboundSink& sink);
    std::optional<OpenGrant> openGrant(
        std::uint32_t receiverIndex, const transport::DatagramAddress& from) const;
    void receiveOpened(const OpenedRun& run, InboundSink& sink);

    // Time: core_timers.cpp
    void setTime(Moment at);
    void advance();
    std::optional<TimePoint> nextDeadline() const;

    // Results: core_timers.cpp
    std::span<const OutgoingMessage> takeMessages() { return outbox_.take(); }
    std::span<const Event> takeEvents();
    detail::StampSource& stamps() { return stamps_; }

private:
    using Peer = detail::Peer;
    using Session = detail::Session;
    using Keypair = detail::Keypair;
    using Timer = detail::Timer;
    using DataBatch = detail::DataBatch;
    using InboundContext = detail::InboundContext;

    // core_peers.cpp
    Peer* peerAt(PeerIndex index) const;
    StatusOr<Peer*> addPeer(const PeerKey& key);
    bool hasRoomFor(std::optional<PeerIndex> known, const PeerSettings& settings) const;
    void applyEndpoints(Peer& peer, const PeerSettings& settings);
    Status applyAllowedIps(Peer& peer, const PeerSettings& settings);
    void remove(Peer& peer);
    Session& sessionOf(Peer& peer);
    /// All keys, handshakes and waiting packets go, with the timers.
    void endSession(Peer& peer);
    void dropKeys(Session& session);
    void dropKeypair(std::unique_ptr<Keypair>& keypair);
    void dropInitiation(Session& session);
    void dropStaged(Peer& peer);
    /// Frees the session when nothing is left in it.
    void trim(Peer& peer);

    // core_outbound.cpp
    bool usable(const Keypair* keypair, std::uint64_t packets) const;
    void flushStaged(Peer& peer);
    bool sealStaged(Peer& peer, Session& session, Keypair& keypair);
    void sendKeepalive(Peer& peer);
    void afterDataSent(Peer& peer, Session& session);
    void rekeyAfterSending(Peer& peer, const Keypair& keypair);

    // core_inbound.cpp
    void collect(DataBatch& batch, std::span<std::uint8_t> message, const InboundContext& context);
    void finishBatch(DataBatch& batch, const InboundContext& context);
    Keypair* keypairOf(Peer& peer, std::uint32_t localIndex) const;
    std::size_t open(Peer& peer, Keypair& keypair, DataBatch& batch, const InboundContext& context);
    void finish(Peer& peer, Keypair& keypair, DataBatch& batch, const InboundContext& context);
    void deliver(Peer& peer, std::span<std::uint8_t> inner, const InboundContext& context);
    void moveEndpoint(Peer& peer, const PathAddress& from);

    // core_handshake.cpp
    static bool isInUse(const Peer& peer);
    void seek(Peer& peer);
    void startHandshake(Peer& peer);
    void requestInitiation(Peer& peer);
    void sendInitiation(Peer& peer);
    /// From the call that is made now to the next one.
    Duration nextPause(Peer& peer) const;
    /// Sends one initiation wherever the peer may be.
    void call(Peer& peer, std::span<const std::uint8_t> message);
    bool callAt(Peer& peer, const PathAddress& place, std::span<const std::uint8_t> message);
    void admit(std::span<const std::uint8_t> message, const PathAddress& from);
    void handleHandshake(std::span<const std::uint8_t> message, const PathAddress& from);
    void onInitiation(std::span<const std::uint8_t> message, const PathAddress& from);
    void respondTo(Peer& peer, AcceptedInitiation accepted);
    void onResponse(std::span<const std::uint8_t> message, const PathAddress& from);
    void onCookieReply(std::span<const std::uint8_t> message);
    void replyWithCookie(std::span<const std::uint8_t> message, const PathAddress& from);
    bool demandsCookie();
    SessionId nextSession() { return static_cast<SessionId>(++sessions_); }
    void retireCurrent(Session& session);
    void promote(Peer& peer, Session& session);
    void handshakeDone(Peer& peer, Session& session, bool rekey);
    void workQueue();

    // core_timers.cpp
    void setTimer(Peer& peer, Timer timer, Duration after);
    void authenticatedSent(Peer& peer);
    void authenticatedReceived(Peer& peer);
    void anyAuthenticated(Peer& peer);
    void fire(Peer& peer);
    void fireOne(Peer& peer, Timer timer);
    void onRetransmit(Peer& peer);
    void rearm(Peer& peer);
    Duration jitter();
    void tell(Event::Kind kind, const Peer& peer);

    EngineOptions options_;
    crypto::RandomSource& random_;
    Moment now_;
    bool up_ = false;

    std::optional<LocalIdentity> local_;
    std::optional<CookieChecker> cookieChecker_;
    AllowedIps allowedIps_;
    VerdictCache verdicts_;
    std::vector<std::unique_ptr<Peer>> peers_;
    std::deque<PeerIndex> freeIndices_;
    std::unordered_map<PeerKey, PeerIndex, detail::KeyHash> byKey_;
    std::uint64_t removedPeers_ = 0;
    IndexTable indices_;
    TimerWheel wheel_;

    SourceLimiter limiter_;
    LoadState load_;
    TimeBudget handshakeBudget_;
    TimeBudget cookieBudget_;
    /// When data went either way last.
    std::optional<TimePoint> dataAt_;
    TimeBudget initiationBudget_;
    TimeBudget roamingBudget_;
    std::deque<detail::QueuedHandshake> queue_;

    detail::StampSource stamps_;
    /// The greatest stamp that was sent to a peer that is gone.
    Tai64n removedStamp_;
    detail::Outbox outbox_;
    std::deque<Event> events_;
    std::vector<Event> takenEvents_;
    std::size_t activePeers_ = 0;
    /// How many sessions there were, half made ones too.
    std::uint64_t sessions_ = 0;
    std::size_t stagedBytes_ = 0;
    EngineStatistics statistics_;
};

}  // namespace weft::wireguard
