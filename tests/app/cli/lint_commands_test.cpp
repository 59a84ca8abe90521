// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <memory>

namespace weft::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const api::ProfileId kHome{"home"};
const api::Group kCrew{"crew", {{"laptop", api::SubjectKind::Node}}};
const api::PolicyEdit kMakeCrew{refOf(kCrew), std::nullopt, kCrew};
const api::PolicyEdit kRemoveCrew{refOf(kCrew), kCrew, std::nullopt};

/// A home whose daemon finds what `report` says in the rules that are `expected`.
class Linted {
public:
    explicit Linted(
        const api::LintReport& report, const api::PlanSubject& expected = api::LiveRules{}) {
        weftctl_.prepare = [answer = answerOf(report, expected),
                            draft = draft_](tests::FakeController& daemon) {
            daemon.updatePlan(kHome, [answer, draft](tests::FakePlan& plan) {
                plan.lint = answer;
                plan.written = [draft](const api::Draft& now) { *draft = now; };
            });
        };
    }
    Result run(std::vector<std::string> options = {}) {
        options.insert(options.begin(), {"policy", "lint"});
        return weftctl_.run(options);
    }
    const api::Draft& draft() const { return *draft_; }

private:
    using Answer = std::function<StatusOr<api::LintReport>(const api::PlanSubject&)>;

    static Answer answerOf(const api::LintReport& report, const api::PlanSubject& expected) {
        return [report, expected](const api::PlanSubject& subject) {
            return subject == expected ? StatusOr<api::LintReport>(report)
                                       : StatusOr<api::LintReport>(
                                           internalError("it was asked about something else"));
        };
    }

    std::shared_ptr<api::Draft> draft_ = std::make_shared<api::Draft>();
    Weftctl weftctl_{"home"};
};

api::LintReport findings() {
    api::LintReport report;
    report.findings = {
        {api::LintSeverity::Error,
         "empty-group",
         refOf(kCrew),
         "nobody is in it",
         {kMakeCrew},
         "weftctl put group crew --node laptop"},
        {api::LintSeverity::Warning, "unused", refOf(kCrew), "nothing uses it", {kRemoveCrew}, "x"},
        {api::LintSeverity::Hint, "big", {}, "it is large"}};
    report.count = 3;
    return report;
}

TEST(PolicyLint, SaysThatNothingWasFound) {
    const Result result = Linted({}).run();
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "nothing was found\n");
}

TEST(PolicyLint, ShowsFindingsAndFixesAndFailsForErrors) {
    const Result result = Linted(findings()).run();
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_EQ(
        result.out,
        "error: group crew: nobody is in it (empty-group)\n"
        "  fix: weftctl put group crew --node laptop\n"
        "warning: group crew: nothing uses it (unused)\n"
        "  fix: x\n"
        "hint: it is large (big)\n"
        "1 error, 1 warning, 1 hint\n");
    EXPECT_THAT(result.err, HasSubstr("the rules have 1 error"));
    EXPECT_EQ(Linted(findings()).run({"-q"}).out, "3\n");
    EXPECT_THAT(
        Linted(findings()).run({"-o", "json"}).out,
        AllOf(HasSubstr("\"code\": \"empty-group\""), HasSubstr("\"isComplete\": true")));
}

TEST(PolicyLint, FailsForWarningsWhenItIsStrict) {
    auto report = findings();
    report.findings.erase(report.findings.begin());
    report.count = 2;
    EXPECT_EQ(Linted(report).run().code, kExitOk);
    const Result strict = Linted(report).run({"--strict"});
    EXPECT_EQ(strict.code, kExitPrecondition);
    EXPECT_THAT(strict.err, HasSubstr("the rules have 0 errors and 1 warning"));
    report.findings.erase(report.findings.begin());
    EXPECT_EQ(Linted(report).run({"--strict"}).code, kExitOk);
}

TEST(PolicyLint, SaysWhatIsNotShownAndNotLookedAt) {
    auto report = findings();
    report.count = 5;
    report.isComplete = false;
    EXPECT_THAT(
        Linted(report).run().out,
        AllOf(HasSubstr("and 2 more\n"), HasSubstr("some checks were left out\n")));
}

TEST(PolicyLint, LooksAtTheDraft) {
    EXPECT_EQ(Linted({}, api::DraftRules{}).run({"--draft"}).code, kExitOk);
    EXPECT_EQ(Linted({}).run({"--draft"}).code, kExitFailed);
    EXPECT_EQ(Linted({}).run({"folder", "--draft"}).code, kExitUsage);
}

TEST(PolicyLint, PutsOneFixOfEachObjectIntoTheDraft) {
    // What the draft has already is looked at with the rules, and goes on.
    Linted linted(findings(), api::DraftRules{});
    const Result result = linted.run({"--fix-to-draft"});
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_THAT(
        result.err,
        AllOf(
            HasSubstr("1 fix was put into the draft, which has 1 edit now"),
            HasSubstr("1 more fix is of the same objects")));
    EXPECT_EQ(linted.draft().edits, std::vector<api::PolicyEdit>{kMakeCrew});

    Linted clean({}, api::DraftRules{});
    EXPECT_THAT(clean.run({"--fix-to-draft"}).err, HasSubstr("there is no fix"));
    EXPECT_EQ(clean.draft().number, 0U);
    EXPECT_EQ(Linted({}).run({"folder", "--fix-to-draft"}).code, kExitUsage);
}

