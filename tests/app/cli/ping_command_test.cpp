// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Ping, ShowsEachAnswerAndWhatCameOfAll) {
    const Result result = Weftctl("home").run({"ping", "-c", "3", "-i", "0.2", "nas"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "Pinging nas (172.16.0.2)\n"
        "172.16.0.2: seq=1 ttl=64 time=12.150 ms\n"
        "172.16.0.2: seq=2 ttl=64 time=12.500 ms\n"
        "172.16.0.2: seq=3 ttl=64 time=12.850 ms\n"
        "nas: 3 sent, 3 received, 0% lost\n"
        "round trip min/avg/max/mdev = 12.150/12.500/12.850/0.286 ms\n");
}

TEST(Ping, FailsWhenNobodyAnswers) {
    const Result result = Weftctl("home").run({"ping", "-c", "2", "-i", "0.2", "build-01"});

    EXPECT_EQ(result.code, kExitFailed);
    EXPECT_THAT(
        result.out,
        AllOf(HasSubstr("seq=2 no answer in time\n"), EndsWith("2 sent, 0 received, 100% lost\n")));
    EXPECT_THAT(
        result.err,
        AllOf(
            HasSubstr("build-01 has not answered a handshake lately\n"),
            EndsWith("weftctl: no answer from build-01: \"weftctl explain path build-01\" tells "
                     "more\n")));
}

TEST(Ping, WritesALineForEachEventToPrograms) {
    const Result result =
        Weftctl("home").run({"ping", "-c", "2", "-i", "0.2", "nas", "-o", "json"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    std::istringstream lines(result.out);
    std::vector<YAML::Node> events;
    for (std::string line; std::getline(lines, line);) {
        events.push_back(YAML::Load(line));
    }
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(events[0]["node"].as<std::string>(), "nas");
    EXPECT_EQ(events[1]["roundTripNanoseconds"].as<int>(), 12'150'000);
    EXPECT_EQ(events[3]["event"].as<std::string>(), "summary");
    EXPECT_EQ(events[3]["received"].as<int>(), 2);
}

TEST(Ping, ShowsOnlyTheSumWhenQuiet) {
    const Result result = Weftctl("home").run({"ping", "-q", "-c", "1", "nas"});

    EXPECT_THAT(result.out, StartsWith("nas: 1 sent, 1 received, 0% lost\n"));
}

TEST(Ping, EndsWithCtrlC) {
    DirectRun run("home");
    Parsed parsed;
    parsed.add("NODE", {"nas"});
    run.afterFirstAnswer([&run] {
        run.daemon.runOnLoop(
            [&run] { run.session.pump().post([&run] { run.session.pump().interrupt(); }); });
    });

    EXPECT_EQ(runPing(run.context, parsed), okStatus());
    EXPECT_THAT(run.text.str(), HasSubstr("nas: 1 sent, 1 received, 0% lost\n"));
}

TEST(Ping, SaysWhatIsWrong) {
    struct Case {
        std::vector<std::string> arguments;
        int code;
        const char* text;
    };
    for (const auto& [arguments, code, text] : {
             Case{{"ping", "nobody"}, kExitNotFound, "no node of this mesh is called nobody"},
             Case{{"ping", "laptop"}, kExitUsage, "laptop is this node itself"},
             Case{{"ping", "-4", "-6", "nas"}, kExitUsage, "-4 and -6 exclude each other"},
             Case{{"ping", "-i", "0.1", "nas"}, kExitUsage, "at least 200 ms lie between two"},
             Case{{"ping", "-i", "soon", "nas"}, kExitUsage, "is not a duration"},
             Case{{"ping", "-c", "0", "nas"}, kExitUsage, "is not a number from 1"},
         }) {
        const Result result = Weftctl("home").run(arguments);
        EXPECT_EQ(result.code, code) << result.err;
        EXPECT_THAT(result.err, HasSubstr(text));
    }
    EXPECT_EQ(Weftctl("off").run({"ping", "nas"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("read-only").run({"ping", "nas"}).code, kExitDenied);
}

}  // namespace
}  // namespace weft::cli
