// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/invitation_plan.h"

#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/crypto/secret_bytes.h"
#include "core/mesh/detail/key_rules.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/request_rules.h"
#include "core/mesh/detail/tombstones.h"

#include "weft/mesh/v1/mesh.pb.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

using storage::Compare;
using storage::Put;
using storage::Transaction;
using State = InvitationRecord::State;

constexpr std::size_t kMaxNoteBytes = 256;
constexpr std::size_t kMaxSecretBytes = 256;
constexpr std::size_t kMaxRequestBytes = 16384;

std::string secretKey(std::string_view invitationId) {
    return std::string(kInvitationSecretsPrefix).append(invitationId);
}

std::string digestText(std::string_view secret) {
    return base::hexEncode(crypto::asString(crypto::sha256(secret)));
}

void setTime(google::protobuf::Timestamp* timestamp, WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
    timestamp->set_seconds(seconds.count());
}

WallTime timeOf(const google::protobuf::Timestamp& timestamp) {
    // Within what the clock can hold, whatever the disk says.
    const auto seconds = std::clamp<std::int64_t>(timestamp.seconds(), 0, 7'258'118'400);
    return WallTime(std::chrono::seconds(seconds));
}

v1::Invitation::State toProto(State state) {
    switch (state) {
    case State::Open:
    case State::Expired:
        return v1::Invitation::STATE_OPEN;
    case State::Used:
        return v1::Invitation::STATE_USED;
    case State::Revoked:
        return v1::Invitation::STATE_REVOKED;
    }
    return v1::Invitation::STATE_OPEN;
}

State fromProto(v1::Invitation::State state) {
    switch (state) {
    case v1::Invitation::STATE_OPEN:
        return State::Open;
    case v1::Invitation::STATE_USED:
        return State::Used;
    default:
        // What is not known to be open is not open.
        return State::Revoked;
    }
}

void putInvitation(const InvitationRecord& record, Transaction& transaction) {
    transaction.operations.emplace_back(
        Put{invitationKey(record.id), encodeInvitation(record), std::nullopt});
}

void deleteInvitation(const std::string& id, Transaction& transaction) {
    transaction.operations.emplace_back(storage::Delete{invitationKey(id)});
    transaction.operations.emplace_back(storage::Delete{secretKey(id)});
}

/// Whether the name can be given to a node with `key`; without one, to any node.
Status checkNameFree(
    const MeshView& view, const NodeId& id, const std::optional<crypto::PublicKey>& key) {
    const auto taken = [&id] {
        return alreadyExists(
            "the name {} is taken in this mesh: choose another, or let an administrator release it",
            base::escapeForLine(id.value()));
    };
    if (id == view.self) {
        return taken();
    }
    WEFT_RETURN_IF_ERROR(checkNotRemoved(view.shared, id, key ? &*key : nullptr));
    if (id.value() == "admin" && !isAdminSubject(view, id)) {
        return alreadyExists("the name admin is reserved in this mesh: choose another");
    }
    const auto pin = view.shared.keyPin(id);
    if (pin && pin->released) {
        return okStatus();
    }
    const auto* node = view.registry.node(id);
    const auto known = pin ? pin->key : (node != nullptr ? node->publicKey : std::nullopt);
    if ((pin || known) && (!key || known != key)) {
        return taken();
    }
    return okStatus();
}

Status validateInvitation(const InvitationParams& params) {
    if (!params.nodeId.empty()) {
        WEFT_RETURN_IF_ERROR(storage::validateNewNodeId(params.nodeId.value()));
    }
    if (params.note.size() > kMaxNoteBytes || !base::isUtf8(params.note)) {
        return invalidArgument("the note has at most {} bytes of text", kMaxNoteBytes);
    }
    if (params.lifetime < std::chrono::seconds(0) || params.lifetime > kMaxInvitationLifetime) {
        return invalidArgument(
            "an invitation is good for at most {} days",
            std::chrono::duration_cast<std::chrono::hours>(kMaxInvitationLifetime).count() / 24);
    }
    return okStatus();
}

/// The invitation that `params` know the secret of.
StatusOr<InvitationRecord> provenInvitation(const MeshView& view, const EnrolParams& params) {
    const auto forged = [] {
        return permissionDenied("the mesh does not know this invitation: ask for a new one");
    };
    const auto* json = view.shared.find(invitationKey(params.invitationId));
    const auto* digest = view.shared.find(secretKey(params.invitationId));
    // Compared also when there is no such invitation, so that time tells nothing.
    const crypto::SecretBytes expected(
        digest != nullptr ? std::string_view(*digest) : std::string_view());
    const crypto::SecretBytes shown(digestText(params.secret));
    if (!equalInConstantTime(expected, shown) || json == nullptr) {
        return forged();
    }
    return decodeInvitation(*json);
}

Status checkOpen(const InvitationRecord& record, WallTime now) {
    switch (record.state) {
    case State::Revoked:
        return permissionDenied("this invitation was revoked: ask for a new one");
    case State::Used:
        return failedPrecondition(
            "this invitation was used already: each one is good for one node, ask for a new "
            "one");
    case State::Open:
    case State::Expired:
        break;
    }
    if (record.expiresAt <= now) {
        return failedPrecondition("this invitation has expired: ask for a new one");
    }
    return okStatus();
}

/// What a join would be told of its routes.
Status checkRoutes(
    const MeshView& view, const NodeId& id, const std::vector<net::IpPrefix>& routes) {
    WEFT_RETURN_IF_ERROR(validateRoutes(routes, infoOf(view.registry)));
    Caller joiner;
    joiner.proof = Caller::Proof::Certificate;
    joiner.identity = id;
    return routes.empty() ? okStatus() : mayRoute(view, id, joiner);
}

/// The name that the node gets.
StatusOr<NodeId> grantedName(
    const MeshView& view, const InvitationRecord& invitation, const EnrolParams& params) {
    auto id = params.nodeId.empty() ? invitation.nodeId : params.nodeId;
    if (id.empty()) {
        return invalidArgument("the invitation leaves the name to you: choose one");
    }
    WEFT_RETURN_IF_ERROR(storage::validateNewNodeId(id.value()));
    if (!invitation.nodeId.empty() && id != invitation.nodeId) {
        return permissionDenied(
            "this invitation is for the name {}, not {}", invitation.nodeId.value(), id.value());
    }
    // Who was let in under any name must not choose one that carries rights.
    if (invitation.nodeId.empty() && !view.registry.referencesTo(id).empty()) {
        return alreadyExists(
            "the name {} has rights in this mesh: choose another, or ask for an invitation for it",
            id.value());
    }
    return id;
}

}  // namespace

