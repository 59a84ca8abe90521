// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/base/subscription.h"
#include "core/crypto/certificate.h"
#include "core/mesh/audit.h"
#include "core/mesh/direct_ways.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/propagation.h"
#include "core/mesh/standing.h"
#include "core/mesh/types.h"
#include "core/storage/key_value_store.h"
#include "core/storage/registry/registry.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace weft::mesh {

class Enrolment;

namespace detail {
class HostAccess;
}  // namespace detail

/// How a new mesh begins.
struct BootstrapOptions {
    std::string domain = "webmesh.internal";
    net::IpPrefix networkIpv4;
    bool disableIpv4 = false;
    /// nullopt: this node's own id is the administrator, and nobody may join as "admin".
    std::optional<std::string> admin;
    std::vector<NodeId> voters;
    bool defaultDeny = false;
    bool disableRbac = false;
};

struct HostOptions {
    /// This node's own record; `id` and `publicKey` are needed, addresses are assigned.
    storage::NodeRecord self;
    BootstrapOptions bootstrap;
    Authentication authentication = Authentication::Required;
    /// Outlives the host; nullptr: nothing is logged.
    AuditLog* audit = nullptr;
};

/// A storage member: owns the mesh's rules over one store. Bootstraps an empty store, and goes on
/// as the same mesh with one that is not. When it goes, what waits is answered with kCancelled.
/// Thread: confined to the loop that it was given, except where noted.
class Host : public Standing {
public:
    /// Blocks on the disk; before the loop serves anybody. The loop outlives the store, the store
    /// the host. Errors: kFailedPrecondition when the store holds another node's mesh (or this
    /// node's with another key), kDataLoss when it does not read, kInvalidArgument for options.
    static StatusOr<std::unique_ptr<Host>> open(
        HostOptions options, base::Loop& loop, storage::KeyValueStore& store);
    /// The rules of the mesh as `registry` has them.
    virtual const policy::PolicyMirror& policy() const = 0;
    virtual storage::KeyValueStore& store() = 0;
    virtual MeshInfo info() const = 0;

    /// Joins and all other changes happen one after another, each in one transaction. Errors: those
    /// of detail::planJoin; kAborted when others kept changing the mesh; kResourceExhausted when
    /// too many wait; those of the store.
    virtual void join(JoinParams params, Caller caller, Callback<JoinGrant> done) = 0;
    virtual void update(UpdateParams params, Caller caller, StatusCallback done) = 0;
    virtual void leave(NodeId id, Caller caller, StatusCallback done) = 0;
    /// The peers of `id` at once, then after each change that alters them (coalesced).
    virtual Subscription subscribePeers(
        const NodeId& id, std::function<void(const PeerSet&)> changed) = 0;
    /// What nodes see of each other, and who is to have a direct way to whom.
    virtual DirectWays& directWays() = 0;
    /// Where changes of the rules are in effect.
    virtual Propagation& propagation() = 0;
    /// Forgets the key pinned to `id`. Admin.
    virtual void releaseNode(NodeId id, Caller caller, StatusCallback done) = 0;
    /// Writes a key that members may publish to. Errors: kInvalidArgument "key K is reserved" for
    /// what starts with /registry, /raft or /weft/v1/; kPermissionDenied for callers that are not
    /// members, or without the right to put pubsub with that name; those of the store.
    virtual void publish(
        std::string key,
        std::string value,
        std::optional<Duration> ttl,
        Caller caller,
        StatusCallback done) = 0;
    /// Whether the caller may follow what is published below `prefix`: the right to get pubsub with
    /// that name. The registry is what members live on and needs none.
    virtual Status maySubscribe(std::string_view prefix, const Caller& caller) const = 0;
    /// Changes this node's own record (real ports, endpoints).
    virtual void updateSelf(UpdateParams params, StatusCallback done) = 0;

    /// For the parts of mesh that write in the same order; nullptr in fakes.
    virtual detail::HostAccess* access() { return nullptr; }
};

}  // namespace weft::mesh
