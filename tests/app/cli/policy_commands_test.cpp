// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const api::ProfileId kHome{"home"};

TEST(Get, ListsObjectsOfAKind) {
    const Result result = Weftctl("home").run({"get", "groups"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "NAME     REVISION  MEMBERS\n"
        "cameras  11        camera-door\n"
        "office   10        workstation, build-01\n"
        "voters   4         laptop\n");
    EXPECT_THAT(result.err, HasSubstr("cameras-stay-in: it denies one direction only"));
}

TEST(Get, TakesTheNamesOfTheReferenceToo) {
    const Result ours = Weftctl("home").run({"get", "acl", "-o", "json"});
    const Result theirs = Weftctl("home").run({"get", "networkacls", "-o", "json"});

    EXPECT_EQ(ours.code, kExitOk) << ours.err;
    EXPECT_EQ(ours.out, theirs.out);
    EXPECT_THAT(ours.out, HasSubstr("default-accept"));
}

TEST(Get, ShowsOneObjectWithItsRevision) {
    const YAML::Node node =
        YAML::Load(Weftctl("home").run({"get", "role", "route-editor", "-o", "yaml"}).out);

    EXPECT_EQ(node["kind"].as<std::string>(), "role");
    EXPECT_EQ(node["rules"][0]["resources"][0].as<std::string>(), "routes");
    EXPECT_GT(node["revision"].as<int>(), 0);
}

TEST(Get, SaysWhereToLookForWhatIsNotThere) {
    const Result result = Weftctl("home").run({"get", "role", "nobody"});

    EXPECT_EQ(result.code, kExitNotFound);
    EXPECT_THAT(result.err, HasSubstr("there is no role nobody: `weftctl get role` lists"));
}

TEST(Get, ShowsOneEdgeAsItIsStored) {
    const Result result =
        Weftctl("home").run({"get", "edge", "--from", "vps-fra", "--to", "laptop"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("EDGE_ATTRIBUTE_ICE=true"));
    EXPECT_EQ(Weftctl("home").run({"get", "edges", "--to", "laptop"}).code, kExitUsage);
}

TEST(Get, IsUnavailableWithADaemonThatHasNoRules) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.failNext(tests::FakeCall::Policy, unimplemented("this daemon cannot show it"));
    };

    const Result result = weftctl.run({"get", "roles"});

    EXPECT_EQ(result.code, kExitFailed);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "weftctl: this daemon cannot show it\n");
}

TEST(Put, ShowsWhatItCreated) {
    const Result result = Weftctl("home").run(
        {"put", "role", "reader", "--verb", "get", "--resource", "routes", "--resource", "edges"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "role reader was created (revision 18)\n"
        "");
}

TEST(Put, ShowsWhatItChanged) {
    const Result result = Weftctl("home").run(
        {"put",
         "acl",
         "cameras-stay-in",
         "--priority",
         "-5",
         "--deny",
         "--src-node",
         "group:cameras",
         "--dst-node",
         "nas"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "acl cameras-stay-in was changed (revision 18)\n"
        "  priority: 100 -> -5\n"
        "  destinationNodes: + nas, - *\n");
}

TEST(Put, LeavesAloneWhatIsLikeThatAlready) {
    Weftctl weftctl("home");
    const Result result = weftctl.run(
        {"put",
         "route",
         "home-lan",
         "--node",
         "nas",
         "--cidr",
         "10.1.0.0/24",
         "--cidr",
         "fd00:10::/64"});

    EXPECT_EQ(result.out, "route home-lan is like that already (revision 13)\n");
}

TEST(Put, TellsProgramsWhatItDid) {
    const YAML::Node node = YAML::Load(Weftctl("home")
                                           .run(
                                               {"put",
                                                "edges",
                                                "--from",
                                                "nas",
                                                "--to",
                                                "laptop",
                                                "--weight",
                                                "7",
                                                "--libp2p",
                                                "-o",
                                                "json"})
                                           .out);

    EXPECT_EQ(node["change"].as<std::string>(), "changed");
    EXPECT_EQ(node["differences"].size(), 2U);
    EXPECT_EQ(node["differences"][1].as<std::string>(), "attributes: + EDGE_ATTRIBUTE_LIBP2P=true");
}

TEST(Put, TakesWhatGetPrints) {
    Weftctl weftctl("home");
    const std::string printed = weftctl.run({"get", "roles", "-o", "yaml"}).out;
    weftctl.input = printed;

    const Result result = weftctl.run({"put", "roles", "-f", "-"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("role mesh-admin is like that already"));
    EXPECT_THAT(result.out, Not(HasSubstr("changed")));
}

TEST(Put, TakesSeveralObjectsFromAFile) {
    const tests::TempDir folder;
    const auto path = folder.path() / "groups.json";
    std::ofstream(path) << R"([
        {"name": "a", "subjects": [{"kind": "node", "name": "nas"}]},
        {"name": "b", "subjects": [{"type": "SUBJECT_USER", "name": "root"}]}])";

    const Result result = Weftctl("home").run({"put", "group", "-f", path.string()});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("group a was created"), HasSubstr("group b was")));
}

