// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/mesh/audit.h"
#include "core/mesh/detail/mesh_view.h"
#include "core/storage/key_value_store.h"

#include <functional>

namespace weft::mesh::detail {

/// The way to the mesh's records for the parts of mesh that share a host.
/// Thread: confined to the loop.
class HostAccess {
public:
    /// Plans on the records of the moment; a transaction without operations does nothing.
    using Planner = std::function<StatusOr<storage::Transaction>(const MeshView& view)>;

    HostAccess() = default;
    HostAccess(const HostAccess&) = delete;
    HostAccess& operator=(const HostAccess&) = delete;
    virtual ~HostAccess() = default;

    virtual MeshView view() const = 0;
    /// Waits for its turn, plans, commits; plans anew when a condition did not hold. `done` runs
    /// with the records as they are after the commit.
    virtual void transact(Planner plan, StatusCallback done) = 0;
    virtual void record(AuditEvent event) const = 0;
};

}  // namespace weft::mesh::detail
