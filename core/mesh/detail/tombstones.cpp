// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/tombstones.h"

#include "core/base/text.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/policy_cascade.h"
#include "core/mesh/detail/topology.h"

#include "weft/mesh/v1/mesh.pb.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

using storage::Put;

/// Collects what goes with a node.
class Removal {
public:
    Removal(const MeshView& view, const NodeId& id, RemovalPlan& plan)
        : view_(view), id_(id), plan_(plan) {}

    void removeNode();
    void releaseAddress();

private:
    void erase(std::string key) {
        plan_.transaction.operations.emplace_back(storage::Delete{std::move(key)});
    }
    template <typename... Args>
    void report(fmt::format_string<Args...> format, Args&&... args) {
        plan_.alsoChanged.push_back(fmt::format(format, std::forward<Args>(args)...));
    }

    const MeshView& view_;
    const NodeId& id_;
    RemovalPlan& plan_;
};

void Removal::removeNode() {
    const auto neighbours = view_.registry.edgesOf(id_);
    EdgeChanges edges(view_.registry, plan_.transaction.operations);
    for (const auto* edge : neighbours) {
        edges.erase(id_, edge->target);
    }
    plan_.transaction.operations.emplace_back(
        storage::DeletePrefix{std::string(storage::kEdgesPrefix) + id_.value() + "/"});
    if (!neighbours.empty()) {
        report("{} edges deleted", neighbours.size());
    }
    for (const auto* route : view_.registry.routesOf(id_)) {
        erase(std::string(storage::kRoutesPrefix) + route->name);
        report("route {} deleted", route->name);
    }
    if (const auto* node = view_.registry.node(id_)) {
        plan_.before = storage::encodeNode(*node);
        erase(storage::nodeKey(id_));
        report("node {} deleted", id_.value());
    }
    erase(keyPinKey(id_));
    erase(certificateKey(id_));
}

void Removal::releaseAddress() {
    if (const auto address = view_.shared.addresses().reservedFor(id_)) {
        erase(ipv4ReservationKey(*address));
    }
}

Status authoriseRemoval(const MeshView& view, const NodeId& id, const Caller& caller) {
    if (!administers(view, caller)) {
        return permissionDenied("only the administrator of the mesh may remove a node");
    }
    if (id == view.self) {
        return failedPrecondition(
            "the node {} keeps the mesh's storage and cannot be removed",
            base::escapeForLine(id.value()));
    }
    return okStatus();
}

}  // namespace

bool administers(const MeshView& view, const Caller& caller) {
    return caller.hasCredential() && isAdminSubject(view, caller.identity);
}

