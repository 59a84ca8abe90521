// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_scrape.h"

#include "core/api/types.h"

#include <chrono>
#include <utility>

namespace weft::daemon {
namespace {

/// Longer than a loop is ever busy, shorter than any scraper waits.
constexpr std::chrono::seconds kPatience{2};

}  // namespace

std::optional<services::TunnelFigures> TunnelScrape::read() {
    std::uint64_t mine = 0;
    {
        const base::MutexLock lock(answer_->mutex);
        if (answer_->closed) {
            return std::nullopt;
        }
        mine = ++answer_->asked;
    }
    loop_.post([this, answer = answer_, mine] {
        {
            const base::MutexLock lock(answer->mutex);
            if (answer->closed) {
                return;
            }
        }
        // close() comes on this loop too, so the tunnel is there.
        tunnel_.statistics([this, answer, mine](const StatusOr<TunnelStatistics>& now) {
            {
                const base::MutexLock lock(answer->mutex);
                if (answer->closed) {
                    return;
                }
                answer->answered = mine;
                answer->figures.reset();
                if (now.ok()) {
                    answer->figures = figuresOf(*now, loop_.clock().wallNow(), perPeer_);
                }
            }
            answer->changed.notifyAll();
        });
    });
    const auto end = std::chrono::steady_clock::now() + kPatience;
    const base::MutexLock lock(answer_->mutex);
    while (answer_->answered < mine && !answer_->closed && std::chrono::steady_clock::now() < end) {
        answer_->changed.waitUntil(answer_->mutex, end);
    }
    return answer_->answered >= mine && !answer_->closed ? answer_->figures : std::nullopt;
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
    for (const auto& peer : tunnel.peers) {
        if (api::freshnessOf(peer.lastHandshake, now) == api::Freshness::Fresh) {
            ++figures.freshPeers;
        }
        if (perPeer) {
            figures.perPeer.push_back(
                {peer.key.toBase64(), peer.receivedBytes, peer.sentBytes, peer.lastHandshake});
        }
    }
    for (const auto& drop : tunnel.drops) {
        figures.drops.emplace_back(drop.reason, drop.packets);
    }
    return figures;
}

}  // namespace weft::daemon
