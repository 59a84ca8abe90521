// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_drafts.h"

#include "core/api/policy_words.h"
#include "tests/support/fake_changes.h"

#include <algorithm>
#include <functional>

namespace weft::tests {
namespace {

bool isNamed(const std::vector<api::ObjectRef>& refs, const api::ObjectRef& ref) {
    return std::ranges::any_of(
        refs, [&ref](const auto& each) { return api::sameObject(each, ref); });
}

/// Puts an edit behind the one that the draft has of that object.
void add(api::Draft& draft, const api::PolicyEdit& edit) {
    const auto found = std::ranges::find_if(
        draft.edits, [&edit](const auto& each) { return api::sameObject(each.ref, edit.ref); });
    if (found == draft.edits.end()) {
        draft.edits.push_back(edit);
    } else {
        found->after = edit.after;
    }
}

void rebaseIn(api::Draft& draft, const api::RebaseWish& wish) {
    for (const auto& conflict : draft.conflicts) {
        if (isNamed(wish.keepMine, conflict.ref)) {
            std::erase_if(draft.edits, [&conflict](const auto& edit) {
                return api::sameObject(edit.ref, conflict.ref);
            });
            draft.edits.push_back({conflict.ref, conflict.theirs, conflict.mine});
        }
    }
    std::erase_if(
        draft.edits, [&wish](const auto& edit) { return isNamed(wish.takeTheirs, edit.ref); });
    std::erase_if(draft.conflicts, [&wish](const auto& conflict) {
        return isNamed(wish.keepMine, conflict.ref) || isNamed(wish.takeTheirs, conflict.ref);
    });
}

/// The profile's plan, if its draft has the number `base`. Errors: kNotFound, kAborted.
StatusOr<FakePlan*> planOf(
    FakeDaemon& core, const api::ProfileId& id, std::optional<std::uint64_t> base) {
    if (core.connection(id) == nullptr) {
        return notFound("there is no profile {}", id.value());
    }
    auto& plan = core.scene.plans[id];
    if (base && *base != plan.draft.number) {
        return aborted("the draft was changed meanwhile");
    }
    return &plan;
}

void write(
    FakeDaemon& core,
    FakeCall call,
    const api::ProfileId& id,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done,
    std::function<void(api::Draft&)> change) {
    core.answer<StatusOr<api::Draft>>(
        call,
        std::move(done),
        [&core, id, base, change = std::move(change)]() -> StatusOr<api::Draft> {
            WEFT_ASSIGN_OR_RETURN(auto* plan, planOf(core, id, base));
            change(plan->draft);
            ++plan->draft.number;
            plan->draft.changedAt = core.now();
            if (plan->written) {
                plan->written(plan->draft);
            }
            return plan->draft;
        });
}

StatusOr<api::AppliedChange> applyIn(
    FakeDaemon& core,
    const api::ProfileId& id,
    const api::ApplyDraftWish& wish,
    std::optional<std::uint64_t> base) {
    WEFT_ASSIGN_OR_RETURN(auto* plan, planOf(core, id, base));
    if (!plan->draft.conflicts.empty()) {
        return aborted(
            "others have changed this meanwhile: {}", describe(plan->draft.conflicts.front().ref));
    }
    if (plan->draft.edits.empty()) {
        return failedPrecondition("the draft has no edits");
    }
    WEFT_ASSIGN_OR_RETURN(
        auto applied, applyChange(core, id, {plan->draft.edits, wish.note, wish.revertAfter}));
    plan->draft = {};
    if (plan->applied) {
        plan->applied(wish);
    }
    return applied;
}

}  // namespace

void FakeDrafts::get(const api::ProfileId& id, Callback<api::Draft> done) {
    core_->answer<StatusOr<api::Draft>>(
        FakeCall::GetDraft, std::move(done), [core = core_.get(), id]() -> StatusOr<api::Draft> {
            WEFT_ASSIGN_OR_RETURN(auto* plan, planOf(*core, id, std::nullopt));
            return plan->draft;
        });
}

void FakeDrafts::edit(
    const api::ProfileId& id,
    const std::vector<api::PolicyEdit>& edits,
    bool replace,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    write(
        *core_,
        FakeCall::EditDraft,
        id,
        base,
        std::move(done),
        [edits, replace](api::Draft& draft) {
            if (replace) {
                draft.edits.clear();
                draft.conflicts.clear();
            }
            for (const auto& edit : edits) {
                add(draft, edit);
            }
        });
}

void FakeDrafts::rebase(
    const api::ProfileId& id,
    const api::RebaseWish& wish,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    write(*core_, FakeCall::RebaseDraft, id, base, std::move(done), [wish](api::Draft& draft) {
        rebaseIn(draft, wish);
    });
}

void FakeDrafts::discard(
    const api::ProfileId& id,
    const std::vector<api::ObjectRef>& objects,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    write(*core_, FakeCall::DiscardDraft, id, base, std::move(done), [objects](api::Draft& draft) {
        const auto goes = [&objects](const auto& each) {
            return objects.empty() || isNamed(objects, each.ref);
        };
        std::erase_if(draft.edits, goes);
        std::erase_if(draft.conflicts, goes);
    });
}

void FakeDrafts::apply(
    const api::ProfileId& id,
    const api::ApplyDraftWish& wish,
    std::optional<std::uint64_t> base,
    Callback<api::AppliedChange> done) {
    core_->answer<StatusOr<api::AppliedChange>>(
        FakeCall::ApplyDraft, std::move(done), [core = core_.get(), id, wish, base] {
            return applyIn(*core, id, wish, base);
        });
}

}  // namespace weft::tests
