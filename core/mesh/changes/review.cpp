// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/review.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace weft::mesh::changes {
namespace {

using policy::ObjectKind;

/// In the order of ObjectKind.
constexpr std::array<std::string_view, kObjectKinds.size()> kPlurals = {
    "roles", "role bindings", "groups", "network ACLs", "routes", "edges"};

bool onlyRoutes(const std::vector<Edit>& edits) {
    return std::ranges::all_of(edits, [](const Edit& edit) {
        return edit.ref.kind == ObjectKind::Route || edit.ref.kind == ObjectKind::Role
               || edit.ref.kind == ObjectKind::RoleBinding;
    });
}

/// A node reaches itself, if it takes part.
bool canTalk(
    const Standings& standings,
    const std::vector<NodeId>& ids,
    const NodeId& node,
    const NodeId& server) {
    const auto left = std::ranges::lower_bound(ids, node);
    const auto right = std::ranges::lower_bound(ids, server);
    if (left == ids.end() || *left != node || right == ids.end() || *right != server) {
        return false;
    }
    const auto from = static_cast<Standings::Place>(left - ids.begin());
    const auto to = static_cast<Standings::Place>(right - ids.begin());
    return from == to ? standings.blockOf(from) != Standings::kNoBlock
                      : standings.of(from, to).state == PairState::Connected;
}

std::vector<ServerAccess> serverAccess(
    const Standings& before,
    const Standings& after,
    const std::vector<NodeId>& ids,
    const Editor& who) {
    std::vector<ServerAccess> access;
    const auto add = [&](const NodeId& server, bool isLeader) {
        access.push_back(
            {server,
             isLeader,
             canTalk(before, ids, who.node, server),
             canTalk(after, ids, who.node, server)});
    };
    if (!who.leader.value().empty()) {
        add(who.leader, true);
    }
    for (const auto& server : who.servers) {
        if (server != who.leader) {
            add(server, false);
        }
    }
    return access;
}

/// What a write of the object needs; an edge has two names.
std::vector<policy::Action> actionsOf(const Edit& edit) {
    const auto resource = policy::resourceOf(edit.ref.kind);
    std::vector<policy::Action> actions{{policy::Verb::Put, resource, edit.ref.name}};
    if (!edit.ref.target.empty()) {
        actions.push_back({policy::Verb::Put, resource, edit.ref.target});
    }
    return actions;
}

std::vector<WriteRight> writeRights(
    const policy::Policy& before,
    const policy::Policy& after,
    const std::vector<Edit>& edits,
    const Editor& who) {
    std::map<ObjectKind, WriteRight> rights;
    for (const auto& edit : edits) {
        const auto actions = actionsOf(edit);
        auto& right =
            rights.try_emplace(edit.ref.kind, WriteRight{edit.ref.kind, true, true}).first->second;
        right.before = right.before && before.roles().decide(who.identity, actions).allowed;
        right.after = right.after && after.roles().decide(who.identity, actions).allowed;
    }
    std::vector<WriteRight> list;
    list.reserve(rights.size());
    for (const auto& [kind, right] : rights) {
        list.push_back(right);
    }
    return list;
}

std::vector<std::string> warningsOf(const Review& review) {
    std::vector<std::string> warnings;
    for (const auto& access : review.servers) {
        if (!access.before || access.after) {
            continue;
        }
        warnings.push_back(
            access.isLeader ? "you would lose access to the leader"
                            : fmt::format(
                                "you would lose access to the storage server {}",
                                base::escapeForLine(access.server.value())));
    }
    for (const auto& right : review.rights) {
        if (right.before && !right.after) {
            warnings.push_back(fmt::format(
                "you would lose the right to write {}",
                kPlurals[static_cast<std::size_t>(right.kind)]));
        }
    }
    if (!review.voters.text.empty()) {
        warnings.push_back(review.voters.text);
    }
    return warnings;
}

}  // namespace

std::vector<NodeId> nodesOf(const storage::Registry& registry) {
    std::vector<NodeId> ids;
    ids.reserve(registry.nodeCount());
    for (const auto* node : registry.nodes()) {
        ids.push_back(node->id);
    }
    return ids;
}

Review review(
    const PolicySet& before,
    const std::vector<Edit>& edits,
    const storage::Registry& live,
    const Editor& who) {
    const auto ids = nodesOf(live);
    Scene was(live, before);
    Scene is(was.registry());
    is.apply(edits);
    network::AllPairs pairsBefore(was.network());
    network::AllPairs pairsAfter(is.network());
    const Standings standingsBefore(was.network(), pairsBefore, ids);
    const Standings standingsAfter(is.network(), pairsAfter, ids);

    Review review;
    review.pairs = compare(standingsBefore, standingsAfter, ids, who.node);
    review.routes = compareRoutes({was, pairsBefore}, {is, pairsAfter}, ids, onlyRoutes(edits));
    review.vanished = compareVanished(was, is, ids);
    review.voters = compareVoters(
        votersOf(was.registry(), was.policy()),
        votersOf(is.registry(), is.policy()),
        standingsBefore,
        standingsAfter,
        ids);
    review.servers = serverAccess(standingsBefore, standingsAfter, ids, who);
    review.rights = writeRights(was.policy(), is.policy(), edits, who);
    review.warnings = warningsOf(review);
    return review;
}

}  // namespace weft::mesh::changes
