// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/peer_feed.h"

#include "core/mesh/detail/length_prefixed.h"
#include "core/mesh/detail/peers.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weft::mesh::detail {

PeerFeed::PeerFeed(
    base::Loop& loop,
    const storage::Registry& registry,
    network::Network& network,
    const Sightings* seen)
    : loop_(loop)
    , registry_(registry)
    , network_(network)
    , seen_(seen)
    , state_(std::make_shared<State>()) {
    servers_ = serversText();
    serverWatch_ =
        registry.onChange([this](const storage::Registry::Change& change) { noteServers(change); });
    networkWatch_ =
        network.onChange([this](const network::Network::Touched& touched) { note(touched); });
}

PeerFeed::~PeerFeed() = default;

Subscription PeerFeed::subscribe(const NodeId& id, std::function<void(const PeerSet&)> changed) {
    const auto number = state_->next++;
    auto& list = state_->subscribers[id];
    list.emplace(
        number,
        Subscriber{std::make_shared<std::function<void(const PeerSet&)>>(std::move(changed)), {}});
    if (list.size() == 1 && state_->watcher.follows) {
        state_->watcher.follows(id, true);
    }
    // Not from within this call: the caller does not hold its subscription yet.
    loop_.post([this, id, weak = std::weak_ptr<State>(state_)] {
        if (!weak.expired()) {
            tell(id);
        }
    });
    return Subscription([weak = std::weak_ptr<State>(state_), id, number] {
        const auto state = weak.lock();
        if (!state) {
            return;
        }
        const auto found = state->subscribers.find(id);
        if (found == state->subscribers.end()) {
            return;
        }
        found->second.erase(number);
        if (found->second.empty()) {
            state->subscribers.erase(found);
            if (state->watcher.follows) {
                state->watcher.follows(id, false);
            }
        }
    });
}

std::size_t PeerFeed::subscribers() const {
    std::size_t count = 0;
    for (const auto& [id, list] : state_->subscribers) {
        count += list.size();
    }
    return count;
}

void PeerFeed::noteServers(const storage::Registry::Change& change) {
    if (!change.everything && change.nodes.empty()) {
        return;
    }
    auto servers = serversText();
    if (servers != servers_) {
        servers_ = std::move(servers);
        ++serversVersion_;
        touchAll();
        schedule();
    }
}

void PeerFeed::note(const network::Network::Touched& touched) {
    if (touched.everybody) {
        touchAll();
    } else {
        for (const auto& id : touched.nodes) {
            touch(id);
        }
    }
    schedule();
}

void PeerFeed::noteSeen(const NodeId& node) {
    for (const auto* edge : registry_.edgesOf(node)) {
        if (state_->subscribers.contains(edge->target)) {
            ++seenVersions_[edge->target];
            touch(edge->target);
        }
    }
    schedule();
}

void PeerFeed::touch(const NodeId& id) {
    if (state_->subscribers.contains(id) && touched_.insert(id).second) {
        waiting_.push_back(id);
    }
}

void PeerFeed::touchAll() {
    for (const auto& [id, list] : state_->subscribers) {
        touch(id);
    }
}

void PeerFeed::schedule() {
    if (!touched_.empty() && !timer_.active()) {
        timer_ = loop_.after(kPeerFeedDelay, [this] { flush(); });
    }
}

std::optional<NodeId> PeerFeed::takeNext() {
    if (waiting_.empty()) {
        return std::nullopt;
    }
    auto id = std::move(waiting_.front());
    waiting_.pop_front();
    touched_.erase(id);
    return id;
}

void PeerFeed::flush() {
    timer_ = {};
    const auto alive = std::weak_ptr<State>(state_);
    const auto end = loop_.clock().now() + kPeerFeedTurn;
    for (std::size_t count = 0; count < kPeerFeedBatch; ++count) {
        const auto id = takeNext();
        if (!id) {
            return;
        }
        tell(*id);
        if (alive.expired()) {
            return;
        }
        if (loop_.clock().now() >= end) {
            break;
        }
    }
    if (!touched_.empty() && !timer_.active()) {
        // Other work of the loop comes in between.
        timer_ = loop_.after({}, [this] { flush(); });
    }
}

void PeerFeed::tell(const NodeId& id) {
    const auto state = state_;
    const auto found = state->subscribers.find(id);
    if (found == state->subscribers.end()) {
        seenVersions_.erase(id);
        return;
    }
    const auto seen = seenVersions_.find(id);
    const auto seenVersion = seen == seenVersions_.end() ? 0 : seen->second;
    const auto version =
        network_.versionOf(id) ^ (serversVersion_ << 32U) ^ std::rotl(seenVersion, 48);
    ++computed_;
    // A callback may drop its own subscription or any other one: look each up anew.
    std::vector<std::uint64_t> numbers;
    for (auto& [number, subscriber] : found->second) {
        if (subscriber.lastVersion != version) {
            subscriber.lastVersion = version;
            numbers.push_back(number);
        }
    }
    if (numbers.empty()) {
        return;
    }
    const auto peers = computePeers(registry_, network_, id, seen_);
    if (state->watcher.told) {
        state->watcher.told(id, peers);
    }
    for (const auto number : numbers) {
        const auto list = state->subscribers.find(id);
        if (list == state->subscribers.end()) {
            return;
        }
        if (const auto one = list->second.find(number); one != list->second.end()) {
            const auto changed = one->second.changed;
            (*changed)(peers);
        }
    }
}

std::string PeerFeed::serversText() const {
    std::string text;
    for (const auto& server : dnsServers(registry_, NodeId())) {
        text += lengthPrefixed({server});
    }
    text.push_back('|');
    for (const auto& server : iceServers(registry_, NodeId())) {
        text += lengthPrefixed({server});
    }
    return text;
}

}  // namespace weft::mesh::detail
