// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/crypto/node_key.h"
#include "core/mesh/detail/direct_pairs.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/detail/sightings.h"
#include "core/mesh/direct_ways.h"
#include "core/mesh/network/network.h"
#include "core/storage/registry/registry.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::mesh::detail {

/// Marks the edges that direct ways are in the store.
inline constexpr std::string_view kDirectEdgeAttribute = "WEFT_DIRECT";
/// Heavier than what joining makes, so that of two ways over as many nodes the one over those that
/// are there for it is taken.
inline constexpr std::int32_t kDirectEdgeWeight = 200;

/// The shell around Sightings and DirectPairs: who watches, what the records say, and the edges in
/// the store. Thread: confined to the loop.
class DirectHost final : public DirectWays {
public:
    /// How long changes are gathered before those who watch are told.
    static constexpr std::chrono::milliseconds kDelay{20};
    /// Nodes that are looked at in one turn of the loop.
    static constexpr std::size_t kBatch = 32;
    /// Edges of one transaction.
    static constexpr std::size_t kEdgesAtOnce = 256;

    /// All outlive it.
    struct Parts {
        base::Loop& loop;
        HostAccess& access;
        const storage::Registry& registry;
        network::Network& network;
        Sightings& seen;
        PeerFeed& feed;
    };

    explicit DirectHost(const Parts& parts);
    ~DirectHost() override;

    Status report(const DirectReport& report, const Caller& caller) override;
    Status mayWatch(const NodeId& id, const Caller& caller) const override;
    [[nodiscard]] Subscription watch(
        const NodeId& id, std::function<void(const DirectOffers&)> changed) override;

private:
    using Digest = std::array<std::uint8_t, 32>;
    struct Watcher {
        std::shared_ptr<std::function<void(const DirectOffers&)>> changed;
        /// Of the offers that it was told last. They themselves hold the records of sixteen nodes.
        std::optional<Digest> told;
    };
    using Watchers = std::map<std::uint64_t, Watcher>;

    void adoptEdges();
    void note(const storage::Registry::Change& change);
    void noteNode(const NodeId& id);
    void touchAll();
    void schedule();
    void turn();
    void unwatch(const NodeId& id, std::uint64_t number);
    Status checkSighting(const NodeId& observer, const Sighting& sighting) const;
    void take(const NodeId& observer, const std::vector<Sighting>& seen);
    DirectPairs::Verdict judge(const PairKey& pair) const;
    RelayReason reasonOf(const storage::NodeRecord& left, const storage::NodeRecord& right) const;
    std::vector<net::Endpoint> placesOf(const storage::NodeRecord& record) const;
    bool areSeenTogether(const NodeId& left, const NodeId& right) const;
    void writeEdges();
    StatusOr<storage::Transaction> planEdges(
        const MeshView& view, const std::set<PairKey>& pairs) const;
    void tell(const NodeId& id);
    DirectOffers offersOf(const NodeId& id) const;
    static Digest digestOf(const DirectOffers& offers);

    const Parts parts_;
    DirectPairs pairs_;
    std::unordered_map<NodeId, Watchers> watchers_;
    std::uint64_t nextWatcher_ = 0;
    /// Whose key what was seen is true of.
    std::unordered_map<NodeId, crypto::PublicKey> keys_;
    std::set<PairKey> edges_;
    bool isWriting_ = false;
    Subscription soon_;
    Subscription due_;
    Subscription watch_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::mesh::detail
