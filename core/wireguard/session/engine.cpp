// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/engine.h"

#include "core/wireguard/session/detail/core.h"

#include <utility>

namespace weft::wireguard {

Engine::Engine(EngineOptions options, crypto::RandomSource& random, Moment start)
    : core_(std::make_unique<Core>(std::move(options), random, start)) {}

Engine::~Engine() = default;

Status Engine::setPrivateKey(const std::optional<crypto::SecretBytes>& key, Moment at) {
    core_->setTime(at);
    return core_->setPrivateKey(key);
}

std::optional<crypto::SecretBytes> Engine::privateKey() const {
    return core_->privateKey();
}

std::optional<PeerKey> Engine::publicKey() const {
    return core_->publicKey();
}

StatusOr<std::optional<PeerIndex>> Engine::applyPeer(const PeerSettings& settings, Moment at) {
    core_->setTime(at);
    return core_->applyPeer(settings);
}

void Engine::removePeer(PeerIndex peer) {
    core_->removePeer(peer);
}

void Engine::removeAllPeers() {
    core_->removeAllPeers();
}

std::optional<PeerIndex> Engine::findPeer(const PeerKey& key) const {
    return core_->findPeer(key);
}

std::optional<PeerSnapshot> Engine::snapshot(PeerIndex peer) const {
    return core_->snapshot(peer);
}

std::optional<PeerKey> Engine::keyOf(PeerIndex peer) const {
    return core_->keyOf(peer);
}

const PathAddress* Engine::endpointOf(PeerIndex peer) const {
    return core_->endpointOf(peer);
}

std::uint64_t Engine::removedPeers() const {
    return core_->removedPeers();
}

void Engine::forEachPeer(const std::function<void(PeerIndex, const PeerKey&)>& visit) const {
    core_->forEachPeer(visit);
}

const AllowedIps& Engine::allowedIps() const {
    return core_->allowedIps();
}

EngineStatistics Engine::statistics() const {
    return core_->statistics();
}

void Engine::setPacketFilter(std::shared_ptr<const net::PacketFilter> filter) {
    core_->setPacketFilter(std::move(filter));
}

void Engine::setMtu(std::uint16_t bytes) {
    core_->setMtu(bytes);
}

void Engine::setUp(bool up, Moment at) {
    core_->setTime(at);
    core_->setUp(up);
}

void Engine::seekPeers(Moment at) {
    core_->setTime(at);
    core_->seekPeers();
}

std::optional<PeerIndex> Engine::route(const InnerPacket& packet) {
    return core_->route(packet);
}

SendGrant Engine::grant(PeerIndex peer, std::uint32_t packets, Moment at) {
    core_->setTime(at);
    return core_->grant(peer, packets);
}

const PathAddress* Engine::destinationOf(PeerIndex peer, SessionId session, std::uint32_t packets) {
    return core_->destinationOf(peer, session, packets);
}

void Engine::sent(PeerIndex peer, std::uint32_t packets, std::size_t messageBytes, Moment at) {
    core_->setTime(at);
    core_->sent(peer, packets, messageBytes);
}

bool Engine::stage(
    PeerIndex peer, std::span<const std::uint8_t> inner, std::uint8_t trafficClass, Moment at) {
    core_->setTime(at);
    return core_->stage(peer, inner, trafficClass);
}

void Engine::forgetSource(PeerIndex peer) {
    core_->forgetSource(peer);
}

std::uint8_t Engine::indexTag() const {
    return core_->indexTag();
}

void Engine::countDrop(DropReason reason, std::uint64_t times) {
    core_->count(reason, nullptr, times);
}

void Engine::receive(transport::IncomingRun& run, std::uint8_t path, Moment at, InboundSink& sink) {
    core_->setTime(at);
    core_->receive(run, path, sink);
}

std::optional<OpenGrant> Engine::openGrant(
    std::uint32_t receiverIndex, const transport::DatagramAddress& from) const {
    return core_->openGrant(receiverIndex, from);
}

void Engine::receiveOpened(const OpenedRun& run, Moment at, InboundSink& sink) {
    core_->setTime(at);
    core_->receiveOpened(run, sink);
}

void Engine::advance(Moment at) {
    core_->setTime(at);
    core_->advance();
}

std::optional<TimePoint> Engine::nextDeadline() const {
    return core_->nextDeadline();
}

std::span<const OutgoingMessage> Engine::takeMessages() {
    return core_->takeMessages();
}

std::span<const Event> Engine::takeEvents() {
    return core_->takeEvents();
}

std::optional<Tai64n> Engine::stampToStore() const {
    return core_->stamps().toStore();
}

void Engine::stampStored(const Tai64n& bound) {
    core_->stamps().stored(bound);
}

}  // namespace weft::wireguard
