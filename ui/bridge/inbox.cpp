// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/inbox.h"

namespace weft::bridge {

bool Inbox::ring() {
    return !std::exchange(rung_, true);
}

bool Inbox::putLink(api::LinkState link, const Status& error) {
    const base::MutexLock lock(mutex_);
    link_.emplace(link, error);
    return ring();
}

bool Inbox::putState(const api::DaemonState& state) {
    const base::MutexLock lock(mutex_);
    state_ = state;
    return ring();
}

bool Inbox::putPeers(std::uint64_t watch, const api::PeersUpdate& update) {
    const base::MutexLock lock(mutex_);
    if (watch != watch_) {
        return false;
    }
    if (update.reset) {
        peers_.clear();
        reset_ = true;
    }
    for (const api::Peer& peer : update.changed) {
        peers_[peer.id] = peer;
    }
    for (const std::string& id : update.removedIds) {
        peers_[id] = std::nullopt;
    }
    hasPeers_ = true;
    return ring();
}

void Inbox::beginWatch(std::uint64_t watch) {
    const base::MutexLock lock(mutex_);
    watch_ = watch;
    hasPeers_ = false;
    reset_ = false;
    peers_.clear();
}

bool Inbox::putPolicy(std::uint64_t watch, std::shared_ptr<const api::PolicyState> policy) {
    const base::MutexLock lock(mutex_);
    if (watch != policyWatch_) {
        return false;
    }
    policy_ = std::move(policy);
    return ring();
}

void Inbox::beginPolicyWatch(std::uint64_t watch) {
    const base::MutexLock lock(mutex_);
    policyWatch_ = watch;
    policy_.reset();
}

Inbox::News Inbox::take() {
    const base::MutexLock lock(mutex_);
    News news;
    rung_ = false;
    news.link = std::exchange(link_, std::nullopt);
    news.state = std::exchange(state_, std::nullopt);
    news.policy = std::exchange(policy_, nullptr);
    if (std::exchange(hasPeers_, false)) {
        api::PeersUpdate& update = news.peers.emplace();
        update.reset = std::exchange(reset_, false);
        for (auto& [id, peer] : peers_) {
            if (peer) {
                update.changed.push_back(std::move(*peer));
            } else {
                update.removedIds.push_back(id);
            }
        }
        peers_.clear();
    }
    return news;
}

}  // namespace weft::bridge
