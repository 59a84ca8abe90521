// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_objects.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const api::ProfileId kHome{"home"};
const api::Group kCrew{"crew", {{"laptop", api::SubjectKind::Node}}};

std::string textOf(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A home whose history has one change that made the group crew.
class WithHistory : public Weftctl {
public:
    explicit WithHistory(bool waits = false) : Weftctl("home") {
        api::Change change;
        change.id = 7;
        change.who = "laptop";
        change.verb = "apply";
        change.note = "for the evening";
        change.objects = {
            {refOf(kCrew),
             "",
             R"({"name":"crew","subjects":[{"name":"laptop","type":"SUBJECT_NODE"}]})"}};
        change.leftAlone = {"group x: it was changed since"};
        if (waits) {
            change.revertAt = WallTime{} + 1h;
        }
        prepare = [change](tests::FakeController& daemon) {
            daemon.updatePolicy(kHome, [change](tests::FakePolicy& policy) {
                policy.add(kCrew);
                policy.history = {{change, {{refOf(kCrew), std::nullopt, kCrew}}}};
            });
        };
    }
};

/// The rules of the home in a folder.
class PolicyFolderCommands : public ::testing::Test {
protected:
    PolicyFolderCommands() {
        const Result result = Weftctl("home").run({"policy", "export", folder()});
        EXPECT_EQ(result.code, kExitOk) << result.err;
        exported_ = result.out;
    }
    std::string folder() const { return (temp_ / "rules").string(); }
    std::filesystem::path file(const std::string& name) const { return temp_ / "rules" / name; }
    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(file(name).parent_path());
        std::ofstream(file(name)) << text;
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir temp_;
    std::string exported_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PolicyFolderCommands, ExportTheSameEachTimeAndWithoutEdges) {
    EXPECT_THAT(exported_, HasSubstr("files written, 0 unchanged, 0 removed"));
    EXPECT_THAT(textOf(file("groups/office.yaml")), HasSubstr("workstation"));
    EXPECT_FALSE(std::filesystem::exists(file("edges")));

    const Result again = Weftctl("home").run({"policy", "export", folder()});
    EXPECT_THAT(again.out, StartsWith("0 files written"));
    const Result whole = Weftctl("home").run({"policy", "export", folder(), "--with-edges"});
    EXPECT_EQ(whole.code, kExitOk) << whole.err;
    EXPECT_TRUE(std::filesystem::exists(file("edges")));
    EXPECT_EQ(Weftctl("home").run({"policy", "diff", folder(), "--with-edges"}).code, kExitOk);
}

TEST_F(PolicyFolderCommands, DiffSaysNothingWhereNothingDiffers) {
    const Result result = Weftctl("home").run({"policy", "diff", folder()});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "");
    const Result nothing = Weftctl("home").run({"policy", "apply", folder(), "--yes"});
    EXPECT_EQ(nothing.code, kExitOk);
    EXPECT_EQ(nothing.out, "the mesh is as the folder says already\n");
}

TEST_F(PolicyFolderCommands, DiffShowsWhatIsMadeChangedAndDeleted) {
    write(
        "groups/crew.yaml", "kind: group\nname: crew\nsubjects:\n  - {type: node, name: laptop}\n");
    std::filesystem::remove(file("groups/cameras.yaml"));

    const Result result = Weftctl("home").run({"policy", "diff", folder()});
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_THAT(
        result.out, AllOf(HasSubstr("group crew: created"), HasSubstr("group cameras: deleted")));
    EXPECT_THAT(result.err, HasSubstr("the folder differs from the mesh in 2 objects"));
    const Result json = Weftctl("home").run({"policy", "diff", folder(), "-o", "json"});
    EXPECT_THAT(json.out, HasSubstr("\"created\": true"));
}

TEST_F(PolicyFolderCommands, ApplyAsksAndSaysHowToKeepIt) {
    write(
        "groups/crew.yaml", "kind: group\nname: crew\nsubjects:\n  - {type: node, name: laptop}\n");
    Weftctl hesitant("home");
    hesitant.interactive = true;
    hesitant.input = "n\n";
    const Result asked = hesitant.run({"policy", "apply", folder()});
    EXPECT_NE(asked.code, kExitOk);
    EXPECT_THAT(asked.out, Not(HasSubstr("made as change")));

    const Result made =
        Weftctl("home").run({"policy", "apply", folder(), "--yes", "--auto-revert", "60s"});
    EXPECT_EQ(made.code, kExitOk) << made.err;
    EXPECT_THAT(
        made.out, AllOf(HasSubstr("made as change 1"), HasSubstr("weftctl policy confirm 1")));
    const Result quiet = Weftctl("home").run({"policy", "apply", folder(), "--yes", "-q"});
    EXPECT_EQ(quiet.out, "1\n");
}

