// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_plan.h"

#include "tests/support/fake_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const api::ProfileId kHome{"home"};
const WallTime kNow = WallTime{} + std::chrono::hours(500'000);
const api::Group kCrew{"crew", {{"laptop", api::SubjectKind::Node}}};
const api::PolicyEdit kMakeCrew{refOf(kCrew), std::nullopt, kCrew};
const api::PolicyEdit kRemoveCrew{refOf(kCrew), kCrew, std::nullopt};

class FakeControllerPlan : public testing::Test {
protected:
    /// Runs a call and hands back its answer.
    template <typename Result, typename Call>
    StatusOr<Result> ask(Call call) {
        StatusOr<Result> answer = unavailable("no answer");
        call([&answer](StatusOr<Result> given) { answer = std::move(given); });
        controller_.run();
        return answer;
    }
    StatusOr<api::Draft> edit(
        const api::PolicyEdit& edit, std::optional<std::uint64_t> base = std::nullopt) {
        return ask<api::Draft>(
            [&](auto done) { controller_.drafts().edit(kHome, {edit}, false, base, done); });
    }
    StatusOr<api::AppliedChange> apply() {
        return ask<api::AppliedChange>([this](auto done) {
            controller_.drafts().apply(kHome, {"why", {}}, std::nullopt, done);
        });
    }
    api::Draft draft() {
        return ask<api::Draft>([this](auto done) { controller_.drafts().get(kHome, done); })
            .value();
    }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    FakeController controller_{fakeScene("home", kNow).value(), FakeController::Delivery::Manual};
};

TEST_F(FakeControllerPlan, KeepsOneEditForEachObject) {
    EXPECT_EQ(draft(), api::Draft{});
    ASSERT_TRUE(edit(kMakeCrew).ok());
    ASSERT_TRUE(edit(kRemoveCrew, 1).ok());

    EXPECT_EQ(draft().number, 2U);
    EXPECT_THAT(
        draft().edits, ElementsAre(api::PolicyEdit{refOf(kCrew), std::nullopt, std::nullopt}));
    EXPECT_EQ(edit(kMakeCrew, 1).status().code(), StatusCode::kAborted);
}

TEST_F(FakeControllerPlan, MakesTheEditsAndEndsTheDraft) {
    EXPECT_EQ(apply().status().code(), StatusCode::kFailedPrecondition);
    ASSERT_TRUE(edit(kMakeCrew).ok());

    const auto applied = apply();

    ASSERT_TRUE(applied.ok()) << applied.status();
    EXPECT_EQ(applied->id, 1U);
    EXPECT_THAT(draft().edits, IsEmpty());
    const auto policy =
        ask<api::PolicyState>([this](auto done) { controller_.policy(kHome, done); });
    EXPECT_NE(policy->find(refOf(kCrew)), nullptr);
}

TEST_F(FakeControllerPlan, RefusesToApplyAConflictUntilItIsDecided) {
    controller_.updatePlan(kHome, [](FakePlan& plan) {
        plan.draft = {{kRemoveCrew}, 3, {}, {{refOf(kCrew), "both", kCrew, {}, std::nullopt}}};
    });
    EXPECT_EQ(apply().status().code(), StatusCode::kAborted);

    const auto rebased = ask<api::Draft>([this](auto done) {
        controller_.drafts().rebase(kHome, {{}, {refOf(kCrew)}}, 3, done);
    });

    ASSERT_TRUE(rebased.ok()) << rebased.status();
    EXPECT_THAT(rebased->edits, IsEmpty());
    EXPECT_THAT(rebased->conflicts, IsEmpty());
}

TEST_F(FakeControllerPlan, AnswersWhatTheTestPutsIn) {
    const auto review = [this] {
        return ask<api::PlanReview>(
            [this](auto done) { controller_.planning().review(kHome, api::PastRules{7}, done); });
    };
    EXPECT_EQ(review().value(), api::PlanReview{});
    controller_.updatePlan(kHome, [](FakePlan& plan) {
        plan.review = [](const api::PlanSubject& subject) -> StatusOr<api::PlanReview> {
            return notFound("no change {}", std::get<api::PastRules>(subject).change);
        };
    });
    EXPECT_EQ(review().status().code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace weft::tests
