// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/detail/tables.h"

#include <algorithm>
#include <cstring>

namespace weft::storage::detail {
namespace {

constexpr int kNodePrefixLength = 112;

std::vector<const NodeRecord*> toVector(const NodeSet& nodes) {
    return {nodes.begin(), nodes.end()};
}

/// What an address is looked up by: IPv4 as it is, IPv6 by the /112 that a node owns.
net::IpAddress lookupAddress(const net::IpAddress& address) {
    return address.isV4() ? address : net::IpPrefix(address, kNodePrefixLength).masked().address();
}

template <typename Map, typename Key>
void eraseOne(Map& map, const Key& key, const NodeRecord* record) {
    const auto [first, last] = map.equal_range(key);
    const auto found =
        std::find_if(first, last, [record](const auto& entry) { return entry.second == record; });
    if (found != last) {
        map.erase(found);
    }
}

template <typename Map, typename Key>
const NodeRecord* lowest(const Map& map, const Key& key) {
    const NodeRecord* best = nullptr;
    const auto [first, last] = map.equal_range(key);
    for (auto entry = first; entry != last; ++entry) {
        if (best == nullptr || entry->second->id < best->id) {
            best = entry->second;
        }
    }
    return best;
}

template <typename Index, typename Key>
void eraseFrom(Index& index, const Key& key, const NodeRecord* record) {
    const auto found = index.find(key);
    if (found != index.end()) {
        found->second.erase(record);
        if (found->second.empty()) {
            index.erase(found);
        }
    }
}

}  // namespace

std::size_t KeyHash::operator()(const crypto::PublicKey& key) const noexcept {
    // A public key is as good as random already.
    std::size_t hash = 0;
    std::memcpy(&hash, key.raw().data(), sizeof hash);
    return hash;
}

std::size_t AddressHash::operator()(const net::IpAddress& address) const noexcept {
    const auto bytes = address.bytes();
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// The indexes are of addresses in this table: they are made anew.
NodeTable::NodeTable(const NodeTable& other) : edgeCount_(other.edgeCount_) {
    vertices_.reserve(other.vertices_.size());
    for (const auto& [id, theirs] : other.vertices_) {
        auto& vertex = vertices_[id];
        vertex.record = theirs.record;
        vertex.edges.reserve(theirs.edges.size());
        for (const auto& edge : theirs.edges) {
            vertex.edges.push_back(std::make_unique<EdgeRecord>(*edge));
        }
    }
    byKey_.reserve(other.byKey_.size());
    byAddress_.reserve(other.byAddress_.size());
    for (const auto* record : other.byId_) {
        index(*vertices_.find(record->id)->second.record);
    }
}

bool NodeTable::set(const NodeId& id, std::optional<NodeRecord> record) {
    const auto found = vertices_.find(id);
    if (found == vertices_.end() && !record) {
        return false;
    }
    auto& vertex = found != vertices_.end() ? found->second : vertices_[id];
    if (vertex.record == record) {
        return false;
    }
    if (vertex.record) {
        unindex(*vertex.record);
    }
    vertex.record = std::move(record);
    if (vertex.record) {
        index(*vertex.record);
    } else {
        dropIfEmpty(id);
    }
    return true;
}

bool NodeTable::setEdge(
    const NodeId& source, const NodeId& target, std::optional<EdgeRecord> record) {
    const auto found = vertices_.find(source);
    if (found == vertices_.end() && !record) {
        return false;
    }
    auto& edges = found != vertices_.end() ? found->second.edges : vertices_[source].edges;
    const auto at = lowerBound(edges, target);
    const bool there = at != edges.end() && (*at)->target == target;
    if (!record) {
        if (!there) {
            return false;
        }
        edges.erase(at);
        --edgeCount_;
        dropIfEmpty(source);
        return true;
    }
    if (!there) {
        edges.insert(at, std::make_unique<EdgeRecord>(*std::move(record)));
        ++edgeCount_;
        return true;
    }
    if (**at == *record) {
        return false;
    }
    **at = *std::move(record);
    return true;
}

NodeTable::EdgeList::const_iterator NodeTable::lowerBound(
    const EdgeList& edges, const NodeId& target) {
    // Listings and joins of nodes that are numbered come in order.
    if (edges.empty() || edges.back()->target < target) {
        return edges.end();
    }
    return std::lower_bound(
        edges.begin(), edges.end(), target, [](const auto& edge, const NodeId& wanted) {
            return edge->target < wanted;
        });
}

void NodeTable::index(const NodeRecord& record) {
    byId_.insert(&record);
    if (!record.primaryEndpoint.empty()) {
        withEndpoint_.insert(&record);
    }
    if (!record.zone.empty()) {
        byZone_[record.zone].insert(&record);
    }
    for (const auto& feature : record.features) {
        byFeature_[feature.feature].insert(&record);
    }
    if (record.publicKey) {
        byKey_.emplace(*record.publicKey, &record);
    }
    for (const auto& address : {record.privateIpv4, record.privateIpv6}) {
        if (address) {
            byAddress_.emplace(lookupAddress(address->address()), &record);
        }
    }
}

void NodeTable::unindex(const NodeRecord& record) {
    byId_.erase(&record);
    withEndpoint_.erase(&record);
    eraseFrom(byZone_, record.zone, &record);
    for (const auto& feature : record.features) {
        eraseFrom(byFeature_, feature.feature, &record);
    }
    if (record.publicKey) {
        eraseOne(byKey_, *record.publicKey, &record);
    }
    for (const auto& address : {record.privateIpv4, record.privateIpv6}) {
        if (address) {
            eraseOne(byAddress_, lookupAddress(address->address()), &record);
        }
    }
}

void NodeTable::dropIfEmpty(const NodeId& id) {
    const auto found = vertices_.find(id);
    if (found != vertices_.end() && !found->second.record && found->second.edges.empty()) {
        vertices_.erase(found);
    }
}

const NodeRecord* NodeTable::find(const NodeId& id) const {
    const auto found = vertices_.find(id);
    return found != vertices_.end() && found->second.record ? &*found->second.record : nullptr;
}

std::vector<const NodeRecord*> NodeTable::all() const {
    return toVector(byId_);
}

std::vector<const NodeRecord*> NodeTable::withEndpoint() const {
    return toVector(withEndpoint_);
}

std::vector<const NodeRecord*> NodeTable::inZone(std::string_view zone) const {
    const auto found = byZone_.find(zone);
    return found == byZone_.end() ? std::vector<const NodeRecord*>() : toVector(found->second);
}

std::vector<const NodeRecord*> NodeTable::withFeature(std::int32_t feature) const {
    const auto found = byFeature_.find(feature);
    return found == byFeature_.end() ? std::vector<const NodeRecord*>() : toVector(found->second);
}

const NodeRecord* NodeTable::byKey(const crypto::PublicKey& key) const {
    return lowest(byKey_, key);
}

const NodeRecord* NodeTable::byAddress(const net::IpAddress& address) const {
    return lowest(byAddress_, lookupAddress(address));
}

std::vector<const EdgeRecord*> NodeTable::edgesOf(const NodeId& id) const {
    std::vector<const EdgeRecord*> edges;
    if (const auto found = vertices_.find(id); found != vertices_.end()) {
        edges.reserve(found->second.edges.size());
        for (const auto& edge : found->second.edges) {
            edges.push_back(edge.get());
        }
    }
    return edges;
}

const EdgeRecord* NodeTable::edge(const NodeId& source, const NodeId& target) const {
    const auto found = vertices_.find(source);
    if (found == vertices_.end()) {
        return nullptr;
    }
    const auto at = lowerBound(found->second.edges, target);
    return at != found->second.edges.end() && (*at)->target == target ? at->get() : nullptr;
}

std::vector<const EdgeRecord*> NodeTable::edgesOnce() const {
    std::vector<const EdgeRecord*> once;
    once.reserve(edgeCount_ / 2);
    for (const auto& [id, vertex] : vertices_) {
        for (const auto& edge : vertex.edges) {
            // The direction that sorts first, or the only one there is.
            if (edge->source < edge->target || this->edge(edge->target, edge->source) == nullptr) {
                once.push_back(edge.get());
            }
        }
    }
    std::ranges::sort(once, [](const EdgeRecord* left, const EdgeRecord* right) {
        return std::tie(left->source, left->target) < std::tie(right->source, right->target);
    });
    return once;
}

std::vector<const RouteRecord*> RouteTable::all() const {
    std::vector<const RouteRecord*> routes;
    routes.reserve(routes_.size());
    for (const auto& [name, route] : routes_) {
        routes.push_back(&route);
    }
    return routes;
}

std::vector<NodeId> RouteTable::set(const std::string& name, std::optional<RouteRecord> record) {
    const auto found = routes_.find(name);
    if (found == routes_.end() && !record) {
        return {};
    }
    std::vector<NodeId> touched;
    if (found != routes_.end()) {
        if (record && found->second == *record) {
            return {};
        }
        const auto owner = found->second.node;
        touched.emplace_back(owner);
        auto names = byNode_.find(owner);
        names->second.erase(name);
        if (names->second.empty()) {
            byNode_.erase(names);
        }
        routes_.erase(found);
    }
    if (record) {
        touched.emplace_back(record->node);
        byNode_[record->node].insert(name);
        routes_.emplace(name, *std::move(record));
    }
    return touched;
}

const RouteRecord* RouteTable::find(std::string_view name) const {
    const auto found = routes_.find(name);
    return found == routes_.end() ? nullptr : &found->second;
}

std::vector<const RouteRecord*> RouteTable::of(const NodeId& id) const {
    std::vector<const RouteRecord*> routes;
    if (const auto found = byNode_.find(id.value()); found != byNode_.end()) {
        for (const auto& name : found->second) {
            routes.push_back(&routes_.find(name)->second);
        }
    }
    return routes;
}

std::vector<std::string> RouteTable::naming(const NodeId& id) const {
    std::vector<std::string> names;
    for (const auto& [name, route] : routes_) {
        if (route.node == id.value() || route.nextHopNode == id.value()) {
            names.push_back(name);
        }
    }
    return names;
}

}  // namespace weft::storage::detail
