// SPDX-License-Identifier: Apache-2.0
// From the tunnel device to a path.
#include "core/wireguard/packet/inner_packet.h"
#include "core/wireguard/session/detail/core.h"
#include "core/wireguard/session/timings.h"
#include "core/wireguard/session/transport_message.h"

#include <algorithm>

namespace weft::wireguard {

std::optional<PeerIndex> Engine::Core::route(const InnerPacket& packet) {
    const auto peer = allowedIps_.lookup(packet.destination());
    if (peer == kNoPeer) {
        count(DropReason::NoRoute, nullptr);
        return std::nullopt;
    }
    return peer;
}

bool Engine::Core::usable(const Keypair* keypair, std::uint64_t packets) const {
    return keypair != nullptr && now_.now - keypair->made < kRejectAfterTime
           && packets <= options_.limits.rejectAfterMessages
           && keypair->nextCounter <= options_.limits.rejectAfterMessages - packets;
}

SendGrant Engine::Core::grant(PeerIndex index, std::uint32_t packets) {
    SendGrant result;
    auto* peer = peerAt(index);
    if (peer == nullptr) {
        count(DropReason::NoRoute, nullptr, packets);
        return result;
    }
    if (!local_ || !up_) {
        count(DropReason::NoPrivateKey, peer, packets);
        result.verdict = SendGrant::Verdict::NoPrivateKey;
        return result;
    }
    if (!peer->endpoint) {
        count(DropReason::NoEndpoint, peer, packets);
        result.verdict = SendGrant::Verdict::NoEndpoint;
        return result;
    }
    auto* keypair = peer->session ? peer->session->current.get() : nullptr;
    // What waits goes first, or packets of one flow would overtake each other.
    if (!usable(keypair, packets) || !peer->session->staged.empty()) {
        result.verdict = SendGrant::Verdict::Queue;
        return result;
    }
    result.verdict = SendGrant::Verdict::Ready;
    result.remoteIndex = keypair->remoteIndex;
    result.firstCounter = keypair->nextCounter;
    result.session = keypair->id;
    result.aead = &keypair->send;
    result.to = &*peer->endpoint;
    keypair->nextCounter += packets;
    return result;
}

const PathAddress* Engine::Core::destinationOf(
    PeerIndex index, SessionId session, std::uint32_t packets) {
    auto* peer = peerAt(index);
    if (peer != nullptr && peer->session && peer->endpoint) {
        for (const auto* keypair : {peer->session->current.get(), peer->session->previous.get()}) {
            if (keypair != nullptr && keypair->id == session) {
                return &*peer->endpoint;
            }
        }
    }
    // Not the peer's: another may have its number by now.
    count(DropReason::StagedExpired, nullptr, packets);
    return nullptr;
}

void Engine::Core::sent(PeerIndex index, std::uint32_t packets, std::size_t messageBytes) {
    auto* peer = peerAt(index);
    if (peer == nullptr || !peer->session) {
        return;
    }
    peer->sentPackets += packets;
    peer->sentBytes += messageBytes;
    dataAt_ = now_.now;
    authenticatedSent(*peer);
    afterDataSent(*peer, *peer->session);
}

void Engine::Core::afterDataSent(Peer& peer, Session& session) {
    if (!session.isSet(Timer::Silence)) {
        setTimer(peer, Timer::Silence, kSilenceTimeout + jitter());
    }
    if (session.current) {
        rekeyAfterSending(peer, *session.current);
    }
}

void Engine::Core::rekeyAfterSending(Peer& peer, const Keypair& keypair) {
    auto limit = kRekeyAfterTime;
    if (peer.session->isCrossed() && peer.identity.key() < local_->publicKey()) {
        // Both would renew their sessions at the same moment again, for ever: one waits.
        limit += 2 * kRekeyTimeout;
    }
    const bool old = keypair.initiator && now_.now - keypair.made >= limit;
    if (old || keypair.nextCounter >= options_.limits.rekeyAfterMessages) {
        startHandshake(peer);
    }
}

bool Engine::Core::stage(
    PeerIndex index, std::span<const std::uint8_t> inner, std::uint8_t trafficClass) {
    auto* peer = peerAt(index);
    if (peer == nullptr || !local_ || !up_ || !peer->endpoint) {
        // grant() says why; a shell that asked it first does not come here.
        grant(index, 1);
        return false;
    }
    const auto& limits = options_.limits;
    auto& staged = sessionOf(*peer).staged;
    const auto tooMuch = [&] {
        return staged.size() >= limits.stagedPacketsPerPeer
               || stagedBytes_ + inner.size() > limits.stagedBytes;
    };
    while (!staged.empty() && tooMuch()) {
        stagedBytes_ -= staged.front().bytes.size();
        staged.erase(staged.begin());
        count(DropReason::StagedOverflow, peer);
    }
    const bool kept = !tooMuch();
    if (kept) {
        staged.push_back({{inner.begin(), inner.end()}, trafficClass});
        stagedBytes_ += inner.size();
    } else {
        count(DropReason::StagedOverflow, peer);
    }
    flushStaged(*peer);
    return kept;
}

void Engine::Core::flushStaged(Peer& peer) {
    auto& session = sessionOf(peer);
    if (!usable(session.current.get(), 1)) {
        startHandshake(peer);
        return;
    }
    if (!session.staged.empty() && peer.endpoint && !sealStaged(peer, session, *session.current)) {
        setTimer(peer, Timer::Flush, Duration::zero());
    }
}

bool Engine::Core::sealStaged(Peer& peer, Session& session, Keypair& keypair) {
    std::size_t done = 0;
    for (const auto& packet : session.staged) {
        const auto bytes = transportBytes(packet.bytes.size(), options_.mtu);
        if (!usable(&keypair, 1) || !outbox_.hasRoom(bytes)) {
            break;
        }
        const auto out = outbox_.append(bytes, *peer.endpoint, packet.trafficClass, peer.index);
        const TransportHeader header{keypair.remoteIndex, keypair.nextCounter++};
        sealTransport(keypair.send, header, packet.bytes, options_.mtu, out);
        peer.sentBytes += bytes;
        ++peer.sentPackets;
        stagedBytes_ -= packet.bytes.size();
        ++done;
    }
    const bool all = done == session.staged.size();
    session.staged.erase(
        session.staged.begin(), session.staged.begin() + static_cast<std::ptrdiff_t>(done));
    if (done > 0) {
        authenticatedSent(peer);
        afterDataSent(peer, session);
    }
    return all;
}

void Engine::Core::sendKeepalive(Peer& peer) {
    auto& session = sessionOf(peer);
    if (!session.staged.empty() || !usable(session.current.get(), 1)) {
        flushStaged(peer);
        return;
    }
    if (!peer.endpoint) {
        return;
    }
    auto& keypair = *session.current;
    const auto out = outbox_.append(kTransportMinBytes, *peer.endpoint, 0, peer.index);
    if (out.empty()) {
        count(DropReason::OutboxFull, &peer);
        return;
    }
    const TransportHeader header{keypair.remoteIndex, keypair.nextCounter++};
    sealTransport(keypair.send, header, {}, options_.mtu, out);
    peer.sentBytes += kTransportMinBytes;
    ++statistics_.keepalivesSent;
    authenticatedSent(peer);
    rekeyAfterSending(peer, keypair);
}

void Engine::Core::forgetSource(PeerIndex index) {
    auto* peer = peerAt(index);
    if (peer != nullptr && peer->endpoint) {
        peer->endpoint->address.freeSource();
    }
}

void Engine::Core::count(DropReason reason, Peer* peer, std::uint64_t times) {
    statistics_.drops[reason] += times;
    if (peer != nullptr) {
        if (!peer->drops) {
            peer->drops = std::make_unique<DropCounters>();
        }
        (*peer->drops)[reason] += times;
    }
}

}  // namespace weft::wireguard
