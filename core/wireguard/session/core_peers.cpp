// SPDX-License-Identifier: Apache-2.0
// The engine's configuration and the life of its peers.
#include "core/wireguard/session/detail/core.h"

#include <algorithm>
#include <set>
#include <utility>

namespace weft::wireguard {
namespace {

/// The previous, current and next session, and a handshake at work.
constexpr std::size_t kIndicesPerPeer = 4;

std::uint64_t drawNumber(crypto::RandomSource& random) {
    std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
    random.fill(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), bytes.size());
    return value;
}

std::uint8_t drawTag(crypto::RandomSource& random) {
    std::array<std::uint8_t, 1> byte{};
    random.fill(byte);
    return byte.front();
}

std::span<const std::uint8_t, crypto::SecretKey32::kBytes> as32(const crypto::SecretBytes& key) {
    return key.reveal().first<crypto::SecretKey32::kBytes>();
}

bool isNoKey(const std::optional<crypto::SecretBytes>& key) {
    return !key || crypto::SecretKey32(as32(*key)).isZero();
}

bool hasKeySize(const std::optional<crypto::SecretBytes>& key) {
    return !key || key->size() == crypto::SecretKey32::kBytes;
}

}  // namespace

Engine::Core::Core(EngineOptions options, crypto::RandomSource& random, Moment start)
    : options_(std::move(options))
    , random_(random)
    , now_(start)
    , allowedIps_(drawNumber(random))
    , indices_(options_.limits.peers * kIndicesPerPeer, drawTag(random))
    , wheel_(start.now)
    , limiter_(options_.limits.limitedSources, drawNumber(random))
    , handshakeBudget_(options_.budget.handshakeShare, options_.budget.burst)
    , cookieBudget_(options_.budget.cookieShare, options_.budget.burst)
    , initiationBudget_(options_.budget.initiationShare, options_.budget.burst)
    , roamingBudget_(options_.budget.roamingShare, options_.budget.burst)
    , stamps_(start, options_.storedStamp, options_.storesStamps)
    , outbox_(options_.limits.outboxBytes) {}

Status Engine::Core::setPrivateKey(const std::optional<crypto::SecretBytes>& key) {
    if (!hasKeySize(key)) {
        return invalidArgument("a private key has 32 bytes, not {}", key->size());
    }
    const bool none = isNoKey(key);
    if (none ? !local_ : local_ && equalInConstantTime(*key, *privateKey())) {
        return okStatus();
    }
    local_.reset();
    cookieChecker_.reset();
    queue_.clear();
    for (const auto& peer : peers_) {
        if (peer) {
            endSession(*peer);
            peer->identity.forgetShared();
        }
    }
    if (none) {
        return okStatus();
    }
    local_.emplace(crypto::X25519PrivateKey::fromBytes(as32(*key)));
    cookieChecker_.emplace(local_->publicKey());
    if (const auto self = findPeer(local_->publicKey())) {
        removePeer(*self);
    }
    if (std::exchange(up_, false)) {
        setUp(true);
    }
    return okStatus();
}

std::optional<crypto::SecretBytes> Engine::Core::privateKey() const {
    if (!local_) {
        return std::nullopt;
    }
    return crypto::SecretBytes(local_->key().bytes().reveal());
}

std::optional<PeerKey> Engine::Core::publicKey() const {
    return local_ ? std::optional(local_->publicKey()) : std::nullopt;
}

StatusOr<std::optional<PeerIndex>> Engine::Core::applyPeer(const PeerSettings& settings) {
    if (!hasKeySize(settings.presharedKey)) {
        return invalidArgument(
            "a preshared key has 32 bytes, not {}", settings.presharedKey->size());
    }
    const auto known = findPeer(settings.key);
    if (settings.remove) {
        if (known) {
            removePeer(*known);
        }
        return std::optional<PeerIndex>();
    }
    const bool isSelf = local_ && local_->publicKey() == settings.key;
    if (!known && (settings.updateOnly || isSelf)) {
        return std::optional<PeerIndex>();
    }
    if (!hasRoomFor(known, settings)) {
        return resourceExhausted(
            "no room for {} more allowed addresses: there are {} of {}",
            settings.allowedIps.size(),
            allowedIps_.size(),
            AllowedIps::kMaxEntries);
    }
    auto* peer = known ? peerAt(*known) : nullptr;
    if (peer == nullptr) {
        WEFT_ASSIGN_OR_RETURN(peer, addPeer(settings.key));
    }
    if (settings.presharedKey) {
        peer->identity.setPresharedKey(crypto::SecretKey32(as32(*settings.presharedKey)));
    }
    const bool wasCalling = peer->endpoint && peer->persistentKeepalive > 0;
    applyEndpoints(*peer, settings);
    peer->persistentKeepalive = settings.persistentKeepalive.value_or(peer->persistentKeepalive);
    if (peer->persistentKeepalive == 0 && peer->session) {
        peer->session->clear(Timer::PersistentKeepalive);
    }
    const auto status = applyAllowedIps(*peer, settings);
    if (up_ && !wasCalling && peer->endpoint && peer->persistentKeepalive > 0) {
        sendKeepalive(*peer);
    }
    if (settings.isSought && isInUse(*peer)) {
        // At the pace of the protocol, for others choose when.
        peer->isSought = true;
        startHandshake(*peer);
    }
    if (settings.isDoubted && isInUse(*peer)) {
        seek(*peer);
    }
    WEFT_RETURN_IF_ERROR(status);
    return std::optional(peer->index);
}

