// SPDX-License-Identifier: Apache-2.0
// From a path to the tunnel device.
#include "core/wireguard/packet/inner_packet.h"
#include "core/wireguard/session/detail/core.h"
#include "core/wireguard/session/timings.h"

#include <algorithm>

namespace weft::wireguard {

void Engine::Core::receive(
    const transport::IncomingRun& run, std::uint8_t path, InboundSink& sink) {
    if (!up_ || !local_ || run.bytes.empty()) {
        return;
    }
    const PathAddress from{run.from, path};
    const InboundContext context{from, run.trafficClass, sink};
    const auto step = run.segmentBytes == 0 ? run.bytes.size() : run.segmentBytes;
    DataBatch batch;
    for (std::size_t at = 0; at < run.bytes.size(); at += step) {
        const auto message = run.bytes.subspan(at, std::min(step, run.bytes.size() - at));
        const auto type = messageTypeOf(message);
        if (type == MessageType::Transport) {
            collect(batch, message, context);
            continue;
        }
        // A handshake message may end or make the session of the data around it.
        finishBatch(batch, context);
        if (!type) {
            count(DropReason::MalformedMessage, nullptr);
        } else if (type == MessageType::CookieReply) {
            onCookieReply(message);
        } else {
            admit(message, from);
        }
    }
    finishBatch(batch, context);
}

void Engine::Core::collect(
    DataBatch& batch, std::span<std::uint8_t> message, const InboundContext& context) {
    const auto index = receiverIndexOf(message);
    if (batch.count == DataBatch::kMost || (batch.count > 0 && batch.receiverIndex != index)) {
        finishBatch(batch, context);
    }
    batch.receiverIndex = index;
    batch.packets[batch.count++] = message;
}

void Engine::Core::finishBatch(DataBatch& batch, const InboundContext& context) {
    if (batch.count == 0) {
        return;
    }
    const auto owner = indices_.find(batch.receiverIndex);
    auto* peer = owner ? peerAt(*owner) : nullptr;
    auto* keypair = peer != nullptr ? keypairOf(*peer, batch.receiverIndex) : nullptr;
    if (keypair == nullptr) {
        count(DropReason::UnknownIndex, nullptr, batch.count);
    } else if (now_.now - keypair->made >= kRejectAfterTime) {
        count(DropReason::ExpiredSession, peer, batch.count);
    } else if (open(*peer, *keypair, batch, context) > 0) {
        finish(*peer, *keypair, batch, context);
    }
    batch.count = 0;
}

detail::Keypair* Engine::Core::keypairOf(Peer& peer, std::uint32_t localIndex) const {
    if (!peer.session) {
        return nullptr;
    }
    for (auto* keypair :
         {peer.session->current.get(), peer.session->next.get(), peer.session->previous.get()}) {
        if (keypair != nullptr && keypair->localIndex == localIndex) {
            return keypair;
        }
    }
    return nullptr;
}

std::optional<OpenGrant> Engine::Core::openGrant(
    std::uint32_t receiverIndex, const transport::DatagramAddress& from) const {
    const auto owner = indices_.find(receiverIndex);
    auto* peer = owner && up_ && local_ ? peerAt(*owner) : nullptr;
    const auto* keypair = peer != nullptr ? keypairOf(*peer, receiverIndex) : nullptr;
    if (keypair == nullptr || !peer->endpoint || peer->endpoint->address.remote != from.remote) {
        return std::nullopt;
    }
    return OpenGrant{.session = keypair->id, .aead = &keypair->receive};
}

void Engine::Core::receiveOpened(const OpenedRun& run, InboundSink& sink) {
    const auto packets = run.packets.size() + run.refused;
    const auto owner = indices_.find(run.receiverIndex);
    auto* peer = owner ? peerAt(*owner) : nullptr;
    auto* keypair = peer != nullptr ? keypairOf(*peer, run.receiverIndex) : nullptr;
    if (keypair == nullptr || keypair->id != run.session) {
        count(DropReason::UnknownIndex, nullptr, packets);
        return;
    }
    if (now_.now - keypair->made >= kRejectAfterTime) {
        count(DropReason::ExpiredSession, peer, packets);
        return;
    }
    if (run.refused > 0) {
        count(DropReason::BadAuthentication, peer, run.refused);
    }
    DataBatch batch;
    for (std::size_t i = 0; i < std::min(run.packets.size(), DataBatch::kMost); ++i) {
        if (run.counters[i] >= options_.limits.rejectAfterMessages) {
            count(DropReason::ExpiredSession, peer);
            continue;
        }
        batch.packets[batch.count] = run.packets[i];
        batch.counters[batch.count] = run.counters[i];
        ++batch.count;
    }
    if (batch.count > 0) {
        finish(*peer, *keypair, batch, {run.from, run.trafficClass, sink});
    }
}

std::size_t Engine::Core::open(
    Peer& peer, Keypair& keypair, DataBatch& batch, const InboundContext& context) {
    for (std::size_t i = 0; i < batch.count; ++i) {
        const auto header = readTransportHeader(batch.packets[i]);
        batch.counters[i] = header ? header->counter : options_.limits.rejectAfterMessages;
    }
    // What was seen was authentic then: a copy is not worth the time to open it, and a flood of
    // copies costs little.
    keypair.window.screen(
        std::span(batch.counters).first(batch.count), std::span(batch.fresh).first(batch.count));
    // A peer that has moved says so from its new address, and so does whoever forges its packets:
    // what fails from there is charged, and when that was much the rest is not tried.
    const bool fromElsewhere =
        !peer.endpoint || peer.endpoint->address.remote != context.from.address.remote;
    std::size_t opened = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
        const auto counter = batch.counters[i];
        if (counter >= options_.limits.rejectAfterMessages) {
            count(DropReason::ExpiredSession, &peer);
            continue;
        }
        if (!batch.fresh[i]) {
            count(DropReason::Replayed, &peer);
            continue;
        }
        if (fromElsewhere && !roamingBudget_.canTake(now_.now)) {
            count(DropReason::RoamingBudget, &peer);
            continue;
        }
        const auto sealed = batch.packets[i].subspan(kTransportHeaderBytes);
        if (!keypair.receive.open(sealed, sealed, {}, counter)) {
            count(DropReason::BadAuthentication, &peer);
            if (fromElsewhere) {
                roamingBudget_.take(options_.budget.openingCost, now_.now);
            }
            continue;
        }
        batch.packets[opened] = sealed.first(sealed.size() - kTagBytes);
        batch.counters[opened] = counter;
        ++opened;
    }
    batch.count = opened;
    return opened;
}

