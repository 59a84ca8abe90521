// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/drafts.h"
#include "core/api/planning.h"
#include "core/base/status.h"

#include <functional>
#include <string>
#include <vector>

namespace weft::tests {

/// What a FakeController answers about rules before they are made, and the draft that it keeps. A
/// question whose function is empty has an empty answer. All of it runs where callbacks run.
struct FakePlan {
    std::function<StatusOr<api::PlanReview>(const api::PlanSubject&)> review{};
    std::function<StatusOr<api::LintReport>(const api::PlanSubject&)> lint{};
    std::function<StatusOr<std::vector<api::PolicyTestResult>>(
        const api::PlanSubject&, const std::vector<api::PolicyTest>&)>
        test{};
    std::function<StatusOr<api::WhatIfAnswer>(const api::WhatIfQuestion&)> whatIf{};
    std::function<StatusOr<api::AccessExplanation>(
        const api::PlanSubject&, const std::string& from, const std::string& to)>
        explain{};

    api::Draft draft{};
    /// Told of the draft after each write.
    std::function<void(const api::Draft&)> written{};
    /// Told of what is applied.
    std::function<void(const api::ApplyDraftWish&)> applied{};
};

}  // namespace weft::tests
