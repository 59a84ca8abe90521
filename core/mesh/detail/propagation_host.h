// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/change_record.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/propagation.h"
#include "core/storage/key_value_store.h"
#include "core/storage/registry/registry.h"

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace weft::mesh::detail {

/// Compares what nodes report with what they were told. It knows whom the feed told what, and
/// keeps a digest of each set instead of the set. Thread: confined to the loop.
class PropagationHost final : public Propagation {
public:
    /// All outlive it.
    struct Parts {
        base::Loop& loop;
        HostAccess& access;
        const storage::Registry& registry;
        const policy::PolicyMirror& policy;
        storage::KeyValueStore& store;
        PeerFeed& feed;
    };

    explicit PropagationHost(const Parts& parts);
    ~PropagationHost() override;

    Status report(const EffectReport& report, const Caller& caller) override;
    StatusOr<ChangePropagation> get(std::uint64_t change, const Caller& caller) const override;

    /// How many nodes something is kept of.
    std::size_t known() const { return nodes_.size(); }

private:
    /// Of a node that follows its peers, or did.
    struct Node {
        /// Of the set that it was told last.
        std::optional<std::uint64_t> told{};
        WallTime toldAt{};
        /// The revision at which that became another set than before.
        storage::Revision changedAt = 0;
        WallTime followsSince{};
        /// nullopt while it follows.
        std::optional<WallTime> leftAt{};
        /// It has reported at some time, if not since it follows.
        bool reports = false;
        std::optional<EffectReport> report{};
        WallTime reportedAt{};
    };

    void note(const storage::Registry::Change& change);
    void noteTold(const NodeId& id, const PeerSet& peers);
    void noteFollows(const NodeId& id, bool follows);
    StatusOr<ChangeRecord> recordOf(std::uint64_t change, const MeshView& view) const;
    NodePropagation standingOf(const NodeId& id, const MeshView& view) const;
    std::uint64_t rules() const;

    const Parts parts_;
    std::unordered_map<NodeId, Node> nodes_;
    /// Of what the records say now; nullopt: they have changed since somebody asked.
    mutable std::optional<std::uint64_t> rules_;
    Subscription watch_;
};

}  // namespace weft::mesh::detail
