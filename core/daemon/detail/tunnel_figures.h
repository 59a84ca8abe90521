// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/detail/tunnel_peers.h"
#include "core/daemon/tunnel.h"

#include "weft/local/v1/local.pb.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>

namespace weft::daemon {

/// The figures of a tunnel's peers: read once a second or slower while somebody looks at them, more
/// seldom while peers are expected to answer, else only when asked for. And what they say of the
/// connection. Thread: confined to the connection's loop.
class TunnelFigures {
public:
    struct Parts {
        base::Loop& loop;
        const TunnelPeers& peers;
        /// How many peers answer has changed.
        std::function<void()> changed;
        /// They were read, and somebody looks at them.
        std::function<void()> read;
    };

    explicit TunnelFigures(Parts parts);

    /// The interface is up. `tunnel` lives until `end`.
    void begin(Tunnel& tunnel);
    /// It has gone, and answers no more: nothing is known.
    void end();
    /// The device gets other peers, which are expected to answer from now on.
    void expectAnswers();

    /// Whether somebody looks at them. True: Parts::read follows at once.
    bool watch(bool wanted);
    /// Reads them once.
    void read();
    /// As last read; nullptr for whom nothing is known of.
    const TunnelPeerStatistics* of(const crypto::WireGuardPublicKey& key) const;
    /// As they are now. Errors: kFailedPrecondition there is no interface, kCancelled it went
    /// meanwhile.
    void ask(Callback<TunnelStatistics> done);

    /// The line of the checklist for handshakes, and what is wrong. A connected state becomes
    /// degraded when no peer answers though some should by now.
    void describe(weft::local::v1::Connection& state, std::uint16_t listenPort) const;

private:
    struct KeyHash {
        std::size_t operator()(const crypto::WireGuardPublicKey& key) const;
    };

    void onRead(const StatusOr<TunnelStatistics>& now);
    void arm();
    bool isSettling() const;
    std::size_t freshPeers() const;
    void answer(std::uint64_t number, const StatusOr<TunnelStatistics>& with);

    const Parts parts_;
    /// nullptr while there is no interface.
    Tunnel* tunnel_ = nullptr;
    TimePoint expectedSince_;
    std::unordered_map<crypto::WireGuardPublicKey, TunnelPeerStatistics, KeyHash> known_;
    std::size_t freshBefore_ = 0;
    /// A tunnel that goes does not answer.
    std::map<std::uint64_t, Callback<TunnelStatistics>> waiting_;
    std::uint64_t nextWaiting_ = 0;
    bool isWatched_ = false;
    bool isReading_ = false;
    Subscription poll_;
};

}  // namespace weft::daemon
