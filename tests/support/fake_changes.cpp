// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_changes.h"

#include "core/api/policy_words.h"
#include "tests/support/fake_json.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace weft::tests {
namespace {

const api::PolicyObject* find(const FakePolicy& policy, const api::ObjectRef& ref) {
    const auto* stored = policy.state.find(ref);
    return stored == nullptr ? nullptr : &stored->object;
}

bool isAs(const FakePolicy& policy, const api::PolicyEdit& edit) {
    const auto* present = find(policy, edit.ref);
    return present == nullptr ? !edit.before : edit.before == *present;
}

/// The entry of the history for edits that were made.
FakeChange entryOf(
    const FakePolicy& policy,
    const std::vector<api::PolicyEdit>& edits,
    std::string verb,
    WallTime now) {
    FakeChange made;
    made.edits = edits;
    made.change.id = policy.history.size() + 1;
    made.change.at = now;
    made.change.who = kFakeAdministrator;
    made.change.proof = "process";
    made.change.verb = std::move(verb);
    for (const auto& edit : edits) {
        made.change.objects.push_back({edit.ref, fakeJson(edit.before), fakeJson(edit.after)});
    }
    return made;
}

/// All edits or none, then one entry of the history.
StatusOr<FakeChange> make(
    FakePolicy& policy, const std::vector<api::PolicyEdit>& edits, std::string verb, WallTime now) {
    for (const auto& edit : edits) {
        if (!isAs(policy, edit)) {
            return aborted("others have changed this meanwhile: {}", describe(edit.ref));
        }
    }
    auto copy = policy;
    for (const auto& edit : edits) {
        WEFT_RETURN_IF_ERROR((edit.after ? copy.put(*edit.after, std::nullopt, now)
                                         : copy.remove(edit.ref, std::nullopt, now))
                                 .status());
    }
    policy = std::move(copy);
    return entryOf(policy, edits, std::move(verb), now);
}

api::AppliedChange keep(FakePolicy& policy, FakeChange made) {
    api::AppliedChange applied{made.change.id, policy.state.revision, made.change.revertAt, {}};
    policy.history.insert(policy.history.begin(), std::move(made));
    return applied;
}

FakeChange* changeOf(FakePolicy& policy, std::uint64_t id) {
    const auto found = std::ranges::find(
        policy.history, id, [](const FakeChange& each) { return each.change.id; });
    return found == policy.history.end() ? nullptr : &*found;
}

bool isMeant(const api::RevertWish& wish, const api::ObjectRef& ref) {
    return wish.only.empty() || std::ranges::any_of(wish.only, [&ref](const auto& each) {
               return sameObject(each, ref);
           });
}

StatusOr<api::AppliedChange> revertIn(
    FakePolicy& policy, const api::RevertWish& wish, WallTime now) {
    const auto* target = changeOf(policy, wish.id);
    if (target == nullptr) {
        return notFound("the history has no change {}", wish.id);
    }
    std::vector<api::PolicyEdit> back;
    for (const auto& edit : target->edits) {
        const api::PolicyEdit inverse{edit.ref, edit.after, edit.before};
        if (isMeant(wish, edit.ref) && (!wish.skipChanged || isAs(policy, inverse))) {
            back.push_back(inverse);
        }
    }
    WEFT_ASSIGN_OR_RETURN(auto made, make(policy, back, "revert", now));
    made.change.reverts = wish.id;
    changeOf(policy, wish.id)->change.revertedBy.push_back(made.change.id);
    changeOf(policy, wish.id)->change.revertAt.reset();
    return keep(policy, std::move(made));
}

StatusOr<api::AppliedChange> applyIn(
    FakePolicy& policy, const api::ChangeWish& wish, WallTime now) {
    WEFT_ASSIGN_OR_RETURN(auto made, make(policy, wish.edits, "apply", now));
    made.change.note = wish.note;
    if (wish.revertAfter.count() != 0) {
        made.change.revertAt = now + wish.revertAfter;
    }
    return keep(policy, std::move(made));
}

StatusOr<api::Propagation> propagationIn(FakePolicy& policy, std::uint64_t id, WallTime now) {
    const auto* target =
        id == 0 && !policy.history.empty() ? &policy.history.front() : changeOf(policy, id);
    if (target == nullptr) {
        return notFound("the history has no change {}", id);
    }
    api::Propagation answer{.change = target->change.id, .at = target->change.at};
    const bool isFirst = policy.asked[answer.change]++ == 0;
    for (auto node : policy.propagation) {
        if (node.state == api::PropagationState::Pending && !isFirst) {
            node = {node.node, api::PropagationState::Done, now};
        }
        answer.nodes.push_back(node);
        auto& count = node.state == api::PropagationState::Done          ? answer.done
                      : node.state == api::PropagationState::Unreachable ? answer.unreachable
                      : node.state == api::PropagationState::Told        ? answer.told
                                                                         : answer.pending;
        ++count;
    }
    return answer;
}

/// By who may write, and told to all who watch.
StatusOr<api::AppliedChange> write(
    FakeDaemon& core,
    const api::ProfileId& id,
    const std::function<StatusOr<api::AppliedChange>(FakePolicy&)>& work) {
    api::AppliedChange applied;
    const auto report = core.writePolicy(id, [&](FakePolicy& policy) -> StatusOr<api::WriteReport> {
        WEFT_ASSIGN_OR_RETURN(applied, work(policy));
        return api::WriteReport{applied.revision, {}};
    });
    return report.ok() ? StatusOr<api::AppliedChange>(std::move(applied)) : report.status();
}

}  // namespace

