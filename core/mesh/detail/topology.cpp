// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/topology.h"

namespace weft::mesh::detail {
namespace {

/// One direction as it shall be; nullopt when it is so already.
std::optional<storage::Put> putFor(const storage::Registry& registry, storage::EdgeRecord wanted) {
    const auto* present = registry.edge(wanted.source, wanted.target);
    if (present != nullptr) {
        wanted.attributes.insert(present->attributes.begin(), present->attributes.end());
        if (*present == wanted) {
            return std::nullopt;
        }
    }
    return storage::Put{
        storage::edgeKey(wanted.source, wanted.target), storage::encodeEdge(wanted), std::nullopt};
}

}  // namespace

std::map<NodeId, std::int32_t> derivedEdges(
    const storage::Registry& registry,
    const storage::NodeRecord& node,
    const std::optional<NodeId>& joinedThrough) {
    std::map<NodeId, std::int32_t> edges;
    if (joinedThrough && *joinedThrough != node.id) {
        edges[*joinedThrough] = kNearEdgeWeight;
    }
    const bool isPublic = !node.primaryEndpoint.empty();
    if (isPublic) {
        for (const auto* other : registry.nodesWithEndpoint()) {
            if (other->id != node.id) {
                edges.insert_or_assign(other->id, kPublicEdgeWeight);
            }
        }
    }
    if (!node.zone.empty()) {
        for (const auto* other : registry.nodesInZone(node.zone)) {
            if (other->id != node.id && (isPublic || !other->primaryEndpoint.empty())) {
                edges.insert_or_assign(other->id, kNearEdgeWeight);
            }
        }
    }
    return edges;
}

void EdgeChanges::replaceDerived(
    const NodeId& node,
    const std::map<NodeId, std::int32_t>& before,
    const std::map<NodeId, std::int32_t>& wanted) {
    const auto isUntouched = [&](const storage::EdgeRecord& edge) {
        const auto was = before.find(edge.target);
        return was != before.end() && edge.weight == was->second && edge.attributes.empty();
    };
    for (const auto& [other, weight] : wanted) {
        const auto* present = registry_.edge(node, other);
        if (present == nullptr || registry_.edge(other, node) == nullptr || isUntouched(*present)) {
            put(node, other, weight, {});
        }
    }
    for (const auto& [other, weight] : before) {
        const auto* present = registry_.edge(node, other);
        if (!wanted.contains(other) && present != nullptr && isUntouched(*present)) {
            erase(node, other);
        }
    }
}

void EdgeChanges::put(
    const NodeId& left,
    const NodeId& right,
    std::int32_t weight,
    const std::map<std::string, std::string>& attributes) {
    if (left == right) {
        return;
    }
    for (auto&& edge :
         {storage::EdgeRecord{left, right, weight, attributes},
          storage::EdgeRecord{right, left, weight, attributes}}) {
        if (auto operation = putFor(registry_, edge)) {
            operations_.emplace_back(*std::move(operation));
        }
    }
}

void EdgeChanges::erase(const NodeId& left, const NodeId& right) {
    operations_.emplace_back(storage::Delete{storage::edgeKey(left, right)});
    operations_.emplace_back(storage::Delete{storage::edgeKey(right, left)});
}

}  // namespace weft::mesh::detail
