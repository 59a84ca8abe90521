// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/subscription.h"
#include "core/mesh/audit.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <functional>
#include <vector>

namespace weft::mesh {

/// What a server must know of the mesh to decide who calls and whether they may: as the node knows
/// it that keeps the mesh (Host), or as a plain node has read it.
/// Thread: confined to the loop that it was given, except where noted.
class Standing {
public:
    Standing() = default;
    Standing(const Standing&) = delete;
    Standing& operator=(const Standing&) = delete;
    virtual ~Standing() = default;

    virtual const storage::Registry& registry() const = 0;
    virtual const NodeId& selfId() const = 0;
    /// Whether `caller` is the mesh's administrator.
    virtual bool isAdmin(const Caller& caller) const = 0;
    /// Whether `caller` counts as in the mesh.
    virtual bool isMember(const Caller& caller) const = 0;
    /// Whether calls that `proxy` hands on are those of whom it names. Who keeps no database takes
    /// nobody's word.
    virtual bool mayHandOn(const Caller& /*proxy*/) const { return false; }
    /// Whether an administrator expelled the node and nobody has readmitted it.
    virtual bool isRemoved(const NodeId& id) const = 0;
    /// Runs when a node was expelled.
    [[nodiscard]] virtual Subscription onRemoval(
        std::function<void(const NodeId&)> removed) const = 0;
    virtual std::vector<StorageServer> storageServers() const = 0;
    /// Puts an event into the audit log, if there is one. Thread: any.
    virtual void record(AuditEvent event) const = 0;
};

/// What a caller by a carried address hears who wants what only that node may: kUnauthenticated,
/// and what it takes.
Status wantsCredential(const Caller& caller);

}  // namespace weft::mesh
