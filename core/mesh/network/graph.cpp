// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/graph.h"

#include <algorithm>
#include <string_view>

namespace weft::mesh::network {
namespace {

constexpr std::uint64_t kOrderMask = (std::uint64_t{1} << 40U) - 1;

/// Spreads the bits (the finaliser of splitmix64).
std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

/// The same on every machine, which std::hash does not promise (FNV-1a, then mixed).
std::uint64_t hashOf(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char letter : text) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
    }
    return mixed(hash);
}

std::uint64_t orderOf(std::uint64_t left, std::uint64_t right) {
    return mixed(left + right) & kOrderMask;
}

/// Two texts of one network are one address, as they are to a device.
std::optional<net::IpPrefix> maskedOf(const std::optional<net::IpPrefix>& address) {
    return address ? std::optional(address->masked()) : std::nullopt;
}

}  // namespace

NodeNumber Graph::find(const NodeId& id) const {
    const auto found = numbers_.find(id);
    return found == numbers_.end() ? kNoNode : found->second;
}

NodeNumber Graph::numberOf(const NodeId& id) {
    if (const auto known = find(id); known != kNoNode) {
        return known;
    }
    auto node = static_cast<NodeNumber>(vertices_.size());
    if (free_.empty()) {
        vertices_.emplace_back();
        arcs_.emplace_back();
        takesPart_.push_back(0);
        families_.push_back(0);
        addressVersions_.push_back(0);
        told_.emplace_back();
    } else {
        node = free_.back();
        free_.pop_back();
    }
    auto& vertex = vertices_[node];
    vertex = Vertex();
    vertex.id = id;
    vertex.hash = hashOf(id.value());
    numbers_.emplace(id, node);
    const auto place =
        std::ranges::lower_bound(inOrder_, id, {}, [this](NodeNumber other) -> const NodeId& {
            return vertices_[other].id;
        });
    inOrder_.insert(place, node);
    return node;
}

void Graph::dropIfUnused(NodeNumber node) {
    auto& vertex = vertices_[node];
    if (vertex.hasRecord || !arcs_[node].empty()) {
        return;
    }
    const auto place = std::ranges::lower_bound(
        inOrder_, vertex.id, {}, [this](NodeNumber other) -> const NodeId& {
            return vertices_[other].id;
        });
    inOrder_.erase(place);
    numbers_.erase(vertex.id);
    vertex = Vertex();
    told_[node] = Told();
    arcs_[node] = std::vector<Arc>();
    free_.push_back(node);
}

void Graph::clear() {
    const auto version = version_;
    *this = Graph();
    version_ = version;
}

Graph::Changed Graph::setNode(const NodeId& id, const storage::NodeRecord* record) {
    if (record == nullptr && find(id) == kNoNode) {
        return Changed::Nothing;
    }
    const auto node = numberOf(id);
    auto& vertex = vertices_[node];
    const bool takesPart = record != nullptr && record->publicKey.has_value();
    const auto ipv4 = maskedOf(record != nullptr ? record->privateIpv4 : std::nullopt);
    const auto ipv6 = maskedOf(record != nullptr ? record->privateIpv6 : std::nullopt);
    const bool isOther = takesPart != this->takesPart(node) || vertex.ipv4 != ipv4
                         || vertex.ipv6 != ipv6 || vertex.hasRecord != (record != nullptr);
    vertex.recordVersion = ++version_;
    vertex.hasRecord = record != nullptr;
    if (!isOther) {
        return Changed::Record;
    }
    bool isShared = release(node, vertex.ipv4);
    isShared = release(node, vertex.ipv6) || isShared;
    vertex.ipv4 = ipv4;
    vertex.ipv6 = ipv6;
    takesPart_[node] = takesPart ? 1 : 0;
    families_[node] = static_cast<std::uint8_t>((ipv4 ? 1U : 0U) + (ipv6 ? 2U : 0U));
    isShared = hold(node, ipv4) || isShared;
    isShared = hold(node, ipv6) || isShared;
    settle(node);
    dropIfUnused(node);
    return isShared ? Changed::Holders : Changed::Address;
}

/// Only who takes part has addresses to be told of.
bool Graph::hold(NodeNumber node, const std::optional<net::IpPrefix>& address) {
    if (!address || takesPart_[node] == 0) {
        return false;
    }
    auto& nodes = holders_[*address];
    const auto place = std::ranges::lower_bound(
        nodes, vertices_[node].id, {}, [this](NodeNumber other) -> const NodeId& {
            return vertices_[other].id;
        });
    nodes.insert(place, node);
    settleHolders(nodes);
    return nodes.size() > 1;
}

bool Graph::release(NodeNumber node, const std::optional<net::IpPrefix>& address) {
    const auto found = address ? holders_.find(*address) : holders_.end();
    if (found == holders_.end() || std::erase(found->second, node) == 0) {
        return false;
    }
    if (found->second.empty()) {
        holders_.erase(found);
        return false;
    }
    settleHolders(found->second);
    return true;
}

void Graph::settleHolders(const std::vector<NodeNumber>& nodes) {
    std::ranges::for_each(nodes, [this](NodeNumber node) { settle(node); });
}

void Graph::settle(NodeNumber node) {
    const auto& vertex = vertices_[node];
    addressVersions_[node] = ++version_;
    auto& told = told_[node];
    told.count = 0;
    for (const auto& address : {vertex.ipv4, vertex.ipv6}) {
        const auto found = address ? holders_.find(*address) : holders_.end();
        if (found != holders_.end() && found->second.front() == node) {
            told.addresses[told.count++] = *address;
        }
    }
}

const Arc* Graph::arc(NodeNumber from, NodeNumber to) const {
    const auto& arcs = arcs_[from];
    const auto place = std::ranges::lower_bound(arcs, to, {}, &Arc::to);
    return place != arcs.end() && place->to == to ? &*place : nullptr;
}

bool Graph::setArc(NodeNumber from, NodeNumber to, std::optional<std::int32_t> weight) {
    auto& arcs = arcs_[from];
    const auto place = std::ranges::lower_bound(arcs, to, {}, &Arc::to);
    const bool isThere = place != arcs.end() && place->to == to;
    if (!weight) {
        if (isThere) {
            arcs.erase(place);
        }
        return isThere;
    }
    if (isThere) {
        const bool isOther = place->weight != *weight;
        place->weight = *weight;
        return isOther;
    }
    arcs.insert(place, {to, *weight, orderOf(vertices_[from].hash, vertices_[to].hash)});
    return true;
}

bool Graph::setEdge(const NodeId& left, const NodeId& right, std::optional<std::int32_t> weight) {
    if (left == right || (!weight && (find(left) == kNoNode || find(right) == kNoNode))) {
        return false;
    }
    const auto from = numberOf(left);
    const auto to = numberOf(right);
    const bool changed = setArc(from, to, weight);
    setArc(to, from, weight);
    dropIfUnused(from);
    dropIfUnused(to);
    return changed;
}

}  // namespace weft::mesh::network
