// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using Delivery = FakeController::Delivery;

FakeScene sceneNamed(const char* name) {
    return fakeScene(name, WallTime{1767225600s}).value();
}

TEST(FakeController, KnowsEveryListedScene) {
    for (const std::string& name : fakeSceneNames()) {
        const StatusOr<FakeScene> scene = fakeScene(name, WallTime{});
        ASSERT_TRUE(scene.ok()) << name;
        EXPECT_EQ(scene->state.profiles.size(), scene->state.connections.size()) << name;
    }
    EXPECT_EQ(fakeScene("nowhere", WallTime{}).status().code(), StatusCode::kNotFound);
}

TEST(FakeController, ConnectsInSixSteps) {
    FakeController controller(sceneNamed("off"), Delivery::Manual);
    std::vector<api::Connection> seen;
    const Subscription watch = controller.watchState(
        [&seen](const api::DaemonState& state) { seen.push_back(state.connections.front()); });
    Status result = unavailable("not yet");
    controller.connectProfile(
        api::ProfileId{"home"}, {{"password", "x"}}, [&result](Status s) { result = s; });

    controller.run();
    controller.advance(6 * FakeController::kStepTime);

    EXPECT_TRUE(result.ok()) << result;
    ASSERT_EQ(seen.size(), 8U);
    EXPECT_EQ(seen.at(1).state, api::ConnectionState::Connecting);
    EXPECT_EQ(seen.at(6).step.number, 6U);
    EXPECT_EQ(seen.back().state, api::ConnectionState::Connected);
    EXPECT_EQ(controller.lastSecrets().at("password"), "x");
}

TEST(FakeController, AnswersHeldCallsWhenReleased) {
    FakeController controller(sceneNamed("home"), Delivery::Manual);
    int answers = 0;
    controller.hold();
    controller.capabilities([&answers](const auto&) { ++answers; });

    controller.run();
    EXPECT_EQ(answers, 0);
    controller.release();
    controller.run();

    EXPECT_EQ(answers, 1);
}

TEST(FakeController, CancelsWhatIsOpenWhenItGoes) {
    StatusCode code = StatusCode::kOk;
    {
        FakeController controller(sceneNamed("waiting"), Delivery::OwnThread);
        controller.capabilities([&code](const auto& result) { code = result.status().code(); });
    }
    EXPECT_EQ(code, StatusCode::kCancelled);
}

TEST(FakeController, FailsCallsWhileTheDaemonIsLost) {
    FakeController controller(sceneNamed("home"), Delivery::Manual);
    std::vector<StatusCode> codes;
    const auto note = [&codes](const auto& result) { codes.push_back(result.status().code()); };

    controller.setLink(api::LinkState::Lost, unavailable("gone"));
    controller.capabilities(note);
    controller.setLink(api::LinkState::Ready);
    controller.capabilities(note);
    controller.run();

    EXPECT_THAT(codes, testing::ElementsAre(StatusCode::kUnavailable, StatusCode::kOk));
}

TEST(FakeController, FailsTheNextCallOfAKind) {
    FakeController controller(sceneNamed("home"), Delivery::Manual);
    std::vector<StatusCode> codes;
    controller.failNext(FakeCall::Disconnect, permissionDenied("no"));
    for (int i = 0; i < 2; ++i) {
        controller.disconnectProfile(
            api::ProfileId{"home"}, [&codes](const Status& s) { codes.push_back(s.code()); });
    }
    controller.run();

    EXPECT_THAT(codes, testing::ElementsAre(StatusCode::kPermissionDenied, StatusCode::kOk));
}

TEST(FakeController, TellsPeersFirstAllThenChanges) {
    FakeController controller(sceneNamed("home"), Delivery::Manual);
    std::vector<api::PeersUpdate> seen;
    Subscription watch =
        controller.watchPeers(api::ProfileId{"home"}, [&seen](const api::PeersUpdate& update) {
            seen.push_back(update);
        });
    controller.updatePeers(api::ProfileId{"home"}, {false, {}, {"nas"}});
    controller.run();
    watch.cancel();
    controller.updatePeers(api::ProfileId{"home"}, {false, {}, {"vps-fra"}});
    controller.run();

    ASSERT_EQ(seen.size(), 2U);
    EXPECT_TRUE(seen.front().reset);
    EXPECT_EQ(seen.front().changed.size(), 12U);
    EXPECT_THAT(seen.back().removedIds, testing::ElementsAre("nas"));
}

TEST(FakeController, DeliversOnItsOwnThread) {
    FakeController controller(sceneNamed("home"), Delivery::OwnThread);
    std::promise<std::thread::id> where;
    controller.capabilities([&where](const auto&) { where.set_value(std::this_thread::get_id()); });

    EXPECT_NE(where.get_future().get(), std::this_thread::get_id());
}

TEST(FakeController, MakesInvitationsAndRevokesThem) {
    FakeController controller(sceneNamed("alone"), Delivery::Manual);
    std::string id;
    controller.createInvitation(
        api::ProfileId{"home"}, {"phone", "note", 1h, {}}, [&id](const auto& made) {
            ASSERT_TRUE(made.ok());
            EXPECT_TRUE(made->code.starts_with(FakeController::kCodePrefix));
            id = made->invitation.id;
        });
    controller.run();
    controller.revokeInvitation(
        api::ProfileId{"home"}, id, [](const Status& s) { EXPECT_TRUE(s.ok()) << s; });
    std::vector<api::Invitation> all;
    controller.invitations(api::ProfileId{"home"}, [&all](const auto& list) { all = *list; });
    controller.run();

    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().state, api::InvitationState::Revoked);
}

TEST(FakeController, RefusesChangesBelowGradeOperate) {
    FakeController controller(sceneNamed("read-only"), Delivery::Manual);
    StatusCode code = StatusCode::kOk;
    controller.disconnectProfile(
        api::ProfileId{"home"}, [&code](const Status& s) { code = s.code(); });
    controller.run();

    EXPECT_EQ(code, StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace weft::tests
