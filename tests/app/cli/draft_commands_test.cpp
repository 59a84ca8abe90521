// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Edits = std::vector<api::PolicyEdit>;

const api::ProfileId kHome{"home"};
const api::Group kCrew{"crew", {{"laptop", api::SubjectKind::Node}}};
const api::Group kCrewOfTwo{
    "crew", {{"laptop", api::SubjectKind::Node}, {"nas", api::SubjectKind::Node}}};
const api::PolicyEdit kMakeCrew{refOf(kCrew), std::nullopt, kCrew};

/// A home whose daemon has a draft, and what became of it.
class Drafting : public Weftctl {
public:
    explicit Drafting(const Edits& edits = {}, const std::vector<api::PlanConflict>& conflicts = {})
        : Weftctl("home") {
        prepare = [this, edits, conflicts](tests::FakeController& daemon) {
            daemon.updatePlan(kHome, [this, edits, conflicts](tests::FakePlan& plan) {
                plan.draft = {edits, edits.empty() ? 0U : 4U, WallTime{}, conflicts};
                plan.written = [this](const api::Draft& now) { draft = now; };
                plan.applied = [this](const api::ApplyDraftWish& wish) { applied = wish; };
            });
        };
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a test looks at them after `run`
    std::optional<api::Draft> draft{};
    std::optional<api::ApplyDraftWish> applied{};
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

/// The crew was empty of others, the draft adds the nas, and somebody else has removed it.
const api::PlanConflict kConflict{
    refOf(kCrew), "the draft changes what others deleted", kCrew, kCrewOfTwo, std::nullopt};
const Edits kTorn{{refOf(kCrew), kCrew, kCrewOfTwo}};

TEST(PolicyDraft, SaysHowToBeginOne) {
    const Result result = Drafting().run({"policy", "draft"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("the draft has no edits: `weftctl put ... --draft`"));
    EXPECT_EQ(Drafting().run({"policy", "draft", "-q"}).out, "");
}

TEST(PolicyDraft, ShowsEditsWithTheirFields) {
    const Edits edits{
        kTorn.front(), {{api::PolicyKind::Edge, "a", "b"}, {}, api::MeshEdge{"a", "b", 0, {}}}};
    const Result result = Drafting(edits).run({"policy", "draft"});
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("2 edits, changed "),
            HasSubstr("group crew: 1 member added\n  + subjects: nas\n"),
            HasSubstr("edge a/b: created")));
    EXPECT_EQ(Drafting(edits).run({"policy", "draft", "-q"}).out, "group/crew\nedge/a/b\n");
    EXPECT_THAT(
        Drafting(edits).run({"policy", "draft", "-o", "json"}).out,
        AllOf(HasSubstr("\"number\": 4"), HasSubstr("\"created\": true")));
}

TEST(PolicyDraft, ShowsAConflictFromThreeSides) {
    const Result result = Drafting(kTorn, {kConflict}).run({"policy", "draft"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        HasSubstr("conflict: group crew: the draft changes what others deleted\n"
                  "  subjects\n"
                  "    base    laptop\n"
                  "    mine    laptop, nas\n"
                  "    theirs  -\n"));
    EXPECT_THAT(
        Drafting(kTorn, {kConflict}).run({"policy", "draft", "-o", "yaml"}).out,
        HasSubstr("theirs: null"));
}

TEST(PolicyDraft, IsThereWithoutAMesh) {
    EXPECT_EQ(Weftctl("off").run({"policy", "draft"}).code, kExitOk);
    EXPECT_EQ(Weftctl("home").run({"policy", "draft", "-p", "nobody"}).code, kExitNotFound);
}

TEST(PolicyDraftDiscard, TakesOutOneObjectOrAll) {
    Drafting one({kMakeCrew, {{api::PolicyKind::Role, "r", {}}, {}, api::Role{"r", {}}}});
    const Result result = one.run({"policy", "draft-discard", "role/r"});
    EXPECT_EQ(result.out, "the draft has 1 edit left\n") << result.err;
    EXPECT_THAT(one.draft->edits, ElementsAre(kMakeCrew));

    Drafting all({kMakeCrew});
    EXPECT_EQ(all.run({"policy", "draft-discard"}).code, kExitPrecondition) << "nobody was asked";
    EXPECT_FALSE(all.draft);
    EXPECT_EQ(all.run({"policy", "draft-discard", "--yes"}).out, "the draft is gone\n");
    EXPECT_THAT(all.draft->edits, IsEmpty());
    EXPECT_EQ(Drafting().run({"policy", "draft-discard"}).out, "the draft has no edits\n");
}

TEST(PolicyDraftDiscard, TakesSeveralObjectsAndNamesTheWrongOne) {
    Drafting both({kMakeCrew, {{api::PolicyKind::Role, "r", {}}, {}, api::Role{"r", {}}}});
    EXPECT_EQ(both.run({"policy", "draft-discard", "role/r", "group/crew"}).code, kExitOk);
    EXPECT_THAT(both.draft->edits, IsEmpty());
    const Result unknown = Drafting({kMakeCrew}).run({"policy", "draft-discard", "group/other"});
    EXPECT_EQ(unknown.code, kExitNotFound);
    EXPECT_THAT(unknown.err, HasSubstr("the draft has no edit of group other"));
    EXPECT_EQ(Drafting({kMakeCrew}).run({"policy", "draft-discard", "crew"}).code, kExitUsage);
}

TEST(PolicyRebase, DecidesConflictsAndFailsWhileOneIsLeft) {
    Drafting left(kTorn, {kConflict});
    const Result result = left.run({"policy", "rebase"});
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_THAT(result.err, HasSubstr("a conflict is left: decide with --mine group/crew"));
    EXPECT_THAT(result.out, HasSubstr("    theirs  -\n"));

    Drafting mine(kTorn, {kConflict});
    EXPECT_EQ(mine.run({"policy", "rebase", "--mine", "group/crew"}).code, kExitOk);
    EXPECT_THAT(
        mine.draft->edits, ElementsAre(api::PolicyEdit{refOf(kCrew), std::nullopt, kCrewOfTwo}));
    Drafting theirs(kTorn, {kConflict});
    EXPECT_EQ(theirs.run({"policy", "rebase", "--theirs", "group/crew"}).code, kExitOk);
    EXPECT_THAT(theirs.draft->edits, IsEmpty());
}

TEST(PolicyRebase, RefusesDecisionsThatMakeNoSense) {
    EXPECT_EQ(
        Drafting(kTorn, {kConflict})
            .run({"policy", "rebase", "--mine", "group/crew", "--theirs", "group/crew"})
            .code,
        kExitUsage);
    EXPECT_EQ(
        Drafting(kTorn).run({"policy", "rebase", "--mine", "group/crew"}).code, kExitNotFound);
    EXPECT_EQ(Drafting().run({"policy", "rebase", "--mine", "crew"}).code, kExitUsage);
    EXPECT_EQ(Drafting().run({"policy", "rebase"}).out, "the draft has no edits\n");
    EXPECT_THAT(
        Drafting({kMakeCrew}).run({"policy", "rebase", "-o", "json"}).out,
        HasSubstr("\"number\": 5"));
}

TEST(PolicyDiff, ShowsTheDraftAgainstTheMesh) {
    const Result result = Drafting({kMakeCrew}).run({"policy", "diff"});
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_EQ(result.out, "group crew: created\n");
    EXPECT_THAT(result.err, HasSubstr("the draft differs from the mesh in 1 object"));
    EXPECT_EQ(Drafting().run({"policy", "diff"}).code, kExitOk);
    EXPECT_EQ(Drafting().run({"policy", "diff", "--with-edges"}).code, kExitUsage);
    EXPECT_THAT(
        Drafting({kMakeCrew}).run({"policy", "diff", "-o", "json"}).out,
        HasSubstr("\"created\": true"));
}

TEST(PolicyApply, MakesTheDraftThatWasShown) {
    Drafting weftctl({kMakeCrew});
    weftctl.interactive = true;
    weftctl.input = "n\n";
    const Result asked = weftctl.run({"policy", "apply"});
    EXPECT_NE(asked.code, kExitOk);
    EXPECT_THAT(asked.out, AllOf(HasSubstr("group crew: created"), Not(HasSubstr("made as"))));
    EXPECT_THAT(asked.err, HasSubstr("Make 1 edit?"));
    EXPECT_FALSE(weftctl.applied);

    const Result made = weftctl.run(
        {"policy", "apply", "--yes", "--note", "for the evening", "--auto-revert", "60s"});
    EXPECT_EQ(made.code, kExitOk) << made.err;
    EXPECT_THAT(
        made.out, AllOf(HasSubstr("made as change 1"), HasSubstr("weftctl policy confirm 1")));
    ASSERT_TRUE(weftctl.applied);
    EXPECT_EQ(weftctl.applied->note, "for the evening");
    EXPECT_EQ(weftctl.applied->revertAfter, 60s);
    EXPECT_EQ(weftctl.run({"policy", "apply", "--yes", "-q"}).out, "1\n");
}

TEST(PolicyApply, RefusesADraftThatIsEmptyTornOrNotTheOneShown) {
    EXPECT_EQ(Drafting().run({"policy", "apply", "--yes"}).code, kExitPrecondition);
    const Result torn = Drafting(kTorn, {kConflict}).run({"policy", "apply", "--yes"});
    EXPECT_EQ(torn.code, kExitPrecondition);
    EXPECT_THAT(torn.err, AllOf(HasSubstr("group crew"), HasSubstr("weftctl policy rebase")));

    Drafting moved({kMakeCrew});
    moved.prepare = [first = moved.prepare](tests::FakeController& daemon) {
        first(daemon);
        // The draft that is shown is not the one that is there by then.
        daemon.failNext(tests::FakeCall::ApplyDraft, aborted("the draft was changed meanwhile"));
    };
    EXPECT_THAT(
        moved.run({"policy", "apply", "--yes"}).err, HasSubstr("the draft was changed meanwhile"));
    EXPECT_EQ(moved.run({"policy", "apply", "--auto-revert", "soon"}).code, kExitUsage);
}

/// The rules of the home in a folder, without a group and with another.
class PolicyImport : public ::testing::Test {
protected:
    PolicyImport() {
        const Result result = Weftctl("home").run({"policy", "export", folder()});
        EXPECT_EQ(result.code, kExitOk) << result.err;
        std::filesystem::remove(temp_ / "rules" / "groups" / "cameras.yaml");
        std::ofstream(temp_ / "rules" / "groups" / "crew.yaml")
            << "kind: group\nname: crew\nsubjects:\n  - {type: node, name: laptop}\n";
    }
    std::string folder() const { return (temp_ / "rules").string(); }

    tests::TempDir temp_;  // NOLINT(misc-non-private-member-variables-in-classes): a fixture
};

TEST_F(PolicyImport, PutsTheDifferenceIntoTheDraft) {
    Drafting weftctl;
    const Result result = weftctl.run({"policy", "import", folder()});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("the draft has 2 edits now"));
    ASSERT_THAT(weftctl.draft->edits, SizeIs(2));
    EXPECT_EQ(weftctl.draft->edits.back(), kMakeCrew);
    EXPECT_EQ(Drafting().run({"policy", "import", folder(), "-q"}).out, "1\n");
    EXPECT_EQ(Drafting().run({"policy", "import", folder() + "-none"}).code, kExitNotFound);
    EXPECT_EQ(Drafting().run({"policy", "import"}).code, kExitUsage);
}

TEST_F(PolicyImport, AsksBeforeItReplacesEditsAndKeepsThemWhenTold) {
    const Edits role{{{api::PolicyKind::Role, "r", {}}, {}, api::Role{"r", {}}}};
    EXPECT_EQ(Drafting(role).run({"policy", "import", folder()}).code, kExitPrecondition);
    Drafting replaced(role);
    EXPECT_EQ(replaced.run({"policy", "import", folder(), "--yes"}).code, kExitOk);
    EXPECT_THAT(replaced.draft->edits, SizeIs(2));
    Drafting added(role);
    EXPECT_EQ(added.run({"policy", "import", folder(), "--add"}).code, kExitOk);
    EXPECT_THAT(added.draft->edits, SizeIs(3));
}

TEST(PutDraft, AddsWhatLeadsFromTheMeshToIt) {
    Drafting made;
    const Result result = made.run({"put", "group", "crew", "--node", "laptop", "--draft"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("the draft has 1 edit now: weftctl policy review"));
    EXPECT_THAT(made.draft->edits, ElementsAre(kMakeCrew));

    Drafting changed;
    ASSERT_EQ(
        changed.run({"put", "group", "cameras", "--node", "nas", "--draft", "-o", "json"}).code,
        kExitOk);
    const auto& edit = changed.draft->edits.front();
    EXPECT_EQ(
        edit.before,
        api::PolicyObject(api::Group{"cameras", {{"camera-door", api::SubjectKind::Node}}}));
    EXPECT_EQ(
        edit.after, api::PolicyObject(api::Group{"cameras", {{"nas", api::SubjectKind::Node}}}));
}

TEST(PutDraft, KeepsTheRevisionThatItIsToldOfAndTheAttributesOfAnEdge) {
    Drafting stale;
    EXPECT_NE(
        stale.run({"put", "group", "cameras", "--node", "nas", "--revision", "1", "--draft"}).code,
        kExitOk);
    EXPECT_FALSE(stale.draft);

    Drafting edge;
    edge.prepare = [first = edge.prepare](tests::FakeController& daemon) {
        first(daemon);
        daemon.updatePolicy(kHome, [](tests::FakePolicy& policy) {
            policy.add(api::MeshEdge{"x", "y", 1, {{"k", "v"}}});
        });
    };
    ASSERT_EQ(
        edge.run({"put", "edge", "--from", "x", "--to", "y", "--ice", "--draft"}).code, kExitOk);
    EXPECT_THAT(std::get<api::MeshEdge>(*edge.draft->edits.front().after).attributes, SizeIs(2));
}

TEST(DeleteDraft, AsksNobodyAndKnowsWhatTheDraftMakes) {
    Drafting weftctl;
    ASSERT_EQ(weftctl.run({"delete", "group", "cameras", "--draft"}).code, kExitOk);
    EXPECT_TRUE(weftctl.draft->edits.front().before);
    EXPECT_FALSE(weftctl.draft->edits.front().after);

    Drafting made({kMakeCrew});
    ASSERT_EQ(made.run({"delete", "group", "crew", "--draft"}).code, kExitOk);
    EXPECT_FALSE(made.draft->edits.front().after);
    const Result unknown = Drafting().run({"delete", "group", "crew", "--draft"});
    EXPECT_EQ(unknown.code, kExitNotFound);
    EXPECT_THAT(unknown.err, HasSubstr("there is no group crew"));
}

}  // namespace
}  // namespace weft::cli
