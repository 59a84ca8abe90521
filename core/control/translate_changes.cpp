// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_changes.h"

#include "core/control/detail/timestamps.h"
#include "core/control/translate_policy.h"

#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

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
        if (auto ref = fromProto(object.object())) {
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

std::optional<api::ObjectRef> fromProto(const meshv1::ObjectName& message) {
    const auto kind = fromProto(message.kind());
    return kind ? std::optional(api::ObjectRef{*kind, message.name(), message.target()})
                : std::nullopt;
}

std::optional<api::PolicyEdit> fromProto(const meshv1::ObjectEdit& message) {
    auto ref = fromProto(message.object());
    if (!ref) {
        return std::nullopt;
    }
    api::PolicyEdit edit{*std::move(ref), {}, {}};
    if (message.has_before()) {
        edit.before = fromProto(message.before());
    }
    if (message.has_after()) {
        edit.after = fromProto(message.after());
    }
    // An object that does not read must not look like one that is made or removed.
    if (edit.before.has_value() != message.has_before()
        || edit.after.has_value() != message.has_after()) {
        return std::nullopt;
    }
    return edit;
}

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

meshv1::ObjectName toProto(const api::ObjectRef& ref) {
    meshv1::ObjectName message;
    message.set_kind(toProto(ref.kind));
    message.set_name(ref.name);
    message.set_target(ref.target);
    return message;
}

meshv1::ObjectEdit toProto(const api::PolicyEdit& edit) {
    meshv1::ObjectEdit message;
    *message.mutable_object() = toProto(edit.ref);
    if (edit.before) {
        *message.mutable_before() = toProto(*edit.before);
    }
    if (edit.after) {
        *message.mutable_after() = toProto(*edit.after);
    }
    return message;
}

meshv1::ApplyChangesRequest toProto(const api::ChangeWish& wish) {
    meshv1::ApplyChangesRequest request;
    for (const auto& edit : wish.edits) {
        *request.add_edits() = toProto(edit);
    }
    request.set_note(wish.note);
    request.set_revert_after_seconds(static_cast<std::uint32_t>(wish.revertAfter.count()));
    return request;
}

meshv1::RevertChangeRequest toProto(const api::RevertWish& wish) {
    meshv1::RevertChangeRequest request;
    request.set_change_id(wish.id);
    for (const auto& ref : wish.only) {
        *request.add_objects() = toProto(ref);
    }
    request.set_skip_changed(wish.skipChanged);
    return request;
}

}  // namespace weft::control
