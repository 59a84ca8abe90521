// SPDX-License-Identifier: Apache-2.0
// The draft, what it would do, its conflicts, and how it is applied.
#include "tests/ui/draft_fixture.h"
#include "ui/viewmodels/access/policy_diff.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using weft::api::ObjectRef;
using weft::api::PolicyKind;
using weft::tests::columnOf;
using weft::tests::DraftFixture;
using weft::tests::FakeCall;
using weft::tests::FakePlan;
using weft::viewmodels::ConflictModel;
using weft::viewmodels::EditModel;
using weft::viewmodels::LintModel;
using weft::viewmodels::NoteModel;

namespace {

const ObjectRef kCameras{PolicyKind::NetworkAcl, "cameras-stay-in", {}};
const ObjectRef kOffice{PolicyKind::Group, "office", {}};

}  // namespace

class DraftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsAreGroupedByKindWithTheirWords() {
        DraftFixture ui;
        const EditModel& edits = *ui.changes().edits();

        QCOMPARE(
            columnOf(edits, EditModel::GroupRole),
            QStringList(
                {QStringLiteral("Rules"),
                 QStringLiteral("Rules"),
                 QStringLiteral("Groups"),
                 QStringLiteral("Roles"),
                 QStringLiteral("Routes")}));
        QCOMPARE(
            columnOf(edits, EditModel::WordRole),
            QStringList(
                {QStringLiteral("Changed"),
                 QStringLiteral("New"),
                 QStringLiteral("Changed"),
                 QStringLiteral("Removed"),
                 QStringLiteral("Changed")}));
        const QVariantList fields = edits.index(0).data(EditModel::FieldsRole).toList();
        QCOMPARE(fields.size(), 1);
        QCOMPARE(
            fields.front().toMap()[QStringLiteral("before")].toString(), QStringLiteral("100"));
        QCOMPARE(fields.front().toMap()[QStringLiteral("after")].toString(), QStringLiteral("150"));
        // Of a new rule what it has, not what it has not.
        QCOMPARE(edits.index(1).data(EditModel::FieldsRole).toList().size(), 5);
        QCOMPARE(ui.changes().summary(), QStringLiteral("5 edits, changed 4 min ago"));
    }

    void oneEditIsDiscarded() {
        DraftFixture ui;

        ui.changes().discard(weft::viewmodels::toObjectKey(kCameras));
        ui.settle();

        QCOMPARE(ui.changes().count(), 4);
        QCOMPARE(ui.kept().edits.size(), std::size_t{4});
        ui.changes().discardAll();
        ui.settle();
        QCOMPARE(ui.changes().count(), 0);
        QVERIFY(ui.kept().edits.empty());
    }

    void reviewTellsWhatTheDraftWouldDoDangersFirst() {
        DraftFixture ui;
        ui.look();
        auto& review = ui.review();

        QVERIFY(review.known());
        QVERIFY(!review.running());
        const auto tones = columnOf(*review.warnings(), NoteModel::ToneRole);
        QCOMPARE(
            columnOf(*review.warnings(), NoteModel::TextRole).front(),
            QStringLiteral("This node would lose access to the leader vps-fra."));
        QCOMPARE(
            review.warnings()
                ->index(0)
                .data(NoteModel::ToneRole)
                .value<weft::viewmodels::look::Tone>(),
            weft::viewmodels::look::Tone::Error);
        QCOMPARE(tones.size(), 2);
        QCOMPARE(review.pairSummary(), QStringLiteral("2 pairs gained, 1 lost"));
        QCOMPARE(
            columnOf(*review.pairs(), NoteModel::WordRole),
            QStringList(
                {QStringLiteral("Lost"),
                 QStringLiteral("Gained"),
                 QStringLiteral("Gained"),
                 QStringLiteral("One-sided: no tunnel")}));
        QCOMPARE(review.routeSummary(), QStringLiteral("1 route gained, 0 lost, 1 moved"));
        QCOMPARE(
            columnOf(*review.nodes(), NoteModel::WordRole),
            QStringList({QStringLiteral("Cut off"), QStringLiteral("Vanishes")}));
        QCOMPARE(review.access()->count(), 3);
    }

    void failedTestsComeFirst() {
        DraftFixture ui;
        ui.look();

        QVERIFY(ui.review().testsFail());
        QCOMPARE(ui.review().testSummary(), QStringLiteral("1 test fails"));
        QCOMPARE(
            columnOf(*ui.review().tests(), NoteModel::WordRole),
            QStringList(
                {QStringLiteral("Fails"),
                 QStringLiteral("Passes"),
                 QStringLiteral("Passes"),
                 QStringLiteral("Passes")}));
    }

    void aFixGoesIntoTheDraft() {
        DraftFixture ui;
        ui.look();
        QCOMPARE(
            columnOf(*ui.review().lint(), LintModel::WordRole),
            QStringList(
                {QStringLiteral("Error"), QStringLiteral("Warning"), QStringLiteral("Hint")}));

        ui.changes().fix(0);
        ui.settle();
        // Nothing safe is known for this one.
        ui.changes().fix(1);
        ui.settle();

        QCOMPARE(ui.changes().count(), 6);
        QCOMPARE(ui.kept().edits.back().ref.name, std::string("office-to-nas-back"));
    }

    void reviewIsAskedOnceAfterSeveralChanges() {
        DraftFixture ui;
        ui.look();
        const auto asked = ui.controller.count(FakeCall::ReviewPlan);

        ui.changes().discard(weft::viewmodels::toObjectKey(kCameras));
        ui.settle();
        QVERIFY(ui.review().running());
        // Each change begins the pause anew.
        ui.changes().discard(weft::viewmodels::toObjectKey(kOffice));
        ui.settle();

        QVERIFY(QTest::qWaitFor(
            [&] { return ui.controller.count(FakeCall::ReviewPlan) == asked + 1; }));
        ui.settle();
        QVERIFY(!ui.review().running());
    }

    void reviewIsNotAskedWhileNobodyLooks() {
        DraftFixture ui;
        ui.look();
        const auto asked = ui.controller.count(FakeCall::ReviewPlan);

        ui.changes().show(false);
        ui.changes().discard(weft::viewmodels::toObjectKey(kCameras));
        ui.settle();
        QVERIFY(!ui.review().running());
        QCOMPARE(ui.controller.count(FakeCall::ReviewPlan), asked);

        // What changed meanwhile is asked about then.
        ui.changes().show(true);
        QVERIFY(ui.review().running());
    }

    void reviewIsAskedWhenAMemberComes() {
        DraftFixture ui;
        ui.look();
        QVERIFY(!ui.review().running());
        auto peer = ui.app.allPeers()->rowAt(1).peer;

        ui.controller.updatePeers(ui.mesh(), {false, {peer}, {}});
        ui.settle();
        QVERIFY(!ui.review().running());
        peer.id = "newcomer";
        ui.controller.updatePeers(ui.mesh(), {false, {peer}, {}});
        ui.settle();

        QVERIFY(ui.review().running());
    }

    void onlyTheNewestReviewCounts() {
        DraftFixture ui;
        ui.changes().show(true);
        ui.settle();
        int asked = 0;
        ui.plan([&asked](FakePlan& plan) {
            plan.review = [&asked](const auto& /*subject*/) {
                weft::api::PlanReview review;
                // Answered backwards: the newest question first.
                review.pairs.gained = review.pairs.changed = asked++ == 0 ? 7 : 99;
                return review;
            };
        });
        ui.controller.hold();
        ui.review().askNow();
        ui.review().askNow();
        ui.settle();

        ui.controller.releaseBackwards();
        ui.settle();

        QCOMPARE(asked, 2);
        QCOMPARE(ui.review().pairSummary(), QStringLiteral("7 pairs gained, 0 lost"));
        QVERIFY(!ui.review().running());
    }

    void aReviewThatFailsSaysWhyAndCanBeAskedAgain() {
        DraftFixture ui;
        ui.controller.failNext(
            FakeCall::ReviewPlan, weft::resourceExhausted("too many questions wait"));
        ui.look();

        QVERIFY(ui.review().errorText().contains(QStringLiteral("Too many questions wait")));
        ui.review().askNow();
        ui.settle();
        QCOMPARE(ui.review().errorText(), QString());
        QVERIFY(ui.review().known());
    }

    void appliesWithNoteAndAutoRevert() {
        DraftFixture ui;
        ui.look();
        weft::api::ApplyDraftWish told;
        ui.plan(
            [&told](FakePlan& plan) { plan.applied = [&told](const auto& wish) { told = wish; }; });
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.changes().apply(QStringLiteral(" tidy up "), 300);
        QVERIFY(ui.changes().applying());
        ui.settle();

        QCOMPARE(told.note, std::string("tidy up"));
        QVERIFY(told.revertAfter == 300s);
        QCOMPARE(ui.changes().count(), 0);
        QVERIFY(!ui.changes().applying());
        QVERIFY(ui.waiting().waits());
        QCOMPARE(toast.count(), 1);
    }

    void saysThatNobodyKnowsWhenTheDaemonIsLostWhileApplying() {
        DraftFixture ui;
        ui.look();
        ui.controller.failNext(FakeCall::ApplyDraft, weft::unavailable("connection lost"));
        ui.controller.failNext(FakeCall::GetDraft, weft::unavailable("connection lost"));

        ui.changes().apply({}, 0);
        ui.controller.setLink(weft::api::LinkState::Lost);
        ui.settle();

        QVERIFY(ui.changes().noticeText().startsWith(QStringLiteral("Nobody knows whether")));
        QCOMPARE(ui.changes().count(), 5);
        QVERIFY(!ui.changes().applyHint().isEmpty());
        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.settle();
        QCOMPARE(ui.changes().applyHint(), QString());
    }

    void aDraftThatAnotherWindowChangedIsReadAnew() {
        DraftFixture ui;
        ui.look();
        ui.editElsewhere();

        ui.changes().apply({}, 0);
        ui.settle();

        QVERIFY(ui.changes().noticeText().contains(QStringLiteral("in another window")));
        QCOMPARE(ui.kept().edits.size(), std::size_t{5});
        // This time it is the one that was seen.
        ui.changes().apply({}, 0);
        ui.settle();
        QCOMPARE(ui.changes().noticeText(), QString());
        QCOMPARE(ui.changes().count(), 0);
    }

    void conflictsStopItFromBeingApplied() {
        DraftFixture ui("conflicts");
        ui.look();
        const ConflictModel& conflicts = *ui.changes().conflicts();

        QCOMPARE(conflicts.count(), 2);
        QCOMPARE(ui.changes().applyHint(), QStringLiteral("First decide about 2 conflicts."));
        ui.changes().apply({}, 0);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::ApplyDraft), std::size_t{0});
        const QVariantMap priority =
            conflicts.index(0).data(ConflictModel::FieldsRole).toList().at(1).toMap();
        QCOMPARE(priority[QStringLiteral("base")].toString(), QStringLiteral("100"));
        QCOMPARE(priority[QStringLiteral("mine")].toString(), QStringLiteral("150"));
        QCOMPARE(priority[QStringLiteral("theirs")].toString(), QStringLiteral("400"));
        QVERIFY(priority[QStringLiteral("differs")].toBool());
        QCOMPARE(
            conflicts.index(1).data(ConflictModel::TheirsTextRole).toString(),
            QStringLiteral("Somebody removed it"));

        ui.changes().keepMine(weft::viewmodels::toObjectKey(kCameras));
        ui.settle();
        QCOMPARE(conflicts.count(), 1);
        ui.changes().takeTheirs(weft::viewmodels::toObjectKey(kOffice));
        ui.settle();
        QCOMPARE(conflicts.count(), 0);
        QCOMPARE(ui.changes().applyHint(), QString());
        QCOMPARE(ui.changes().count(), 4);
    }

    void aConflictAtApplyingLeadsToTheConflicts() {
        DraftFixture ui;
        ui.look();
        QSignalSpy found(&ui.changes(), &weft::viewmodels::ChangesViewModel::conflictsFound);
        ui.plan([](FakePlan& plan) {
            const auto& edit = plan.draft.edits.front();
            plan.draft.conflicts = {{edit.ref, "changed meanwhile", edit.before, edit.after, {}}};
        });

        ui.changes().apply({}, 0);
        ui.settle();

        QCOMPARE(found.count(), 1);
        QCOMPARE(ui.changes().conflicts()->count(), 1);
        QCOMPARE(ui.changes().count(), 5);
        QVERIFY(ui.changes().noticeText().contains(QStringLiteral("decide what holds")));
    }

    void aDaemonWithoutDraftsIsNoError() {
        DraftFixture ui("home");
        ui.controller.failNext(FakeCall::GetDraft, weft::unimplemented("no drafts"));
        ui.changes().refresh();
        ui.settle();

        QVERIFY(!ui.changes().available());
        QCOMPARE(ui.changes().errorText(), QString());
        QVERIFY(!ui.app.access()->rule()->canDraft());
        // Another one may be there after the link was lost.
        ui.controller.setLink(weft::api::LinkState::Lost);
        ui.settle();
        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.settle();
        QVERIFY(ui.changes().available());
        QVERIFY(ui.app.access()->rule()->canDraft());
    }

    void aThousandEditsAreShownQuickly() {
        DraftFixture ui("home");
        std::vector<weft::api::PolicyEdit> edits;
        edits.reserve(1000);
        for (int i = 0; i < 1000; ++i) {
            const std::string name = "group-" + std::to_string(i);
            edits.push_back({{PolicyKind::Group, name, {}}, {}, weft::api::Group{name, {}}});
        }
        ui.plan([&edits](FakePlan& plan) {
            plan.draft.edits = edits;
            plan.draft.number = 1;
        });
        QElapsedTimer timer;
        timer.start();

        ui.changes().refresh();
        ui.settle();
        ui.changes().discard(weft::viewmodels::toObjectKey(edits.at(500).ref));
        ui.settle();

        QCOMPARE(ui.changes().count(), 999);
        QCOMPARE(ui.changes().edits()->count(), 999);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void hostileNamesStayPlain() {
        DraftFixture ui("hostile");
        ui.look();

        for (const QString& title : columnOf(*ui.changes().edits(), EditModel::TitleRole)) {
            QVERIFY(!title.contains(QLatin1Char('\n')));
            QVERIFY(!title.contains(QChar(0x202E)));
        }
        for (const QString& text : columnOf(*ui.review().warnings(), NoteModel::TextRole)) {
            QVERIFY(!text.contains(QChar(0x202E)));
        }
    }

    void commandsAreThoseOfTheCommandLine() {
        DraftFixture ui;

        QCOMPARE(
            ui.changes().applyCommand(QStringLiteral("it's time"), 60),
            QStringLiteral(
                "weftctl policy apply --auto-revert 60s --note 'it'\\''s time' --profile home"));
        QCOMPARE(
            ui.changes().applyCommand({}, 0),
            QStringLiteral("weftctl policy apply --profile home"));
        QCOMPARE(
            ui.changes().discardCommand(weft::viewmodels::toObjectKey(kOffice)),
            QStringLiteral("weftctl policy draft-discard group/office --profile home"));
        QCOMPARE(
            ui.changes().rebaseCommand(weft::viewmodels::toObjectKey(kCameras), false),
            QStringLiteral("weftctl policy rebase --theirs acl/cameras-stay-in --profile home"));
    }
};

QTEST_MAIN(DraftTest)
#include "draft_test.moc"
