// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/subscription.h"
#include "core/storage/key_value_store.h"
#include "core/storage/registry/records.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weft::storage {

/// The mesh's records in memory with the indexes that the mesh needs. It mirrors a store, its own
/// or a remote one: `reset` with everything below /registry/, then `apply` each change.
/// Thread: confined to one loop.
class Registry {
public:
    /// What one `reset` or `apply` touched.
    struct Change {
        /// A `reset`: what follows is not told then, but for nodes that are gone.
        bool everything = false;
        std::vector<NodeId> nodes;
        bool edges = false;
        /// The nodes where an edge that changed starts; some more than once.
        std::vector<NodeId> edgeSources;
        /// Each direction of an edge that changed: where it starts and where it ends.
        std::vector<std::pair<NodeId, NodeId>> edgeEnds;
        bool routes = false;
        /// The nodes whose routes changed.
        std::vector<NodeId> routeNodes;
        /// Any of the five that follow.
        bool policy = false;
        bool roles = false;
        bool roleBindings = false;
        bool groups = false;
        bool networkAcls = false;
        bool rbacState = false;
        bool meshState = false;
    };

    Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;
    ~Registry();

    /// Pointers that were handed out before are not valid after `reset` or `apply`.
    void reset(const std::vector<Entry>& entries, Revision revision);
    /// Events up to the present revision are passed over; those without one (0) are not. Records
    /// that do not parse are kept out and counted.
    void apply(const std::vector<Event>& events);
    /// Holds what `other` does from now on, as after a `reset`; no record is parsed again.
    void copyFrom(const Registry& other);
    Revision revision() const;
    std::size_t unreadableRecords() const;
    /// Of edges and routes, by full key: what does not parse, belongs to another key, or has fields
    /// that are not known.
    std::vector<std::pair<std::string, std::string>> notWhollyRead(std::string_view prefix) const;

    /// Runs after each change that was not empty.
    [[nodiscard]] Subscription onChange(std::function<void(const Change&)> changed) const;

    const NodeRecord* node(const NodeId& id) const;
    /// Sorted by id.
    std::vector<const NodeRecord*> nodes() const;
    std::size_t nodeCount() const;
    std::vector<const NodeRecord*> nodesWithEndpoint() const;
    std::vector<const NodeRecord*> nodesInZone(std::string_view zone) const;
    std::vector<const NodeRecord*> nodesWithFeature(std::int32_t feature) const;
    /// The lowest id, should several nodes have that key.
    const NodeRecord* nodeByKey(const crypto::PublicKey& key) const;
    /// The node that `address` belongs to: its IPv4 address, or anything in its IPv6 /112.
    const NodeRecord* nodeByAddress(const net::IpAddress& address) const;
    bool ipv4Taken(const net::IpAddress& address) const;

    /// The edges that start at `id`, sorted by target.
    std::vector<const EdgeRecord*> edgesOf(const NodeId& id) const;
    const EdgeRecord* edge(const NodeId& source, const NodeId& target) const;
    std::size_t edgeCount() const;
    /// Each undirected edge once, in key order.
    std::vector<const EdgeRecord*> edges() const;

    std::vector<const RouteRecord*> routesOf(const NodeId& id) const;
    const RouteRecord* route(std::string_view name) const;
    /// Sorted by name.
    std::vector<const RouteRecord*> routes() const;

    /// Raw protojson of roles, bindings, groups and ACLs by full key, for the policy code.
    const std::string* raw(std::string_view key) const;
    std::vector<std::pair<std::string, std::string>> rawBelow(std::string_view prefix) const;
    /// The same without copies, in key order. `visit` may not change the registry.
    void forEachRaw(
        std::string_view prefix,
        const std::function<void(std::string_view key, const std::string& json)>& visit) const;
    std::size_t countBelow(std::string_view prefix) const;
    /// Names of roles' bindings, groups, ACLs and routes that name the node.
    std::vector<std::string> referencesTo(const NodeId& id) const;

    std::optional<net::IpPrefix> networkIpv4() const;
    std::optional<net::IpPrefix> networkIpv6() const;
    /// The stored text, which the mesh identity is made of.
    std::string networkIpv6Text() const;
    /// With its trailing dot; empty while there is no mesh.
    std::string domain() const;
    /// Only the exact text "true" switches the rules off. Later versions of the reference store
    /// under the same key whether they are on, so that anything else is doubtful: they stay on.
    bool rbacDisabled() const;
    /// The stored text; empty when there is none.
    std::string rbacStateText() const;

private:
    struct Contents;
    struct Impl;

    void tellAll(const Contents& before);

    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::storage