StatusOr<detail::Peer*> Engine::Core::addPeer(const PeerKey& key) {
    if (byKey_.size() >= options_.limits.peers) {
        return resourceExhausted("no room for more than {} peers", options_.limits.peers);
    }
    // The oldest free index first: who still holds one learns in time that the peer is gone.
    auto index = static_cast<PeerIndex>(peers_.size());
    if (freeIndices_.empty()) {
        peers_.push_back(std::make_unique<Peer>(index, key));
    } else {
        index = freeIndices_.front();
        freeIndices_.pop_front();
        peers_[static_cast<std::size_t>(index)] = std::make_unique<Peer>(index, key);
    }
    byKey_.emplace(key, index);
    // It may be one that was removed a moment ago and still refuses the stamps of then.
    peers_[static_cast<std::size_t>(index)]->sentStamp = removedStamp_;
    return peerAt(index);
}

bool Engine::Core::hasRoomFor(std::optional<PeerIndex> known, const PeerSettings& settings) const {
    if (allowedIps_.size() + settings.allowedIps.size() <= AllowedIps::kMaxEntries) {
        return true;
    }
    // To be exact: what the peer gives up makes room, what somebody has already takes none.
    std::set<net::IpPrefix> givenUp;
    if (known && settings.replaceAllowedIps) {
        const auto all = allowedIps_.prefixesOf(*known);
        givenUp.insert(all.begin(), all.end());
    } else if (known) {
        for (const auto& prefix : settings.removedAllowedIps) {
            if (allowedIps_.ownerOf(prefix) == *known) {
                givenUp.insert(prefix.masked());
            }
        }
    }
    std::set<net::IpPrefix> added;
    for (const auto& prefix : settings.allowedIps) {
        const auto network = prefix.masked();
        if (allowedIps_.ownerOf(network) == kNoPeer || givenUp.contains(network)) {
            added.insert(network);
        }
    }
    return allowedIps_.size() - givenUp.size() + added.size() <= AllowedIps::kMaxEntries;
}

void Engine::Core::applyEndpoints(Peer& peer, const PeerSettings& settings) {
    auto endpoint = settings.endpoint;
    if (settings.candidates) {
        const auto count = std::min(settings.candidates->size(), kMostCandidates);
        const auto some = std::span(*settings.candidates).first(count);
        if (!std::ranges::equal(peer.candidates, some)) {
            peer.candidates.assign(some.begin(), some.end());
            peer.isSought = true;
        }
        if (!endpoint && !peer.endpoint && !some.empty()) {
            endpoint = some.front();
        }
    }
    if (endpoint) {
        peer.endpoint = endpoint;
        peer.isSought = true;
        if (peer.session && peer.session->hasKeys()) {
            tell(Event::Kind::EndpointSet, peer);
        }
    }
}

Status Engine::Core::applyAllowedIps(Peer& peer, const PeerSettings& settings) {
    if (settings.replaceAllowedIps) {
        allowedIps_.removeAll(peer.index);
    }
    for (const auto& prefix : settings.removedAllowedIps) {
        allowedIps_.remove(prefix, peer.index);
    }
    for (const auto& prefix : settings.allowedIps) {
        WEFT_RETURN_IF_ERROR(allowedIps_.insert(prefix, peer.index));
    }
    return okStatus();
}

void Engine::Core::removePeer(PeerIndex index) {
    if (auto* peer = peerAt(index)) {
        remove(*peer);
    }
}

void Engine::Core::remove(Peer& peer) {
    const auto index = peer.index;
    removedStamp_ = std::max(removedStamp_, peer.sentStamp);
    endSession(peer);
    allowedIps_.removeAll(index);
    byKey_.erase(peer.identity.key());
    peers_[static_cast<std::size_t>(index)].reset();
    freeIndices_.push_back(index);
    ++removedPeers_;
}

void Engine::Core::removeAllPeers() {
    for (const auto& peer : peers_) {
        if (peer) {
            remove(*peer);
        }
    }
}

