// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/change_plan.h"

#include "core/base/text.h"
#include "core/mesh/detail/change_records.h"
#include "core/mesh/detail/change_writes.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/detail/tombstones.h"

#include <algorithm>
#include <set>
#include <utility>

namespace weft::mesh::detail {
namespace {

Status checkWish(const MeshView& view, const ApplyWish& wish) {
    if (wish.edits.size() > kMaxChangeEdits) {
        return resourceExhausted(
            "a change has at most {} edits: make it in several", kMaxChangeEdits);
    }
    if (wish.note.size() > kMaxChangeNoteBytes || !base::isUtf8(wish.note)) {
        return invalidArgument("a note is a text of at most {} bytes", kMaxChangeNoteBytes);
    }
    if (wish.revertAfter < std::chrono::seconds(0) || wish.revertAfter > kMaxRevertAfter) {
        return invalidArgument(
            "a change is taken back after at most {} seconds", kMaxRevertAfter.count());
    }
    if (const auto pending = pendingChange(view.shared)) {
        return failedPrecondition(
            "change {} of {} waits for its confirmation: confirm it or take it back first",
            pending->id,
            base::escapeForLine(pending->identity));
    }
    std::set<std::string> keys;
    for (const auto& edit : wish.edits) {
        if (!keys.insert(keyOf(edit.ref)).second) {
            return invalidArgument(
                "the {} {} is edited twice in one change",
                kindName(edit.ref.kind),
                base::escapeForLine(nameOf(edit.ref)));
        }
    }
    return okStatus();
}

/// The record and the marks of what is written, as the last of a plan.
void finish(const MeshView& view, ChangePlan& plan, ChangedObjects changed) {
    plan.record.objects = std::move(changed);
    keepChange(view, plan.record, plan.transaction);
}

void removePending(const MeshView& view, storage::Transaction& transaction) {
    // Whoever comes first takes it away.
    transaction.conditions.push_back(
        {storage::Compare::Kind::ValueIs,
         std::string(kPendingChangeKey),
         0,
         *view.shared.find(kPendingChangeKey)});
    transaction.operations.emplace_back(storage::Delete{std::string(kPendingChangeKey)});
}

Status addPending(const MeshView& view, const ApplyWish& wish, ChangePlan& plan) {
    if (plan.record.objects.empty() || wish.revertAfter == std::chrono::seconds(0)) {
        return okStatus();
    }
    if (encodeChange(plan.record).size() > kMaxChangeRecordBytes) {
        return resourceExhausted(
            "the change is too large to be kept for taking it back: make it in several");
    }
    plan.revertAt = view.now + wish.revertAfter;
    const PendingChange pending{
        plan.record.id, *plan.revertAt, plan.record.identity, wish.revertAfter};
    plan.transaction.conditions.push_back(
        {storage::Compare::Kind::Absent, std::string(kPendingChangeKey), 0, {}});
    plan.transaction.operations.emplace_back(
        storage::Put{std::string(kPendingChangeKey), encodePending(pending), std::nullopt});
    return okStatus();
}

bool isMeant(const RevertWish& wish, const ObjectRef& ref) {
    return wish.only.empty() || std::ranges::any_of(wish.only, [&ref](const ObjectRef& each) {
               return keyOf(each) == keyOf(ref);
           });
}

StatusOr<ChangeRecord> revertible(const MeshView& view, std::uint64_t id) {
    auto record = changeOf(view.shared, id);
    if (!record) {
        return notFound("the history has no change {}", id);
    }
    if (record->withoutObjects) {
        return failedPrecondition(
            "change {} was too large to be kept, so that it cannot be taken back", id);
    }
    return *std::move(record);
}

/// The reversal of what is meant of `target`, checked.
Status collect(
    const ChangeRecord& target,
    const RevertWish& wish,
    const Caller* caller,
    ChangeWrites& writes) {
    for (const auto& object : target.objects) {
        if (!isMeant(wish, object.ref)) {
            continue;
        }
        WEFT_RETURN_IF_ERROR(writes.addReversal(object));
    }
    return writes.check(caller);
}

/// `trusted`: nobody's rights are asked.
StatusOr<ChangePlan> revertedBy(
    const MeshView& view,
    const storage::KeyValueStore& store,
    const RevertWish& wish,
    const Caller& caller,
    bool trusted) {
    WEFT_ASSIGN_OR_RETURN(const auto target, revertible(view, wish.id));
    ChangePlan plan;
    plan.record = changeBy(caller, trusted ? "auto-revert" : "revert", view.now);
    plan.record.reverts = target.id;
    ChangeWrites writes(view, store, {.skip = wish.skipChanged});
    WEFT_RETURN_IF_ERROR(collect(target, wish, trusted ? nullptr : &caller, writes));
    plan.record.leftAlone = writes.leftAlone();
    finish(view, plan, writes.write(plan.transaction));
    if (const auto pending = pendingChange(view.shared); pending && pending->id == wish.id) {
        removePending(view, plan.transaction);
    }
    WEFT_RETURN_IF_ERROR(checkSize(plan.transaction));
    return plan;
}

}  // namespace

StatusOr<ChangePlan> planApply(
    const MeshView& view,
    const storage::KeyValueStore& store,
    const ApplyWish& wish,
    const Caller& caller) {
    WEFT_RETURN_IF_ERROR(mayWriteSomething(view, caller));
    WEFT_RETURN_IF_ERROR(checkWish(view, wish));
    ChangePlan plan;
    plan.record = changeBy(caller, "apply", view.now);
    plan.record.note = wish.note;
    ChangeWrites writes(view, store, {});
    for (const auto& edit : wish.edits) {
        WEFT_RETURN_IF_ERROR(writes.addEdit(edit));
    }
    WEFT_RETURN_IF_ERROR(writes.check(&caller));
    finish(view, plan, writes.write(plan.transaction));
    WEFT_RETURN_IF_ERROR(addPending(view, wish, plan));
    WEFT_RETURN_IF_ERROR(checkSize(plan.transaction));
    return plan;
}

StatusOr<ChangePlan> planRevert(
    const MeshView& view,
    const storage::KeyValueStore& store,
    const RevertWish& wish,
    const Caller& caller) {
    WEFT_RETURN_IF_ERROR(mayWriteSomething(view, caller));
    return revertedBy(view, store, wish, caller, false);
}

StatusOr<ChangePlan> planAutoRevert(
    const MeshView& view, const storage::KeyValueStore& store, WallTime now, const Caller& self) {
    const auto pending = pendingChange(view.shared);
    if (!pending || now < pending->revertAt) {
        return ChangePlan{};
    }
    auto plan = revertedBy(view, store, {pending->id, {}, true}, self, true);
    if (!plan.ok()
        && (plan.status().code() == StatusCode::kNotFound
            || plan.status().code() == StatusCode::kFailedPrecondition)) {
        // There is nothing left that it could be taken back from.
        ChangePlan nothing;
        removePending(view, nothing.transaction);
        return nothing;
    }
    return plan;
}

StatusOr<storage::Transaction> planConfirm(
    const MeshView& view, std::uint64_t id, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(mayWriteSomething(view, caller));
    const auto pending = pendingChange(view.shared);
    if (!pending || pending->id != id) {
        return notFound("change {} does not wait for a confirmation", id);
    }
    if (pending->identity != caller.identity.value() && !administers(view, caller)) {
        return permissionDenied(
            "change {} is confirmed by {}, who made it, or by an administrator",
            id,
            base::escapeForLine(pending->identity));
    }
    storage::Transaction transaction;
    removePending(view, transaction);
    return transaction;
}

}  // namespace weft::mesh::detail
