// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run.h"

#include "app/cli/command_table.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

struct UsageCase {
    std::vector<std::string> arguments;
    std::string says;
};

TEST(RunCommandLine, ExplainsWrongUseWithCodeTwo) {
    const std::vector<UsageCase> cases = {
        {{"staus"}, "there is no command staus (did you mean status?): see `weftctl --help`"},
        {{"frobnicate"}, "there is no command frobnicate: see `weftctl --help`"},
        {{"two\nlines"}, "no command two\\x0alines"},
        {{"status", "--foo"}, "there is no option --foo: see `weftctl status --help`"},
        {{"status", "--outptu", "json"}, "no option --outptu (did you mean --output?)"},
        {{"status", "a", "b"}, "b is one argument too many: see `weftctl status --help`"},
        {{"get", "nodos"}, "there is no command get nodos (did you mean nodes?)"},
        {{"join"}, "CODE is missing: weftctl join [options] CODE"},
        {{"publish", "key"}, "VALUE is missing"},
        {{"-o", "xml", "status"}, "xml"},
        {{"--output"}, "output"},
        {{"--timeout", "soon", "status"}, "write 30s"},
        {{"--timeout", "0s", "status"}, "write 30s"},
        {{"completion", "tcsh"}, "tcsh"},
        {{"help", "nothing"}, "weftctl help"},
        {{"mesh", "create", "--tls", "none"}, "none"},
        {{"mesh", "create", "--node-id", "a/b"}, "--node-id"},
        {{"mesh", "create", "--ipv4-network", "10"}, "--ipv4-network"},
        {{"mesh", "create", "--ipv4-network", "10.0.0.1/8"}, "write 10.0.0.0/8"},
        {{"mesh", "create", "--ipv4-network", "10.0.0.0/8", "--no-ipv4"}, "exclude"},
        {{"invite", "create", "--expires", "-1h"}, "--expires"},
        {{"invite", "create", "--address", "a b"}, "--address"},
        {{"publish", "/a", "b", "--ttl", "x"}, "--ttl"},
        {{"pki", "issue", "a", "--days", "0"}, "--days"},
    };

    for (const auto& each : cases) {
        const Result result = Weftctl("home").run(each.arguments);
        EXPECT_EQ(result.code, kExitUsage) << testing::PrintToString(each.arguments);
        EXPECT_THAT(result.err, HasSubstr(each.says));
        EXPECT_THAT(result.err, StartsWith("weftctl: "));
        EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
        EXPECT_THAT(result.out, IsEmpty());
    }
}

TEST(RunCommandLine, ShowsTheHelpWhenNothingIsAsked) {
    const Result nothing = Weftctl("home").run({});
    EXPECT_EQ(nothing.code, kExitUsage);
    EXPECT_THAT(nothing.err, HasSubstr("Exit codes:"));

    const Result group = Weftctl("home").run({"invite"});
    EXPECT_EQ(group.code, kExitUsage);
    EXPECT_THAT(group.err, HasSubstr("invite revoke"));
}

TEST(RunCommandLine, ShowsHelpOfEachCommandInEveryWay) {
    for (const Command& command : commandTable()) {
        std::vector<std::string> words;
        std::istringstream path{std::string(command.path)};
        for (std::string word; path >> word;) {
            words.push_back(word);
        }
        auto byOption = words;
        byOption.emplace_back("--help");
        auto byCommand = words;
        byCommand.insert(byCommand.begin(), "help");

        const Result option = Weftctl("lost").run(byOption);
        EXPECT_EQ(option.code, kExitOk) << command.path;
        EXPECT_EQ(option.out, helpFor(command.path));
        EXPECT_EQ(Weftctl("lost").run(byCommand).out, option.out) << command.path;
    }
}

struct CodeCase {
    Status status;
    int code;
};

