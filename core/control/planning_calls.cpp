// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_planning.h"
#include "core/control/translate_planning.h"
#include "core/control/translate_policy.h"
#include "core/control/translate_policy_tests.h"

#include <utility>

namespace weft::control {

using detail::converted;

namespace {

namespace local = weft::local::v1;

constexpr const char* kVerb = "review edits before they are made";

/// The rules that a question of this profile is about.
local::PlanSubject subjectOf(const api::ProfileId& id, const api::PlanSubject& subject) {
    auto message = toProto(subject);
    message.set_profile_id(id.value());
    return message;
}

}  // namespace

void GrpcPlanning::review(
    const api::ProfileId& id, const api::PlanSubject& subject, Callback<api::PlanReview> done) {
    local::ReviewPlanRequest request;
    *request.mutable_subject() = subjectOf(id, subject);
    controller_.localCall(
        kVerb,
        &GrpcController::PlanningStub::ReviewPlan,
        std::move(request),
        converted<local::PlanReview>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcPlanning::lint(
    const api::ProfileId& id, const api::PlanSubject& subject, Callback<api::LintReport> done) {
    local::LintPlanRequest request;
    *request.mutable_subject() = subjectOf(id, subject);
    controller_.localCall(
        "check the rules of a mesh",
        &GrpcController::PlanningStub::LintPlan,
        std::move(request),
        converted<local::LintReport>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcPlanning::test(
    const api::ProfileId& id,
    const api::PlanSubject& subject,
    const std::vector<api::PolicyTest>& tests,
    Callback<std::vector<api::PolicyTestResult>> done) {
    local::RunPolicyTestsRequest request;
    *request.mutable_subject() = subjectOf(id, subject);
    *request.mutable_tests() = toProto(tests);
    controller_.localCall(
        "test the rules of a mesh",
        &GrpcController::PlanningStub::RunPolicyTests,
        std::move(request),
        converted<local::PolicyTestReport>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcPlanning::whatIf(
    const api::ProfileId& id,
    const api::WhatIfQuestion& question,
    Callback<api::WhatIfAnswer> done) {
    auto request = toProto(question);
    request.mutable_subject()->set_profile_id(id.value());
    controller_.localCall(
        "say what would be without parts of a mesh",
        &GrpcController::PlanningStub::AskWhatIf,
        std::move(request),
        converted<local::WhatIfAnswer>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcPlanning::explain(
    const api::ProfileId& id,
    const api::PlanSubject& subject,
    const std::string& from,
    const std::string& to,
    Callback<api::AccessExplanation> done) {
    local::ExplainPlanRequest request;
    *request.mutable_subject() = subjectOf(id, subject);
    request.set_from(from);
    request.set_to(to);
    controller_.localCall(
        kVerb,
        &GrpcController::PlanningStub::ExplainPlan,
        std::move(request),
        converted<local::AccessExplanation>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

}  // namespace weft::control
