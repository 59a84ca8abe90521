// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_changes.h"

#include "core/control/detail/timestamps.h"
#include "core/control/translate_policy.h"

#include <array>
#include <optional>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

constexpr std::array kKinds = {
    api::PolicyKind::Role,
    api::PolicyKind::RoleBinding,
    api::PolicyKind::Group,
    api::PolicyKind::NetworkAcl,
    api::PolicyKind::Route,
    api::PolicyKind::Edge};

std::optional<api::ObjectRef> refOf(const meshv1::ObjectName& message) {
    for (const auto kind : kKinds) {
        if (toProto(kind) == message.kind()) {
            return api::ObjectRef{kind, message.name(), message.target()};
        }
    }
    return std::nullopt;
}

void fill(const api::ObjectRef& ref, meshv1::ObjectName* message) {
    message->set_kind(toProto(ref.kind));
    message->set_name(ref.name);
    message->set_target(ref.target);
}

api::Change changeOf(const meshv1::ChangeRecord& message) {
    api::Change change;
    change.id = message.id();
    change.at = detail::time(message.has_time(), message.time());
    change.who = message.identity();
    change.proof = message.proof();
    change.proxiedBy = message.proxied_by();
    change.source = message.source();
    change.verb = message.verb();
    change.note = message.note();
    for (const auto& object : message.objects()) {
        if (auto ref = refOf(object.object())) {
            change.objects.push_back({*std::move(ref), object.before(), object.after()});
        }
    }
    change.reverts = message.reverts();
    change.withoutObjects = message.without_objects();
    change.leftAlone.assign(message.left_alone().begin(), message.left_alone().end());
    change.revertedBy.assign(message.reverted_by().begin(), message.reverted_by().end());
    change.revertAt = detail::time(message.has_revert_at(), message.revert_at());
    return change;
}

}  // namespace

api::AppliedChange fromProto(const meshv1::AppliedChange& message) {
    return {
        message.change_id(),
        message.revision(),
        detail::time(message.has_revert_at(), message.revert_at()),
        {message.left_alone().begin(), message.left_alone().end()}};
}

std::vector<api::Change> fromProto(const local::LocalListChangesResponse& message) {
    std::vector<api::Change> changes;
    changes.reserve(static_cast<std::size_t>(message.changes_size()));
    for (const auto& each : message.changes()) {
        changes.push_back(changeOf(each));
    }
    return changes;
}

meshv1::ApplyChangesRequest toProto(const api::ChangeWish& wish) {
    meshv1::ApplyChangesRequest request;
    for (const auto& edit : wish.edits) {
        auto* message = request.add_edits();
        fill(edit.ref, message->mutable_object());
        if (edit.before) {
            *message->mutable_before() = toProto(*edit.before);
        }
        if (edit.after) {
            *message->mutable_after() = toProto(*edit.after);
        }
    }
    request.set_note(wish.note);
    request.set_revert_after_seconds(static_cast<std::uint32_t>(wish.revertAfter.count()));
    return request;
}

meshv1::RevertChangeRequest toProto(const api::RevertWish& wish) {
    meshv1::RevertChangeRequest request;
    request.set_change_id(wish.id);
    for (const auto& ref : wish.only) {
        fill(ref, request.add_objects());
    }
    request.set_skip_changed(wish.skipChanged);
    return request;
}

}  // namespace weft::control
