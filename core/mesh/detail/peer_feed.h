// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace weft::mesh::detail {

/// How long changes are gathered before subscribers are told.
inline constexpr std::chrono::milliseconds kPeerFeedDelay{20};

/// Tells subscribers their peers: at once, and then when a change makes the set another one. Only
/// those are computed anew whose neighbourhood a change touched.
/// Thread: confined to the loop.
class PeerFeed {
public:
    PeerFeed(base::Loop& loop, storage::Registry& registry);
    ~PeerFeed();
    PeerFeed(const PeerFeed&) = delete;
    PeerFeed& operator=(const PeerFeed&) = delete;

    [[nodiscard]] Subscription subscribe(
        const NodeId& id, std::function<void(const PeerSet&)> changed);

    std::size_t subscribers() const;
    /// How many sets were computed; for tests of the economy.
    std::size_t computed() const { return computed_; }

private:
    struct Subscriber {
        std::shared_ptr<std::function<void(const PeerSet&)>> changed;
        /// Empty until the first set was told. A digest: the sets of a full mesh of a thousand
        /// nodes would take hundreds of megabytes.
        std::string lastDigest;
    };
    struct State;

    void note(const storage::Registry::Change& change);
    void noteNeighbourhood(const NodeId& id);
    void touch(const NodeId& id);
    void touchAll();
    void schedule();
    void flush();
    void tell(const NodeId& id);
    std::string serversText() const;

    base::Loop& loop_;
    storage::Registry& registry_;
    /// Shared with the subscriptions, which may outlive the feed.
    std::shared_ptr<State> state_;
    std::unordered_set<NodeId> touched_;
    std::string servers_;
    std::size_t computed_ = 0;
    Subscription timer_;
    Subscription observation_;
};

}  // namespace weft::mesh::detail