TEST(RunCommandLine, TellsFailuresApartByTheExitCode) {
    const std::vector<CodeCase> cases = {
        {internalError("x"), kExitFailed},
        {unimplemented("x"), kExitFailed},
        {unavailable("no leader"), kExitFailed},
        {invalidArgument("x"), kExitUsage},
        {permissionDenied("x"), kExitDenied},
        {unauthenticated("x"), kExitDenied},
        {failedPrecondition("x"), kExitPrecondition},
        {notFound("x"), kExitNotFound},
        {deadlineExceeded("x"), kExitTimeout},
    };

    for (const auto& each : cases) {
        Weftctl weftctl("home");
        weftctl.prepare = [&each](tests::FakeController& daemon) {
            daemon.failNext(tests::FakeCall::Get, each.status);
        };
        const Result result = weftctl.run({"query", "get", "/a"});
        EXPECT_EQ(result.code, each.code) << toString(each.status);
        EXPECT_EQ(result.err, "weftctl: " + messageOf(each.status) + "\n");
    }
}

TEST(RunCommandLine, SaysWhatToDoWhenTheDaemonIsNotThere) {
    const Result result = Weftctl("lost").run({"status"});

    EXPECT_EQ(result.code, kExitNoDaemon);
    EXPECT_THAT(result.err, HasSubstr("systemctl start weftd"));
}

TEST(RunCommandLine, GivesUpAfterTheTimeout) {
    Weftctl weftctl("waiting");

    const Result result = weftctl.run({"--timeout", "1ms", "status"});

    EXPECT_EQ(result.code, kExitNoDaemon);
    EXPECT_EQ(weftctl.lastTimeout(), 1ms);
}

TEST(RunCommandLine, EscapesWhatTheDaemonSaysInErrors) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.failNext(tests::FakeCall::Get, notFound("evil\n\x1b[31mtext"));
    };

    const Result result = weftctl.run({"query", "get", "/a"});

    EXPECT_THAT(result.err, Not(HasSubstr("\x1b")));
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1);
}

TEST(RunCommandLine, UsesTheSocketThatIsGivenOrFound) {
    Weftctl weftctl("home");
    weftctl.run({"status", "--socket", "/somewhere/weft.sock"});
    EXPECT_EQ(weftctl.lastSocket(), "/somewhere/weft.sock");

    const tests::TempDir runtime;
    std::filesystem::create_directory(runtime / "weft");
    std::ofstream(runtime / "weft/weft.sock").flush();
    weftctl.environment = {{"XDG_RUNTIME_DIR", runtime.path().string()}};
    weftctl.run({"status"});
    EXPECT_EQ(weftctl.lastSocket(), runtime / "weft/weft.sock");

    weftctl.environment = {};
    weftctl.run({"status"});
    EXPECT_EQ(weftctl.lastSocket(), "/run/weft/weft.sock");
}

TEST(RunCommandLine, ColoursOnlyWhereTheyAreWanted) {
    Weftctl weftctl("home");
    weftctl.colour = true;
    EXPECT_THAT(weftctl.run({"status"}).out, HasSubstr("\x1b[32m"));
    EXPECT_THAT(weftctl.run({"status", "--no-color"}).out, Not(HasSubstr("\x1b")));
    weftctl.environment = {{"NO_COLOR", "1"}};
    EXPECT_THAT(weftctl.run({"status"}).out, Not(HasSubstr("\x1b")));
}

TEST(RunCommandLine, FailsWhenTheOutputCannotBeWritten) {
    std::ofstream full("/dev/full");
    std::ostringstream err;
    std::istringstream in;
    const tests::FakeClock clock;
    const Surroundings surroundings{.out = full, .err = err, .in = in, .clock = clock};

    EXPECT_EQ(runCommandLine({"completion", "bash"}, surroundings), kExitFailed);
    EXPECT_THAT(err.str(), HasSubstr("cannot be written"));
}

TEST(Version, ShowsBothSidesAndNeedsNoDaemon) {
    const Result both = Weftctl("home").run({"version", "-o", "json"});
    EXPECT_EQ(both.code, kExitOk);
    EXPECT_THAT(both.out, HasSubstr("\"weftd\": \"0.1.0\""));
    EXPECT_THAT(both.out, HasSubstr("\"grade\": \"administer\""));

    const Result alone = Weftctl("lost").run({"version"});
    EXPECT_EQ(alone.code, kExitOk);
    EXPECT_THAT(alone.out, HasSubstr("does not answer"));
    EXPECT_EQ(Weftctl("lost").run({"version", "-q"}).out, std::string(WEFT_VERSION) + "\n");
}

}  // namespace
}  // namespace weft::cli