StatusOr<api::WriteReport> writeObject(
    FakePolicy& policy,
    const api::PolicyEdit& edit,
    std::optional<std::uint64_t> base,
    WallTime now) {
    const auto* present = find(policy, edit.ref);
    const auto before = present == nullptr ? std::nullopt : std::optional(*present);
    auto report =
        edit.after ? policy.put(*edit.after, base, now) : policy.remove(edit.ref, base, now);
    if (report.ok()) {
        keep(
            policy,
            entryOf(policy, {{edit.ref, before, edit.after}}, edit.after ? "put" : "delete", now));
    }
    return report;
}

StatusOr<api::AppliedChange> applyChange(
    FakeDaemon& core, const api::ProfileId& id, const api::ChangeWish& wish) {
    return write(
        core, id, [&core, &wish](FakePolicy& policy) { return applyIn(policy, wish, core.now()); });
}

void FakeChanges::apply(
    const api::ProfileId& id, const api::ChangeWish& wish, Callback<api::AppliedChange> done) {
    core_->answer<StatusOr<api::AppliedChange>>(
        FakeCall::ApplyChanges, std::move(done), [core = core_.get(), id, wish] {
            return applyChange(*core, id, wish);
        });
}

void FakeChanges::confirm(const api::ProfileId& id, std::uint64_t change, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::ConfirmChange, std::move(done), [core = core_.get(), id, change] {
            auto* waiting = changeOf(core->scene.policies[id], change);
            if (waiting == nullptr || !waiting->change.revertAt) {
                return notFound("change {} does not wait for a confirmation", change);
            }
            waiting->change.revertAt.reset();
            return okStatus();
        });
}

void FakeChanges::revert(
    const api::ProfileId& id, const api::RevertWish& wish, Callback<api::AppliedChange> done) {
    core_->answer<StatusOr<api::AppliedChange>>(
        FakeCall::RevertChange, std::move(done), [core = core_.get(), id, wish] {
            return write(*core, id, [core, &wish](FakePolicy& policy) {
                return revertIn(policy, wish, core->now());
            });
        });
}

void FakeChanges::list(
    const api::ProfileId& id, std::uint32_t limit, Callback<std::vector<api::Change>> done) {
    core_->answer<StatusOr<std::vector<api::Change>>>(
        FakeCall::ListChanges,
        std::move(done),
        [core = core_.get(), id, limit]() -> StatusOr<std::vector<api::Change>> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            std::vector<api::Change> changes;
            for (const auto& each : core->scene.policies[id].history) {
                if (limit == 0 || changes.size() < limit) {
                    changes.push_back(each.change);
                }
            }
            return changes;
        });
}

void FakeChanges::policyTests(const api::ProfileId& id, Callback<api::KeptPolicyTests> done) {
    core_->answer<StatusOr<api::KeptPolicyTests>>(
        FakeCall::GetPolicyTests,
        std::move(done),
        [core = core_.get(), id]() -> StatusOr<api::KeptPolicyTests> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            return core->scene.policies[id].tests;
        });
}

void FakeChanges::putPolicyTests(
    const api::ProfileId& id,
    const std::vector<api::PolicyTest>& tests,
    std::uint64_t base,
    Callback<std::uint64_t> done) {
    core_->answer<StatusOr<std::uint64_t>>(
        FakeCall::PutPolicyTests,
        std::move(done),
        [core = core_.get(), id, tests, base]() -> StatusOr<std::uint64_t> {
            const auto report =
                core->writePolicy(id, [&](FakePolicy& policy) -> StatusOr<api::WriteReport> {
                    if (policy.tests.revision != base) {
                        return aborted("others have changed the tests meanwhile");
                    }
                    ++policy.state.revision;
                    policy.tests = {tests, tests.empty() ? 0 : policy.state.revision};
                    return api::WriteReport{policy.tests.revision, {}};
                });
            return report.ok() ? StatusOr<std::uint64_t>(report->revision) : report.status();
        });
}

void FakeChanges::propagation(
    const api::ProfileId& id, std::uint64_t change, Callback<api::Propagation> done) {
    core_->answer<StatusOr<api::Propagation>>(
        FakeCall::GetPropagation,
        std::move(done),
        [core = core_.get(), id, change]() -> StatusOr<api::Propagation> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            return propagationIn(core->scene.policies[id], change, core->now());
        });
}

}  // namespace weft::tests
