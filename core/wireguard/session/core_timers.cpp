// SPDX-License-Identifier: Apache-2.0
// Time: what is due, and what is due next.
#include "core/wireguard/session/detail/core.h"
#include "core/wireguard/session/timings.h"

#include <algorithm>

namespace weft::wireguard {

void Engine::Core::setTime(Moment at) {
    now_.now = std::max(now_.now, at.now);
    now_.wall = at.wall;
}

void Engine::Core::advance() {
    workQueue();
    while (auto* node = wheel_.takeDue(now_.now)) {
        fire(static_cast<Peer&>(*node));
    }
}

std::optional<TimePoint> Engine::Core::nextDeadline() const {
    auto next = wheel_.nextDeadline();
    if (!queue_.empty()) {
        const auto turn = handshakeBudget_.availableAt();
        next = next ? std::min(*next, turn) : turn;
    }
    return next;
}

std::span<const Event> Engine::Core::takeEvents() {
    takenEvents_.assign(events_.begin(), events_.end());
    events_.clear();
    return takenEvents_;
}

void Engine::Core::tell(Event::Kind kind, const Peer& peer) {
    if (events_.size() >= options_.limits.events) {
        events_.pop_front();
    }
    events_.push_back({kind, peer.index});
}

void Engine::Core::setTimer(Peer& peer, Timer timer, Duration after) {
    auto& session = sessionOf(peer);
    const auto deadline = now_.now + std::chrono::duration_cast<TimePoint::duration>(after);
    session.deadline(timer) = deadline;
    // A timer that is put off stays where it is and is looked at then: packets put timers off all
    // the time and should not have to move them.
    if (deadline < session.armedFor) {
        session.armedFor = deadline;
        wheel_.arm(peer, deadline);
    }
}

void Engine::Core::authenticatedSent(Peer& peer) {
    peer.session->clear(Timer::Keepalive);
    peer.session->anotherKeepalive = false;
    anyAuthenticated(peer);
}

void Engine::Core::authenticatedReceived(Peer& peer) {
    peer.lastHeard = now_.wall;
    peer.session->clear(Timer::Silence);
    anyAuthenticated(peer);
}

void Engine::Core::anyAuthenticated(Peer& peer) {
    if (peer.persistentKeepalive > 0) {
        setTimer(peer, Timer::PersistentKeepalive, std::chrono::seconds(peer.persistentKeepalive));
    }
}

void Engine::Core::fire(Peer& peer) {
    peer.session->armedFor = TimePoint::max();
    for (std::size_t i = 0; i < detail::kTimers; ++i) {
        const auto timer = static_cast<Timer>(i);
        // One may have ended the session of those behind it.
        if (peer.session && peer.session->deadline(timer) <= now_.now) {
            peer.session->clear(timer);
            fireOne(peer, timer);
        }
    }
    trim(peer);
    rearm(peer);
}

void Engine::Core::rearm(Peer& peer) {
    if (!peer.session) {
        return;
    }
    auto& session = *peer.session;
    const auto next = *std::ranges::min_element(session.deadlines);
    if (next != TimePoint::max() && next < session.armedFor) {
        session.armedFor = next;
        wheel_.arm(peer, next);
    }
}

void Engine::Core::fireOne(Peer& peer, Timer timer) {
    auto& session = *peer.session;
    switch (timer) {
    case Timer::Retransmit:
        onRetransmit(peer);
        break;
    case Timer::Turn:
        sendInitiation(peer);
        break;
    case Timer::Keepalive: {
        const bool another = session.anotherKeepalive;
        sendKeepalive(peer);
        if (another) {
            setTimer(peer, Timer::Keepalive, kKeepaliveTimeout);
        }
        break;
    }
    case Timer::Silence:
        // The way back may be what is broken.
        forgetSource(peer.index);
        peer.isSought = true;
        startHandshake(peer);
        break;
    case Timer::ZeroKeys:
        dropStaged(peer);
        dropKeys(session);
        session.clear(Timer::Retransmit);
        session.clear(Timer::Turn);
        session.clear(Timer::Keepalive);
        session.clear(Timer::Silence);
        tell(Event::Kind::SessionLost, peer);
        break;
    case Timer::PersistentKeepalive:
        if (peer.persistentKeepalive > 0) {
            setTimer(
                peer, Timer::PersistentKeepalive, std::chrono::seconds(peer.persistentKeepalive));
            sendKeepalive(peer);
        }
        break;
    case Timer::Flush:
        flushStaged(peer);
        break;
    }
}

void Engine::Core::onRetransmit(Peer& peer) {
    auto& session = *peer.session;
    if (now_.now - session.tryingSince < kRekeyAttemptTime) {
        forgetSource(peer.index);
        peer.isSought = true;
        requestInitiation(peer);
        return;
    }
    session.clear(Timer::Keepalive);
    dropInitiation(session);
    dropStaged(peer);
    if (session.hasKeys() && !session.isSet(Timer::ZeroKeys)) {
        setTimer(peer, Timer::ZeroKeys, kZeroKeysAfter);
    }
    tell(Event::Kind::HandshakeGivenUp, peer);
}

Duration Engine::Core::jitter() {
    std::array<std::uint8_t, 2> bytes{};
    random_.fill(bytes);
    const auto part = static_cast<std::int64_t>(bytes[0] << 8U | bytes[1]);
    return Duration(kJitter) * part / 65'536;
}

}  // namespace weft::wireguard