void Engine::Core::finish(
    Peer& peer, Keypair& keypair, DataBatch& batch, const InboundContext& context) {
    const auto verdict = keypair.window.acceptRun(
        std::span(batch.counters).first(batch.count), std::span(batch.fresh).first(batch.count));
    if (verdict.accepted < batch.count) {
        count(DropReason::Replayed, &peer, batch.count - verdict.accepted);
    }
    if (verdict.accepted == 0) {
        return;
    }
    auto& session = *peer.session;
    keypair.heard = now_.now;
    // A packet that was overtaken must not move the peer back to where it was.
    const bool superseded =
        &keypair == session.previous.get() && session.current && session.current->heard;
    if (verdict.newest && !superseded) {
        moveEndpoint(peer, context.from);
    }
    if (&keypair == session.next.get()) {
        promote(peer, session);
    }
    authenticatedReceived(peer);
    bool data = false;
    for (std::size_t i = 0; i < batch.count; ++i) {
        if (batch.fresh[i]) {
            data |= !batch.packets[i].empty();
            peer.receivedBytes += batch.packets[i].size() + kTransportMinBytes;
            deliver(peer, batch.packets[i], context);
        }
    }
    dataAt_ = data ? now_.now : dataAt_;
    if (data && session.isSet(Timer::Keepalive)) {
        session.anotherKeepalive = true;
    } else if (data) {
        setTimer(peer, Timer::Keepalive, kKeepaliveTimeout);
    }
    const auto* current = session.current.get();
    if (current != nullptr && current->initiator && !session.rekeyOnReceiveDone
        && now_.now - current->made >= kRekeyOnReceiveTime) {
        session.rekeyOnReceiveDone = true;
        startHandshake(peer);
    }
}

void Engine::Core::deliver(
    Peer& peer, std::span<std::uint8_t> inner, const InboundContext& context) {
    if (inner.empty()) {
        ++statistics_.keepalivesReceived;
        return;
    }
    const auto packet = parseInner(inner);
    if (!packet) {
        count(DropReason::MalformedInner, &peer);
        return;
    }
    if (allowedIps_.lookup(packet->source()) != peer.index) {
        count(DropReason::WrongSource, &peer);
        return;
    }
    if (!verdicts_.accepts(*packet)) {
        count(DropReason::Denied, &peer);
        return;
    }
    ++peer.receivedPackets;
    context.sink.deliver(peer.index, inner.first(packet->bytes.size()), context.trafficClass);
}

void Engine::Core::moveEndpoint(Peer& peer, const PathAddress& from) {
    const bool moved = !peer.endpoint || peer.endpoint->path != from.path
                       || peer.endpoint->address.remote != from.address.remote;
    peer.endpoint = from;
    if (moved) {
        tell(Event::Kind::EndpointChanged, peer);
    }
}

}  // namespace weft::wireguard
