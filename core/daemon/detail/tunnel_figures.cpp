// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_figures.h"

#include "core/api/types.h"
#include "core/daemon/detail/state_lines.h"
#include "core/daemon/detail/tunnel_messages.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// While somebody looks.
constexpr std::chrono::seconds kWatchInterval{1};
/// The same with more peers than fit on any screen: a list of all of them is built each time.
constexpr std::chrono::seconds kLongWatchInterval{5};
constexpr std::size_t kManyPeers = 1000;
/// While peers are expected to answer, and nobody looks.
constexpr std::chrono::seconds kSettleInterval{5};

}  // namespace

std::size_t TunnelFigures::KeyHash::operator()(const crypto::WireGuardPublicKey& key) const {
    // A public key is as good as random.
    std::size_t hash = 0;
    std::memcpy(&hash, key.bytes.data(), sizeof(hash));
    return hash;
}

TunnelFigures::TunnelFigures(Parts parts) : parts_(std::move(parts)) {}

void TunnelFigures::begin(Tunnel& tunnel) {
    tunnel_ = &tunnel;
}

void TunnelFigures::end() {
    tunnel_ = nullptr;
    known_.clear();
    freshBefore_ = 0;
    isReading_ = false;
    poll_.cancel();
    for (const auto& [number, done] : std::exchange(waiting_, {})) {
        done(cancelled("the tunnel interface has gone"));
    }
}

void TunnelFigures::expectAnswers() {
    expectedSince_ = parts_.loop.clock().now();
    arm();
}

bool TunnelFigures::watch(bool wanted) {
    if (std::exchange(isWatched_, wanted) != wanted && wanted) {
        read();
    }
    return isWatched_ && isReading_;
}

void TunnelFigures::read() {
    if (tunnel_ == nullptr || std::exchange(isReading_, true)) {
        return;
    }
    tunnel_->statistics([this](const StatusOr<TunnelStatistics>& now) { onRead(now); });
}

void TunnelFigures::onRead(const StatusOr<TunnelStatistics>& now) {
    isReading_ = false;
    if (now.ok()) {
        known_.clear();
        known_.reserve(now->peers.size());
        for (const auto& peer : now->peers) {
            known_.emplace(peer.key, peer);
        }
    }
    if (isWatched_) {
        parts_.read();
    }
    if (std::exchange(freshBefore_, freshPeers()) != freshBefore_) {
        parts_.changed();
    }
    arm();
}

void TunnelFigures::arm() {
    if (tunnel_ == nullptr) {
        return;
    }
    const auto count = parts_.peers.peers().size();
    if (isWatched_) {
        poll_ = parts_.loop.after(
            count > kManyPeers ? kLongWatchInterval : kWatchInterval, [this] { read(); });
    } else if (freshBefore_ < count && isSettling()) {
        poll_ = parts_.loop.after(kSettleInterval, [this] { read(); });
    } else {
        poll_.cancel();
    }
}

bool TunnelFigures::isSettling() const {
    return parts_.loop.clock().now() - expectedSince_ <= api::kFreshFor;
}

std::size_t TunnelFigures::freshPeers() const {
    const auto now = parts_.loop.clock().wallNow();
    return static_cast<std::size_t>(std::ranges::count_if(known_, [this, now](const auto& item) {
        return livenessOf(item.second, now) == api::Freshness::Fresh
               && !parts_.peers.isOnlyCalled(item.first);
    }));
}

const TunnelPeerStatistics* TunnelFigures::of(const crypto::WireGuardPublicKey& key) const {
    const auto found = known_.find(key);
    return found == known_.end() ? nullptr : &found->second;
}

void TunnelFigures::ask(Callback<TunnelStatistics> done) {
    if (tunnel_ == nullptr) {
        done(failedPrecondition("there is no tunnel interface"));
        return;
    }
    const auto number = nextWaiting_++;
    waiting_.emplace(number, std::move(done));
    tunnel_->statistics(
        [this, number](const StatusOr<TunnelStatistics>& now) { answer(number, now); });
}

void TunnelFigures::answer(std::uint64_t number, const StatusOr<TunnelStatistics>& with) {
    if (auto waiting = waiting_.extract(number)) {
        waiting.mapped()(with);
    }
}

void TunnelFigures::describe(local::Connection& state, std::uint16_t listenPort) const {
    const auto count = parts_.peers.peers().size();
    const auto fresh = std::min(freshPeers(), count);
    if (count == 0) {
        addCheck(state, "handshake", local::CheckItem::STATE_OFF, "Nobody to talk to yet");
        return;
    }
    if (fresh > 0) {
        addCheck(
            state,
            "handshake",
            local::CheckItem::STATE_OK,
            fmt::format("{} of {} peers answer", fresh, count));
        return;
    }
    addCheck(
        state,
        "handshake",
        isSettling() ? local::CheckItem::STATE_PENDING : local::CheckItem::STATE_WARN,
        "No peer answers yet");
    if (isSettling()) {
        return;
    }
    addProblem(
        state,
        local::Problem::SEVERITY_WARN,
        "No peer has answered for three minutes: packets do not flow.",
        fmt::format(
            "Check that the other nodes run, and that UDP port {} is let through to one side.",
            listenPort));
    degrade(state);
}

}  // namespace weft::daemon
