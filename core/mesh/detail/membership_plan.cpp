// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/membership_plan.h"

#include "core/base/text.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/request_rules.h"
#include "core/mesh/detail/tombstones.h"
#include "core/mesh/detail/topology.h"

#include <utility>

namespace weft::mesh::detail {
namespace {

/// Puts `node` in place of `before` with the edges that follow from it.
void replaceNode(
    const MeshView& view,
    const storage::NodeRecord& before,
    const storage::NodeRecord& node,
    storage::Transaction& transaction) {
    if (node == before) {
        return;
    }
    transaction.operations.emplace_back(
        storage::Put{storage::nodeKey(node.id), storage::encodeNode(node), std::nullopt});
    // Most updates touch neither endpoint nor zone; then no edge depends on them.
    if (node.primaryEndpoint.empty() == before.primaryEndpoint.empty()
        && node.zone == before.zone) {
        return;
    }
    EdgeChanges(view.registry, transaction.operations)
        .replaceDerived(
            node.id,
            derivedEdges(view.registry, before, view.self),
            derivedEdges(view.registry, node, view.self));
}

/// `node` with the fields of `params` that are set.
Status applyUpdate(const UpdateParams& params, storage::NodeRecord& node) {
    if (!params.primaryEndpoint.empty()) {
        WEFT_ASSIGN_OR_RETURN(auto endpoint, checkedPrimaryEndpoint(params.primaryEndpoint));
        if (!endpoint.empty()) {
            node.primaryEndpoint = std::move(endpoint);
        }
    }
    if (!params.wireguardEndpoints.empty()) {
        WEFT_ASSIGN_OR_RETURN(
            node.wireguardEndpoints, checkedWireguardEndpoints(params.wireguardEndpoints));
    }
    if (!params.zone.empty()) {
        WEFT_RETURN_IF_ERROR(validateZone(params.zone));
        node.zone = params.zone;
    }
    if (!params.features.empty()) {
        WEFT_ASSIGN_OR_RETURN(node.features, checkedFeatures(params.features));
    }
    if (!params.multiaddrs.empty()) {
        WEFT_RETURN_IF_ERROR(validateMultiaddrs(params.multiaddrs));
        node.multiaddrs = params.multiaddrs;
    }
    return okStatus();
}

Status authoriseUpdate(const MeshView& view, const UpdateParams& params, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(mayActAs(view, caller, params.id));
    if (params.asVoter && params.id != view.self) {
        WEFT_RETURN_IF_ERROR(mayStore(view, {true, false, params.features}, caller));
    }
    if (!params.routes.empty()) {
        WEFT_RETURN_IF_ERROR(mayRoute(view, params.id, caller));
    }
    return okStatus();
}

Status changeKey(
    const MeshView& view, const UpdateParams& params, const Caller& caller, MembershipPlan& plan) {
    if (params.id == view.self && *params.publicKey != plan.node.publicKey) {
        return failedPrecondition("a server's own key does not change while it runs");
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto verdict,
        judgeKey(view, {params.id, *params.publicKey, {}, std::nullopt}, caller));
    plan.warning = warningFor(verdict, params.id);
    plan.node.publicKey = params.publicKey;
    WEFT_ASSIGN_OR_RETURN(plan.node.privateIpv6, ipv6For(view, params.id, *params.publicKey));
    pinKey(view, params.id, *params.publicKey, plan.transaction);
    return okStatus();
}

}  // namespace

StatusOr<MembershipPlan> planUpdate(
    const MeshView& view, const UpdateParams& params, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(params.id.value()));
    WEFT_RETURN_IF_ERROR(validateRoutes(params.routes, infoOf(view.registry)));
    WEFT_RETURN_IF_ERROR(authoriseUpdate(view, params, caller));
    WEFT_RETURN_IF_ERROR(
        checkNotRemoved(view.shared, params.id, params.publicKey ? &*params.publicKey : nullptr));
    const auto* before = view.registry.node(params.id);
    if (before == nullptr) {
        return failedPrecondition("node {} not found", base::escapeForLine(params.id.value()));
    }
    MembershipPlan plan;
    plan.node = *before;
    guard(view, params.id, plan.transaction);
    const auto overhead = plan.transaction.operations.size();
    WEFT_RETURN_IF_ERROR(applyUpdate(params, plan.node));
    if (params.publicKey) {
        WEFT_RETURN_IF_ERROR(changeKey(view, params, caller, plan));
    }
    if (const auto routes = missingRoutes(view, params.id, params.routes); !routes.empty()) {
        putAutoRoute(params.id, routes, plan.transaction);
    }
    replaceNode(view, *before, plan.node, plan.transaction);
    if (plan.transaction.operations.size() == overhead) {
        plan.transaction = {};
    }
    WEFT_RETURN_IF_ERROR(checkSize(plan.transaction));
    return plan;
}