TEST(Put, RefusesToReplaceWhatWasChangedMeanwhile) {
    const Result result =
        Weftctl("home").run({"put", "group", "office", "--node", "nas", "--revision", "3"});

    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_THAT(
        result.err,
        AllOf(
            HasSubstr("group office was changed meanwhile"),
            HasSubstr("has revision 10 now"),
            HasSubstr("look again with `weftctl get group office`")));
}

TEST(Put, NamesWhoChangedItMeanwhile) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.updatePolicy(kHome, [](tests::FakePolicy& policy) {
            ASSERT_TRUE(policy
                            .put(
                                api::Group{"office", {{"nas", api::SubjectKind::Node}}},
                                std::nullopt,
                                WallTime{})
                            .ok());
            policy.audit.front().who = "vps-fra";
        });
    };

    const Result result =
        weftctl.run({"put", "group", "office", "--node", "phone", "--revision", "10"});

    EXPECT_THAT(result.err, HasSubstr("was changed meanwhile by vps-fra and has revision 18 now"));
}

TEST(Put, WithRevisionZeroOnlyCreates) {
    EXPECT_EQ(
        Weftctl("home").run({"put", "group", "office", "--node", "nas", "--revision", "0"}).code,
        kExitPrecondition);
    EXPECT_EQ(
        Weftctl("home").run({"put", "group", "new", "--node", "nas", "--revision", "0"}).code,
        kExitOk);
}

TEST(Put, SaysWhatIsMissing) {
    Weftctl weftctl("home");
    const auto wrong = [&weftctl](const std::vector<std::string>& arguments) {
        const Result result = weftctl.run(arguments);
        EXPECT_EQ(result.code, kExitUsage) << result.out;
        return result.err;
    };

    EXPECT_THAT(wrong({"put", "role", "x"}), HasSubstr("give both, or --file"));
    EXPECT_THAT(wrong({"put", "role"}), HasSubstr("NAME is missing"));
    EXPECT_THAT(wrong({"put", "rolebinding", "x", "--role", "r"}), HasSubstr("--user or --group"));
    EXPECT_THAT(wrong({"put", "group", "x"}), HasSubstr("a group needs a member"));
    EXPECT_THAT(wrong({"put", "acl", "x"}), HasSubstr("--accept or --deny"));
    EXPECT_THAT(wrong({"put", "acl", "x", "--accept", "--deny"}), HasSubstr("--accept or --deny"));
    EXPECT_THAT(
        wrong({"put", "acl", "x", "--accept", "--priority", "high"}), HasSubstr("--priority"));
    EXPECT_THAT(
        wrong({"put", "acl", "x", "--accept", "--src-cidr", "10.0.0.0/40"}),
        HasSubstr("--src-cidr"));
    EXPECT_THAT(
        wrong({"put", "acl", "x", "--accept", "--dst-cidr", "10.0.0.1/8"}),
        HasSubstr("--dst-cidr: 10.0.0.1/8 is an address inside a network: write 10.0.0.0/8"));
    EXPECT_THAT(
        wrong({"put", "route", "x", "--node", "nas", "--cidr", "10.1.0.7/24"}),
        HasSubstr("--cidr: 10.1.0.7/24 is an address inside a network: write 10.1.0.0/24"));
    EXPECT_THAT(wrong({"put", "route", "x", "--node", "nas"}), HasSubstr("--node and --cidr"));
    EXPECT_THAT(wrong({"put", "edge", "--from", "nas"}), HasSubstr("--from and --to"));
    EXPECT_THAT(
        wrong({"put", "group", "x", "--node", "n", "--revision", "new"}), HasSubstr("--revision"));
    EXPECT_THAT(wrong({"put", "group", "x", "-f", "-"}), HasSubstr("leave NAME away"));
}

TEST(Put, NeedsTheRightAndAConnection) {
    const std::vector<std::string> arguments{"put", "group", "x", "--node", "nas"};

    EXPECT_EQ(Weftctl("read-only").run(arguments).code, kExitDenied);
    EXPECT_EQ(Weftctl("off").run(arguments).code, kExitPrecondition);
    EXPECT_EQ(
        Weftctl("home").run({"put", "group", "-f", "/nowhere/at-all.yaml"}).code, kExitNotFound);
}

TEST(Put, WritesWithoutShowingWhatItMayNotRead) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.failNext(tests::FakeCall::Policy, permissionDenied("no right to look"));
    };

    const Result result = weftctl.run({"put", "group", "x", "--node", "nas"});

    EXPECT_EQ(result.out, "group x was written (revision 18)\n") << result.err;
}

