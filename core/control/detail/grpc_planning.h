// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "core/control/grpc_controller.h"

#include <string>
#include <vector>

namespace weft::control {

/// api::Planning by the calls of a controller, which owns it.
class GrpcPlanning final : public api::Planning {
public:
    explicit GrpcPlanning(GrpcController& controller) : controller_(controller) {}

    void review(
        const api::ProfileId& id,
        const api::PlanSubject& subject,
        Callback<api::PlanReview> done) override;
    void lint(
        const api::ProfileId& id,
        const api::PlanSubject& subject,
        Callback<api::LintReport> done) override;
    void test(
        const api::ProfileId& id,
        const api::PlanSubject& subject,
        const std::vector<api::PolicyTest>& tests,
        Callback<std::vector<api::PolicyTestResult>> done) override;
    void whatIf(
        const api::ProfileId& id,
        const api::WhatIfQuestion& question,
        Callback<api::WhatIfAnswer> done) override;
    void explain(
        const api::ProfileId& id,
        const api::PlanSubject& subject,
        const std::string& from,
        const std::string& to,
        Callback<api::AccessExplanation> done) override;

private:
    GrpcController& controller_;
};

}  // namespace weft::control
