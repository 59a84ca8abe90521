// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"
#include "core/storage/key_value_store.h"
#include "core/storage/registry/registry.h"

#include <map>
#include <optional>
#include <vector>

namespace weft::mesh::detail {

/// The reference's weights (webmesh.md 6.2, steps 12 to 15).
inline constexpr std::int32_t kPublicEdgeWeight = 99;
inline constexpr std::int32_t kNearEdgeWeight = 1;

/// The edges that follow from what a node says about itself, by the other end:
/// to the server that it joined through (1), to every other public node when it is public (99), and
/// to the nodes of its zone (1), if one of the two is public.
///
/// The reference gives a node edges to the public nodes of its zone, but not the other way round,
/// so that the graph depends on who came first. Here it does not.
std::map<NodeId, std::int32_t> derivedEdges(
    const storage::Registry& registry,
    const storage::NodeRecord& node,
    const std::optional<NodeId>& joinedThrough);

/// Collects the operations that change edges; always both directions at once.
class EdgeChanges {
public:
    EdgeChanges(const storage::Registry& registry, std::vector<storage::Operation>& operations)
        : registry_(registry), operations_(operations) {}

    /// Adds what `wanted` has and is missing, and takes back what only `before` had and nobody has
    /// changed since. Edges that somebody made by hand stay as they are.
    void replaceDerived(
        const NodeId& node,
        const std::map<NodeId, std::int32_t>& before,
        const std::map<NodeId, std::int32_t>& wanted);
    /// Sets weight and adds the attributes to those that are there.
    void put(
        const NodeId& left,
        const NodeId& right,
        std::int32_t weight,
        const std::map<std::string, std::string>& attributes);
    void erase(const NodeId& left, const NodeId& right);

private:
    const storage::Registry& registry_;
    std::vector<storage::Operation>& operations_;
};

}  // namespace weft::mesh::detail
