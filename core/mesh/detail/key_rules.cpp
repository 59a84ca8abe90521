// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/key_rules.h"

#include "core/base/text.h"
#include "core/mesh/detail/limits.h"

#include <chrono>

namespace weft::mesh::detail {
namespace {

bool provesIdentity(const Caller& caller, const NodeId& id) {
    if (!caller.proxiedBy.empty()) {
        // The word of whoever handed the call on is no proof of a key.
        return false;
    }
    switch (caller.proof) {
    case Caller::Proof::Process:
        return true;
    case Caller::Proof::Certificate:
    case Caller::Proof::Password:
        return caller.identity == id;
    case Caller::Proof::None:
    case Caller::Proof::MeshAddress:
    case Caller::Proof::CarriedAddress:
        return false;
    }
    return false;
}

bool signedByOldKey(
    const MeshView& view, const KeyClaim& claim, const std::optional<crypto::PublicKey>& old) {
    if (!old || claim.signature.empty() || !claim.signedAt) {
        return false;
    }
    const auto skew = std::chrono::abs(view.now - *claim.signedAt);
    const auto message =
        keyChangeMessage(infoOf(view.registry).identity, claim.id, claim.key, *claim.signedAt);
    return skew <= kMaxKeyChangeSkew && old->verify(message, claim.signature);
}

/// In a mesh without authentication an id is worth nothing but what the mesh has tied to it.
Status mayTakeUnproven(const MeshView& view, const NodeId& id) {
    const auto references = view.registry.referencesTo(id);
    if (!references.empty()) {
        return permissionDenied(
            "the node {} has another key, and {} names it: an administrator must release the id",
            base::escapeForLine(id.value()),
            base::escapeForLine(references.front()));
    }
    return okStatus();
}

}  // namespace

StatusOr<KeyVerdict> judgeKey(const MeshView& view, const KeyClaim& claim, const Caller& caller) {
    const auto* other = view.registry.nodeByKey(claim.key);
    if (other != nullptr && other->id != claim.id) {
        return alreadyExists(
            "the public key belongs to the node {} already",
            base::escapeForLine(other->id.value()));
    }
    const auto pin = view.shared.keyPin(claim.id);
    if (pin && pin->released) {
        return KeyVerdict::First;
    }
    const auto* node = view.registry.node(claim.id);
    auto known = pin ? pin->key : std::nullopt;
    if (!known && node != nullptr) {
        known = node->publicKey;
    }
    if (!pin && !known) {
        return KeyVerdict::First;
    }
    if (known == claim.key) {
        return KeyVerdict::Same;
    }
    if (provesIdentity(caller, claim.id) || signedByOldKey(view, claim, known)) {
        return KeyVerdict::Changed;
    }
    if (view.authentication == Authentication::None) {
        WEFT_RETURN_IF_ERROR(mayTakeUnproven(view, claim.id));
        return KeyVerdict::Unproven;
    }
    return permissionDenied(
        "the node {} has another key: prove the id, sign with the old key, or let an administrator "
        "release the id",
        base::escapeForLine(claim.id.value()));
}

void pinKey(
    const MeshView& view,
    const NodeId& id,
    const crypto::PublicKey& key,
    storage::Transaction& transaction) {
    const auto pinKeyText = keyPinKey(id);
    const auto pin = view.shared.keyPin(id);
    transaction.conditions.push_back(
        pin ? storage::Compare{storage::Compare::Kind::ValueIs, pinKeyText, 0, pin->text}
            : storage::Compare{storage::Compare::Kind::Absent, pinKeyText, 0, {}});
    auto text = key.toString();
    if (!pin || pin->text != text) {
        transaction.operations.emplace_back(
            storage::Put{pinKeyText, std::move(text), std::nullopt});
    }
}

}  // namespace weft::mesh::detail