std::string encodeRemovedNode(const RemovedNode& node) {
    v1::RemovedNode message;
    message.set_node_id(node.id.value());
    if (node.key) {
        message.set_public_key(node.key->toString());
    }
    message.set_certificate_fingerprint(node.certificateFingerprint);
    message.set_removed_by(node.removedBy);
    const auto since = std::chrono::floor<std::chrono::seconds>(node.removedAt.time_since_epoch());
    message.mutable_removed_at()->set_seconds(since.count());
    message.set_reason(node.reason);
    std::string json;
    // No field can fail: they hold texts that were UTF-8, and a time within range.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

StatusOr<RemovedNode> decodeRemovedNode(std::string_view json) {
    v1::RemovedNode message;
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const google::protobuf::StringPiece text(json.data(), json.size());
    if (!google::protobuf::util::JsonStringToMessage(text, &message, options).ok()) {
        return dataLoss("the record of a removed node does not parse");
    }
    RemovedNode node;
    node.id = NodeId(message.node_id());
    if (auto key = crypto::PublicKey::parse(message.public_key()); key.ok()) {
        node.key = *key;
    }
    node.certificateFingerprint = message.certificate_fingerprint();
    node.removedBy = message.removed_by();
    constexpr std::int64_t kMostSeconds = 7'258'118'400;
    node.removedAt = WallTime(std::chrono::seconds(
        std::clamp<std::int64_t>(message.removed_at().seconds(), 0, kMostSeconds)));
    node.reason = message.reason();
    return node;
}

std::vector<RemovedNode> removedNodesOf(const SharedRecords& shared) {
    std::vector<RemovedNode> nodes;
    for (const auto& [key, json] : shared.below(kTombstonesPrefix)) {
        auto node = decodeRemovedNode(json).value_or(RemovedNode());
        node.id = NodeId(key.substr(kTombstonesPrefix.size()));
        nodes.push_back(std::move(node));
    }
    std::ranges::stable_sort(nodes, {}, &RemovedNode::removedAt);
    return nodes;
}

Status checkNotRemoved(
    const SharedRecords& shared, const NodeId& id, const crypto::PublicKey* key) {
    if (shared.find(tombstoneKey(id)) != nullptr) {
        return permissionDenied(
            "the node {} was removed from the mesh: an administrator must readmit it first",
            base::escapeForLine(id.value()));
    }
    if (key != nullptr && shared.isRemovedKey(*key)) {
        return permissionDenied(
            "this key belongs to a node that was removed from the mesh: an administrator must "
            "readmit it first");
    }
    return okStatus();
}

StatusOr<RemovalPlan> planRemoval(
    const MeshView& view, const NodeId& id, const std::string& reason, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(id.value()));
    WEFT_RETURN_IF_ERROR(authoriseRemoval(view, id, caller));
    if (reason.size() > kMaxRemovalReasonBytes || !base::isUtf8(reason)) {
        return invalidArgument("the reason has at most {} bytes of text", kMaxRemovalReasonBytes);
    }
    const auto* node = view.registry.node(id);
    const auto pin = view.shared.keyPin(id);
    if (view.shared.find(tombstoneKey(id)) != nullptr) {
        return alreadyExists("the node {} was removed already", base::escapeForLine(id.value()));
    }
    if (node == nullptr && !pin) {
        return notFound("there is no node {} in the mesh", base::escapeForLine(id.value()));
    }
    if (view.shared.below(kTombstonesPrefix).size() >= kMaxRemovedNodes) {
        return resourceExhausted(
            "{} removed nodes are kept: readmit some that no longer matter", kMaxRemovedNodes);
    }
    RemovedNode tombstone;
    tombstone.id = id;
    tombstone.key = pin && pin->key ? pin->key : (node != nullptr ? node->publicKey : std::nullopt);
    if (const auto* fingerprint = view.shared.find(certificateKey(id))) {
        tombstone.certificateFingerprint = *fingerprint;
    }
    tombstone.removedBy = caller.identity.value();
    tombstone.removedAt = view.now;
    tombstone.reason = reason;

    RemovalPlan plan;
    guard(view, id, plan.transaction);
    Removal removal(view, id, plan);
    removal.removeNode();
    WEFT_RETURN_IF_ERROR(addNodeCascade(view, id, plan.transaction, plan.alsoChanged));
    removal.releaseAddress();
    plan.transaction.operations.emplace_back(
        Put{tombstoneKey(id), encodeRemovedNode(tombstone), std::nullopt});
    WEFT_RETURN_IF_ERROR(checkSize(plan.transaction));
    return plan;
}

StatusOr<storage::Transaction> planReadmission(
    const MeshView& view, const NodeId& id, const Caller& caller) {
    if (!administers(view, caller)) {
        return permissionDenied("only the administrator of the mesh may readmit a node");
    }
    if (view.shared.find(tombstoneKey(id)) == nullptr) {
        return notFound("no node {} was removed", base::escapeForLine(id.value()));
    }
    storage::Transaction transaction;
    guard(view, id, transaction);
    transaction.operations.emplace_back(storage::Delete{tombstoneKey(id)});
    return transaction;
}

}  // namespace weft::mesh::detail
