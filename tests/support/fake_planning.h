// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "tests/support/fake_daemon.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace weft::tests {

/// What a FakeController answers about rules before they are made: what the scene says.
class FakePlanning final : public api::Planning {
public:
    explicit FakePlanning(std::shared_ptr<FakeDaemon> core) : core_(std::move(core)) {}

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
    std::shared_ptr<FakeDaemon> core_;
};

}  // namespace weft::tests