std::optional<PeerIndex> Engine::Core::findPeer(const PeerKey& key) const {
    const auto found = byKey_.find(key);
    return found == byKey_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<PeerSnapshot> Engine::Core::snapshot(PeerIndex index) const {
    const auto* peer = peerAt(index);
    if (peer == nullptr) {
        return std::nullopt;
    }
    PeerSnapshot result;
    result.index = index;
    result.key = peer->identity.key();
    if (!peer->identity.presharedKey().isZero()) {
        result.presharedKey.emplace(peer->identity.presharedKey().reveal());
    }
    result.endpoint = peer->endpoint;
    result.candidates = peer->candidates;
    result.persistentKeepalive = peer->persistentKeepalive;
    result.allowedIps = allowedIps_.prefixesOf(index);
    auto& statistics = result.statistics;
    statistics.receivedBytes = peer->receivedBytes;
    statistics.sentBytes = peer->sentBytes;
    statistics.receivedPackets = peer->receivedPackets;
    statistics.sentPackets = peer->sentPackets;
    statistics.lastHandshake = peer->lastHandshake;
    statistics.lastHeard = peer->lastHeard;
    statistics.handshakes = peer->handshakes;
    statistics.rekeys = peer->rekeys;
    if (peer->drops) {
        statistics.drops = *peer->drops;
    }
    return result;
}

std::optional<PeerKey> Engine::Core::keyOf(PeerIndex index) const {
    const auto* peer = peerAt(index);
    return peer == nullptr ? std::nullopt : std::optional(peer->identity.key());
}

const PathAddress* Engine::Core::endpointOf(PeerIndex index) const {
    const auto* peer = peerAt(index);
    return peer != nullptr && peer->endpoint ? &*peer->endpoint : nullptr;
}

void Engine::Core::forEachPeer(const std::function<void(PeerIndex, const PeerKey&)>& visit) const {
    for (const auto& peer : peers_) {
        if (peer) {
            visit(peer->index, peer->identity.key());
        }
    }
}

EngineStatistics Engine::Core::statistics() const {
    auto result = statistics_;
    result.peers = byKey_.size();
    result.activePeers = activePeers_;
    result.stagedBytes = stagedBytes_;
    result.queuedHandshakes = queue_.size();
    result.underLoad = load_.underLoad(now_.now);
    return result;
}

void Engine::Core::setUp(bool up) {
    if (up_ == up) {
        return;
    }
    up_ = up;
    queue_.clear();
    limiter_.clear();
    for (const auto& peer : peers_) {
        if (peer && !up) {
            endSession(*peer);
        } else if (peer && peer->persistentKeepalive > 0) {
            sendKeepalive(*peer);
        }
    }
}

void Engine::Core::seekPeers() {
    for (const auto& peer : peers_) {
        if (peer && isInUse(*peer)) {
            seek(*peer);
        }
    }
}

void Engine::Core::seek(Peer& peer) {
    forgetSource(peer.index);
    peer.isSought = true;
    peer.soonPauses = 0;
    if (peer.session) {
        // What was sent before went by the old way.
        peer.session->handshakeSent.reset();
    }
    startHandshake(peer);
}

bool Engine::Core::isInUse(const Peer& peer) {
    return peer.session != nullptr || peer.persistentKeepalive > 0;
}

detail::Peer* Engine::Core::peerAt(PeerIndex index) const {
    const auto at = static_cast<std::size_t>(index);
    return at < peers_.size() ? peers_[at].get() : nullptr;
}

detail::Session& Engine::Core::sessionOf(Peer& peer) {
    if (!peer.session) {
        peer.session = std::make_unique<Session>();
        ++activePeers_;
    }
    return *peer.session;
}

void Engine::Core::endSession(Peer& peer) {
    if (!peer.session) {
        return;
    }
    dropStaged(peer);
    dropKeys(*peer.session);
    wheel_.disarm(peer);
    peer.session.reset();
    --activePeers_;
}

void Engine::Core::dropKeys(Session& session) {
    dropInitiation(session);
    dropKeypair(session.previous);
    dropKeypair(session.current);
    dropKeypair(session.next);
}

void Engine::Core::dropKeypair(std::unique_ptr<Keypair>& keypair) {
    if (keypair) {
        indices_.release(keypair->localIndex);
        keypair.reset();
    }
}

void Engine::Core::dropInitiation(Session& session) {
    if (session.initiation) {
        indices_.release(session.initiation->localIndex);
        session.initiation.reset();
    }
}

void Engine::Core::dropStaged(Peer& peer) {
    auto& staged = peer.session->staged;
    for (const auto& packet : staged) {
        stagedBytes_ -= packet.bytes.size();
    }
    if (!staged.empty()) {
        count(DropReason::StagedExpired, &peer, staged.size());
        std::vector<detail::StagedPacket>().swap(staged);
    }
}

void Engine::Core::trim(Peer& peer) {
    auto* session = peer.session.get();
    if (session == nullptr || session->hasKeys() || session->initiation
        || !session->staged.empty()) {
        return;
    }
    const bool waits = std::ranges::any_of(
        session->deadlines, [](TimePoint deadline) { return deadline != TimePoint::max(); });
    if (!waits) {
        endSession(peer);
    }
}

}  // namespace weft::wireguard
