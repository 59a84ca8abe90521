// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/changes/pair_changes.h"
#include "core/mesh/changes/route_changes.h"
#include "core/mesh/changes/scene.h"
#include "core/mesh/changes/voters.h"

#include <cstddef>
#include <vector>

namespace weft::mesh::changes {

/// Nodes that tunnels join, directly or over one another.
struct MeshPart {
    std::size_t size = 0;
    /// By id; at most kMaxListedPairs.
    std::vector<NodeId> nodes;
};

/// What would be without some nodes or links. It is about the nodes that remain.
struct Loss {
    PairChanges pairs;
    /// The largest first, then by the first node. Nodes without a key are in none.
    std::vector<MeshPart> parts;
    std::size_t partsBefore = 0;
    VoterChanges voters;
};

/// What depends on one object.
struct BlastRadius {
    PairChanges pairs;
    RouteChanges routes;
    VoterChanges voters;
};

/// Asks a mesh what would be without some of it. What is known of the mesh as it is stays between
/// questions. Thread: confined.
class WhatIf {
public:
    /// Takes a copy: it does not follow `live`.
    explicit WhatIf(const storage::Registry& live);

    /// Nodes and links that there are not are passed over.
    Loss lose(const std::vector<NodeId>& nodes, const std::vector<Link>& links) const;
    /// What changes when the object is not there. Errors: kNotFound.
    StatusOr<BlastRadius> without(const ObjectRef& ref) const;

    const Scene& scene() const { return *scene_; }

private:
    /// The caches of its network change when it is asked.
    std::unique_ptr<Scene> scene_;
    std::unique_ptr<network::AllPairs> pairs_;
    std::vector<NodeId> ids_;
    std::unique_ptr<Standings> standings_;
    std::vector<NodeId> voters_;
};

}  // namespace weft::mesh::changes
