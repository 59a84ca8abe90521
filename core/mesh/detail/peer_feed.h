// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/detail/sightings.h"
#include "core/mesh/network/network.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace weft::mesh::detail {

/// How long changes are gathered before subscribers are told.
inline constexpr std::chrono::milliseconds kPeerFeedDelay{20};

/// How many subscribers are looked after in one turn of the loop, and for how long. One always is.
inline constexpr std::size_t kPeerFeedBatch = 32;
inline constexpr std::chrono::milliseconds kPeerFeedTurn{5};

/// Tells subscribers their peers: at once, and then when a change makes the set another one. Only
/// those are looked after whom a change may concern, in the order in which they were concerned, and
/// only what is new is put together and told.
/// Thread: confined to the loop.
class PeerFeed {
public:
    /// All outlive it; `seen` may be nullptr.
    PeerFeed(
        base::Loop& loop,
        const storage::Registry& registry,
        network::Network& network,
        const Sightings* seen = nullptr);
    ~PeerFeed();
    PeerFeed(const PeerFeed&) = delete;
    PeerFeed& operator=(const PeerFeed&) = delete;

    [[nodiscard]] Subscription subscribe(
        const NodeId& id, std::function<void(const PeerSet&)> changed);

    /// Others see this node elsewhere: its neighbours are to hear of it.
    void noteSeen(const NodeId& node);

    /// Somebody who is told of all subscribers. Neither may drop the feed.
    struct Watcher {
        /// The set that a node is about to be told.
        std::function<void(const NodeId&, const PeerSet&)> told;
        /// A node has its first subscription, or has none any more.
        std::function<void(const NodeId&, bool)> follows;
    };
    /// At most one; it outlives the feed, or puts an empty one in its place.
    void setWatcher(Watcher watcher) { state_->watcher = std::move(watcher); }
    bool follows(const NodeId& id) const { return state_->subscribers.contains(id); }
    /// A change may concern the node that it was not told of yet.
    bool owes(const NodeId& id) const { return touched_.contains(id); }

    std::size_t subscribers() const;
    /// How many sets were looked at; for tests of the economy.
    std::size_t computed() const { return computed_; }

private:
    struct Subscriber {
        std::shared_ptr<std::function<void(const PeerSet&)>> changed;
        /// Of the set that was told last; nullopt until then. The sets themselves would take
        /// hundreds of megabytes.
        std::optional<std::uint64_t> lastVersion;
    };
    struct State {
        std::uint64_t next = 0;
        std::unordered_map<NodeId, std::map<std::uint64_t, Subscriber>> subscribers;
        Watcher watcher;
    };

    void noteServers(const storage::Registry::Change& change);
    void note(const network::Network::Touched& touched);
    void touch(const NodeId& id);
    void touchAll();
    void schedule();
    void flush();
    std::optional<NodeId> takeNext();
    void tell(const NodeId& id);
    std::string serversText() const;

    base::Loop& loop_;
    const storage::Registry& registry_;
    network::Network& network_;
    const Sightings* const seen_;
    /// Shared with the subscriptions, which may outlive the feed.
    std::shared_ptr<State> state_;
    /// In the order of `waiting_`; whoever waits is not put behind others again.
    std::unordered_set<NodeId> touched_;
    std::deque<NodeId> waiting_;
    std::string servers_;
    /// Moves with `servers_`.
    std::uint64_t serversVersion_ = 0;
    /// Of subscribers: moves with where their neighbours are seen.
    std::unordered_map<NodeId, std::uint64_t> seenVersions_;
    std::size_t computed_ = 0;
    Subscription timer_;
    Subscription serverWatch_;
    Subscription networkWatch_;
};

}  // namespace weft::mesh::detail
