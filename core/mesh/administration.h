// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/audit.h"
#include "core/mesh/host.h"
#include "core/mesh/policy_object.h"
#include "core/mesh/removed_node.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh {

/// What administrators do: roles, bindings, groups, access rules, routes, edges, removed nodes, and
/// the log of it all. Every call needs a right of the caller's; every change and every refusal goes
/// to the audit log.
/// Thread: confined to the loop.
class Administration {
public:
    /// `host`, `loop` and `audit` outlive the administration; without `audit` nothing is logged.
    static std::unique_ptr<Administration> create(Host& host, base::Loop& loop, AuditLog* audit);
    Administration() = default;
    Administration(const Administration&) = delete;
    Administration& operator=(const Administration&) = delete;
    virtual ~Administration() = default;

    /// Creates or replaces. `base` is the revision that the change was based on: kAborted when
    /// another one is stored (currentRevisionOf has it), 0 when there must be no such object.
    /// Errors: those of detail::planPut, and of the store.
    virtual void put(
        PolicyObject object,
        std::optional<storage::Revision> base,
        Caller caller,
        Callback<WriteReport> done) = 0;
    /// What goes with it is in the report. An object that is not there is no error without `base`.
    virtual void remove(
        ObjectRef ref,
        std::optional<storage::Revision> base,
        Caller caller,
        Callback<WriteReport> done) = 0;
    /// Errors: kNotFound, kInvalidArgument without a name, kUnauthenticated, kPermissionDenied.
    virtual StatusOr<StoredObject> get(const ObjectRef& ref, const Caller& caller) = 0;
    /// Whether the caller may see all objects of a kind; `readObjects` reads them then.
    virtual Status mayList(policy::ObjectKind kind, const Caller& caller) = 0;
    /// Sorted by key. Blocks on the store: for long lists see `readObjects`.
    virtual StatusOr<std::vector<StoredObject>> list(
        policy::ObjectKind kind, const Caller& caller) = 0;

    /// Expels a node: see detail::planRemoval.
    virtual void removeNode(
        NodeId id, std::string reason, Caller caller, Callback<WriteReport> done) = 0;
    /// Lifts the tombstone. Errors: kNotFound, kPermissionDenied.
    virtual void readmitNode(NodeId id, Caller caller, StatusCallback done) = 0;
    /// By time of removal. Administrators only.
    virtual StatusOr<std::vector<RemovedNode>> removedNodes(const Caller& caller) = 0;

    /// Newest first; `done` runs on the loop. Administrators only.
    virtual void auditEvents(
        AuditFilter filter, Caller caller, Callback<std::vector<AuditEvent>> done) = 0;
};

/// All objects of a kind, sorted by key, at one revision; an edge comes once, from the end that
/// sorts first. Records that do not parse are left out. Thread: any, blocks on the store.
StatusOr<std::vector<StoredObject>> readObjects(
    const storage::KeyValueStore& store, policy::ObjectKind kind);

}  // namespace weft::mesh