std::string encodeInvitation(const InvitationRecord& record) {
    v1::Invitation message;
    message.set_id(record.id);
    message.set_node_id(record.nodeId.value());
    message.set_note(record.note);
    setTime(message.mutable_created_at(), record.createdAt);
    setTime(message.mutable_expires_at(), record.expiresAt);
    message.set_created_by(record.createdBy);
    message.set_state(toProto(record.state));
    message.set_used_by(record.usedBy);
    if (record.usedAt) {
        setTime(message.mutable_used_at(), *record.usedAt);
    }
    std::string json;
    // Times are within range and texts are UTF-8: it cannot fail.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

StatusOr<InvitationRecord> decodeInvitation(std::string_view json) {
    v1::Invitation message;
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), &message, options);
    if (!parsed.ok()) {
        return dataLoss("an invitation's record does not parse");
    }
    InvitationRecord record;
    record.id = message.id();
    record.nodeId = NodeId(message.node_id());
    record.note = message.note();
    record.createdAt = timeOf(message.created_at());
    record.expiresAt = timeOf(message.expires_at());
    record.createdBy = message.created_by();
    record.state = fromProto(message.state());
    record.usedBy = message.used_by();
    if (message.has_used_at()) {
        record.usedAt = timeOf(message.used_at());
    }
    return record;
}

std::vector<InvitationRecord> invitationsOf(const MeshView& view) {
    std::vector<InvitationRecord> records;
    for (const auto& [key, json] : view.shared.below(kInvitationsPrefix)) {
        auto record = decodeInvitation(json);
        if (!record.ok()) {
            continue;
        }
        if (record->state == State::Open && record->expiresAt <= view.now) {
            record->state = State::Expired;
        }
        records.push_back(*std::move(record));
    }
    std::ranges::stable_sort(records, {}, &InvitationRecord::createdAt);
    return records;
}

