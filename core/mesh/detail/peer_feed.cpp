// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/peer_feed.h"

#include "core/mesh/detail/length_prefixed.h"
#include "core/mesh/detail/peers.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {

struct PeerFeed::State {
    std::uint64_t next = 0;
    std::unordered_map<NodeId, std::map<std::uint64_t, Subscriber>> subscribers;
};

PeerFeed::PeerFeed(base::Loop& loop, storage::Registry& registry)
    : loop_(loop), registry_(registry), state_(std::make_shared<State>()) {
    servers_ = serversText();
    observation_ =
        registry.onChange([this](const storage::Registry::Change& change) { note(change); });
}

PeerFeed::~PeerFeed() = default;

Subscription PeerFeed::subscribe(const NodeId& id, std::function<void(const PeerSet&)> changed) {
    const auto number = state_->next++;
    state_->subscribers[id].emplace(
        number,
        Subscriber{std::make_shared<std::function<void(const PeerSet&)>>(std::move(changed)), {}});
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

void PeerFeed::note(const storage::Registry::Change& change) {
    if (state_->subscribers.empty()) {
        servers_ = serversText();
        return;
    }
    auto servers = change.everything || !change.nodes.empty() ? serversText() : servers_;
    if (change.everything || servers != servers_) {
        servers_ = std::move(servers);
        touchAll();
    } else {
        for (const auto& id : change.nodes) {
            noteNeighbourhood(id);
        }
        for (const auto& id : change.edgeSources) {
            touch(id);
        }
        for (const auto& id : change.routeNodes) {
            noteNeighbourhood(id);
        }
    }
    schedule();
}

void PeerFeed::noteNeighbourhood(const NodeId& id) {
    touch(id);
    for (const auto* edge : registry_.edgesOf(id)) {
        touch(edge->target);
    }
}

void PeerFeed::touch(const NodeId& id) {
    if (state_->subscribers.contains(id)) {
        touched_.insert(id);
    }
}

void PeerFeed::touchAll() {
    for (const auto& [id, list] : state_->subscribers) {
        touched_.insert(id);
    }
}

void PeerFeed::schedule() {
    if (!touched_.empty() && !timer_.active()) {
        timer_ = loop_.after(kPeerFeedDelay, [this] { flush(); });
    }
}

void PeerFeed::flush() {
    timer_ = {};
    const auto touched = std::exchange(touched_, {});
    const auto alive = std::weak_ptr<State>(state_);
    for (const auto& id : touched) {
        tell(id);
        if (alive.expired()) {
            return;
        }
    }
}

void PeerFeed::tell(const NodeId& id) {
    const auto state = state_;
    const auto found = state->subscribers.find(id);
    if (found == state->subscribers.end()) {
        return;
    }
    const auto peers = computePeers(registry_, id);
    ++computed_;
    const auto digest = digestOf(peers);
    // A callback may drop its own subscription or any other one: look each up anew.
    std::vector<std::uint64_t> numbers;
    for (auto& [number, subscriber] : found->second) {
        if (subscriber.lastDigest != digest) {
            subscriber.lastDigest = digest;
            numbers.push_back(number);
        }
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