TEST_F(PolicyFolderCommands, ApplyWaitsAndNamesWhoDoesNotHaveIt) {
    write(
        "groups/crew.yaml", "kind: group\nname: crew\nsubjects:\n  - {type: node, name: laptop}\n");
    Weftctl watched("home");
    watched.interactive = true;
    const Result made = watched.run({"policy", "apply", folder(), "--yes"});
    EXPECT_EQ(made.code, kExitOk) << made.err;
    EXPECT_THAT(
        made.err,
        AllOf(
            HasSubstr("2 of 4 nodes have it"),
            HasSubstr("not in effect at 1 of 4 nodes: camera-door (unreachable)"),
            HasSubstr("weftctl policy propagation 1 tells more"),
            Not(HasSubstr("pending"))));

    const Result silent =
        Weftctl("home").run({"policy", "apply", folder(), "--yes", "--wait", "0"});
    EXPECT_EQ(silent.code, kExitOk);
    EXPECT_EQ(silent.err, "");
    const Result quiet = Weftctl("home").run({"policy", "apply", folder(), "--yes", "-q"});
    EXPECT_EQ(quiet.err, "");
    const Result json = Weftctl("home").run({"policy", "apply", folder(), "--yes", "-o", "json"});
    EXPECT_THAT(
        json.out,
        AllOf(
            HasSubstr("\"change\": 1"),
            HasSubstr("\"everywhere\": false"),
            HasSubstr("\"state\": \"unreachable\"")));
}

TEST_F(PolicyFolderCommands, ApplyFailsWithWaitAllWhenSomebodyIsMissing) {
    write(
        "groups/crew.yaml", "kind: group\nname: crew\nsubjects:\n  - {type: node, name: laptop}\n");
    const Result missing =
        Weftctl("home").run({"policy", "apply", folder(), "--yes", "--wait-all", "--wait", "1ms"});
    EXPECT_EQ(missing.code, kExitPending);
    EXPECT_THAT(missing.out, HasSubstr("made as change 1"));

    Weftctl reached("home");
    reached.prepare = [](tests::FakeController& daemon) {
        daemon.updatePolicy(api::ProfileId("home"), [](tests::FakePolicy& policy) {
            policy.propagation = {{"laptop", api::PropagationState::Done, std::nullopt}};
        });
    };
    const Result all = reached.run({"policy", "apply", folder(), "--yes", "--wait-all"});
    EXPECT_EQ(all.code, kExitOk);
    EXPECT_THAT(all.err, HasSubstr("in effect at 1 node"));
}

TEST_F(PolicyFolderCommands, ApplyGoesOnWhereNobodyKnowsWhatIsInEffect) {
    write(
        "groups/crew.yaml", "kind: group\nname: crew\nsubjects:\n  - {type: node, name: laptop}\n");
    const auto run = [this](const std::vector<std::string>& more) {
        Weftctl weftctl("home");
        weftctl.prepare = [](tests::FakeController& daemon) {
            daemon.failNext(
                tests::FakeCall::GetPropagation,
                failedPrecondition("the nodes of this mesh do not say what they have in effect"));
        };
        std::vector<std::string> words{"policy", "apply", folder(), "--yes"};
        words.insert(words.end(), more.begin(), more.end());
        return weftctl.run(words);
    };

    const Result result = run({});
    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(
        result.err,
        HasSubstr("it is not known where it is in effect: the nodes of this mesh do not say"));
    const Result strict = run({"--wait-all"});
    EXPECT_EQ(strict.code, kExitPrecondition);
    EXPECT_THAT(strict.out, HasSubstr("made as change 1"));
    EXPECT_THAT(strict.err, HasSubstr("the change is made, and it is not known where"));
    EXPECT_EQ(run({"--wait", "soon"}).code, kExitUsage);
}

/// A mesh with one change in its history.
class PolicyPropagation : public ::testing::Test {
protected:
    PolicyPropagation() {
        weftctl_.prepare = [this](tests::FakeController& daemon) {
            daemon.updatePolicy(api::ProfileId("home"), [this](tests::FakePolicy& policy) {
                tests::FakeChange change;
                change.change.id = 12;
                change.change.at = policy.propagation.front().since;
                policy.history = {change};
                if (!propagation_.empty()) {
                    policy.propagation = propagation_;
                }
            });
        };
    }

    Weftctl weftctl_{"home"};
    std::vector<api::NodePropagation> propagation_;
};

TEST_F(PolicyPropagation, TellsHowItStandsWithEachNode) {
    const Result result = weftctl_.run({"policy", "propagation"});
    EXPECT_EQ(result.code, kExitPending) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            StartsWith("change 12, 3 h ago: in effect at 2 of 4 nodes\nNODE "),
            HasSubstr("camera-door"),
            HasSubstr("unreachable  3 h ago"),
            HasSubstr("is not there: what it has in effect may be old"),
            HasSubstr("is there, and has not said that it has it"),
            HasSubstr("was told, and does not say what it has in effect")));
    EXPECT_EQ(weftctl_.run({"policy", "propagation", "13"}).code, kExitNotFound);
    EXPECT_EQ(weftctl_.run({"policy", "propagation", "x"}).code, kExitUsage);

    const Result json = weftctl_.run({"policy", "propagation", "12", "-o", "json"});
    EXPECT_EQ(json.code, kExitPending);
    EXPECT_THAT(json.out, AllOf(HasSubstr("\"pending\": 1"), HasSubstr("\"everywhere\": false")));
    const Result names = weftctl_.run({"policy", "propagation", "12", "-q"});
    EXPECT_EQ(std::ranges::count(names.out, '\n'), 2);
}

