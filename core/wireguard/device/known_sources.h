// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/net/endpoint.h"
#include "core/wireguard/session/types.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace weft::wireguard {

/// Where peers are that may have a session or are about to have one. Each is noted with every
/// handshake and every move of the peer, and when we call it. While there is room nobody is
/// forgotten, since who is silent for long may begin again.
///
/// Once there are too many with a session nobody is known for a while: a list without one of the
/// peers would be worse than none. Pure. Thread: confined.
class KnownSources {
public:
    /// Longer than a session without a new handshake (WireGuard paper, section 6.1).
    static constexpr std::chrono::seconds kKept{240};
    /// Between two changes of the list, so that a peer that moves all the time costs little.
    static constexpr std::chrono::milliseconds kSteady{100};
    /// The newest places of one peer: who moves all the time takes no room from others.
    static constexpr std::size_t kMostOfPeer = 3;
    /// Places that are known by calls of ours alone: a mesh may have thousands that do not answer.
    static constexpr std::size_t kMostCalled = 16;

    explicit KnownSources(std::size_t most) : most_(most) {}

    /// The peer is at `source` and may have a session.
    void note(const PeerKey& peer, const net::Endpoint& source, TimePoint now);
    /// We call the peer at `source` and wait for its answer. Takes room that nobody with a session
    /// needs.
    void noteCall(const PeerKey& peer, const net::Endpoint& source, TimePoint now);
    /// Forgets the places of those who are no peers any more.
    void forget(const std::function<bool(const PeerKey&)>& isGone);
    /// When takeChange() may have something to say next; nothing while the list holds.
    std::optional<TimePoint> changeDue() const;
    /// The list, when it is another one than the last and its time has come. Empty: anybody may be
    /// a peer. Valid until the next call.
    std::optional<std::span<const net::Endpoint>> takeChange(TimePoint now);
    /// The list that was taken last has to be told once more, when its time has come.
    void tellAgain() { tellsAgain_ = true; }

private:
    struct Place {
        PeerKey peer;
        net::Endpoint source;
        TimePoint noted;
        /// Whether we call there and have not heard from there.
        bool isCall = false;
        /// Whether the peer has been somewhere else since.
        bool isLeft = false;
    };
    /// What makes room first.
    enum class Worth : std::uint8_t { Left, Expired, Called, Living };

    void add(const Place& place);
    static Worth worthOf(const Place& place, TimePoint now);
    /// Forgets those of `isMeant` that are worth least until there are `most` of them.
    template <typename IsMeant>
    void keep(std::size_t most, IsMeant isMeant, TimePoint now);

    std::size_t most_;
    std::vector<Place> places_;
    /// The one that was taken last.
    std::vector<net::Endpoint> list_;
    bool isStale_ = false;
    bool tellsAgain_ = false;
    TimePoint steadyUntil_{};
    /// Before that there may be peers that were not noted; nothing when all are.
    std::optional<TimePoint> completeAt_;
};

}  // namespace weft::wireguard
