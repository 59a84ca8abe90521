// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/planning_service.h"

#include "tests/core/daemon/planning_socket_fixture.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>

#include <future>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Nobody reaches b from a by it, nor back.
mesh::PolicyObject wall() {
    return mesh::changes::tests::deny("wall", 100, {"a"}, {"b"});
}

class PlanningServiceTest : public PlanningSocketFixture {
protected:
    void begin(api::Grade grade = api::Grade::Observe) {
        PlanningSocketFixture::begin(grade);
        stub_ = local::Planning::NewStub(server_->inProcessChannel());
    }
    ~PlanningServiceTest() override { stub_.reset(); }

    static local::PlanSubject wallSubject() {
        local::PlanSubject subject;
        *subject.mutable_edits()->add_edits() = edit(std::nullopt, wall());
        return subject;
    }

    grpc::Status review(const local::PlanSubject& subject, local::PlanReview* answer) {
        grpc::ClientContext context;
        local::ReviewPlanRequest request;
        *request.mutable_subject() = subject;
        return stub_->ReviewPlan(&context, request, answer);
    }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    std::unique_ptr<local::Planning::Stub> stub_;
};

TEST_F(PlanningServiceTest, AnswersForConnectedMeshesAlone) {
    begin();
    local::PlanReview answer;
    EXPECT_EQ(
        review(local::PlanSubject(), &answer).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    connect();
    EXPECT_TRUE(review(local::PlanSubject(), &answer).ok());
    EXPECT_EQ(answer.pairs().changed(), 0U);

    local::PlanSubject other;
    other.set_profile_id("nobody");
    EXPECT_EQ(review(other, &answer).error_code(), grpc::StatusCode::NOT_FOUND);
    onLoop([this] { connection().records.reset(); });
    EXPECT_EQ(review(local::PlanSubject(), &answer).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(PlanningServiceTest, TellsWhoWouldLoseWhom) {
    begin();
    connect();
    local::PlanReview answer;
    const auto status = review(wallSubject(), &answer);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_THAT(answer.edits(), SizeIs(1));
    EXPECT_EQ(answer.pairs().lost(), 1U);
    ASSERT_THAT(answer.pairs().listed(), SizeIs(1));
    const auto& pair = answer.pairs().listed(0);
    EXPECT_EQ(pair.left(), "a");
    EXPECT_EQ(pair.right(), "b");
    EXPECT_EQ(pair.before().state(), local::PAIR_STATE_CONNECTED);
    EXPECT_EQ(pair.after().state(), local::PAIR_STATE_ONE_SIDED);
    EXPECT_FALSE(pair.after().forward());
    EXPECT_TRUE(pair.after().backward());
}

TEST_F(PlanningServiceTest, RefusesEditsThatAreNone) {
    begin();
    connect();
    local::PlanReview answer;
    local::PlanSubject subject;
    subject.mutable_edits()->add_edits()->mutable_object()->set_kind(meshv1::OBJECT_KIND_GROUP);
    EXPECT_EQ(review(subject, &answer).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    for (std::size_t i = 0; i < mesh::kMaxChangeEdits; ++i) {
        subject.mutable_edits()->add_edits();
    }
    EXPECT_EQ(review(subject, &answer).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(PlanningServiceTest, LooksForMistakes) {
    begin();
    connect();
    grpc::ClientContext context;
    local::LintPlanRequest request;
    const mesh::PolicyObject stranger =
        mesh::changes::tests::accept("stranger", 5, {"nobody-here"}, {"a"});
    *request.mutable_subject()->mutable_edits()->add_edits() = edit(std::nullopt, stranger);
    local::LintReport report;
    ASSERT_TRUE(stub_->LintPlan(&context, request, &report).ok());
    ASSERT_GT(report.findings_size(), 0);
    EXPECT_EQ(report.count(), static_cast<std::uint64_t>(report.findings_size()));
    const auto about = std::ranges::find_if(
        report.findings(), [](const auto& each) { return each.object().name() == "stranger"; });
    ASSERT_NE(about, report.findings().end());
    EXPECT_THAT(about->text(), HasSubstr("match no node"));
}

TEST_F(PlanningServiceTest, RunsTestsOnWhatWouldBe) {
    begin();
    connect();
    local::RunPolicyTestsRequest request;
    auto* test = request.mutable_tests()->add_tests();
    test->set_name("a reaches b");
    test->set_must(meshv1::PolicyTest::MUST_REACH);
    test->set_from("a");
    test->set_to("b");
    local::PolicyTestReport report;
    grpc::ClientContext now;
    ASSERT_TRUE(stub_->RunPolicyTests(&now, request, &report).ok());
    ASSERT_THAT(report.results(), SizeIs(1));
    EXPECT_TRUE(report.results(0).passed());

    *request.mutable_subject() = wallSubject();
    grpc::ClientContext then;
    ASSERT_TRUE(stub_->RunPolicyTests(&then, request, &report).ok());
    EXPECT_FALSE(report.results(0).passed());
    ASSERT_THAT(report.results(0).offending(), SizeIs(1));
    EXPECT_EQ(report.results(0).offending(0).target(), "b");

    test->clear_name();
    grpc::ClientContext nameless;
    EXPECT_EQ(
        stub_->RunPolicyTests(&nameless, request, &report).error_code(),
        grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(PlanningServiceTest, AsksWhatIsLostWithNodesAndObjects) {
    begin();
    connect();
    local::WhatIfRequest request;
    request.add_nodes("d");
    local::WhatIfAnswer answer;
    grpc::ClientContext nodes;
    ASSERT_TRUE(stub_->AskWhatIf(&nodes, request, &answer).ok());
    ASSERT_THAT(answer.parts(), SizeIs(1));
    EXPECT_THAT(answer.parts(0).nodes(), ElementsAre("a", "b", "c"));

    request.add_nodes("nobody");
    grpc::ClientContext nobody;
    EXPECT_EQ(
        stub_->AskWhatIf(&nobody, request, &answer).error_code(), grpc::StatusCode::NOT_FOUND);
    request.clear_nodes();
    auto* link = request.add_links();
    link->set_source("a");
    link->set_target("nobody");
    grpc::ClientContext noEdge;
    EXPECT_EQ(
        stub_->AskWhatIf(&noEdge, request, &answer).error_code(), grpc::StatusCode::NOT_FOUND);
    link->set_target("b");
    grpc::ClientContext edge;
    EXPECT_TRUE(stub_->AskWhatIf(&edge, request, &answer).ok());

    request.mutable_object()->set_kind(meshv1::OBJECT_KIND_NETWORK_ACL);
    request.mutable_object()->set_name("default-accept");
    grpc::ClientContext both;
    EXPECT_EQ(
        stub_->AskWhatIf(&both, request, &answer).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    request.clear_links();
    grpc::ClientContext object;
    ASSERT_TRUE(stub_->AskWhatIf(&object, request, &answer).ok());
    EXPECT_EQ(answer.pairs().lost(), 6U);
    request.mutable_object()->set_name("none");
    grpc::ClientContext none;
    EXPECT_EQ(stub_->AskWhatIf(&none, request, &answer).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(PlanningServiceTest, ExplainsByRulesThatAreNotThereYet) {
    begin();
    connect();
    local::ExplainPlanRequest request;
    request.set_from("a");
    request.set_to("b");
    local::AccessExplanation answer;
    grpc::ClientContext now;
    ASSERT_TRUE(stub_->ExplainPlan(&now, request, &answer).ok());
    EXPECT_TRUE(answer.forward().accepted());
    *request.mutable_subject() = wallSubject();
    grpc::ClientContext then;
    ASSERT_TRUE(stub_->ExplainPlan(&then, request, &answer).ok());
    EXPECT_FALSE(answer.forward().accepted());
    EXPECT_TRUE(answer.backward().accepted());
}

TEST_F(PlanningServiceTest, ShowsThePastToWhoMayReadTheHistory) {
    begin();
    connect();
    local::PlanSubject subject;
    subject.set_after_change(7);
    local::PlanReview answer;
    EXPECT_EQ(review(subject, &answer).error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(PlanningServiceTest, GoesBackInTheHistory) {
    begin(api::Grade::Operate);
    world_.policy.put(wall());
    connect();
    auto& change = connection().history.emplace_back();
    change.set_id(8);
    auto* object = change.add_objects();
    object->mutable_object()->set_kind(meshv1::OBJECT_KIND_NETWORK_ACL);
    object->mutable_object()->set_name("wall");
    object->set_after(mesh::encode(wall()));
    connection().history.emplace_back().set_id(7);

    local::PlanSubject subject;
    subject.set_after_change(7);
    local::PlanReview answer;
    ASSERT_TRUE(review(subject, &answer).ok());
    EXPECT_EQ(answer.pairs().gained(), 1U);
    subject.set_after_change(8);
    ASSERT_TRUE(review(subject, &answer).ok());
    EXPECT_EQ(answer.pairs().changed(), 0U);
    subject.set_after_change(9);
    EXPECT_EQ(review(subject, &answer).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST(PlannerTest, RefusesMoreQuestionsThanItKeeps) {
    Planner planner;
    std::promise<void> held;
    std::vector<std::future<StatusOr<int>>> answers;
    const auto ask = [&planner](std::function<StatusOr<int>()> question) {
        auto promise = std::make_shared<std::promise<StatusOr<int>>>();
        auto answer = promise->get_future();
        planner.ask<int>(std::move(question), [promise](StatusOr<int> value) {
            promise->set_value(std::move(value));
        });
        return answer;
    };
    answers.push_back(ask([&held]() -> StatusOr<int> {
        held.get_future().wait();
        return 0;
    }));
    for (std::size_t i = 1; i < kMostPlanQuestions; ++i) {
        answers.push_back(ask([i] { return static_cast<int>(i); }));
    }
    EXPECT_EQ(ask([] { return 1; }).get().status().code(), StatusCode::kResourceExhausted);
    held.set_value();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].get().value(), static_cast<int>(i));
    }
}

}  // namespace
}  // namespace weft::daemon
