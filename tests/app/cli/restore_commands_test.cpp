// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const api::ProfileId kHome{"home"};
const api::Group kCrew{"crew", {{"nas", api::SubjectKind::Node}}};
const api::ObjectRef kCrewRef{api::PolicyKind::Group, "crew", {}};
const api::ObjectRef kTempRef{api::PolicyKind::Group, "temp", {}};
constexpr const char* kCrewOfLaptop =
    R"({"name":"crew","subjects":[{"name":"laptop","type":"SUBJECT_NODE"}]})";
constexpr const char* kCrewOfPhone =
    R"({"name":"crew","subjects":[{"name":"phone","type":"SUBJECT_NODE"}]})";
constexpr const char* kCrewOfNas =
    R"({"name":"crew","subjects":[{"name":"nas","type":"SUBJECT_NODE"}]})";
constexpr const char* kTemp =
    R"({"name":"temp","subjects":[{"name":"nas","type":"SUBJECT_NODE"}]})";

api::Change changeOf(std::uint64_t id, std::vector<api::ChangedObject> objects) {
    api::Change change;
    change.id = id;
    change.verb = "apply";
    change.objects = std::move(objects);
    return change;
}

/// Change 5 made the crew of the laptop, 6 gave it to the phone and made temp, 7 to the nas.
std::vector<api::Change> history() {
    return {
        changeOf(7, {{kCrewRef, kCrewOfPhone, kCrewOfNas}}),
        changeOf(6, {{kCrewRef, kCrewOfLaptop, kCrewOfPhone}, {kTempRef, "", kTemp}}),
        changeOf(5, {{kCrewRef, "", kCrewOfLaptop}})};
}

class Restoring : public Weftctl {
public:
    explicit Restoring(const std::vector<api::Change>& changes = history()) : Weftctl("home") {
        prepare = [this, changes](tests::FakeController& daemon) {
            daemon.updatePolicy(kHome, [changes](tests::FakePolicy& policy) {
                policy.add(kCrew);
                policy.add(api::Group{"temp", {{"nas", api::SubjectKind::Node}}});
                for (const auto& change : changes) {
                    policy.history.push_back({change, {}});
                }
            });
            daemon.updatePlan(kHome, [this](tests::FakePlan& plan) {
                plan.written = [this](const api::Draft& now) { draft = now; };
            });
        };
    }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a test looks at it after `run`
    std::optional<api::Draft> draft{};
};

TEST(PolicyRestore, TakesBackWhatCameAfterAChangeAsOne) {
    const Result result = Restoring().run({"policy", "restore", "5", "--yes"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("  - subjects: nas\n  + subjects: laptop\n"),
            HasSubstr("group temp: deleted"),
            HasSubstr("made as change")));
    EXPECT_EQ(Restoring().run({"policy", "restore", "5", "--yes", "-q"}).out, "4\n");
}

TEST(PolicyRestore, AsksFirstAndPutsItIntoTheDraftWhenTold) {
    const Result asked = Restoring().run({"policy", "restore", "6"});
    EXPECT_EQ(asked.code, kExitPrecondition);
    EXPECT_THAT(asked.out, AllOf(HasSubstr("group crew"), Not(HasSubstr("temp"))));

    Restoring drafted;
    const Result result = drafted.run({"policy", "restore", "6", "--draft"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    ASSERT_TRUE(drafted.draft);
    const api::PolicyEdit expected{
        kCrewRef, kCrew, api::Group{"crew", {{"phone", api::SubjectKind::Node}}}};
    EXPECT_THAT(drafted.draft->edits, ElementsAre(expected));
    EXPECT_EQ(
        drafted.run({"policy", "restore", "6", "--draft", "--auto-revert", "30s"}).code,
        kExitUsage);
}

TEST(PolicyRestore, HasNothingToDoAfterTheNewestChange) {
    EXPECT_EQ(
        Restoring().run({"policy", "restore", "7"}).out,
        "the rules are as after change 7 already\n");
    EXPECT_THAT(
        Restoring().run({"policy", "restore", "7", "-o", "json"}).out, HasSubstr("\"change\": 0"));
}

TEST(PolicyRestore, RefusesWhatTheHistoryDoesNotTell) {
    const Result early = Restoring().run({"policy", "restore", "4", "--yes"});
    EXPECT_EQ(early.code, kExitNotFound);
    EXPECT_THAT(early.err, HasSubstr("the history has no change 4: it goes from 5 to 7"));
    EXPECT_THAT(
        Restoring(std::vector<api::Change>{}).run({"policy", "restore", "4", "--yes"}).err,
        HasSubstr("it is empty"));
    EXPECT_EQ(Restoring().run({"policy", "restore", "x"}).code, kExitUsage);

    auto large = history();
    large[1].withoutObjects = true;
    const Result unknown = Restoring(large).run({"policy", "restore", "5", "--yes"});
    EXPECT_EQ(unknown.code, kExitPrecondition);
    EXPECT_THAT(unknown.err, HasSubstr("change 6 was too large to be kept"));
    EXPECT_EQ(Restoring(large).run({"policy", "restore", "6", "--yes"}).code, kExitOk);

    auto broken = history();
    broken[0].objects.front().before = "{";
    EXPECT_THAT(
        Restoring(broken).run({"policy", "restore", "5", "--yes"}).err, HasSubstr("change 7"));
}

TEST(PolicyRevert, TakesBackTheChangeThatWaits) {
    auto changes = history();
    changes[0].revertAt = WallTime{} + 1h;
    const Result result = Restoring(changes).run({"policy", "revert"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("change 7 is taken back, by change"));
    EXPECT_THAT(
        Restoring(changes).run({"policy", "revert", "-o", "json"}).out, HasSubstr("\"change\": 4"));
}

TEST(PolicyRevert, SaysThatNothingWaits) {
    const Result result = Restoring().run({"policy", "revert"});
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_THAT(
        result.err,
        HasSubstr("no change waits for its confirmation: `weftctl policy undo` takes others back"));
}

}  // namespace
}  // namespace weft::cli
