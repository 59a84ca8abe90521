// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/local/call_context.h"
#include "core/daemon/planning/plan_source.h"
#include "core/daemon/planning/planner.h"

#include "weft/local/v1/planning.grpc.pb.h"

#include <functional>

namespace weft::daemon {

/// weft.local.v1.Planning. Callers are admitted by the call context.
class PlanningService final : public weft::local::v1::Planning::CallbackService {
public:
    PlanningService(CallContext& calls, PlanSource& source, Planner& planner)
        : calls_(calls), source_(source), planner_(planner) {}

    grpc::ServerUnaryReactor* ReviewPlan(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ReviewPlanRequest* request,
        weft::local::v1::PlanReview* response) override;
    grpc::ServerUnaryReactor* LintPlan(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LintPlanRequest* request,
        weft::local::v1::LintReport* response) override;
    grpc::ServerUnaryReactor* RunPolicyTests(
        grpc::CallbackServerContext* context,
        const weft::local::v1::RunPolicyTestsRequest* request,
        weft::local::v1::PolicyTestReport* response) override;
    grpc::ServerUnaryReactor* AskWhatIf(
        grpc::CallbackServerContext* context,
        const weft::local::v1::WhatIfRequest* request,
        weft::local::v1::WhatIfAnswer* response) override;
    grpc::ServerUnaryReactor* ExplainPlan(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ExplainPlanRequest* request,
        weft::local::v1::AccessExplanation* response) override;

private:
    /// Gathers what the question is about, then asks it. `method` is a literal.
    template <typename Response>
    grpc::ServerUnaryReactor* answer(
        std::string_view method,
        const weft::local::v1::PlanSubject& subject,
        Response* response,
        std::function<StatusOr<Response>(const PlanInput&)> question);

    CallContext& calls_;
    PlanSource& source_;
    Planner& planner_;
};

}  // namespace weft::daemon
