// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/administration_service.h"

#include "core/control/controller.h"
#include "tests/core/daemon/local_server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

/// A front end, the local server, and a connection that answers as the test's fake does.
class AdministrationTest : public LocalServerFixture {
protected:
    ~AdministrationTest() override { controller_.reset(); }

    void serve(api::Grade grade) {
        LocalServerFixture::serve(grade, kEmbeddedCalls);
        ASSERT_NE(server_, nullptr);
        controller_ = control::makeController(server_->inProcessChannel());
    }
    void connect() {
        onLoop([this] { table_.startAll(); });
        tell(0);
    }
    void tell(std::uint64_t changes) {
        onLoop([this, changes] {
            weft::local::v1::Connection state;
            state.set_state(weft::local::v1::Connection::STATE_CONNECTED);
            state.set_policy_changes(changes);
            factory_.made.back()->events.changed(state);
        });
        onLoop([] {});
    }
    template <typename Result, typename Call>
    Result ask(Call call) {
        auto answer = std::make_shared<std::promise<Result>>();
        auto future = answer->get_future();
        call([answer](Result result) { answer->set_value(std::move(result)); });
        if (future.wait_for(20s) != std::future_status::ready) {
            return Result{deadlineExceeded("no answer")};
        }
        return future.get();
    }
    StatusOr<api::WriteReport> put(std::optional<std::uint64_t> base) {
        return ask<StatusOr<api::WriteReport>>([&](auto done) {
            controller_->putPolicyObject(default_, api::Group{"g", {}}, base, done);
        });
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    const api::ProfileId default_{""};
    std::unique_ptr<api::Controller> controller_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(AdministrationTest, ReachesTheConnectionAndBack) {
    serve(api::Grade::Administer);
    connect();

    EXPECT_EQ(
        ask<StatusOr<api::PolicyState>>([&](auto done) { controller_->policy(default_, done); })
            .value()
            .revision,
        7U);
    EXPECT_EQ(put(std::nullopt).value().revision, 8U);
    EXPECT_EQ(put(7).value().revision, 8U);
    EXPECT_EQ(put(6).status().code(), StatusCode::kAborted);
    EXPECT_EQ(put(api::kMustNotExist).status().code(), StatusCode::kAborted);
    const auto removed = ask<StatusOr<api::WriteReport>>([&](auto done) {
        controller_->removePolicyObject(default_, {api::PolicyKind::Role, "r", {}}, {}, done);
    });
    EXPECT_THAT(removed.value().alsoChanged, ElementsAre("something else"));
    const auto answer = ask<StatusOr<api::AccessAnswer>>([&](auto done) {
        api::AccessQuestion question;
        question.subject = "nas";
        controller_->checkAccess(default_, question, done);
    });
    EXPECT_EQ(answer.value().reason, "asked for nas");
    const auto explanation = ask<StatusOr<api::AccessExplanation>>(
        [&](auto done) { controller_->explainAccess(default_, "a", "b", done); });
    EXPECT_EQ(explanation.value().summary, "a and b");
}

TEST_F(AdministrationTest, TakesNodesOutAndIn) {
    serve(api::Grade::Administer);
    connect();

    const auto gone = ask<StatusOr<api::WriteReport>>(
        [&](auto done) { controller_->removeNode(default_, "nas", "sold", done); });
    const auto list = ask<StatusOr<std::vector<api::RemovedNode>>>(
        [&](auto done) { controller_->removedNodes(default_, done); });
    const auto back =
        ask<Status>([&](auto done) { controller_->readmitNode(default_, "gone", done); });
    const auto never =
        ask<Status>([&](auto done) { controller_->readmitNode(default_, "other", done); });

    EXPECT_THAT(gone.value().alsoChanged, ElementsAre("nas: sold"));
    EXPECT_EQ(list.value().front().nodeId, "gone");
    EXPECT_TRUE(back.ok()) << back;
    EXPECT_EQ(never.code(), StatusCode::kNotFound);
}

TEST_F(AdministrationTest, LeavesTheOldestEventsOutOfAnAnswerThatWouldBeTooLarge) {
    serve(api::Grade::Administer);
    connect();
    const auto events = [this](std::uint32_t limit) {
        api::AuditFilter filter;
        filter.limit = limit;
        return ask<StatusOr<std::vector<api::AuditEvent>>>(
            [&](auto done) { controller_->auditEvents(default_, filter, done); });
    };

    // The fake's events have a little more than one MiB each.
    EXPECT_EQ(events(7).value().size(), 7U);
    EXPECT_EQ(events(8).value().size(), 7U);
}

TEST_F(AdministrationTest, IsForTheGradesOfItsTable) {
    serve(api::Grade::Observe);
    connect();

    EXPECT_TRUE(ask<StatusOr<api::PolicyState>>([&](auto done) {
                    controller_->policy(default_, done);
                }).ok());
    EXPECT_EQ(put(std::nullopt).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(AdministrationTest, NeedsAConnectedProfile) {
    serve(api::Grade::Administer);

    EXPECT_FALSE(put(std::nullopt).ok());
}

TEST_F(AdministrationTest, TellsWatchersWhenTheStateSaysThatTheRulesChanged) {
    serve(api::Grade::Administer);
    connect();
    std::string id;
    onLoop([&] { id = table_.state().default_profile_id(); });
    auto first = std::make_shared<std::promise<void>>();
    auto second = std::make_shared<std::promise<void>>();
    auto count = std::make_shared<std::atomic<int>>(0);

    const auto watch = controller_->watchPolicy(
        api::ProfileId{id}, [count, first, second](const api::PolicyState& state) {
            EXPECT_EQ(state.revision, 7U);
            const int now = ++*count;
            if (now <= 2) {
                (now == 1 ? first : second)->set_value();
            }
        });

    EXPECT_EQ(first->get_future().wait_for(20s), std::future_status::ready);
    tell(1);
    EXPECT_EQ(second->get_future().wait_for(20s), std::future_status::ready);
}

}  // namespace
}  // namespace weft::daemon
