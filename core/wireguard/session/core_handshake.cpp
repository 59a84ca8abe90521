// SPDX-License-Identifier: Apache-2.0
// Handshakes from both sides, and the defence against floods of them.
#include "core/wireguard/session/detail/core.h"
#include "core/wireguard/session/timings.h"

#include <algorithm>
#include <utility>

namespace weft::wireguard {
namespace {

/// Key agreements, or work of the same cost, in each step of a handshake.
constexpr int kAgreementsToBegin = 3;
constexpr int kAgreementsToRead = 1;
constexpr int kAgreementsToAnswer = 4;
constexpr int kAgreementsToFinish = 2;
/// How long data counts as flowing after a packet.
constexpr std::chrono::milliseconds kDataLasts{100};

}  // namespace

// --- as the initiator --------------------------------------------------------------------------

void Engine::Core::startHandshake(Peer& peer) {
    if (!up_ || !local_ || !peer.endpoint) {
        return;
    }
    auto& session = sessionOf(peer);
    session.tryingSince = now_.now;
    requestInitiation(peer);
}

void Engine::Core::requestInitiation(Peer& peer) {
    auto& session = sessionOf(peer);
    if (session.isSet(Timer::Turn)) {
        return;
    }
    if (session.handshakeSent && now_.now - *session.handshakeSent < session.callPause) {
        // Nothing else would remember that a handshake is wanted.
        if (!session.isSet(Timer::Retransmit)) {
            const auto passed = now_.now - *session.handshakeSent;
            setTimer(peer, Timer::Retransmit, session.callPause - passed + jitter());
        }
        return;
    }
    const auto turn =
        initiationBudget_.reserve(options_.budget.agreementCost * kAgreementsToBegin, now_.now);
    if (turn > now_.now) {
        setTimer(peer, Timer::Turn, turn - now_.now);
        return;
    }
    sendInitiation(peer);
}

void Engine::Core::sendInitiation(Peer& peer) {
    if (!peer.endpoint) {
        return;
    }
    auto& session = sessionOf(peer);
    const auto stamp = stamps_.next(peer.sentStamp, now_.now);
    if (!stamp) {
        // A bound is on its way to the disk.
        constexpr std::chrono::milliseconds kStoring{100};
        setTimer(peer, Timer::Turn, kStoring);
        return;
    }
    dropInitiation(session);
    const auto index = indices_.allocate(peer.index, random_);
    if (!index) {
        setTimer(peer, Timer::Retransmit, kRekeyTimeout + jitter());
        return;
    }
    std::array<std::uint8_t, kInitiationBytes> message{};
    auto state = begin(
        *local_,
        peer.identity,
        crypto::X25519PrivateKey::generate(random_),
        *stamp,
        *index,
        message);
    if (!state.ok()) {
        // A key of small order: there will never be a session. It counts as a try, so that packets
        // to such a peer cost no more than those to one that is silent.
        indices_.release(*index);
        count(DropReason::RefusedHandshake, &peer);
        dropStaged(peer);
        session.handshakeSent = now_.now;
        session.callPause = kRekeyTimeout;
        setTimer(peer, Timer::Retransmit, kRekeyTimeout + jitter());
        return;
    }
    session.initiation.emplace(*std::move(state));
    peer.sentStamp = *stamp;
    session.handshakeSent = now_.now;
    session.cookies.finish(message, now_.now);
    call(peer, message);
    authenticatedSent(peer);
    session.callPause = nextPause(peer);
    Duration wait =
        session.callPause + jitter() * session.callPause.count() / Duration(kRekeyTimeout).count();
    if (const auto left = session.tryingSince + kRekeyAttemptTime - now_.now;
        left > Duration::zero()) {
        wait = std::min<Duration>(wait, left);
    }
    setTimer(peer, Timer::Retransmit, wait);
}

Duration Engine::Core::nextPause(Peer& peer) const {
    if (!options_.callsSoon || peer.soonPauses >= kSoonPauses.size()) {
        return kRekeyTimeout;
    }
    return kSoonPauses.at(peer.soonPauses++);
}

void Engine::Core::call(Peer& peer, std::span<const std::uint8_t> message) {
    if (callAt(peer, *peer.endpoint, message)) {
        ++statistics_.handshakesStarted;
        tell(Event::Kind::Calling, peer);
    }
    if (!peer.isSought) {
        return;
    }
    // The same message everywhere: the peer answers the copy that comes first and refuses the
    // others as old, so that the quickest way wins.
    for (const auto& place : peer.candidates) {
        if (place.address.remote != peer.endpoint->address.remote) {
            callAt(peer, place, message);
        }
    }
}

bool Engine::Core::callAt(
    Peer& peer, const PathAddress& place, std::span<const std::uint8_t> message) {
    const auto out = outbox_.append(message.size(), place, kHandshakeClass, peer.index);
    if (out.empty()) {
        count(DropReason::OutboxFull, &peer);
        return false;
    }
    std::ranges::copy(message, out.begin());
    peer.sentBytes += message.size();
    return true;
}

void Engine::Core::onResponse(std::span<const std::uint8_t> message, const PathAddress& from) {
    const auto index = receiverIndexOf(message);
    const auto owner = indices_.find(index);
    auto* peer = owner ? peerAt(*owner) : nullptr;
    auto* session = peer != nullptr ? peer->session.get() : nullptr;
    if (session == nullptr || !session->initiation || session->initiation->localIndex != index) {
        count(DropReason::UnknownIndex, nullptr);
        return;
    }
    auto keys = readResponse(*session->initiation, *local_, peer->identity, message);
    if (!keys.ok()) {
        count(DropReason::RefusedHandshake, peer);
        return;
    }
    // The index lives on as that of the session.
    session->initiation.reset();
    const bool rekey = session->current != nullptr;
    if (session->next) {
        // The other side began as well and will send with that session until it hears of ours.
        dropKeypair(session->previous);
        session->previous = std::move(session->next);
        dropKeypair(session->current);
    } else {
        retireCurrent(*session);
    }
    session->current = std::make_unique<Keypair>(nextSession(), *keys, options_.aeadPlan, now_.now);
    moveEndpoint(*peer, from);
    peer->receivedBytes += message.size();
    setTimer(*peer, Timer::ZeroKeys, kZeroKeysAfter);
    authenticatedReceived(*peer);
    handshakeDone(*peer, *session, rekey);
    // The other side may not send before it has heard from us.
    sendKeepalive(*peer);
}

// --- as the responder --------------------------------------------------------------------------

void Engine::Core::onInitiation(std::span<const std::uint8_t> message, const PathAddress& from) {
    auto received = readInitiation(*local_, message);
    const auto index = received.ok() ? findPeer(received->claimedKey) : std::nullopt;
    if (!index) {
        count(DropReason::RefusedHandshake, nullptr);
        return;
    }
    auto& peer = *peerAt(*index);
    auto accepted = acceptInitiation(*std::move(received), *local_, peer.identity);
    if (!accepted.ok()) {
        count(DropReason::RefusedHandshake, &peer);
        return;
    }
    if (accepted->stamp <= peer.greatestStamp) {
        count(DropReason::ReplayedInitiation, &peer);
        return;
    }
    auto& session = sessionOf(peer);
    if (session.initiationTaken && now_.now - *session.initiationTaken < kInitiationInterval) {
        count(DropReason::InitiationTooSoon, &peer);
        return;
    }
    peer.greatestStamp = accepted->stamp;
    session.initiationTaken = now_.now;
    moveEndpoint(peer, from);
    peer.receivedBytes += message.size();
    authenticatedReceived(peer);
    handshakeBudget_.reserve(options_.budget.agreementCost * kAgreementsToAnswer, now_.now);
    respondTo(peer, *std::move(accepted));
}

void Engine::Core::respondTo(Peer& peer, AcceptedInitiation accepted) {
    auto& session = *peer.session;
    dropKeypair(session.next);
    const auto index = indices_.allocate(peer.index, random_);
    if (!index) {
        trim(peer);
        return;
    }
    std::array<std::uint8_t, kResponseBytes> message{};
    const auto ephemeral = crypto::X25519PrivateKey::generate(random_);
    const auto keys = respond(std::move(accepted), peer.identity, ephemeral, *index, message);
    if (!keys.ok()) {
        indices_.release(*index);
        count(DropReason::RefusedHandshake, &peer);
        trim(peer);
        return;
    }
    session.next = std::make_unique<Keypair>(nextSession(), *keys, options_.aeadPlan, now_.now);
    session.handshakeSent = now_.now;
    session.callPause = kRekeyTimeout;
    session.cookies.finish(message, now_.now);
    const auto out = outbox_.append(message.size(), *peer.endpoint, kHandshakeClass, peer.index);
    if (out.empty()) {
        count(DropReason::OutboxFull, &peer);
    } else {
        std::ranges::copy(message, out.begin());
        peer.sentBytes += message.size();
        ++statistics_.handshakesAnswered;
    }
    setTimer(peer, Timer::ZeroKeys, kZeroKeysAfter);
    authenticatedSent(peer);
}

void Engine::Core::retireCurrent(Session& session) {
    // Of two old sessions the one that the other side sends with is kept: its packets are under
    // way. That is the current one, unless both sides began at the same moment.
    if (session.isCrossed()) {
        dropKeypair(session.current);
        return;
    }
    dropKeypair(session.previous);
    session.previous = std::move(session.current);
}

void Engine::Core::promote(Peer& peer, Session& session) {
    const bool rekey = session.current != nullptr;
    retireCurrent(session);
    session.current = std::move(session.next);
    dropInitiation(session);
    handshakeDone(peer, session, rekey);
    if (!session.staged.empty()) {
        flushStaged(peer);
    }
}

void Engine::Core::handshakeDone(Peer& peer, Session& session, bool rekey) {
    session.clear(Timer::Retransmit);
    session.clear(Timer::Turn);
    session.rekeyOnReceiveDone = false;
    peer.isSought = false;
    peer.soonPauses = kSoonPauses.size();
    peer.lastHandshake = now_.wall;
    ++peer.handshakes;
    peer.rekeys += rekey ? 1U : 0U;
    ++statistics_.handshakesDone;
    tell(Event::Kind::HandshakeDone, peer);
}

// --- under load --------------------------------------------------------------------------------

void Engine::Core::admit(std::span<const std::uint8_t> message, const PathAddress& from) {
    if (!local_->verifyMac1(message)) {
        count(DropReason::BadMac1, nullptr);
        return;
    }
    if (messageTypeOf(message) == MessageType::Response
        && !indices_.find(receiverIndexOf(message))) {
        count(DropReason::UnknownIndex, nullptr);
        return;
    }
    const auto& source = from.address.remote;
    if (demandsCookie()) {
        if (!cookieChecker_->verifyMac2(message, source, now_.now)) {
            replyWithCookie(message, from);
            return;
        }
        if (!limiter_.allow(source.address, now_.now)) {
            count(DropReason::RateLimited, nullptr);
            return;
        }
    }
    if (queue_.empty() && handshakeBudget_.canTake(now_.now)) {
        handleHandshake(message, from);
        return;
    }
    if (queue_.size() >= options_.limits.queuedHandshakes) {
        count(DropReason::HandshakeQueueFull, nullptr);
        return;
    }
    auto& queued = queue_.emplace_back();
    std::ranges::copy(message, queued.bytes.begin());
    queued.size = message.size();
    queued.from = from;
}

bool Engine::Core::demandsCookie() {
    constexpr std::size_t kLoadedPart = 8;
    if (!handshakeBudget_.canTake(now_.now)
        || queue_.size() * kLoadedPart > options_.limits.queuedHandshakes) {
        load_.note(now_.now);
    }
    return load_.underLoad(now_.now);
}

void Engine::Core::replyWithCookie(std::span<const std::uint8_t> message, const PathAddress& from) {
    const bool besideData = dataAt_ && now_.now - *dataAt_ < kDataLasts;
    const int costs = besideData ? options_.budget.cookieCostsBesideData : 1;
    if (!cookieBudget_.take(options_.budget.cookieCost * costs, now_.now)) {
        count(DropReason::CookieBudget, nullptr);
        return;
    }
    count(DropReason::CookieDemanded, nullptr);
    const auto out = outbox_.append(kCookieReplyBytes, from, kHandshakeClass, std::nullopt);
    if (out.empty()) {
        count(DropReason::OutboxFull, nullptr);
        return;
    }
    cookieChecker_->writeReply(
        message, from.address.remote, now_.now, random_, out.first<kCookieReplyBytes>());
    ++statistics_.cookiesSent;
}

void Engine::Core::handleHandshake(std::span<const std::uint8_t> message, const PathAddress& from) {
    const auto type = messageTypeOf(message);
    const auto agreements =
        type == MessageType::Initiation ? kAgreementsToRead : kAgreementsToFinish;
    handshakeBudget_.reserve(options_.budget.agreementCost * agreements, now_.now);
    if (type == MessageType::Initiation) {
        onInitiation(message, from);
    } else {
        onResponse(message, from);
    }
}

void Engine::Core::workQueue() {
    while (!queue_.empty() && handshakeBudget_.canTake(now_.now)) {
        const auto queued = queue_.front();
        queue_.pop_front();
        handleHandshake(std::span(queued.bytes).first(queued.size), queued.from);
    }
}

void Engine::Core::onCookieReply(std::span<const std::uint8_t> message) {
    const auto owner = indices_.find(receiverIndexOf(message));
    auto* peer = owner ? peerAt(*owner) : nullptr;
    if (peer == nullptr || !peer->session) {
        count(DropReason::UnknownIndex, nullptr);
        return;
    }
    if (!peer->session->cookies.readReply(message, peer->identity.key(), now_.now).ok()) {
        count(DropReason::RefusedCookie, peer);
        return;
    }
    peer->receivedBytes += message.size();
}

}  // namespace weft::wireguard
