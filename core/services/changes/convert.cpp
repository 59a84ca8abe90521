// SPDX-License-Identifier: Apache-2.0
#include "core/services/changes/convert.h"

#include "core/base/timestamp.h"
#include "core/services/admin/convert.h"

#include "weft/mesh/v1/changes.pb.h"

#include <utility>

namespace weft::services {
namespace {

namespace pb = mesh::v1;

StatusOr<std::optional<mesh::PolicyObject>> maybe(bool present, const pb::PolicyObject& message) {
    if (!present) {
        return std::optional<mesh::PolicyObject>();
    }
    WEFT_ASSIGN_OR_RETURN(auto object, objectOf(message));
    return std::optional(std::move(object));
}

}  // namespace

StatusOr<mesh::ObjectRef> refOf(const pb::ObjectName& message) {
    if (message.kind() < pb::OBJECT_KIND_ROLE || message.kind() > pb::OBJECT_KIND_EDGE) {
        return invalidArgument("unknown kind of object {}", static_cast<int>(message.kind()));
    }
    return mesh::ObjectRef{
        mesh::kObjectKinds.at(static_cast<std::size_t>(message.kind()) - 1),
        message.name(),
        message.target()};
}

void toProto(const mesh::ObjectRef& ref, pb::ObjectName* message) {
    message->set_kind(static_cast<pb::ObjectKind>(static_cast<int>(ref.kind) + 1));
    message->set_name(ref.name);
    message->set_target(ref.target);
}

StatusOr<mesh::changes::Edit> editOf(const pb::ObjectEdit& message) {
    mesh::changes::Edit edit;
    WEFT_ASSIGN_OR_RETURN(edit.ref, refOf(message.object()));
    WEFT_ASSIGN_OR_RETURN(edit.before, maybe(message.has_before(), message.before()));
    WEFT_ASSIGN_OR_RETURN(edit.after, maybe(message.has_after(), message.after()));
    return edit;
}

void toProto(const mesh::changes::Edit& edit, pb::ObjectEdit* message) {
    toProto(edit.ref, message->mutable_object());
    if (edit.before) {
        toProto(mesh::StoredObject{*edit.before, 0}, message->mutable_before());
    }
    if (edit.after) {
        toProto(mesh::StoredObject{*edit.after, 0}, message->mutable_after());
    }
}

mesh::AppliedChange appliedOf(const pb::AppliedChange& message) {
    mesh::AppliedChange applied{message.change_id(), message.revision(), std::nullopt, {}};
    if (message.has_revert_at()) {
        applied.revertAt = base::wallTimeOf(message.revert_at());
    }
    applied.leftAlone.assign(message.left_alone().begin(), message.left_alone().end());
    return applied;
}

void toProto(const mesh::AppliedChange& applied, pb::AppliedChange* message) {
    message->set_change_id(applied.id);
    message->set_revision(applied.revision);
    if (applied.revertAt) {
        base::setTimestamp(message->mutable_revert_at(), *applied.revertAt);
    }
    for (const auto& text : applied.leftAlone) {
        message->add_left_alone(text);
    }
}

void toProto(const mesh::ListedChange& change, pb::ChangeRecord* message) {
    const auto& record = change.record;
    message->set_id(record.id);
    base::setTimestamp(message->mutable_time(), record.time);
    message->set_identity(record.identity);
    message->set_proof(record.proof);
    message->set_proxied_by(record.proxiedBy);
    message->set_source(record.source);
    message->set_verb(record.verb);
    message->set_note(record.note);
    for (const auto& object : record.objects) {
        auto* added = message->add_objects();
        toProto(object.ref, added->mutable_object());
        added->set_before(object.before);
        added->set_after(object.after);
    }
    message->set_reverts(record.reverts);
    message->set_without_objects(record.withoutObjects);
    for (const auto& text : record.leftAlone) {
        message->add_left_alone(text);
    }
    for (const auto id : change.revertedBy) {
        message->add_reverted_by(id);
    }
    if (change.revertAt) {
        base::setTimestamp(message->mutable_revert_at(), *change.revertAt);
    }
}

void toProto(
    const mesh::KeptPolicyTests& kept, storage::Revision known, pb::KeptPolicyTests* message) {
    message->set_revision(kept.revision);
    if (kept.revision == 0 || kept.revision != known) {
        mesh::changes::toProto(kept.tests, message->mutable_tests());
    }
}

}  // namespace weft::services
