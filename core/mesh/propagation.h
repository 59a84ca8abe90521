// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/types.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace weft::mesh {

/// Nodes that one answer names; the others are counted.
inline constexpr std::size_t kMaxPropagationNodes = 1000;

/// A node that follows its peers, and has not said by then what it has in effect, is one that never
/// does: a reference node, or an older Weft.
inline constexpr std::chrono::seconds kReportGrace{5};

/// What a node has in effect: its packet filter and its tunnel are set so.
struct EffectReport {
    NodeId node;
    /// effectDigest of the records that the filter is made from.
    std::uint64_t rules = 0;
    /// effectDigest of the peers that the tunnel has.
    std::uint64_t peers = 0;

    friend bool operator==(const EffectReport&, const EffectReport&) = default;
};

/// How it stands with one node. The numbers are those of the wire.
enum class EffectState : std::uint8_t {
    Unknown = 0,
    Done = 1,         ///< it said that it has in effect what the mesh says now
    Pending = 2,      ///< it is there, and has not said so
    Unreachable = 3,  ///< it does not follow the mesh: what it has in effect may be old
    Told = 4          ///< it was told, and is one that does not say what it has in effect
};

struct NodePropagation {
    NodeId node;
    EffectState state = EffectState::Unknown;
    /// Done: when it said so. Pending, told: when it was told last. Unreachable: when it was there
    /// last; nullopt: not since the leader started.
    std::optional<WallTime> since{};

    friend bool operator==(const NodePropagation&, const NodePropagation&) = default;
};

/// Where a change is in effect.
struct ChangePropagation {
    std::uint64_t change = 0;
    WallTime time;
    /// Of all nodes that the change may concern.
    std::size_t done = 0;
    std::size_t pending = 0;
    std::size_t unreachable = 0;
    std::size_t told = 0;
    /// At most kMaxPropagationNodes: unreachable, pending, told, done, and by id among those.
    std::vector<NodePropagation> nodes{};

    friend bool operator==(const ChangePropagation&, const ChangePropagation&) = default;
};

/// What the leader knows of where changes are in effect (docs/decisions/0013), in memory alone:
/// after it has started nothing is known until nodes report again.
///
/// A node is done when it reports what the mesh says now. A later change that has not reached it
/// yet makes it pending for those before as well: nobody can say then that they are in effect.
/// Thread: confined to the host's loop.
class Propagation {
public:
    Propagation() = default;
    Propagation(const Propagation&) = delete;
    Propagation& operator=(const Propagation&) = delete;
    virtual ~Propagation() = default;

    /// Errors: kInvalidArgument    the id is none
    ///         kUnauthenticated, kPermissionDenied   not the caller's report
    ///         kFailedPrecondition the node does not follow its peers
    virtual Status report(const EffectReport& report, const Caller& caller) = 0;
    /// `change` 0: the newest. Administrators only, as for the history; blocks on the store.
    /// Errors: kNotFound the history does not have it; kUnauthenticated, kPermissionDenied.
    virtual StatusOr<ChangePropagation> get(std::uint64_t change, const Caller& caller) const = 0;
};

}  // namespace weft::mesh