StatusOr<Transaction> planInvitation(
    const MeshView& view,
    const InvitationParams& params,
    const Caller& caller,
    const InvitationDraw& draw,
    InvitationRecord* record) {
    if (!isAdmin(view, caller)) {
        return permissionDenied("only the administrator of the mesh may invite");
    }
    WEFT_RETURN_IF_ERROR(validateInvitation(params));
    if (!params.nodeId.empty()) {
        WEFT_RETURN_IF_ERROR(checkNameFree(view, params.nodeId, std::nullopt));
    }
    const auto open =
        std::ranges::count(invitationsOf(view), State::Open, &InvitationRecord::state);
    if (std::cmp_greater_equal(open, kMaxOpenInvitations)) {
        return resourceExhausted("{} invitations are open: revoke some first", kMaxOpenInvitations);
    }
    record->id = draw.id;
    record->nodeId = params.nodeId;
    record->note = params.note;
    record->createdAt = std::chrono::floor<std::chrono::seconds>(view.now);
    record->expiresAt =
        record->createdAt
        + (params.lifetime.count() > 0 ? params.lifetime : kDefaultInvitationLifetime);
    record->createdBy = caller.identity.value();

    auto transaction = planInvitationCleanup(view);
    transaction.conditions.push_back({Compare::Kind::Absent, invitationKey(draw.id), 0, {}});
    putInvitation(*record, transaction);
    transaction.operations.emplace_back(
        Put{secretKey(draw.id), digestText(draw.secret), std::nullopt});
    return transaction;
}

StatusOr<Transaction> planRevocation(
    const MeshView& view, const std::string& id, const Caller& caller) {
    if (!isAdmin(view, caller)) {
        return permissionDenied("only the administrator of the mesh may revoke invitations");
    }
    const auto* json = view.shared.find(invitationKey(id));
    if (json == nullptr) {
        return notFound("there is no invitation {}", base::escapeForLine(id));
    }
    WEFT_ASSIGN_OR_RETURN(auto record, decodeInvitation(*json));
    Transaction transaction;
    if (record.state == State::Revoked) {
        return transaction;
    }
    if (record.state == State::Used) {
        return failedPrecondition(
            "the invitation was used by {}: it cannot be revoked any more",
            base::escapeForLine(record.usedBy));
    }
    transaction.conditions.push_back({Compare::Kind::ValueIs, invitationKey(id), 0, *json});
    record.state = State::Revoked;
    putInvitation(record, transaction);
    return transaction;
}

Transaction planInvitationCleanup(const MeshView& view) {
    Transaction transaction;
    for (const auto& record : invitationsOf(view)) {
        if (record.expiresAt + kInvitationRetention <= view.now) {
            deleteInvitation(record.id, transaction);
        }
    }
    return transaction;
}

StatusOr<Transaction> planEnrolment(
    const MeshView& view, const EnrolParams& params, NodeId* nodeId) {
    if (params.secret.size() > kMaxSecretBytes
        || params.certificateRequestPem.size() > kMaxRequestBytes) {
        return invalidArgument("the request is larger than any that Weft makes");
    }
    WEFT_ASSIGN_OR_RETURN(auto invitation, provenInvitation(view, params));
    WEFT_RETURN_IF_ERROR(checkOpen(invitation, view.now));
    WEFT_ASSIGN_OR_RETURN(*nodeId, grantedName(view, invitation, params));
    WEFT_RETURN_IF_ERROR(checkNameFree(view, *nodeId, params.publicKey));
    const auto message =
        enrolMessage(params.invitationId, params.nodeId, params.certificateRequestPem);
    if (!params.publicKey.verify(message, params.signature)) {
        return invalidArgument("the request is not signed by the node key that it names");
    }
    if (const auto* other = view.registry.nodeByKey(params.publicKey);
        other != nullptr && other->id != *nodeId) {
        return alreadyExists(
            "this node's key is in the mesh already, under the name {}",
            base::escapeForLine(other->id.value()));
    }
    WEFT_RETURN_IF_ERROR(
        annotate(checkRoutes(view, *nodeId, params.routes), "the invitation can still be used"));
    Transaction transaction;
    const auto key = invitationKey(params.invitationId);
    transaction.conditions.push_back({Compare::Kind::ValueIs, key, 0, *view.shared.find(key)});
    invitation.state = State::Used;
    invitation.usedBy = nodeId->value();
    invitation.usedAt = view.now;
    putInvitation(invitation, transaction);
    pinKey(view, *nodeId, params.publicKey, transaction);
    return transaction;
}

}  // namespace weft::mesh::detail
