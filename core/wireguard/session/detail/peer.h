// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/aead.h"
#include "core/wireguard/noise/cookie.h"
#include "core/wireguard/noise/handshake.h"
#include "core/wireguard/noise/identity.h"
#include "core/wireguard/session/replay_window.h"
#include "core/wireguard/session/timer_wheel.h"
#include "core/wireguard/session/timings.h"
#include "core/wireguard/session/types.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace weft::wireguard::detail {

/// The keys of one session, both ways.
struct Keypair {
    Keypair(
        SessionId number, const TransportKeys& keys, const crypto::AeadPlan& plan, TimePoint now)
        : id(number)
        , send(keys.send.reveal(), plan)
        , receive(keys.receive.reveal(), plan)
        , made(now)
        , localIndex(keys.localIndex)
        , remoteIndex(keys.remoteIndex)
        , initiator(keys.initiator) {}

    SessionId id;
    crypto::Aead send;
    crypto::Aead receive;
    ReplayWindow window;
    /// The counter of the next packet that we send.
    std::uint64_t nextCounter = 0;
    TimePoint made;
    std::uint32_t localIndex;
    std::uint32_t remoteIndex;
    bool initiator;
    /// When the last authentic packet came.
    std::optional<TimePoint> heard;
};

/// What is to happen to a peer with a session, and when.
enum class Timer : std::uint8_t {
    /// The initiation is repeated, or given up.
    Retransmit,
    /// It is this peer's turn to get an initiation out of the budget.
    Turn,
    /// Something came and nothing was sent since.
    Keepalive,
    /// Something was sent and nothing came since.
    Silence,
    ZeroKeys,
    PersistentKeepalive,
    /// Packets wait that the outbox had no room for.
    Flush,
};
inline constexpr std::size_t kTimers = static_cast<std::size_t>(Timer::Flush) + 1;

struct StagedPacket {
    std::vector<std::uint8_t> bytes;
    std::uint8_t trafficClass = 0;
};

/// What a peer has while it is in use; an idle peer has none of it.
struct Session {
    Session() { deadlines.fill(TimePoint::max()); }

    TimePoint& deadline(Timer timer) { return deadlines[static_cast<std::size_t>(timer)]; }
    bool isSet(Timer timer) { return deadline(timer) != TimePoint::max(); }
    void clear(Timer timer) { deadline(timer) = TimePoint::max(); }
    bool hasKeys() const { return previous || current || next; }
    /// Whether both sides began at the same moment, so that each sends with its own session.
    bool isCrossed() const {
        return current && current->initiator && !current->heard && previous && previous->heard
               && *previous->heard > current->made;
    }

    std::unique_ptr<Keypair> previous;
    std::unique_ptr<Keypair> current;
    /// Ours as the responder, until the first data of the initiator confirms it.
    std::unique_ptr<Keypair> next;
    std::optional<InitiationState> initiation;
    CookieKeeper cookies;
    /// The oldest first.
    std::vector<StagedPacket> staged;

    std::array<TimePoint, kTimers> deadlines{};
    /// What the timer of the peer is armed for. May be earlier than every deadline, never later.
    TimePoint armedFor = TimePoint::max();
    /// The last initiation or response that we sent, the last initiation that we took, and since
    /// when we have been trying.
    std::optional<TimePoint> handshakeSent;
    /// Between that and the next initiation at least.
    Duration callPause = kRekeyTimeout;
    std::optional<TimePoint> initiationTaken;
    TimePoint tryingSince;
    /// More came while the keepalive timer was running.
    bool anotherKeepalive = false;
    /// We answered old age on receiving once.
    bool rekeyOnReceiveDone = false;
};

/// A configured peer: about 400 bytes while it is idle.
struct Peer : TimerNode {
    Peer(PeerIndex number, const PeerKey& key) : index(number), identity(key) {}

    PeerIndex index;
    RemoteIdentity identity;
    std::optional<PathAddress> endpoint;
    /// Where else it may be.
    std::vector<PathAddress> candidates;
    std::uint16_t persistentKeepalive = 0;
    /// Whether initiations go to the candidates as well: nobody has answered since they were told,
    /// or a call at the endpoint was in vain.
    bool isSought = false;
    /// How many of kSoonPauses were waited since it was added or sought.
    std::uint8_t soonPauses = 0;
    /// The greatest stamp of its initiations, and the last one of ours to it.
    Tai64n greatestStamp;
    Tai64n sentStamp;
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedPackets = 0;
    std::uint64_t sentPackets = 0;
    std::optional<WallTime> lastHandshake;
    std::optional<WallTime> lastHeard;
    std::uint64_t handshakes = 0;
    std::uint64_t rekeys = 0;
    /// Made when something is dropped.
    std::unique_ptr<DropCounters> drops;
    std::unique_ptr<Session> session;
};

}  // namespace weft::wireguard::detail
