// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Logs, ShowsWhatIsKept) {
    const Result result = Weftctl("home").run({"logs"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("Z info  mesh: leading the mesh domain=home.internal.\n"),
            HasSubstr("Z warn  wireguard: no answer to a handshake peer=build-01 tries=4\n")));
}

TEST(Logs, LeavesOutWhatNobodyAskedFor) {
    const Result byLevel = Weftctl("home").run({"logs", "--level", "warn"});
    EXPECT_THAT(byLevel.out, AllOf(HasSubstr("slow answer"), Not(HasSubstr("leading the mesh"))));

    const Result bySubsystem =
        Weftctl("home").run({"logs", "--subsystem", "dns", "--subsystem", "storage"});
    EXPECT_THAT(
        bySubsystem.out,
        AllOf(
            HasSubstr("dns: name server"),
            HasSubstr("storage: database"),
            Not(HasSubstr("mesh: "))));

    const Result byText = Weftctl("home").run({"logs", "--text", "HANDSHAKE peer=n"});
    EXPECT_EQ(std::ranges::count(byText.out, '\n'), 1);
    EXPECT_THAT(byText.out, HasSubstr("peer=nas"));
}

TEST(Logs, SaysWhenTheDaemonWritesLessThanAskedFor) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.runOnLoop([] {});
        daemon.logs().setLevel(api::LogLevel::Warn, [](const Status&) {});
    };

    const Result result = weftctl.run({"logs", "--level", "debug"});

    EXPECT_THAT(result.err, HasSubstr("The daemon writes warn and above"));
}

TEST(Logs, WritesALineOfJsonForEachToPrograms) {
    const Result result = Weftctl("home").run({"logs", "--text", "peer=nas", "-o", "json"});

    EXPECT_EQ(std::ranges::count(result.out, '\n'), 1);
    const YAML::Node line = YAML::Load(result.out);
    EXPECT_EQ(line["level"].as<std::string>(), "debug");
    EXPECT_EQ(line["subsystem"].as<std::string>(), "wireguard");
    EXPECT_EQ(line["text"].as<std::string>(), "handshake peer=nas endpoint=203.0.113.7:51820");
    EXPECT_THAT(line["time"].as<std::string>(), testing::EndsWith("00Z"));
}

TEST(Logs, GoesOnWithNewLinesUntilCtrlC) {
    DirectRun run("home");
    Parsed parsed;
    parsed.add("follow", {});
    parsed.add("text", {"brand new"});
    run.whileWaiting([&run] {
        run.daemon.addLog({{run.clock.wallNow(), api::LogLevel::Info, "mesh", "brand new"}}, 2);
        run.interruptWhenSeen();
    });

    EXPECT_EQ(runLogs(run.context, parsed), okStatus());
    EXPECT_THAT(run.text.str(), HasSubstr("mesh: brand new\n"));
    EXPECT_THAT(run.notes.str(), HasSubstr("2 lines came too fast and are not shown\n"));
}

TEST(Logs, EndsWithTheDaemon) {
    DirectRun run("home");
    Parsed parsed;
    parsed.add("follow", {});
    run.whileWaiting([&run] { run.daemon.setLink(api::LinkState::Lost, unavailable("gone")); });

    EXPECT_EQ(runLogs(run.context, parsed).code(), StatusCode::kUnavailable);
}

TEST(Logs, ShowsForeignTextAsText) {
    const Result result = Weftctl("hostile").run({"logs"});

    EXPECT_THAT(result.out, AllOf(HasSubstr("<img src=x>"), Not(HasSubstr("\x1b"))));
}

TEST(Logs, ChangesTheLevel) {
    const Result result = Weftctl("home").run({"log-level", "debug"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "The daemon writes debug and above until it ends.\n");
    EXPECT_EQ(Weftctl("read-only").run({"log-level", "debug"}).code, kExitDenied);
    EXPECT_EQ(Weftctl("home").run({"log-level", "loud"}).code, kExitUsage);
}

TEST(Logs, SaysWhatIsWrong) {
    EXPECT_EQ(Weftctl("home").run({"logs", "--level", "loud"}).code, kExitUsage);
    const Result denied = Weftctl("read-only").run({"logs"});
    EXPECT_EQ(denied.code, kExitDenied);
    EXPECT_FALSE(denied.err.empty());
}

}  // namespace
}  // namespace weft::cli
