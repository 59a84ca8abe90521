// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/what_if.h"

#include "core/base/text.h"
#include "core/mesh/changes/review.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace weft::mesh::changes {
namespace {

std::vector<MeshPart> partsOf(
    const network::Network& network,
    const network::AllPairs& pairs,
    const std::vector<NodeId>& ids) {
    std::map<network::NodeNumber, MeshPart> parts;
    for (const auto& id : ids) {
        const auto number = pairs.partOf(network.graph().find(id));
        if (number == network::kNoNode) {
            continue;
        }
        auto& part = parts[number];
        ++part.size;
        if (part.nodes.size() < kMaxListedPairs) {
            part.nodes.push_back(id);
        }
    }
    std::vector<MeshPart> list;
    list.reserve(parts.size());
    for (auto& [number, part] : parts) {
        list.push_back(std::move(part));
    }
    std::ranges::sort(list, [](const MeshPart& left, const MeshPart& right) {
        return std::tie(right.size, left.nodes.front()) < std::tie(left.size, right.nodes.front());
    });
    return list;
}

bool isThere(const storage::Registry& registry, const ObjectRef& ref) {
    switch (ref.kind) {
    case policy::ObjectKind::Edge:
        return registry.edge(NodeId(ref.name), NodeId(ref.target)) != nullptr
               || registry.edge(NodeId(ref.target), NodeId(ref.name)) != nullptr;
    case policy::ObjectKind::Route:
        return registry.route(ref.name) != nullptr;
    default:
        return registry.raw(keyOf(ref)) != nullptr;
    }
}

}  // namespace

WhatIf::WhatIf(const storage::Registry& live)
    : scene_(std::make_unique<Scene>(live))
    , pairs_(std::make_unique<network::AllPairs>(scene_->network()))
    , ids_(nodesOf(live))
    , standings_(std::make_unique<Standings>(scene_->network(), *pairs_, ids_))
    , voters_(votersOf(live, scene_->policy())) {}

Loss WhatIf::lose(const std::vector<NodeId>& nodes, const std::vector<Link>& links) const {
    Scene without(scene_->registry());
    without.remove(nodes, links);
    const auto ids = nodesOf(without.registry());
    const network::AllPairs pairs(without.network());
    const Standings before(scene_->network(), *pairs_, ids);
    const Standings after(without.network(), pairs, ids);
    Loss loss;
    loss.pairs = compare(before, after, ids, NodeId());
    loss.parts = partsOf(without.network(), pairs, ids);
    loss.partsBefore = partsOf(scene_->network(), *pairs_, ids_).size();
    // Whoever is lost is a voter still: as many have to be together as before.
    const Standings all(without.network(), pairs, ids_);
    loss.voters = compareVoters(voters_, voters_, *standings_, all, ids_);
    const auto left = votersOf(without.registry(), without.policy());
    std::ranges::set_difference(voters_, left, std::back_inserter(loss.voters.removed));
    return loss;
}

StatusOr<BlastRadius> WhatIf::without(const ObjectRef& ref) const {
    if (!isThere(scene_->registry(), ref)) {
        return notFound(
            "there is no {} {} in this mesh", kindName(ref.kind), base::escapeForLine(nameOf(ref)));
    }
    Scene without(scene_->registry());
    without.apply({Edit{ref}});
    network::AllPairs pairs(without.network());
    const Standings after(without.network(), pairs, ids_);
    const auto voters = votersOf(without.registry(), without.policy());
    BlastRadius radius;
    radius.pairs = compare(*standings_, after, ids_, NodeId());
    radius.routes = compareRoutes(
        {*scene_, *pairs_}, {without, pairs}, ids_, ref.kind == policy::ObjectKind::Route);
    radius.voters = compareVoters(voters_, voters, *standings_, after, ids_);
    return radius;
}

}  // namespace weft::mesh::changes
