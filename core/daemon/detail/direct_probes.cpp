// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/direct_probes.h"

#include "core/base/log.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace weft::daemon {
namespace {

using Kind = mesh::DirectOffer::Kind;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// What others could call a node at, and do not know of.
bool isNews(const storage::NodeRecord& record, const net::Endpoint& seen) {
    const auto& address = seen.address;
    if (!record.primaryEndpoint.empty() || seen.port == 0 || address.isUnspecified()
        || address.isLoopback() || address.isLinkLocal() || address.isMulticast()) {
        return false;
    }
    return std::ranges::count(record.wireguardEndpoints, seen.toString()) == 0;
}

}  // namespace

DirectProbes::DirectProbes(Parts parts) : parts_(std::move(parts)) {}

DirectProbes::~DirectProbes() {
    asked_.reset();
    alive_.reset();
}

void DirectProbes::begin() {
    isAsked_ = true;
    sent_.reset();
    isSending_ = false;
    watch();
    notePeers();
}

void DirectProbes::end() {
    isAsked_ = false;
    again_ = {};
    soon_ = {};
    asked_.reset();
    stream_.cancel();
}

void DirectProbes::watch() {
    again_ = {};
    stream_.cancel();
    asked_ = std::make_shared<bool>(true);
    const std::weak_ptr<bool> alive = asked_;
    stream_ = parts_.watch(
        [this, alive](mesh::DirectOffers offers) {
            if (!alive.expired()) {
                onOffers(std::move(offers));
            }
        },
        [this, alive](const Status& status) {
            if (!alive.expired()) {
                onEnded(status);
            }
        });
}

void DirectProbes::onEnded(const Status& status) {
    sent_.reset();
    isSending_ = false;
    if (status.code() == StatusCode::kUnimplemented) {
        // A leader that is not Weft's has none.
        log().debug("no direct ways here reason={}", base::escapeForLine(messageOf(status)));
        end();
        onOffers({});
        offers_.reset();
        return;
    }
    again_ = parts_.loop.after(kRetry, [this] { watch(); });
}

void DirectProbes::onOffers(mesh::DirectOffers offers) {
    std::map<mesh::NodeId, Way> ways;
    std::vector<mesh::NodeId> anew;
    for (const auto& offer : offers.offers) {
        if (offer.kind == Kind::Relayed || offer.node.id == parts_.self || !offer.node.publicKey) {
            continue;
        }
        auto before = ways_.find(offer.node.id);
        if (before != ways_.end() && before->second.offer.round == offer.round) {
            before->second.offer = offer;
            ways.insert(ways_.extract(before));
            continue;
        }
        if (before != ways_.end() && offer.kind == Kind::Probe) {
            anew.push_back(offer.node.id);
        }
        ways.emplace(offer.node.id, Way{offer, {}});
    }
    ways_ = std::move(ways);
    offers_ = std::move(offers);
    feed(anew);
    parts_.changed();
    // The first answer is to be seen soon.
    arm();
}

/// Tells the tunnel whom to call. Those of `anew` go first, so that they are called at once.
void DirectProbes::feed(const std::vector<mesh::NodeId>& anew) {
    std::vector<mesh::WireGuardPeer> peers;
    for (const auto& [id, way] : ways_) {
        peers.emplace_back().node = way.offer.node;
    }
    if (!anew.empty()) {
        auto rest = peers;
        std::erase_if(rest, [&anew](const mesh::WireGuardPeer& peer) {
            return std::ranges::count(anew, peer.node.id) > 0;
        });
        parts_.tunnel.setProbes(std::move(rest));
    }
    parts_.tunnel.setProbes(std::move(peers));
}

void DirectProbes::notePeers() {
    newsUntil_ = parts_.loop.clock().now() + kNewsFor;
    arm();
}

void DirectProbes::read() {
    poll_ = {};
    if (isReading_) {
        return;
    }
    isReading_ = true;
    parts_.tunnel.statistics(
        [this, alive = std::weak_ptr<bool>(alive_)](const StatusOr<TunnelStatistics>& now) {
            if (alive.expired()) {
                return;
            }
            isReading_ = false;
            onFigures(now);
        });
}

void DirectProbes::onFigures(const StatusOr<TunnelStatistics>& now) {
    if (!now.ok()) {
        arm();
        return;
    }
    peers_ = now->peers.size();
    const bool isTurned = judgeWays(*now);
    auto sightings = sightingsIn(*now);
    if (isTurned) {
        parts_.changed();
    }
    const bool isNew = sightings != sightings_;
    sightings_ = std::move(sightings);
    if (isTurned || isNew || !sent_) {
        report(isTurned ? Duration::zero() : Duration(kReportDelay));
    }
    arm();
}