StatusOr<MembershipPlan> planLeave(const MeshView& view, const NodeId& id, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(id.value()));
    if (!isAdmin(view, caller)) {
        WEFT_RETURN_IF_ERROR(mayActAs(view, caller, id));
    }
    if (id == view.self) {
        return failedPrecondition(
            "the node {} keeps the mesh's storage and cannot leave it",
            base::escapeForLine(id.value()));
    }
    MembershipPlan plan;
    if (view.registry.node(id) == nullptr) {
        return plan;
    }
    guard(view, id, plan.transaction);
    EdgeChanges edges(view.registry, plan.transaction.operations);
    for (const auto* edge : view.registry.edgesOf(id)) {
        edges.erase(id, edge->target);
    }
    plan.transaction.operations.emplace_back(
        storage::DeletePrefix{std::string(storage::kEdgesPrefix) + id.value() + "/"});
    plan.transaction.operations.emplace_back(storage::Delete{storage::nodeKey(id)});
    plan.transaction.operations.emplace_back(
        storage::Delete{std::string(storage::kRoutesPrefix) + autoRouteName(id)});
    WEFT_RETURN_IF_ERROR(checkSize(plan.transaction));
    return plan;
}

StatusOr<MembershipPlan> planRelease(const MeshView& view, const NodeId& id, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(id.value()));
    // Rules that are switched off do not make everybody an administrator of identities.
    if (!isAdmin(view, caller)) {
        return permissionDenied("only the administrator of the mesh may release a node id");
    }
    if (id == view.self) {
        return failedPrecondition(
            "the id {} is this server's own and cannot be released",
            base::escapeForLine(id.value()));
    }
    if (!view.shared.keyPin(id) && view.registry.node(id) == nullptr) {
        return notFound("no key is known for the node {}", base::escapeForLine(id.value()));
    }
    MembershipPlan plan;
    guard(view, id, plan.transaction);
    plan.transaction.operations.emplace_back(
        storage::Put{keyPinKey(id), std::string(kReleasedPin), std::nullopt});
    return plan;
}

StatusOr<MembershipPlan> planSelfRefresh(const MeshView& view, const storage::NodeRecord& wanted) {
    const auto* before = view.registry.node(view.self);
    if (before == nullptr) {
        return failedPrecondition("node {} not found", base::escapeForLine(view.self.value()));
    }
    MembershipPlan plan;
    plan.node = wanted;
    plan.node.id = before->id;
    plan.node.joinedAt = before->joinedAt ? before->joinedAt : view.now;
    plan.node.privateIpv4 = before->privateIpv4;
    plan.node.privateIpv6 = before->privateIpv6;
    WEFT_ASSIGN_OR_RETURN(
        plan.node.primaryEndpoint, checkedPrimaryEndpoint(wanted.primaryEndpoint));
    WEFT_ASSIGN_OR_RETURN(
        plan.node.wireguardEndpoints, checkedWireguardEndpoints(wanted.wireguardEndpoints));
    WEFT_ASSIGN_OR_RETURN(plan.node.features, checkedFeatures(wanted.features));
    WEFT_RETURN_IF_ERROR(validateZone(wanted.zone));
    guard(view, view.self, plan.transaction);
    const auto overhead = plan.transaction.operations.size();
    if (wanted.publicKey) {
        pinKey(view, view.self, *wanted.publicKey, plan.transaction);
        WEFT_ASSIGN_OR_RETURN(plan.node.privateIpv6, ipv6For(view, view.self, *wanted.publicKey));
    }
    replaceNode(view, *before, plan.node, plan.transaction);
    if (plan.transaction.operations.size() == overhead) {
        plan.transaction = {};
    }
    return plan;
}

}  // namespace weft::mesh::detail
