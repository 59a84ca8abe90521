// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Status, ShowsTheConnectionAndItsChecklist) {
    const Result result = Weftctl("home").run({"status"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("Profile      Home (home)\n"),
            HasSubstr("connected for 42 min"),
            HasSubstr("172.16.0.1, fd5e:7ab1:c04:1::"),
            HasSubstr("ends in 89 days"),
            HasSubstr("Interface    weft0, UDP port 51820, MTU 1420\n"),
            HasSubstr("  ok       Tunnel             weft0 is up, UDP port 51820, 42 min\n"),
            HasSubstr("  ok       Handshakes         3 of 5 peers answer, 42 min\n")));
}

TEST(Status, LeavesOutWhatTheDaemonDoesNotTell) {
    Weftctl weftctl("home");
    EXPECT_THAT(weftctl.run({"status"}).out, AllOf(HasSubstr("\nRole "), HasSubstr("\nPeers ")));
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.updateState([](api::DaemonState& state) {
            auto& connection = state.connections.front();
            connection.clusterStatus = api::ClusterStatus::Unknown;
            connection.leader.clear();
            connection.peerCount = 0;
        });
    };

    const Result result = weftctl.run({"status"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(
        result.out,
        AllOf(HasSubstr("\nAddresses "), Not(HasSubstr("\nRole ")), Not(HasSubstr("\nPeers "))));
}

TEST(Status, IsOneObjectForPrograms) {
    for (const std::string format : {"json", "yaml"}) {
        const Result result = Weftctl("degraded").run({"status", "-o", format});
        const YAML::Node node = YAML::Load(result.out);
        EXPECT_EQ(node["state"].as<std::string>(), "degraded");
        EXPECT_EQ(node["checklist"].size(), 8U);
        EXPECT_EQ(node["problems"][0]["severity"].as<std::string>(), "warning");
        EXPECT_EQ(node["certificateExpiresAt"].as<std::string>(), "2026-01-07T00:00:00Z");
        EXPECT_TRUE(node["failure"].IsNull());
    }
}

struct StateCase {
    std::string scene;
    std::string state;
    int checkCode;
};

TEST(Status, AnswersScriptsByWordAndCode) {
    const std::vector<StateCase> cases = {
        {"home", "connected\n", kExitOk},
        {"degraded", "degraded\n", kExitOk},
        {"reconnecting", "reconnecting\n", kExitOk},
        {"off", "off\n", kExitPrecondition},
        {"failed", "failed\n", kExitPrecondition},
        {"connecting", "connecting\n", kExitPrecondition},
    };

    for (const auto& each : cases) {
        const Result plain = Weftctl(each.scene).run({"status", "-q"});
        EXPECT_EQ(plain.out, each.state);
        EXPECT_EQ(plain.code, kExitOk);
        EXPECT_EQ(Weftctl(each.scene).run({"status", "--check"}).code, each.checkCode);
        EXPECT_EQ(Weftctl(each.scene).run({"status", "home"}).code, kExitOk);
    }
}

TEST(Status, ExplainsAFailure) {
    const Result result = Weftctl("failed").run({"status"});

    EXPECT_THAT(result.out, HasSubstr("error: The certificate of this node has expired. Ask a"));
}

TEST(Status, SaysHowToBeginWithoutAMesh) {
    const Result result = Weftctl("first-run").run({"status"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(result.out, HasSubstr("weftctl mesh create"));
    EXPECT_EQ(Weftctl("first-run").run({"status", "--check"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("first-run").run({"status", "-o", "json"}).out, "null\n");
    EXPECT_EQ(Weftctl("home").run({"status", "nowhere"}).code, kExitNotFound);
}

TEST(Status, KeepsForeignTextHarmless) {
    const Result table = Weftctl("hostile").run({"status"});
    // NOLINTNEXTLINE(misc-misleading-bidirectional): the mark is what must not come out
    EXPECT_THAT(table.out, Not(HasSubstr("\xE2\x80\xAE")));
    EXPECT_THAT(table.out, HasSubstr("two\\x0alines"));

    const Result json = Weftctl("hostile").run({"status", "-o", "json"});
    // NOLINTNEXTLINE(misc-misleading-bidirectional): the mark is what must not come out
    EXPECT_THAT(json.out, Not(HasSubstr("\xE2\x80\xAE")));
    EXPECT_EQ(
        YAML::Load(json.out)["meshDomain"].as<std::string>(),
        "</Text><a href=\"x\">click</a>&amp;%1%2");
}

TEST(Status, WatchesUntilItIsInterrupted) {
    DirectRun run("off");
    Parsed parsed;
    parsed.add("watch", {});
    run.whileWaiting([&run] {
        run.daemon.updateState([](api::DaemonState& state) {
            state.connections.front().state = api::ConnectionState::Connected;
        });
        run.interruptWhenSeen();
    });

    const Status status = runStatus(run.context, parsed);

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_THAT(run.text.str(), AllOf(HasSubstr("State    off"), HasSubstr("connected")));
}

TEST(Connect, AsksAndReturnsAtOnceWhenTold) {
    const Result result = Weftctl("off").run({"connect", "--no-wait"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(Connect, HandsThePasswordOverAndNothingMore) {
    const tests::TempDir folder;
    std::ofstream(folder / "password") << "hunter2\nignored\n";
    DirectRun run("off");
    Parsed parsed;
    parsed.add("no-wait", {});
    parsed.add("password-file", {(folder / "password").string()});

    const Status status = runConnect(run.context, parsed);

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_THAT(
        run.daemon.lastSecrets(), testing::ElementsAre(testing::Pair("password", "hunter2")));
}

TEST(Connect, ReadsThePasswordFromStandardInput) {
    DirectRun run("off");
    run.in.str("hunter2\n");
    Parsed parsed;
    parsed.add("no-wait", {});
    parsed.add("password-file", {"-"});

    EXPECT_TRUE(runConnect(run.context, parsed).ok());
    EXPECT_EQ(run.daemon.lastSecrets().at("password"), "hunter2");
}

TEST(Connect, TellsWhatStandsInTheWay) {
    EXPECT_EQ(Weftctl("home").run({"connect"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("first-run").run({"connect"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("home").run({"connect", "nowhere"}).code, kExitNotFound);
    EXPECT_EQ(Weftctl("read-only").run({"connect"}).code, kExitDenied);
    EXPECT_EQ(
        Weftctl("off").run({"connect", "--password-file", "/does/not/exist"}).code, kExitNotFound);
}

TEST(Connect, TellsWhyItTookTooLong) {
    DirectRun run("reconnecting");
    Session hasty{run.daemon, 50ms, 1ms};
    run.context.session = &hasty;

    const Status status = waitUntilConnected(run.context, api::ProfileId("home"), 0);

    EXPECT_EQ(status.code(), StatusCode::kDeadlineExceeded);
    EXPECT_THAT(
        messageOf(status),
        AllOf(HasSubstr("not connected yet: The connection"), HasSubstr("goes on trying")));
}

TEST(Disconnect, TurnsTheProfileOff) {
    const Result result = Weftctl("home").run({"disconnect"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_EQ(result.out, "Home is off.\n");
    EXPECT_THAT(
        Weftctl("home").run({"disconnect", "-o", "json"}).out,
        HasSubstr("\"disconnected\": \"home\""));
}

}  // namespace
}  // namespace weft::cli
