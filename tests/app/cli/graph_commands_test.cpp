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

/// U+202E, which may not stand in a source.
std::string rightToLeftMark() {
    return {'\xE2', '\x80', '\xAE'};
}

std::ptrdiff_t linesOf(const std::string& text) {
    return std::ranges::count(text, '\n');
}

TEST(GetNodes, ListsAllSortedById) {
    const Result result = Weftctl("home").run({"get", "nodes"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(linesOf(result.out), 13);
    EXPECT_THAT(result.out, HasSubstr("laptop *"));
    EXPECT_THAT(
        Weftctl("home").run({"get", "nodes", "-q"}).out,
        testing::StartsWith("build-01\nbuild-02\ncamera-door\n"));
    const YAML::Node nodes = YAML::Load(Weftctl("home").run({"get", "nodes", "-o", "json"}).out);
    EXPECT_EQ(nodes.size(), 12U);
    EXPECT_TRUE(nodes[3]["isSelf"].as<bool>());
}

TEST(GetNodes, TakesACrowd) {
    EXPECT_EQ(linesOf(Weftctl("crowd").run({"get", "nodes", "-q"}).out), 5000);
}

TEST(GetNodes, NeedsAConnection) {
    const Result result = Weftctl("off").run({"get", "nodes"});

    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_EQ(result.err, "weftctl: Home is off: connect it with `weftctl connect home`\n");
}

TEST(GetNodes, KeepsForeignTextHarmless) {
    const Result table = Weftctl("hostile").run({"get", "nodes"});
    EXPECT_THAT(
        table.out, AllOf(Not(HasSubstr(rightToLeftMark())), HasSubstr("broken \\xff\\xfe")));
    EXPECT_EQ(linesOf(table.out), 13);

    const Result json = Weftctl("hostile").run({"get", "nodes", "-o", "json"});
    EXPECT_EQ(YAML::Load(json.out).size(), 12U);
}

TEST(Peers, ListsNeighboursAndThoseThatWereTried) {
    const YAML::Node peers = YAML::Load(Weftctl("home").run({"peers", "-o", "yaml"}).out);

    ASSERT_EQ(peers.size(), 6U);
    for (const auto& peer : peers) {
        const bool wasTried = peer["id"].as<std::string>() == "build-02";
        EXPECT_EQ(peer["isNeighbour"].as<bool>(), !wasTried);
        EXPECT_EQ(peer["way"].IsNull(), !wasTried);
    }
    const YAML::Node way = peers[1]["way"];
    ASSERT_TRUE(way.IsMap());
    EXPECT_EQ(way["kind"].as<std::string>(), "relayed");
    EXPECT_EQ(way["reason"].as<std::string>(), "symmetric_nat");
    EXPECT_THAT(way["text"].as<std::string>(), HasSubstr("another port"));
    EXPECT_THAT(way["remedy"].as<std::string>(), HasSubstr("Forward"));
}

TEST(Peers, AreNotWhatAForeignDaemonTells) {
    for (const char* format : {"table", "json"}) {
        const Result result = Weftctl("reference").run({"peers", "-o", format});

        EXPECT_NE(result.code, kExitOk);
        EXPECT_EQ(
            result.err,
            "weftctl: this daemon cannot tell of its tunnels: `weftctl get nodes` lists the "
            "nodes\n");
        EXPECT_EQ(result.out, "");
    }
}

TEST(Peers, ShowWhatFlowsToThem) {
    const Result result = Weftctl("home").run({"peers"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            testing::StartsWith("ID           STATE  ADDRESS     HANDSHAKE  RECEIVED  SENT      "
                                "ENDPOINT             PATH  WAY\n"),
            HasSubstr("nas          fresh  172.16.0.2  34 s ago   6.4 GiB   1.2 GiB   "
                      "192.0.2.20:51820     udp   direct\n"),
            HasSubstr("vps-ams      stale  172.16.0.4  6 min ago"),
            HasSubstr("workstation  fresh  172.16.0.5  12 s ago   742 B"),
            HasSubstr("build-01     never  172.16.0.6  -          0 B"),
            HasSubstr("  relayed: symmetric nat\n")));
}

TEST(Peers, AreCompleteForPrograms) {
    const YAML::Node peers = YAML::Load(Weftctl("home").run({"peers", "-o", "json"}).out);
    ASSERT_EQ(peers[2]["id"].as<std::string>(), "nas");
    const YAML::Node nas = peers[2]["tunnel"];
    const YAML::Node drops = peers[4]["tunnel"]["drops"];

    EXPECT_EQ(drops["replayed"].as<int>(), 41);
    EXPECT_EQ(nas["endpoint"].as<std::string>(), "192.0.2.20:51820");
    EXPECT_EQ(nas["path"].as<std::string>(), "udp");
    EXPECT_EQ(nas["receivedBytes"].as<std::uint64_t>(), 6'912'394'240U);
    EXPECT_EQ(nas["sentBytes"].as<std::uint64_t>(), 1'318'912'000U);
    EXPECT_EQ(nas["handshakes"].as<int>(), 21);
    EXPECT_EQ(nas["rekeys"].as<int>(), 20);
    EXPECT_EQ(nas["keepaliveSeconds"].as<int>(), 30);
    EXPECT_EQ(nas["allowedIps"].size(), 2U);
    EXPECT_FALSE(nas["lastHandshake"].IsNull());
}

// Once the daemon has said what it can and how it is: while the command follows the peers.
void onceItFollows(DirectRun& run, const EventPump::Task& task) {
    run.afterFirstAnswer([&run, task] { run.afterFirstAnswer(task); });
}

TEST(Peers, WatchIsQuietAboutBytes) {
    DirectRun run("alone");
    const api::ProfileId home{"home"};
    const auto peers = tests::fakePeers(2, run.clock.wallNow());
    auto busy = peers[1];
    busy.tunnel->receivedBytes += 1000;
    auto moved = busy;
    moved.tunnel->endpoint = "192.0.2.99:51820";
    const auto update = [](const api::Peer& peer) {
        api::PeersUpdate one;
        one.changed = {peer};
        return one;
    };
    onceItFollows(run, [&] {
        run.daemon.updatePeers(home, update(peers[1]));
        run.daemon.updatePeers(home, update(busy));
        run.daemon.updatePeers(home, update(moved));
        run.interruptWhenSeen();
    });
    Parsed parsed;
    parsed.add("watch", {});

    const Status status = runPeers(run.context, parsed);

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_EQ(run.text.str(), "here     nas  172.16.0.2\nchanged  nas  172.16.0.2\n");
}

api::PeersUpdate changed(std::vector<api::Peer> peers) {
    api::PeersUpdate update;
    update.changed = std::move(peers);
    return update;
}

TEST(Peers, WatchPrintsWhoComesChangesAndGoes) {
    DirectRun run("alone");
    const api::ProfileId home{"home"};
    const auto peers = tests::fakePeers(4, run.clock.wallNow());
    auto moved = peers[1];
    moved.addressIpv4 = "172.16.9.9/32";
    api::PeersUpdate removed;
    removed.removedIds = {peers[2].id};
    api::PeersUpdate reset = changed({peers[3]});
    reset.reset = true;
    onceItFollows(run, [&] {
        run.daemon.updatePeers(home, changed({peers[1], peers[2]}));
        run.daemon.updatePeers(home, changed({moved}));
        run.daemon.updatePeers(home, removed);
        run.daemon.updatePeers(home, reset);
        run.interruptWhenSeen();
    });
    Parsed parsed;
    parsed.add("watch", {});

    const Status status = runPeers(run.context, parsed);

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_EQ(
        run.text.str(),
        "here     nas  172.16.0.2\n"
        "here     vps-fra  172.16.0.3\n"
        "changed  nas  172.16.9.9\n"
        "gone     vps-fra  172.16.0.3\n"
        "here     vps-ams  172.16.0.4\n"
        "gone     nas  172.16.9.9\n");
}

TEST(GetEdges, ListsSourceTargetAndWeight) {
    const Result result = Weftctl("home").run({"get", "edges"});

    EXPECT_THAT(result.out, testing::StartsWith("SOURCE  TARGET       WEIGHT\n"));
    EXPECT_THAT(result.out, HasSubstr("laptop  nas          1\n"));
}

TEST(GetGraph, IsForGraphvizOrForPrograms) {
    const Result dot = Weftctl("hostile").run({"get", "graph"});
    EXPECT_THAT(
        dot.out,
        AllOf(
            testing::StartsWith("strict graph mesh {\n"),
            Not(HasSubstr(rightToLeftMark())),
            HasSubstr("click</a>&amp;%1%2\"")));
    EXPECT_THAT(dot.out, HasSubstr("<a href=\\\"x\\\">"));

    const YAML::Node graph = YAML::Load(Weftctl("home").run({"get", "graph", "-o", "json"}).out);
    EXPECT_EQ(graph["nodes"].size(), 12U);
    EXPECT_EQ(graph["edges"].size(), 5U);
}

}  // namespace
}  // namespace weft::cli
