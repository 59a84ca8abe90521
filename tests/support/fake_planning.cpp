// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_planning.h"

#include "tests/support/fake_controller.h"

#include <functional>

namespace weft::tests {
namespace {

/// What `function` of the profile's plan says to `asked`; an empty answer when it is not set.
template <typename Answer, typename Function, typename... Asked>
void ask(
    FakeDaemon& core,
    FakeCall call,
    const api::ProfileId& id,
    Function FakePlan::*function,
    Callback<Answer> done,
    Asked... asked) {
    core.answer<StatusOr<Answer>>(
        call, std::move(done), [&core, id, function, asked...]() -> StatusOr<Answer> {
            WEFT_RETURN_IF_ERROR(core.checkInMesh(id));
            const auto& answer = core.scene.plans[id].*function;
            return answer ? answer(asked...) : StatusOr<Answer>(Answer{});
        });
}

}  // namespace

void FakeController::updatePlan(const api::ProfileId& id, std::function<void(FakePlan&)> change) {
    loop_.post(
        [core = core_.get(), id, change = std::move(change)] { change(core->scene.plans[id]); });
}

void FakePlanning::review(
    const api::ProfileId& id, const api::PlanSubject& subject, Callback<api::PlanReview> done) {
    ask(*core_, FakeCall::ReviewPlan, id, &FakePlan::review, std::move(done), subject);
}

void FakePlanning::lint(
    const api::ProfileId& id, const api::PlanSubject& subject, Callback<api::LintReport> done) {
    ask(*core_, FakeCall::LintPlan, id, &FakePlan::lint, std::move(done), subject);
}

void FakePlanning::test(
    const api::ProfileId& id,
    const api::PlanSubject& subject,
    const std::vector<api::PolicyTest>& tests,
    Callback<std::vector<api::PolicyTestResult>> done) {
    ask(*core_, FakeCall::RunPolicyTests, id, &FakePlan::test, std::move(done), subject, tests);
}

void FakePlanning::whatIf(
    const api::ProfileId& id,
    const api::WhatIfQuestion& question,
    Callback<api::WhatIfAnswer> done) {
    ask(*core_, FakeCall::AskWhatIf, id, &FakePlan::whatIf, std::move(done), question);
}

void FakePlanning::explain(
    const api::ProfileId& id,
    const api::PlanSubject& subject,
    const std::string& from,
    const std::string& to,
    Callback<api::AccessExplanation> done) {
    ask(*core_, FakeCall::ExplainPlan, id, &FakePlan::explain, std::move(done), subject, from, to);
}

}  // namespace weft::tests
