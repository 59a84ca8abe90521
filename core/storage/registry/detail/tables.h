// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/registry/records.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::storage::detail {

struct NodeById {
    bool operator()(const NodeRecord* left, const NodeRecord* right) const {
        return left->id < right->id;
    }
};
/// Sorted by id.
using NodeSet = std::set<const NodeRecord*, NodeById>;

struct KeyHash {
    std::size_t operator()(const crypto::PublicKey& key) const noexcept;
};

struct AddressHash {
    std::size_t operator()(const net::IpAddress& address) const noexcept;
};

/// Nodes and edges with their indexes. A node's record and its edges come in any order: an edge may
/// be there before its ends are.
class NodeTable {
public:
    NodeTable() = default;
    NodeTable(const NodeTable& other);
    NodeTable(NodeTable&&) noexcept = default;
    NodeTable& operator=(const NodeTable&) = delete;
    NodeTable& operator=(NodeTable&&) noexcept = default;
    ~NodeTable() = default;

    /// Sets or removes; false when nothing changed.
    bool set(const NodeId& id, std::optional<NodeRecord> record);
    bool setEdge(const NodeId& source, const NodeId& target, std::optional<EdgeRecord> record);

    const NodeRecord* find(const NodeId& id) const;
    std::size_t count() const { return byId_.size(); }
    std::vector<const NodeRecord*> all() const;
    std::vector<const NodeRecord*> withEndpoint() const;
    std::vector<const NodeRecord*> inZone(std::string_view zone) const;
    std::vector<const NodeRecord*> withFeature(std::int32_t feature) const;
    const NodeRecord* byKey(const crypto::PublicKey& key) const;
    const NodeRecord* byAddress(const net::IpAddress& address) const;

    std::vector<const EdgeRecord*> edgesOf(const NodeId& id) const;
    const EdgeRecord* edge(const NodeId& source, const NodeId& target) const;
    std::size_t directedEdgeCount() const { return edgeCount_; }
    std::vector<const EdgeRecord*> edgesOnce() const;

private:
    /// Sorted by target. Pointers, so that an insertion in a node of thousands of edges moves
    /// eight bytes for each and records keep their place.
    using EdgeList = std::vector<std::unique_ptr<EdgeRecord>>;
    struct Vertex {
        std::optional<NodeRecord> record;
        EdgeList edges;
    };

    static EdgeList::const_iterator lowerBound(const EdgeList& edges, const NodeId& target);
    void index(const NodeRecord& record);
    void unindex(const NodeRecord& record);
    void dropIfEmpty(const NodeId& id);

    std::unordered_map<NodeId, Vertex> vertices_;
    std::size_t edgeCount_ = 0;
    NodeSet byId_;
    NodeSet withEndpoint_;
    std::map<std::string, NodeSet, std::less<>> byZone_;
    std::map<std::int32_t, NodeSet> byFeature_;
    // Several nodes with one key or address are wrong, but a foreign mesh may hold them.
    std::unordered_multimap<crypto::PublicKey, const NodeRecord*, KeyHash> byKey_;
    std::unordered_multimap<net::IpAddress, const NodeRecord*, AddressHash> byAddress_;
};

/// Routes by name and by node.
class RouteTable {
public:
    /// Sets or removes; returns the nodes whose routes that touches, none when nothing changed.
    std::vector<NodeId> set(const std::string& name, std::optional<RouteRecord> record);
    const RouteRecord* find(std::string_view name) const;
    /// Sorted by name.
    std::vector<const RouteRecord*> of(const NodeId& id) const;
    std::vector<const RouteRecord*> all() const;
    /// Names of the routes that name the node as owner or next hop.
    std::vector<std::string> naming(const NodeId& id) const;

private:
    std::map<std::string, RouteRecord, std::less<>> routes_;
    std::map<std::string, std::set<std::string>, std::less<>> byNode_;
};

}  // namespace weft::storage::detail