/// Two tests in a file, and a daemon that answers `results`.
class PolicyTestCommand : public ::testing::Test {
protected:
    PolicyTestCommand() {
        std::ofstream(file()) << R"({"tests": [
            {"name": "open", "must": "reach", "from": "laptop", "to": "nas"},
            {"name": "closed", "must": "not-reach", "from": "*", "network": "10.0.0.0/8",
             "family": "ipv4"}]})";
    }
    std::string file() const { return (temp_ / "tests.json").string(); }
    Result run(
        const std::vector<api::PolicyTestResult>& results, std::vector<std::string> options = {}) {
        Weftctl weftctl("home");
        weftctl.prepare = [this, results](tests::FakeController& daemon) {
            daemon.updatePlan(kHome, [this, results](tests::FakePlan& plan) {
                plan.test = [this, results](
                                const api::PlanSubject& subject,
                                const std::vector<api::PolicyTest>& asked) {
                    subject_ = subject;
                    asked_ = asked;
                    return StatusOr<std::vector<api::PolicyTestResult>>(results);
                };
            });
        };
        options.insert(options.begin(), {"policy", "test", "--tests", file()});
        return weftctl.run(options);
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir temp_;
    api::PlanSubject subject_;
    std::vector<api::PolicyTest> asked_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PolicyTestCommand, AsksWhatTheFileSays) {
    const Result result = run({{"open", true}, {"closed", true}});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "pass  open\npass  closed\n2 passed, 0 failed\n");
    EXPECT_TRUE(std::holds_alternative<api::LiveRules>(subject_));
    const std::vector<api::PolicyTest> expected{
        {"open", true, "laptop", "nas", {}, ""},
        {"closed", false, "*", "", api::AddressFamily::Ipv4, "10.0.0.0/8"}};
    EXPECT_EQ(asked_, expected);
}

TEST_F(PolicyTestCommand, ShowsWhoBreaksARuleAndFails) {
    const std::vector<api::PolicyTestResult> results{
        {"open", true}, {"closed", false, "two get there", {{"a", "b"}}, 2}};
    const Result result = run(results);
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_EQ(
        result.out,
        "pass  open\nFAIL  closed: two get there\n  a -> b\n  and 1 more\n1 passed, 1 failed\n");
    EXPECT_THAT(result.err, HasSubstr("1 passed, 1 failed"));
    EXPECT_EQ(run(results, {"-q"}).out, "1\n");
    EXPECT_THAT(
        run(results, {"-o", "json"}).out,
        AllOf(HasSubstr("\"failed\": 1"), HasSubstr("\"offendingCount\": 2")));
}

TEST_F(PolicyTestCommand, TestsTheDraftAndThePast) {
    const std::vector<api::PolicyTestResult> passed{{"open", true}, {"closed", true}};
    EXPECT_EQ(run(passed, {"--draft"}).code, kExitOk);
    EXPECT_EQ(subject_, api::PlanSubject(api::DraftRules{}));
    EXPECT_EQ(run(passed, {"--after", "7"}).code, kExitOk);
    EXPECT_EQ(subject_, api::PlanSubject(api::PastRules{7}));
    EXPECT_EQ(run(passed, {"--after", "7", "--draft"}).code, kExitUsage);
    EXPECT_EQ(run(passed, {"--after", "0"}).code, kExitUsage);
}

TEST_F(PolicyTestCommand, TakesTheTestsOfTheMeshWithoutAFile) {
    std::vector<api::PolicyTest> asked;
    Weftctl weftctl("home");
    weftctl.prepare = [&asked](tests::FakeController& daemon) {
        daemon.updatePlan(kHome, [&asked](tests::FakePlan& plan) {
            plan.test = [&asked](const auto& /*subject*/, const auto& tests) {
                asked = tests;
                return StatusOr<std::vector<api::PolicyTestResult>>({{"open", true}});
            };
        });
    };
    const Result none = weftctl.run({"policy", "test"});
    EXPECT_EQ(none.code, kExitPrecondition);
    EXPECT_THAT(none.err, HasSubstr("tests-set"));

    const auto prepare = weftctl.prepare;
    weftctl.prepare = [prepare](tests::FakeController& daemon) {
        prepare(daemon);
        daemon.updatePolicy(kHome, [](tests::FakePolicy& policy) {
            policy.tests = {{{"open", true, "laptop", "nas", {}, ""}}, 3};
        });
    };
    const Result result = weftctl.run({"policy", "test"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked.front().to, "nas");
}

TEST_F(PolicyTestCommand, IsNotContentWithFewerAnswersOrNoTests) {
    EXPECT_EQ(run({{"open", true}}).code, kExitFailed);
    std::ofstream(file()) << "[]";
    const Result none = run({});
    EXPECT_EQ(none.code, kExitUsage);
    EXPECT_THAT(none.err, HasSubstr("has no tests"));
    std::filesystem::remove(file());
    EXPECT_EQ(run({}).code, kExitNotFound);
}

}  // namespace
}  // namespace weft::cli
