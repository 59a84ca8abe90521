// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using Delivery = FakeController::Delivery;
using api::ObjectRef;
using api::PolicyKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const api::ProfileId kHome{"home"};
const WallTime kNow = WallTime{} + std::chrono::hours(500'000);
const api::Group kGuests{"guests", {{"phone-office", api::SubjectKind::Node}}};
const ObjectRef kGuestsRef{PolicyKind::Group, "guests", {}};

FakeScene sceneNamed(const char* name) {
    return fakeScene(name, kNow).value();
}

class FakeControllerPolicy : public testing::Test {
protected:
    /// Runs a call and hands back its answer.
    template <typename Result, typename Call>
    StatusOr<Result> ask(Call call) {
        StatusOr<Result> answer = unavailable("no answer");
        call([&answer](StatusOr<Result> given) { answer = std::move(given); });
        controller.run();
        return answer;
    }
    api::PolicyState policy() {
        return ask<api::PolicyState>([this](auto done) { controller.policy(kHome, done); }).value();
    }
    StatusOr<api::WriteReport> put(
        const api::PolicyObject& object, std::optional<std::uint64_t> base) {
        return ask<api::WriteReport>(
            [&](auto done) { controller.putPolicyObject(kHome, object, base, done); });
    }

    FakeController controller{sceneNamed("home"), Delivery::Manual};
};

TEST_F(FakeControllerPolicy, KeepsWhatIsPutAndGivesItARevision) {
    const auto report = put(kGuests, api::kMustNotExist);

    const api::PolicyState now = policy();
    ASSERT_NE(now.find(kGuestsRef), nullptr);
    EXPECT_EQ(std::get<api::Group>(now.find(kGuestsRef)->object), kGuests);
    EXPECT_EQ(now.find(kGuestsRef)->revision, report.value().revision);
    EXPECT_EQ(now.revision, report.value().revision);
}

TEST_F(FakeControllerPolicy, RefusesAWriteThatIsBasedOnAnOlderRevision) {
    const auto first = put(kGuests, api::kMustNotExist);
    const auto second = put(kGuests, first.value().revision);

    EXPECT_EQ(put(kGuests, first.value().revision).status().code(), StatusCode::kAborted);
    EXPECT_EQ(put(kGuests, api::kMustNotExist).status().code(), StatusCode::kAborted);
    EXPECT_TRUE(put(kGuests, second.value().revision).ok());
    EXPECT_TRUE(put(kGuests, std::nullopt).ok());
}

TEST_F(FakeControllerPolicy, ProtectsWhatBelongsToTheMesh) {
    EXPECT_EQ(
        put(api::Role{"mesh-admin", {{}}}, std::nullopt).status().code(),
        StatusCode::kInvalidArgument);
    const auto removed = ask<api::WriteReport>([this](auto done) {
        controller.removePolicyObject(kHome, {PolicyKind::Group, "voters", {}}, {}, done);
    });
    EXPECT_EQ(removed.status().code(), StatusCode::kInvalidArgument);
}

TEST_F(FakeControllerPolicy, TellsWatchersOfEachChange) {
    std::vector<std::uint64_t> revisions;
    const auto watch = controller.watchPolicy(
        kHome, [&](const api::PolicyState& state) { revisions.push_back(state.revision); });
    controller.run();
    const std::uint64_t start = policy().revision;

    ASSERT_TRUE(put(kGuests, std::nullopt).ok());
    controller.updatePolicy(kHome, [](FakePolicy& policy) { policy.state.revision = 99; });
    controller.run();

    EXPECT_THAT(revisions, ElementsAre(start, start + 1, 99));
}

TEST_F(FakeControllerPolicy, AllowsWhatARoleGivesThroughAGroup) {
    const auto check = [this](const std::string& subject) {
        return ask<api::AccessAnswer>([&](auto done) {
                   controller.checkAccess(
                       kHome,
                       {subject,
                        api::SubjectKind::All,
                        api::PolicyVerb::Put,
                        api::PolicyResource::Routes,
                        "office-lan"},
                       done);
               })
            .value();
    };

    EXPECT_EQ(check("build-01").binding, "office-routes");
    EXPECT_TRUE(check("build-01").allowed);
    EXPECT_FALSE(check("nas").allowed);
    EXPECT_THAT(check("nas").reason, Not(IsEmpty()));
}

TEST_F(FakeControllerPolicy, ExplainsBothDirections) {
    const auto answer = ask<api::AccessExplanation>([this](auto done) {
                            controller.explainAccess(kHome, "nas", "camera-door", done);
                        }).value();

    EXPECT_TRUE(answer.forward.accepted);
    EXPECT_FALSE(answer.backward.accepted);
    EXPECT_EQ(answer.backward.families.front().acl, "cameras-stay-in");
    EXPECT_FALSE(answer.tunnelPossible);
}

TEST_F(FakeControllerPolicy, RemovesANodeWithAllThatBelongsToIt) {
    const auto report = ask<api::WriteReport>(
        [this](auto done) { controller.removeNode(kHome, "nas", "sold", done); });

    EXPECT_THAT(
        report.value().alsoChanged,
        ElementsAre("edge laptop - nas is deleted", "route home-lan is deleted"));
    EXPECT_EQ(policy().find({PolicyKind::Route, "home-lan", {}}), nullptr);
    const auto removed = ask<std::vector<api::RemovedNode>>(
        [this](auto done) { controller.removedNodes(kHome, done); });
    EXPECT_EQ(removed.value().front().nodeId, "nas");
    EXPECT_EQ(removed.value().front().reason, "sold");
}

TEST_F(FakeControllerPolicy, NotesEachWriteInTheAuditLog) {
    ASSERT_TRUE(put(kGuests, std::nullopt).ok());
    ASSERT_FALSE(put(kGuests, 1).ok());
    api::AuditFilter filter;
    filter.name = "guests";

    const auto events = ask<std::vector<api::AuditEvent>>([&](auto done) {
                            controller.auditEvents(kHome, filter, done);
                        }).value();

    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].outcome, api::AuditOutcome::Failed);
    EXPECT_EQ(events[0].code, "ABORTED");
    EXPECT_EQ(events[1].outcome, api::AuditOutcome::Allowed);
}

TEST_F(FakeControllerPolicy, RefusesWritesOfOneWhoIsNoAdministrator) {
    controller.updateState(
        [](api::DaemonState& state) { state.connections.front().isAdmin = false; });

    EXPECT_EQ(put(kGuests, std::nullopt).status().code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(policy().objects.size() > 5);
}

TEST_F(FakeControllerPolicy, IsUnavailableWhileTheProfileIsOff) {
    controller.setScene(sceneNamed("off"));

    EXPECT_EQ(put(kGuests, std::nullopt).status().code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace weft::tests