TEST(Delete, ShowsWhatGoesWithItAndAsks) {
    Weftctl weftctl("home");
    weftctl.interactive = true;
    weftctl.input = "y\n";

    const Result result = weftctl.run({"delete", "role", "route-editor"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.err,
        AllOf(
            HasSubstr("rolebinding office-routes gives nothing any more"),
            HasSubstr("Delete role route-editor? [y/N]")));
    EXPECT_EQ(
        result.out,
        "role route-editor was deleted\n"
        "  rolebinding office-routes gives nothing any more\n");
}

TEST(Delete, DoesNothingWithoutAYes) {
    Weftctl weftctl("home");
    weftctl.interactive = true;
    weftctl.input = "n\n";

    const Result no = weftctl.run({"delete", "group", "cameras"});
    weftctl.interactive = false;
    weftctl.input = "y\n";
    const Result nobody = weftctl.run({"delete", "group", "cameras"});

    EXPECT_EQ(no.code, kExitFailed);
    EXPECT_THAT(no.err, HasSubstr("nothing was changed"));
    EXPECT_EQ(nobody.code, kExitPrecondition);
    EXPECT_THAT(nobody.err, HasSubstr("give --yes"));
}

TEST(Delete, TakesAYesInAdvance) {
    EXPECT_EQ(Weftctl("home").run({"delete", "acl", "cameras-stay-in", "--yes"}).code, kExitOk);
    EXPECT_EQ(
        Weftctl("home").run({"delete", "edges", "--from", "nas", "--to", "laptop", "-y"}).code,
        kExitOk);
    EXPECT_EQ(Weftctl("home").run({"delete", "acl", "nothing", "--yes"}).code, kExitNotFound);
    EXPECT_EQ(Weftctl("home").run({"delete", "edge", "--from", "nas", "--yes"}).code, kExitUsage);
}

TEST(Delete, RefusesWhatTheMeshStandsOnAndWhatHasChanged) {
    const Result system = Weftctl("home").run({"delete", "role", "mesh-admin", "--yes"});
    const Result stale =
        Weftctl("home").run({"delete", "group", "office", "--revision", "2", "--yes"});

    EXPECT_EQ(system.code, kExitUsage);
    EXPECT_THAT(system.err, HasSubstr("belongs to the mesh"));
    EXPECT_EQ(stale.code, kExitPrecondition);
}

struct KindCase {
    std::string kind;
    /// As `get` and `delete` name one that is there.
    std::vector<std::string> existing;
    /// As `put` makes one.
    std::vector<std::string> made;
};

class EveryKind : public ::testing::TestWithParam<KindCase> {
protected:
    /// `verb` of the kind, then these.
    static Result run(const char* verb, std::vector<std::string> more) {
        more.insert(more.begin(), {verb, GetParam().kind});
        return Weftctl("home").run(more);
    }
};

TEST_P(EveryKind, IsReadWrittenAndDeletedByItsName) {
    auto unwanted = GetParam().existing;
    unwanted.emplace_back("--yes");
    auto written = GetParam().made;
    written.insert(written.end(), {"-o", "json"});

    const Result read = run("get", GetParam().existing);
    const Result put = run("put", written);
    const Result gone = run("delete", unwanted);

    EXPECT_EQ(read.code, kExitOk) << read.err;
    EXPECT_THAT(read.out, HasSubstr(GetParam().existing.back()));
    EXPECT_EQ(put.code, kExitOk) << put.err;
    EXPECT_EQ(YAML::Load(put.out)["change"].as<std::string>(), "created") << put.out;
    EXPECT_EQ(gone.code, kExitOk) << gone.err;
    EXPECT_THAT(gone.out, HasSubstr("was deleted"));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    EveryKind,
    ::testing::Values(
        KindCase{"role", {"route-editor"}, {"new", "--verb", "get", "--resource", "routes"}},
        KindCase{
            "rolebinding", {"office-routes"}, {"new", "--role", "route-editor", "--user", "u"}},
        KindCase{"group", {"office"}, {"new", "--node", "nas"}},
        KindCase{"acl", {"cameras-stay-in"}, {"new", "--accept", "--src-node", "nas"}},
        KindCase{"networkacl", {"cameras-stay-in"}, {"new", "--deny", "--dst-node", "nas"}},
        KindCase{"route", {"home-lan"}, {"new", "--node", "nas", "--cidr", "10.77.0.0/16"}},
        KindCase{
            "edge",
            {"--from", "nas", "--to", "laptop"},
            {"--from", "nas", "--to", "build-01", "--weight", "3"}}),
    [](const auto& one) { return one.param.kind; });

}  // namespace
}  // namespace weft::cli