/// Whether one of them stands otherwise than before.
bool DirectProbes::judgeWays(const TunnelStatistics& now) {
    if (ways_.empty()) {
        return false;
    }
    std::unordered_map<mesh::NodeId, const TunnelPeerStatistics*> figures;
    for (const auto& peer : now.peers) {
        if (const auto* id = parts_.tunnel.nodeOf(peer.key); id != nullptr && ways_.contains(*id)) {
            figures.emplace(*id, &peer);
        }
    }
    const auto time = parts_.loop.clock().now();
    const auto wall = parts_.loop.clock().wallNow();
    bool isTurned = false;
    std::vector<mesh::NodeId> called;
    for (auto& [id, way] : ways_) {
        const auto before = way.judge.state();
        const auto found = figures.find(id);
        if (way.judge.note(found == figures.end() ? nullptr : found->second, time, wall)) {
            called.push_back(id);
        }
        isTurned = isTurned || way.judge.state() != before;
    }
    parts_.tunnel.call(called);
    return isTurned;
}

std::vector<mesh::Sighting> DirectProbes::sightingsIn(const TunnelStatistics& now) const {
    std::vector<mesh::Sighting> seen;
    const auto* registry = parts_.registry();
    const auto wall = parts_.loop.clock().wallNow();
    for (const auto& peer : now.peers) {
        const bool isFresh =
            peer.endpoint && peer.lastHandshake && wall - *peer.lastHandshake < WayJudge::kFreshFor;
        const auto* id = isFresh ? parts_.tunnel.nodeOf(peer.key) : nullptr;
        const auto* record = id == nullptr || registry == nullptr ? nullptr : registry->node(*id);
        if (record == nullptr) {
            continue;
        }
        const net::Endpoint place{peer.endpoint->address.unmapped(), peer.endpoint->port};
        if (isNews(*record, place)) {
            seen.push_back({*id, place});
        }
    }
    std::ranges::sort(seen, {}, &mesh::Sighting::node);
    if (seen.size() > parts_.mostSightings) {
        seen.resize(parts_.mostSightings);
    }
    return seen;
}

Duration DirectProbes::interval() const {
    const auto isCalling = [](const auto& item) {
        const auto& judge = item.second.judge;
        return judge.state() == WayJudge::State::Calling || judge.isInDoubt();
    };
    const auto isBusy = [](const auto& item) { return item.second.judge.isBusy(); };
    Duration wait = ways_.empty() ? kIdle : kQuiet;
    if (std::ranges::any_of(ways_, isCalling)) {
        wait = kProbing;
    } else if (parts_.loop.clock().now() < newsUntil_ || std::ranges::any_of(ways_, isBusy)) {
        wait = kBusy;
    }
    return peers_ > kManyPeers ? wait * kManyPeersFactor : wait;
}

void DirectProbes::arm() {
    // Without a leader that asks nothing is looked at.
    if (!isAsked_ && ways_.empty()) {
        poll_ = {};
        return;
    }
    poll_ = parts_.loop.after(interval(), [this] { read(); });
}

void DirectProbes::report(Duration delay) {
    if (isAsked_ && !isSending_ && (!soon_.active() || delay == Duration::zero())) {
        soon_ = parts_.loop.after(delay, [this] { sendReport(); });
    }
}

void DirectProbes::sendReport() {
    soon_ = {};
    mesh::DirectReport now;
    now.node = parts_.self;
    now.sightings = sightings_;
    for (const auto& [id, way] : ways_) {
        now.ways.push_back({id, way.offer.round, way.judge.state()});
    }
    if (!isAsked_ || isSending_ || sent_ == now) {
        return;
    }
    isSending_ = true;
    parts_.report(now, [this, now, alive = std::weak_ptr<bool>(asked_)](const Status& status) {
        if (alive.expired()) {
            return;
        }
        isSending_ = false;
        if (status.ok()) {
            sent_ = now;
            // What has changed meanwhile.
            report(Duration::zero());
        } else {
            log().debug("report failed reason={}", base::escapeForLine(messageOf(status)));
            report(kRetry);
        }
    });
}

const mesh::DirectOffer* DirectProbes::wayTo(const mesh::NodeId& node) const {
    if (!offers_) {
        return nullptr;
    }
    const auto found = std::ranges::find(
        offers_->offers, node, [](const mesh::DirectOffer& offer) { return offer.node.id; });
    return found == offers_->offers.end() ? nullptr : &*found;
}

}  // namespace weft::daemon
