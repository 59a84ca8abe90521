// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"
#include "core/mesh/network/network.h"
#include "core/mesh/policy/explain.h"
#include "core/mesh/policy/policy_mirror.h"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::mesh::changes {

using storage::NodeId;

/// Both directions of the edge between two nodes.
using Link = std::pair<NodeId, NodeId>;

/// A mesh at one moment, to be asked what would be: nodes and mesh state as they are, and rules
/// that may be others. The network over it is the one that tunnels are made by. Nothing is written
/// anywhere. Thread: confined.
class Scene {
public:
    /// As `live` is.
    explicit Scene(const storage::Registry& live);
    /// Nodes and mesh state of `live`, and the objects of `rules` in place of its own. Records of
    /// `live` that do not read stay as they are.
    Scene(const storage::Registry& live, const PolicySet& rules);
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;
    ~Scene() = default;

    /// Sets what each edit wants, whatever is there.
    void apply(const std::vector<Edit>& edits);
    /// Takes away nodes with their edges, and edges. Rules that name a node stay as they are.
    void remove(const std::vector<NodeId>& nodes, const std::vector<Link>& links = {});

    const storage::Registry& registry() const { return registry_; }
    const policy::Policy& policy() const { return *policy_.current(); }
    network::Network& network() { return *network_; }
    /// Errors: as policy::explain.
    StatusOr<policy::Explanation> explain(std::string_view from, std::string_view to) const {
        return policy::explain(registry_, policy(), from, to);
    }

private:
    storage::Registry registry_;
    policy::PolicyMirror policy_{registry_};
    /// Made when the registry holds all, else it would be made twice.
    std::unique_ptr<network::Network> network_;
};

}  // namespace weft::mesh::changes
