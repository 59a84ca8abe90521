// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_scrape.h"

#include "core/api/types.h"
#include "core/daemon/detail/tunnel_messages.h"

#include <array>
#include <chrono>
#include <utility>

namespace weft::daemon {
namespace {

/// Longer than a loop is ever busy, shorter than any scraper waits.
constexpr std::chrono::seconds kPatience{2};
/// Of api::Freshness, in its order.
constexpr std::array<const char*, 4> kWords{"never", "fresh", "stale", "gone"};

}  // namespace

std::optional<services::TunnelFigures> TunnelScrape::read() {
    const auto mine = answer_->begin();
    if (mine == 0) {
        return std::nullopt;
    }
    loop_.post([this, answer = answer_, mine] {
        // close() comes on this loop too: while it has not, the tunnel is there, and so is this.
        if (!answer->isClosed()) {
            ask(mine);
        }
    });
    return answer_->waitFor(mine);
}

void TunnelScrape::ask(std::uint64_t mine) {
    tunnel_.statistics([this, answer = answer_, mine](const StatusOr<TunnelStatistics>& now) {
        if (answer->isClosed()) {
            return;
        }
        auto figures = now.ok() ? std::optional(figuresOf(*now, loop_.clock().wallNow(), perPeer_))
                                : std::nullopt;
        if (figures) {
            figures->names = nameFigures();
        }
        answer->put(mine, std::move(figures));
    });
}

std::optional<services::NameFigures> TunnelScrape::nameFigures() const {
    const auto now = names_ == nullptr ? std::nullopt : names_->figures();
    return now ? std::optional(services::NameFigures{
               .queries = now->queries,
               .dropped = now->dropped,
               .forwarded = now->forwarded,
               .fromCache = now->fromCache,
               .failed = now->failed,
               .connections = now->connections})
               : std::nullopt;
}

std::uint64_t TunnelScrape::Answer::begin() {
    const base::MutexLock lock(mutex);
    return closed ? 0 : ++asked;
}

bool TunnelScrape::Answer::isClosed() {
    const base::MutexLock lock(mutex);
    return closed;
}

void TunnelScrape::Answer::put(std::uint64_t number, std::optional<services::TunnelFigures> with) {
    {
        const base::MutexLock lock(mutex);
        answered = number;
        figures = std::move(with);
    }
    changed.notifyAll();
}

std::optional<services::TunnelFigures> TunnelScrape::Answer::waitFor(std::uint64_t number) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    const base::MutexLock lock(mutex);
    while (answered < number && !closed && std::chrono::steady_clock::now() < end) {
        changed.waitUntil(mutex, end);
    }
    return answered >= number && !closed ? figures : std::nullopt;
}

void TunnelScrape::close() {
    {
        const base::MutexLock lock(answer_->mutex);
        answer_->closed = true;
    }
    answer_->changed.notifyAll();
}

services::TunnelFigures figuresOf(const TunnelStatistics& tunnel, WallTime now, bool perPeer) {
    services::TunnelFigures figures;
    figures.interfaceName = tunnel.facts.interfaceName;
    figures.receivedBytes = tunnel.receivedBytes;
    figures.sentBytes = tunnel.sentBytes;
    figures.handshakes = tunnel.handshakes;
    figures.handshakesStarted = tunnel.handshakesStarted;
    figures.cookiesSent = tunnel.cookiesSent;
    figures.peers = tunnel.peers.size();
    std::array<std::size_t, kWords.size()> counts{};
    for (const auto& peer : tunnel.peers) {
        ++counts.at(static_cast<std::size_t>(livenessOf(peer, now)));
        if (perPeer) {
            figures.perPeer.push_back(
                {peer.key.toBase64(), peer.receivedBytes, peer.sentBytes, peer.lastHandshake});
        }
    }
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        figures.liveness.emplace_back(kWords.at(i), counts.at(i));
    }
    figures.freshPeers = counts.at(static_cast<std::size_t>(api::Freshness::Fresh));
    for (const auto& drop : tunnel.drops) {
        figures.drops.emplace_back(drop.reason, drop.packets);
    }
    return figures;
}

}  // namespace weft::daemon
