// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_test_file.h"
#include "core/base/file.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using mesh::changes::Expectation;
using mesh::changes::PolicyTest;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const api::ProfileId kHome{"home"};

const std::vector<PolicyTest> kTests{
    {"laptops", Expectation::Reach, "group:laptops", "nas"},
    {"cameras",
     Expectation::NotReach,
     "group:cameras",
     "nas",
     net::Family::V4,
     net::IpPrefix::parse("10.0.0.0/8").value()}};

class PolicyTestsCommands : public ::testing::Test {
protected:
    PolicyTestsCommands() { keep(kTests); }

    void keep(const std::vector<PolicyTest>& tests) {
        weftctl_.prepare = [this, tests](tests::FakeController& daemon) {
            daemon.updatePolicy(kHome, [tests](tests::FakePolicy& policy) {
                policy.tests = {toApi(tests), tests.empty() ? 0U : 7U};
            });
            if (more_) {
                more_(daemon);
            }
        };
    }
    std::string file(const std::string& text) const {
        const auto path = temp_ / "tests.yaml";
        EXPECT_TRUE(base::writeFileAtomically(path, text).ok());
        return path.string();
    }
    Result set(const std::string& text, std::vector<std::string> more = {"--yes"}) {
        std::vector<std::string> arguments{"policy", "tests-set", file(text)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return weftctl_.run(arguments);
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir temp_;
    Weftctl weftctl_{"home"};
    std::function<void(tests::FakeController&)> more_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PolicyTestsCommands, ListWhatIsKept) {
    const auto table = weftctl_.run({"policy", "tests"});
    EXPECT_EQ(table.code, kExitOk) << table.err;
    EXPECT_THAT(
        table.out,
        AllOf(
            HasSubstr("NAME"),
            HasSubstr("not-reach"),
            HasSubstr("10.0.0.0/8"),
            HasSubstr("group:laptops")));

    EXPECT_EQ(weftctl_.run({"policy", "tests", "-q"}).out, "laptops\ncameras\n");
    EXPECT_THAT(weftctl_.run({"policy", "tests", "-o", "json"}).out, HasSubstr("\"not-reach\""));
}

TEST_F(PolicyTestsCommands, PrintWhatSetTakes) {
    const auto yaml = weftctl_.run({"policy", "tests", "-o", "yaml"});
    ASSERT_EQ(yaml.code, kExitOk) << yaml.err;

    const auto again = set(yaml.out);
    EXPECT_EQ(again.code, kExitOk) << again.err;
    EXPECT_EQ(again.out, "the mesh keeps these tests already\n");
}

TEST_F(PolicyTestsCommands, ShowWhatChangesAndKeepIt) {
    const auto result =
        set("- {name: laptops, must: reach, from: 'group:laptops', to: printer}\n"
            "- {name: guests, must: not-reach, from: guest, to: '*', family: ipv6}\n");

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("- laptops: group:laptops must reach nas\n"),
            HasSubstr("- cameras: group:cameras must not reach 10.0.0.0/8 through nas by IPv4\n"),
            HasSubstr("+ laptops: group:laptops must reach printer\n"),
            HasSubstr("+ guests: guest must not reach * by IPv6\n"),
            HasSubstr("the mesh keeps 2 tests\n")));
}

TEST_F(PolicyTestsCommands, TellOfAnotherOrder) {
    const auto result = set(describe(std::vector{kTests[1], kTests[0]}).toYaml());
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("the same tests in another order"));
}

TEST_F(PolicyTestsCommands, AskBeforeTheyKeepAnything) {
    const std::string one = "- {name: one, must: reach, from: a, to: b}";
    const auto alone = set(one, {});
    EXPECT_EQ(alone.code, kExitPrecondition);
    EXPECT_THAT(alone.err, HasSubstr("give --yes"));

    weftctl_.interactive = true;
    weftctl_.input = "n\n";
    const auto refused = set(one, {});
    EXPECT_NE(refused.code, kExitOk);
    EXPECT_THAT(refused.err, HasSubstr("Keep 1 test with the mesh?"));
    EXPECT_THAT(refused.out, Not(HasSubstr("the mesh keeps")));

    weftctl_.input = "y\n";
    EXPECT_THAT(set(one, {}).out, HasSubstr("the mesh keeps 1 test\n"));
}

TEST_F(PolicyTestsCommands, RemoveAllOnlyWhenThatIsSaid) {
    const auto refused = set("[]");
    EXPECT_EQ(refused.code, kExitUsage);
    EXPECT_THAT(refused.err, HasSubstr("--remove-all"));

    const auto removed = set("[]", {"--remove-all", "--yes"});
    EXPECT_EQ(removed.code, kExitOk) << removed.err;
    EXPECT_THAT(
        removed.out, AllOf(HasSubstr("- laptops:"), HasSubstr("the mesh keeps no tests any more")));
    EXPECT_THAT(
        set("[]", {"--remove-all", "--yes", "-o", "json"}).out, HasSubstr("\"revision\": 0"));
}

TEST_F(PolicyTestsCommands, SayThatOthersWereFaster) {
    more_ = [](tests::FakeController& daemon) {
        daemon.failNext(tests::FakeCall::PutPolicyTests, aborted("others have changed the tests"));
    };
    const auto result = set("- {name: one, must: reach, from: a, to: b}");
    EXPECT_NE(result.code, kExitOk);
    EXPECT_THAT(
        result.err,
        AllOf(HasSubstr("others have changed the tests"), HasSubstr("weftctl policy tests")));
}

TEST_F(PolicyTestsCommands, ReplaceTestsThatDoNotRead) {
    keep({});
    more_ = [](tests::FakeController& daemon) {
        daemon.failNext(tests::FakeCall::GetPolicyTests, dataLoss("the tests do not read"));
    };
    const auto result = set("- {name: one, must: reach, from: a, to: b}");
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.err, HasSubstr("the tests do not read"));
    EXPECT_THAT(result.out, HasSubstr("the mesh keeps 1 test\n"));
}

TEST_F(PolicyTestsCommands, NameFileAndLineOfAFault) {
    const auto result = set("- {name: one, must: perhaps, from: a, to: b}");
    EXPECT_EQ(result.code, kExitUsage);
    EXPECT_THAT(result.err, HasSubstr("tests.yaml:1: must is \"perhaps\""));
}

TEST_F(PolicyTestsCommands, StatusShowsWhatCameOfThem) {
    more_ = [](tests::FakeController& daemon) {
        daemon.updateState([](api::DaemonState& state) {
            for (auto& connection : state.connections) {
                connection.policyTests = {12, 1, WallTime{}, {{"cameras", "1 of 2 can talk"}}};
            }
        });
    };
    EXPECT_THAT(weftctl_.run({"status"}).out, HasSubstr("12 passed, 1 failed"));
    EXPECT_THAT(
        weftctl_.run({"status", "-o", "json"}).out,
        AllOf(HasSubstr("\"failed\": 1"), HasSubstr("1 of 2 can talk")));
    more_ = nullptr;
    EXPECT_THAT(weftctl_.run({"status"}).out, Not(HasSubstr("Policy tests")));
}

}  // namespace
}  // namespace weft::cli
