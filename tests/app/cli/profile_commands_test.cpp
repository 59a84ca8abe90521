// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::HasSubstr;

TEST(ProfilesList, ShowsEachWithItsState) {
    const Result result = Weftctl("several").run({"profiles", "list"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_EQ(
        result.out,
        "ID    NAME          STATE       KIND     NODE    MESH           DEFAULT\n"
        "home  Home          connected   founder  laptop  home.internal  yes\n"
        "work  Work          off         member   laptop  work.internal  -\n"
        "lab   Lab           connecting  member   laptop  lab.internal   -\n"
        "club  Sailing club  failed      member   laptop  club.internal  -\n");
    EXPECT_EQ(Weftctl("several").run({"profiles", "list", "-q"}).out, "home\nwork\nlab\nclub\n");
    EXPECT_EQ(
        YAML::Load(Weftctl("several").run({"profiles", "list", "-o", "yaml"}).out).size(), 4U);
    EXPECT_EQ(Weftctl("first-run").run({"profiles", "list", "-o", "json"}).out, "[]\n");
}

TEST(ProfilesShow, ShowsOne) {
    EXPECT_THAT(
        Weftctl("several").run({"profiles", "show", "Sailing club"}).out,
        HasSubstr("hub.club.example:8443"));
    EXPECT_EQ(
        YAML::Load(Weftctl("home").run({"profiles", "show", "-o", "json"}).out)["tlsMode"]
            .as<std::string>(),
        "mutual");
}

TEST(ProfilesAcceptDns, ChangesTheProfile) {
    // Each run is at a fresh daemon.
    Weftctl weftctl("several");

    EXPECT_EQ(
        weftctl.run({"profiles", "accept-dns", "yes", "-p", "work"}).out,
        "The programs of this host find the names of Work, from the next connect on.\n");
    EXPECT_EQ(
        weftctl.run({"profiles", "accept-dns", "no", "-p", "work"}).out,
        "The programs of this host do not find the names of Work.\n");
    EXPECT_TRUE(
        YAML::Load(weftctl.run({"profiles", "accept-dns", "yes", "-o", "json"}).out)["acceptDns"]
            .as<bool>());
    EXPECT_THAT(
        weftctl.run({"profiles", "show", "work"}).out,
        HasSubstr("This host asks it for names  no"));
    EXPECT_EQ(weftctl.run({"profiles", "accept-dns", "perhaps"}).code, kExitUsage);
}

TEST(ProfilesRemove, NeedsAName) {
    EXPECT_EQ(Weftctl("home").run({"profiles", "remove"}).code, kExitUsage);
    EXPECT_EQ(
        Weftctl("home").run({"profiles", "remove", "home"}).out,
        "Home is removed; its files are kept.\n");
    EXPECT_EQ(
        Weftctl("home").run({"profiles", "remove", "home", "--forget"}).out,
        "Home is removed with its keys and its database.\n");
}

TEST(MeshCreate, MakesAProfile) {
    const Result result =
        Weftctl("first-run")
            .run({"mesh", "create", "--domain", "lab.internal", "--node-id", "alpha", "--no-wait"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "alpha is on its way as profile lab-internal.\n");
}

TEST(MeshCreate, WaitsForTheConnectionAndNotesItsSteps) {
    DirectRun run("first-run");
    Parsed parsed;
    parsed.add("node-id", {"alpha"});
    // The daemon takes its time between steps; the test does not wait for them.
    run.afterFirstAnswer([&run] {
        run.daemon.updateState([](api::DaemonState& state) {
            if (!state.connections.empty()) {
                state.connections.front().state = api::ConnectionState::Connected;
            }
        });
    });

    const Status status = runMeshCreate(run.context, parsed);

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_THAT(run.text.str(), HasSubstr("alpha is a member as profile webmesh-internal."));
}

TEST(Join, TakesACodeFromStandardInput) {
    Weftctl weftctl("first-run");
    weftctl.input = "weft1-abc\n";

    const Result result = weftctl.run({"join", "-", "--no-wait", "-q"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "home-internal\n");
    EXPECT_EQ(Weftctl("first-run").run({"join", "nonsense"}).code, kExitUsage);
}

TEST(MeshRelease, ReleasesANodeThatIsKnown) {
    EXPECT_EQ(Weftctl("home").run({"mesh", "release", "nas"}).code, kExitOk);
    EXPECT_EQ(Weftctl("home").run({"mesh", "release", "ghost"}).code, kExitNotFound);
    EXPECT_EQ(Weftctl("home").run({"mesh", "release", "a/b"}).code, kExitUsage);
    EXPECT_EQ(Weftctl("off").run({"mesh", "release", "nas"}).code, kExitPrecondition);
}

}  // namespace
}  // namespace weft::cli
