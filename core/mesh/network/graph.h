// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_prefix.h"
#include "core/storage/registry/records.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace weft::mesh::network {

using storage::NodeId;

/// A node's place in the graph; it stays while the node or one of its edges does.
using NodeNumber = std::uint32_t;
inline constexpr NodeNumber kNoNode = static_cast<NodeNumber>(-1);

/// One direction of an edge; the other has the same weight and order.
struct Arc {
    NodeNumber to = kNoNode;
    std::int32_t weight = 0;
    /// A hash of the two ids: the last tie-break between paths. 40 bits, so that sums along paths
    /// do not overflow.
    std::uint64_t order = 0;
};

/// The nodes and edges of a mesh as numbers. An edge may be there before its ends are. Pure.
class Graph {
public:
    enum class Changed : std::uint8_t {
        Nothing,
        Record,   ///< what only its neighbours are told
        Address,  ///< what others are told too, or whether it takes part
        Holders   ///< the same, and which addresses another node has
    };

    /// Forgets all nodes and edges. Versions go on, so that what comes now is never taken for what
    /// was.
    void clear();
    /// Sets what a node says of itself; nullptr: it has left.
    Changed setNode(const NodeId& id, const storage::NodeRecord* record);
    /// Sets the weight of the edge between two nodes; nullopt: there is none. False when nothing
    /// changed.
    bool setEdge(const NodeId& left, const NodeId& right, std::optional<std::int32_t> weight);

    /// kNoNode when nothing is known of it.
    NodeNumber find(const NodeId& id) const;
    const NodeId& id(NodeNumber node) const { return vertices_[node].id; }
    /// Above every number in use.
    std::size_t size() const { return vertices_.size(); }
    /// All in use, by id.
    const std::vector<NodeNumber>& inOrder() const { return inOrder_; }
    std::span<const Arc> arcs(NodeNumber node) const { return arcs_[node]; }
    /// The edge between two nodes; nullptr: there is none.
    const Arc* arc(NodeNumber from, NodeNumber to) const;
    /// Whether it has a record with a key: others can have a tunnel to it.
    bool takesPart(NodeNumber node) const { return takesPart_[node] != 0; }

    /// Its addresses, but for those that another node with a lower id has too.
    std::span<const net::IpPrefix> addresses(NodeNumber node) const {
        const auto& told = told_[node];
        return {told.addresses.data(), told.count};
    }
    const std::optional<net::IpPrefix>& ipv4(NodeNumber node) const { return vertices_[node].ipv4; }
    const std::optional<net::IpPrefix>& ipv6(NodeNumber node) const { return vertices_[node].ipv6; }
    /// Of which families it has addresses: below `kFamilySets`.
    std::size_t families(NodeNumber node) const { return families_[node]; }
    static constexpr std::size_t kFamilySets = 4;

    /// A number that was never used before for a change of this kind.
    std::uint64_t recordVersion(NodeNumber node) const { return vertices_[node].recordVersion; }
    std::uint64_t addressVersion(NodeNumber node) const { return addressVersions_[node]; }

private:
    struct Vertex {
        NodeId id;
        std::uint64_t hash = 0;
        bool hasRecord = false;
        std::optional<net::IpPrefix> ipv4;
        std::optional<net::IpPrefix> ipv6;
        std::uint64_t recordVersion = 0;
    };

    struct Told {
        std::array<net::IpPrefix, 2> addresses;
        std::uint32_t count = 0;
    };

    NodeNumber numberOf(const NodeId& id);
    void dropIfUnused(NodeNumber node);
    bool setArc(NodeNumber from, NodeNumber to, std::optional<std::int32_t> weight);
    /// Both say whether another node has the address too.
    bool hold(NodeNumber node, const std::optional<net::IpPrefix>& address);
    bool release(NodeNumber node, const std::optional<net::IpPrefix>& address);
    void settle(NodeNumber node);
    void settleHolders(const std::vector<NodeNumber>& nodes);

    std::unordered_map<NodeId, NodeNumber> numbers_;
    std::vector<Vertex> vertices_;
    // What searches and lists look at, close together.
    std::vector<std::vector<Arc>> arcs_;
    std::vector<std::uint8_t> takesPart_;
    std::vector<std::uint8_t> families_;
    std::vector<std::uint64_t> addressVersions_;
    std::vector<Told> told_;
    std::vector<NodeNumber> inOrder_;
    std::vector<NodeNumber> free_;
    /// Who has an address, by id: in a foreign mesh there may be several.
    std::map<net::IpPrefix, std::vector<NodeNumber>> holders_;
    std::uint64_t version_ = 0;
};

}  // namespace weft::mesh::network
