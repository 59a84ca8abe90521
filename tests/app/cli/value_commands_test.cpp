// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::HasSubstr;

TEST(QueryGet, PrintsTheValue) {
    EXPECT_EQ(Weftctl("home").run({"query", "get", "/meshdomain"}).out, "home.internal\n");
    EXPECT_EQ(Weftctl("home").run({"query", "get", "/meshdomain", "--raw"}).out, "home.internal");
    EXPECT_EQ(Weftctl("home").run({"query", "get", "/none"}).code, kExitNotFound);
}

TEST(QueryGet, KeepsBytesFromTheTerminalUnlessAsked) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        auto scene = tests::fakeScene("home", tests::FakeClock().wallNow()).value();
        scene.values = {{"/bytes", std::string("\x1b[2J\xff\0", 6)}};
        daemon.setScene(scene);
    };

    EXPECT_EQ(weftctl.run({"query", "get", "/bytes"}).out, "\\x1b[2J\\xff\\x00\n");
    EXPECT_EQ(
        weftctl.run({"query", "get", "/bytes", "--raw"}).out, std::string("\x1b[2J\xff\0", 6));
    EXPECT_THAT(
        weftctl.run({"query", "get", "/bytes", "-o", "json"}).out,
        HasSubstr("\"valueBase64\": \"G1sySv8A\""));
}

TEST(QueryList, ListsKeysByPrefix) {
    EXPECT_EQ(
        Weftctl("home").run({"query", "list", "/registry/"}).out,
        "/registry/nodes/laptop\n/registry/nodes/nas\n");
    EXPECT_EQ(YAML::Load(Weftctl("home").run({"query", "list", "-o", "json"}).out).size(), 3U);
}

TEST(QueryIter, ListsPairs) {
    EXPECT_EQ(
        Weftctl("home").run({"query", "iter", "/registry/nodes/n"}).out,
        "/registry/nodes/nas  {\"id\":\"nas\"}\n");
    EXPECT_EQ(
        YAML::Load(Weftctl("home").run({"query", "iter", "-o", "yaml"}).out)[0]["value"]
            .as<std::string>(),
        "home.internal");
}

TEST(Publish, SetsAKey) {
    const Result result = Weftctl("home").run({"publish", "/a", "b", "--ttl", "90s"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(Weftctl("read-only").run({"publish", "/a", "b"}).code, kExitDenied);
}

TEST(Publish, ReadsTheValueFromStandardInputWithEveryByte) {
    DirectRun run("home");
    run.in.str(std::string("line\nline\0", 10));
    Parsed parsed;
    parsed.add("KEY", {"/a"});
    parsed.add("VALUE", {"-"});

    ASSERT_TRUE(runPublish(run.context, parsed).ok());

    EXPECT_EQ(
        run.session
            .call<std::string>(
                [&](Callback<std::string> done) { run.daemon.get("/a", std::move(done)); })
            .value(),
        std::string("line\nline\0", 10));
}

TEST(Publish, RefusesAValueThatIsTooLong) {
    Weftctl weftctl("home");
    weftctl.input = std::string((std::size_t{1} << 20) + 1, 'a');

    EXPECT_EQ(weftctl.run({"publish", "/a", "-"}).code, kExitUsage);
}

/// Publishes once the subscription is there, then presses Ctrl-C.
void publishThenInterrupt(DirectRun& run, const api::KeyValue& pair) {
    run.whileWaiting([&run, pair] {
        run.daemon.publish(pair, std::nullopt, [](const Status&) {});
        run.interruptWhenSeen();
    });
}

Parsed prefix(const std::string& text) {
    Parsed parsed;
    parsed.add("PREFIX", {text});
    return parsed;
}

TEST(Subscribe, PrintsChangesAndEndsCleanlyWithCtrlC) {
    DirectRun run("home");
    publishThenInterrupt(run, {"/a/b", "two\nlines"});

    const Status status = runSubscribe(run.context, prefix("/a/"));

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_EQ(run.text.str(), "/a/b  two\\x0alines\n");
}

}  // namespace
}  // namespace weft::cli
