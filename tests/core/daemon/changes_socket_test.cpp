// SPDX-License-Identifier: Apache-2.0
#include "core/api/changes.h"
#include "core/control/controller.h"
#include "core/daemon/local/changes_service.h"
#include "tests/core/daemon/local_server_fixture.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <future>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

/// The local server in front of a connection that answers as the test's fake does.
class ChangesSocketTest : public LocalServerFixture {
protected:
    void begin(api::Grade grade) {
        serve(grade, kEmbeddedCalls);
        ASSERT_NE(server_, nullptr);
        stub_ = local::Changes::NewStub(server_->inProcessChannel());
    }
    void connect() {
        onLoop([this] { table_.startAll(); });
        onLoop([this] {
            local::Connection state;
            state.set_state(local::Connection::STATE_CONNECTED);
            factory_.made.back()->events.changed(state);
        });
        onLoop([] {});
    }
    int listed(std::uint32_t limit) {
        grpc::ClientContext context;
        local::LocalListChangesRequest request;
        request.mutable_filter()->set_limit(limit);
        local::LocalListChangesResponse response;
        EXPECT_TRUE(stub_->ListChanges(&context, request, &response).ok());
        return response.changes_size();
    }
    ~ChangesSocketTest() override { stub_.reset(); }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    std::unique_ptr<local::Changes::Stub> stub_;
};

TEST_F(ChangesSocketTest, HandsChangesToTheConnection) {
    begin(api::Grade::Operate);
    grpc::ClientContext early;
    local::LocalApplyChangesRequest request;
    meshv1::AppliedChange applied;
    EXPECT_EQ(
        stub_->ApplyChanges(&early, request, &applied).error_code(),
        grpc::StatusCode::FAILED_PRECONDITION);

    connect();
    request.mutable_change()->add_edits();
    request.mutable_change()->add_edits();
    grpc::ClientContext apply;
    ASSERT_TRUE(stub_->ApplyChanges(&apply, request, &applied).ok());
    EXPECT_EQ(applied.change_id(), 2U);

    local::LocalRevertChangeRequest revert;
    revert.mutable_change()->set_change_id(7);
    grpc::ClientContext back;
    ASSERT_TRUE(stub_->RevertChange(&back, revert, &applied).ok());
    EXPECT_EQ(applied.change_id(), 8U);

    local::LocalConfirmChangeRequest confirm;
    confirm.set_change_id(1);
    meshv1::ConfirmChangeResponse confirmed;
    grpc::ClientContext first;
    EXPECT_TRUE(stub_->ConfirmChange(&first, confirm, &confirmed).ok());
    confirm.set_change_id(2);
    grpc::ClientContext second;
    EXPECT_EQ(
        stub_->ConfirmChange(&second, confirm, &confirmed).error_code(),
        grpc::StatusCode::NOT_FOUND);
}

TEST_F(ChangesSocketTest, LeavesTheOldestChangesOutOfAnAnswerThatWouldBeTooLarge) {
    begin(api::Grade::Operate);
    connect();
    // The fake's changes have a little more than one MiB each.
    EXPECT_EQ(listed(7), 7);
    EXPECT_EQ(listed(8), 7);
}

TEST_F(ChangesSocketTest, HandsTestsToTheConnection) {
    begin(api::Grade::Operate);
    connect();
    grpc::ClientContext get;
    meshv1::KeptPolicyTests kept;
    ASSERT_TRUE(stub_->GetPolicyTests(&get, {}, &kept).ok());
    EXPECT_EQ(kept.revision(), 7U);
    EXPECT_EQ(kept.tests().tests(0).name(), "one");

    local::LocalPutPolicyTestsRequest request;
    request.mutable_put()->set_base_revision(7);
    grpc::ClientContext put;
    meshv1::PutPolicyTestsResponse written;
    ASSERT_TRUE(stub_->PutPolicyTests(&put, request, &written).ok());
    EXPECT_EQ(written.revision(), 8U);
}

TEST_F(ChangesSocketTest, AnswersAControllerAboutTests) {
    begin(api::Grade::Operate);
    connect();
    const auto controller = control::makeController(server_->inProcessChannel());
    std::promise<StatusOr<api::KeptPolicyTests>> kept;
    controller->changes().policyTests(
        api::ProfileId(), [&kept](auto answer) { kept.set_value(std::move(answer)); });
    const auto tests = kept.get_future().get();
    ASSERT_TRUE(tests.ok()) << tests.status();
    EXPECT_EQ(tests->revision, 7U);
    EXPECT_EQ(tests->tests.front().name, "one");

    std::promise<StatusOr<std::uint64_t>> put;
    controller->changes().putPolicyTests(
        api::ProfileId(), tests->tests, 7, [&put](auto answer) { put.set_value(answer); });
    EXPECT_EQ(put.get_future().get().value(), 8U);
}

TEST_F(ChangesSocketTest, AnswersAControllerWhereAChangeIsInEffect) {
    begin(api::Grade::Operate);
    connect();
    const auto controller = control::makeController(server_->inProcessChannel());
    std::promise<StatusOr<api::Propagation>> told;
    controller->changes().propagation(
        api::ProfileId(), 12, [&told](auto answer) { told.set_value(std::move(answer)); });

    const auto propagation = told.get_future().get();

    ASSERT_TRUE(propagation.ok()) << propagation.status();
    EXPECT_EQ(propagation->change, 12U);
    EXPECT_EQ(propagation->done, 1U);
    EXPECT_EQ(propagation->unreachable, 1U);
    EXPECT_EQ(propagation->all(), 2U);
    EXPECT_FALSE(propagation->isEverywhere());
    ASSERT_EQ(propagation->nodes.size(), 2U);
    EXPECT_EQ(propagation->nodes[0].node, "bravo");
    EXPECT_EQ(propagation->nodes[0].state, api::PropagationState::Unreachable);
    EXPECT_EQ(propagation->nodes[0].since, std::nullopt);
    EXPECT_EQ(propagation->nodes[1].state, api::PropagationState::Done);
    EXPECT_EQ(propagation->nodes[1].since, WallTime(std::chrono::seconds(1'700'000'000)));
}

TEST_F(ChangesSocketTest, IsForTheGradesOfItsTable) {
    begin(api::Grade::Observe);
    connect();
    grpc::ClientContext context;
    meshv1::AppliedChange applied;
    EXPECT_EQ(
        stub_->ApplyChanges(&context, {}, &applied).error_code(),
        grpc::StatusCode::PERMISSION_DENIED);
    grpc::ClientContext put;
    meshv1::PutPolicyTestsResponse written;
    EXPECT_EQ(
        stub_->PutPolicyTests(&put, {}, &written).error_code(),
        grpc::StatusCode::PERMISSION_DENIED);
    grpc::ClientContext ask;
    meshv1::ChangePropagation propagation;
    EXPECT_EQ(
        stub_->GetPropagation(&ask, {}, &propagation).error_code(),
        grpc::StatusCode::PERMISSION_DENIED);
    grpc::ClientContext get;
    meshv1::KeptPolicyTests kept;
    EXPECT_TRUE(stub_->GetPolicyTests(&get, {}, &kept).ok());
}

}  // namespace
}  // namespace weft::daemon
