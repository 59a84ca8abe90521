// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_planning.h"

namespace weft::app {

void DeferredPlanning::review(
    const api::ProfileId& id, const api::PlanSubject& subject, Callback<api::PlanReview> done) {
    controller_.with(
        [id, subject, done](api::Controller& real) { real.planning().review(id, subject, done); },
        done);
}

void DeferredPlanning::lint(
    const api::ProfileId& id, const api::PlanSubject& subject, Callback<api::LintReport> done) {
    controller_.with(
        [id, subject, done](api::Controller& real) { real.planning().lint(id, subject, done); },
        done);
}

void DeferredPlanning::test(
    const api::ProfileId& id,
    const api::PlanSubject& subject,
    const std::vector<api::PolicyTest>& tests,
    Callback<std::vector<api::PolicyTestResult>> done) {
    controller_.with(
        [id, subject, tests, done](api::Controller& real) {
            real.planning().test(id, subject, tests, done);
        },
        done);
}

void DeferredPlanning::whatIf(
    const api::ProfileId& id,
    const api::WhatIfQuestion& question,
    Callback<api::WhatIfAnswer> done) {
    controller_.with(
        [id, question, done](api::Controller& real) { real.planning().whatIf(id, question, done); },
        done);
}

void DeferredPlanning::explain(
    const api::ProfileId& id,
    const api::PlanSubject& subject,
    const std::string& from,
    const std::string& to,
    Callback<api::AccessExplanation> done) {
    controller_.with(
        [id, subject, from, to, done](api::Controller& real) {
            real.planning().explain(id, subject, from, to, done);
        },
        done);
}

}  // namespace weft::app
