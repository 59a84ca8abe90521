// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/planning.h"

#include <string>
#include <vector>

namespace weft::app {

/// The planning of a deferred controller, which owns it.
class DeferredPlanning final : public api::Planning {
public:
    explicit DeferredPlanning(DeferredController& controller) : controller_(controller) {}

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
    DeferredController& controller_;
};

}  // namespace weft::app
