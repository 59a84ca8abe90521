// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/topology.h"

namespace weft::mesh::detail {
namespace {

using Attributes = std::map<std::string, std::string>;

/// One direction.
struct Direction {
    const NodeId& source;
    const NodeId& target;
};

storage::Put putOf(const Direction& edge, std::int32_t weight, const Attributes& attributes) {
    return {
        storage::edgeKey(edge.source, edge.target),
        storage::encodeEdge(edge.source, edge.target, weight, attributes),
        std::nullopt};
}

/// One direction as it shall be, with the attributes that are there; nullopt when it is so already.
std::optional<storage::Put> mergedPut(
    const storage::Registry& registry,
    const Direction& edge,
    std::int32_t weight,
    const Attributes& attributes) {
    const auto* present = registry.edge(edge.source, edge.target);
    if (present == nullptr) {
        return putOf(edge, weight, attributes);
    }
    auto merged = attributes;
    merged.insert(present->attributes.begin(), present->attributes.end());
    if (present->weight == weight && present->attributes == merged) {
        return std::nullopt;
    }
    return putOf(edge, weight, merged);
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
                // They come in order.
                edges.insert_or_assign(edges.end(), other->id, kPublicEdgeWeight);
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
    if (registry_.edgesOf(node).empty()) {
        // A node that is new: nothing to compare with, and there may be thousands.
        for (const auto& [other, weight] : wanted) {
            operations_.emplace_back(putOf({node, other}, weight, {}));
            operations_.emplace_back(putOf({other, node}, weight, {}));
        }
        return;
    }
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
    for (const auto& edge : {Direction{left, right}, Direction{right, left}}) {
        if (auto operation = mergedPut(registry_, edge, weight, attributes)) {
            operations_.emplace_back(*std::move(operation));
        }
    }
}

void EdgeChanges::erase(const NodeId& left, const NodeId& right) {
    operations_.emplace_back(storage::Delete{storage::edgeKey(left, right)});
    operations_.emplace_back(storage::Delete{storage::edgeKey(right, left)});
}

}  // namespace weft::mesh::detail
