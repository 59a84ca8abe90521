// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/mesh/detail/limits.h"
#include "core/mesh/detail/membership_plan.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/request_rules.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/detail/tombstones.h"
#include "core/mesh/detail/topology.h"

#include <string_view>
#include <utility>

namespace weft::mesh::detail {
namespace {

constexpr std::string_view kAdminName = "admin";

Status validateJoinId(const MeshView& view, const NodeId& id) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(id.value()));
    // When a mesh has no administrator of that name, nobody shall become one by a name that every
    // reference node trusts by default.
    if (id.value() == kAdminName && !isAdminSubject(view, id)) {
        return invalidArgument("the node id admin is reserved in this mesh");
    }
    return okStatus();
}

Status validateDirectPeers(const JoinParams& params) {
    if (params.directPeers.size() > kMaxDirectPeers) {
        return invalidArgument("more than {} direct peers", kMaxDirectPeers);
    }
    for (const auto& [peer, protocol] : params.directPeers) {
        WEFT_RETURN_IF_ERROR(annotate(storage::validateNodeId(peer.value()), "direct peer"));
    }
    return okStatus();
}

/// What the node says about itself, checked.
StatusOr<storage::NodeRecord> describedNode(const MeshView& view, const JoinParams& params) {
    storage::NodeRecord node;
    node.id = params.id;
    node.publicKey = params.publicKey;
    WEFT_ASSIGN_OR_RETURN(node.primaryEndpoint, checkedPrimaryEndpoint(params.primaryEndpoint));
    WEFT_ASSIGN_OR_RETURN(
        node.wireguardEndpoints, checkedWireguardEndpoints(params.wireguardEndpoints));
    WEFT_RETURN_IF_ERROR(validateZone(params.zone));
    node.zone = params.zone;
    WEFT_ASSIGN_OR_RETURN(node.features, checkedFeatures(params.features));
    WEFT_RETURN_IF_ERROR(validateMultiaddrs(params.multiaddrs));
    node.multiaddrs = params.multiaddrs;
    const auto* before = view.registry.node(params.id);
    const bool isBack = before != nullptr && before->joinedAt;
    node.joinedAt = isBack ? before->joinedAt : view.now;
    return node;
}

/// Steps 7 and 8: who asks, and for what.
Status authorise(const MeshView& view, const JoinParams& params, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(mayActAs(view, caller, params.id));
    if (params.id == view.self) {
        return alreadyExists(
            "the node id {} is the one of the server that you are joining: choose another name",
            base::escapeForLine(params.id.value()));
    }
    const StorageWish wish{params.asVoter, params.asObserver, params.features};
    WEFT_RETURN_IF_ERROR(mayStore(view, wish, caller));
    if (!params.routes.empty()) {
        WEFT_RETURN_IF_ERROR(mayRoute(view, params.id, caller));
    }
    for (const auto& [peer, protocol] : params.directPeers) {
        WEFT_RETURN_IF_ERROR(
            mayHave(view, caller, {{policy::Verb::Put, policy::Resource::Edges, peer.value()}}));
    }
    return okStatus();
}

std::map<std::string, std::string> attributesOf(ConnectProtocol protocol) {
    switch (protocol) {
    case ConnectProtocol::Native:
        return {{"EDGE_ATTRIBUTE_NATIVE", "true"}};
    case ConnectProtocol::Ice:
        return {{"EDGE_ATTRIBUTE_ICE", "true"}};
    case ConnectProtocol::Libp2p:
        return {{"EDGE_ATTRIBUTE_LIBP2P", "true"}};
    }
    return {};
}

void linkDirectPeers(
    const MeshView& view, const JoinParams& params, storage::Transaction& transaction) {
    EdgeChanges edges(view.registry, transaction.operations);
    for (const auto& [peer, protocol] : params.directPeers) {
        if (view.registry.node(peer) == nullptr && peer != params.id) {
            storage::NodeRecord placeholder;
            placeholder.id = peer;
            transaction.operations.emplace_back(storage::Put{
                storage::nodeKey(peer), storage::encodeNode(placeholder), std::nullopt});
        }
        edges.put(params.id, peer, kNearEdgeWeight, attributesOf(protocol));
    }
}

}  // namespace

StatusOr<MembershipPlan> planJoin(
    const MeshView& view, const JoinParams& params, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(validateJoinId(view, params.id));
    WEFT_RETURN_IF_ERROR(validateRoutes(params.routes, infoOf(view.registry)));
    WEFT_RETURN_IF_ERROR(validateDirectPeers(params));
    MembershipPlan plan;
    WEFT_ASSIGN_OR_RETURN(plan.node, describedNode(view, params));
    WEFT_RETURN_IF_ERROR(validateStoragePort({params.asVoter, params.asObserver, params.features}));
    WEFT_RETURN_IF_ERROR(authorise(view, params, caller));
    WEFT_RETURN_IF_ERROR(checkNotRemoved(view.shared, params.id, &params.publicKey));

    WEFT_ASSIGN_OR_RETURN(
        const auto verdict,
        judgeKey(
            view,
            {params.id, params.publicKey, params.keyChangeSignature, params.keyChangeTime},
            caller));
    plan.warning = warningFor(verdict, params.id);

    auto& transaction = plan.transaction;
    guard(view, params.id, transaction);
    pinKey(view, params.id, params.publicKey, transaction);
    if (const auto routes = missingRoutes(view, params.id, params.routes); !routes.empty()) {
        putAutoRoute(params.id, routes, transaction);
    }
    WEFT_ASSIGN_OR_RETURN(plan.node.privateIpv6, ipv6For(view, params.id, params.publicKey));
    if (params.assignIpv4) {
        WEFT_ASSIGN_OR_RETURN(plan.node.privateIpv4, assignIpv4(view, params.id, transaction));
    }
    transaction.operations.emplace_back(
        storage::Put{storage::nodeKey(params.id), storage::encodeNode(plan.node), std::nullopt});

    const auto* before = view.registry.node(params.id);
    const auto derivedBefore = before != nullptr ? derivedEdges(view.registry, *before, view.self)
                                                 : std::map<NodeId, std::int32_t>();
    EdgeChanges(view.registry, transaction.operations)
        .replaceDerived(
            params.id, derivedBefore, derivedEdges(view.registry, plan.node, view.self));
    linkDirectPeers(view, params, transaction);
    WEFT_RETURN_IF_ERROR(checkSize(transaction));
    return plan;
}

}  // namespace weft::mesh::detail
