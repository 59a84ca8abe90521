// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/pair_changes.h"
#include "core/mesh/changes/policy_set.h"
#include "core/mesh/changes/route_changes.h"
#include "core/mesh/changes/voters.h"
#include "core/mesh/policy/rules.h"

#include <string>
#include <vector>

namespace weft::mesh::changes {

/// Who wants to make the edits.
struct Editor {
    /// As the leader sees it.
    policy::Principal identity;
    NodeId node;
    /// Empty while nobody leads.
    NodeId leader;
    /// The storage servers.
    std::vector<NodeId> servers{};
};

/// Somebody whom the editor's own node needs.
struct ServerAccess {
    NodeId server;
    bool isLeader = false;
    bool before = false;
    bool after = false;

    friend bool operator==(const ServerAccess&, const ServerAccess&) = default;
};

/// A kind of objects that is edited.
struct WriteRight {
    policy::ObjectKind kind = policy::ObjectKind::Role;
    /// Whether the editor may write all of that kind that the edits are about.
    bool before = false;
    bool after = false;

    friend bool operator==(const WriteRight&, const WriteRight&) = default;
};

/// What edits would do to a mesh.
struct Review {
    PairChanges pairs;
    RouteChanges routes;
    VanishedNodes vanished;
    VoterChanges voters;
    /// The leader first, then the storage servers in the order given.
    std::vector<ServerAccess> servers;
    /// By kind.
    std::vector<WriteRight> rights;
    /// What the editor should not miss: "you would lose access to the leader".
    std::vector<std::string> warnings;
};

/// `before`: the rules that the edits are of, which the mesh has now or had when it was looked at;
/// nodes and mesh state are those of `live`. Thread: that of `live`.
Review review(
    const PolicySet& before,
    const std::vector<Edit>& edits,
    const storage::Registry& live,
    const Editor& who);

/// The ids of all nodes, sorted.
std::vector<NodeId> nodesOf(const storage::Registry& registry);

}  // namespace weft::mesh::changes