TEST_F(PolicyPropagation, IsGoodWhenEverybodyHasItOrWasTold) {
    propagation_ = {
        {"alpha", api::PropagationState::Told, std::nullopt},
        {"bravo", api::PropagationState::Done, std::nullopt}};

    const Result result = weftctl_.run({"policy", "propagation", "12"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("in effect at 2 of 2 nodes"));
}

TEST_F(PolicyFolderCommands, NameTheFileAndTheLineOfAMistake) {
    write("groups/crew.yaml", "kind: group\nname: crew\nmembers: []\n");
    for (const auto* verb : {"diff", "apply"}) {
        const Result result = Weftctl("home").run({"policy", verb, folder()});
        EXPECT_EQ(result.code, kExitUsage) << verb;
        EXPECT_THAT(result.err, AllOf(HasSubstr("groups/crew.yaml"), HasSubstr("members")));
    }
    EXPECT_EQ(Weftctl("home").run({"policy", "diff", folder() + "-none"}).code, kExitNotFound);
}

TEST(PolicyHistory, ListsChangesAndShowsOne) {
    WithHistory weftctl;
    const Result list = weftctl.run({"policy", "history"});
    EXPECT_EQ(list.code, kExitOk) << list.err;
    EXPECT_THAT(list.out, AllOf(HasSubstr("apply group crew"), HasSubstr("for the evening")));
    const Result one = weftctl.run({"policy", "history", "7"});
    EXPECT_THAT(
        one.out,
        AllOf(
            HasSubstr("group crew: created"),
            HasSubstr("+ subjects: laptop"),
            HasSubstr("left alone: group x")));
    EXPECT_THAT(weftctl.run({"policy", "history", "-o", "json"}).out, HasSubstr("\"id\": 7"));
    EXPECT_EQ(weftctl.run({"policy", "history", "-q"}).out, "7\n");
    EXPECT_EQ(weftctl.run({"policy", "history", "8"}).code, kExitNotFound);
    EXPECT_EQ(weftctl.run({"policy", "history", "x"}).code, kExitUsage);
}

TEST(PolicyHistory, TellsWhatWaits) {
    EXPECT_THAT(WithHistory(true).run({"policy", "history"}).out, HasSubstr("waits, goes back"));
    const Result confirmed = WithHistory(true).run({"policy", "confirm", "7"});
    EXPECT_EQ(confirmed.out, "change 7 stays\n");
    EXPECT_EQ(WithHistory().run({"policy", "confirm", "7"}).code, kExitNotFound);
    EXPECT_EQ(WithHistory().run({"policy", "confirm", "0"}).code, kExitUsage);
}

TEST(PolicyUndo, TakesBackAllOrOneObject) {
    const Result all = WithHistory().run({"policy", "undo", "7", "--yes"});
    EXPECT_EQ(all.code, kExitOk) << all.err;
    EXPECT_THAT(all.out, HasSubstr("change 7 is taken back, by change"));
    const Result one =
        WithHistory().run({"policy", "undo", "7", "--yes", "--object", "group/crew", "-o", "json"});
    EXPECT_THAT(one.out, HasSubstr("\"change\": 2"));
    for (const auto* bad : {"crew", "group/", "edge/one", "thing/crew"}) {
        EXPECT_EQ(
            WithHistory().run({"policy", "undo", "7", "--yes", "--object", bad}).code, kExitUsage)
            << bad;
    }
    EXPECT_EQ(WithHistory().run({"policy", "undo", "9", "--yes"}).code, kExitNotFound);
    EXPECT_EQ(WithHistory().run({"policy", "undo", "7"}).code, kExitPrecondition);
}

TEST(PolicyObjects, GoBothWaysUnchanged) {
    const std::vector<api::PolicyObject> objects{
        api::Role{
            "r",
            {{{api::PolicyResource::Routes, api::PolicyResource::All},
              {"x"},
              {api::PolicyVerb::Put, api::PolicyVerb::All}}}},
        api::RoleBinding{"b", "r", {{"u", api::SubjectKind::User}, {"*", api::SubjectKind::All}}},
        kCrew,
        api::NetworkAcl{"a", -3, api::AclAction::Deny, {"*"}, {"group:g"}, {"10.0.0.0/8"}, {}},
        api::Route{"o", "n", {"10.1.0.0/16", "fd00::/8"}, "h"},
        api::MeshEdge{"a", "b", 5, {{"k", "v"}}}};
    for (const auto& object : objects) {
        const auto made = toMesh(object);
        ASSERT_TRUE(made.ok()) << made.status();
        EXPECT_EQ(toApi(*made), object);
        EXPECT_EQ(toApi(mesh::refOf(*made)), refOf(object));
    }
    EXPECT_EQ(
        toMesh(api::Route{"o", "n", {"10.1.0.0/99"}, ""}).status().code(),
        StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::cli
