// SPDX-License-Identifier: Apache-2.0
// The editors of the page Access over a daemon that keeps drafts, and the way back.
#include "tests/ui/draft_fixture.h"

#include <QSignalSpy>
#include <QTest>

using weft::api::NetworkAcl;
using weft::api::ObjectRef;
using weft::api::PolicyKind;
using weft::tests::columnOf;
using weft::tests::DraftFixture;
using weft::tests::FakeCall;
using weft::viewmodels::PolicyModel;
using weft::viewmodels::toPolicyKey;

namespace {

const ObjectRef kCameras{PolicyKind::NetworkAcl, "cameras-stay-in", {}};

struct EditingFixture : DraftFixture {
    EditingFixture() : DraftFixture("home") {}

    weft::viewmodels::AccessViewModel& access() { return *app.access(); }
    weft::viewmodels::RuleEditor& rule() { return *access().rule(); }
    void open(const ObjectRef& ref) { rule().openKey(toPolicyKey(ref)); }
    /// Puts another priority of the rule into the draft.
    void draftPriority(const char* priority) {
        open(kCameras);
        rule().setPriority(QString::fromLatin1(priority));
        rule().addToDraft();
        settle();
    }
    int storedPriority() { return std::get<NetworkAcl>(rules().find(kCameras)->object).priority; }
    QString markOf(const char* title) {
        const PolicyModel& model = *access().rules();
        const auto row =
            columnOf(model, PolicyModel::TitleRole).indexOf(QString::fromLatin1(title));
        return row < 0 ? QStringLiteral("not listed")
                       : model.index(static_cast<int>(row)).data(PolicyModel::MarkRole).toString();
    }
};

}  // namespace

class DraftEditingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditGoesIntoTheDraftAndNotIntoTheMesh() {
        EditingFixture ui;
        QVERIFY(ui.rule().canDraft());
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.draftPriority("150");

        QCOMPARE(ui.storedPriority(), 100);
        QCOMPARE(ui.kept().edits.size(), std::size_t{1});
        QCOMPARE(std::get<NetworkAcl>(*ui.kept().edits.front().before).priority, 100);
        QCOMPARE(ui.changes().count(), 1);
        QCOMPARE(ui.markOf("cameras-stay-in"), QStringLiteral("Changed in the draft"));
        QVERIFY(!ui.rule().dirty());
        QVERIFY(ui.rule().drafted());
        QCOMPARE(
            toast.at(0).at(0).toString(), QStringLiteral("Rule cameras-stay-in is in the draft"));
    }

    void anEditorShowsWhatTheDraftWants() {
        EditingFixture ui;
        ui.draftPriority("150");
        ui.rule().close();

        ui.open(kCameras);
        QCOMPARE(ui.rule().priority(), QStringLiteral("150"));
        QVERIFY(!ui.rule().dirty());
        QVERIFY(!ui.rule().draftText().isEmpty());

        // A second edit follows the first: the base stays what the mesh has.
        ui.rule().setPriority(QStringLiteral("175"));
        ui.rule().addToDraft();
        ui.settle();
        QCOMPARE(std::get<NetworkAcl>(*ui.kept().edits.front().before).priority, 100);
        QCOMPARE(std::get<NetworkAcl>(*ui.kept().edits.front().after).priority, 175);

        ui.rule().leaveDraft();
        ui.settle();
        QCOMPARE(ui.rule().priority(), QStringLiteral("100"));
        QCOMPARE(ui.changes().count(), 0);
        QCOMPARE(ui.markOf("cameras-stay-in"), QString());
    }

    void aNewRuleIsListedBeforeItIsMade() {
        EditingFixture ui;
        ui.rule().openNew();
        ui.rule().setName(QStringLiteral("office"));
        ui.rule().setSources({QStringLiteral("group:office")});
        ui.rule().setDestinations({QStringLiteral("nas")});
        ui.rule().setWithWayBack(true);
        ui.rule().addToDraft();
        ui.settle();

        QCOMPARE(ui.kept().edits.size(), std::size_t{2});
        QCOMPARE(ui.markOf("office"), QStringLiteral("New in the draft"));
        QCOMPARE(ui.markOf("office-back"), QStringLiteral("New in the draft"));
        QVERIFY(!ui.rule().isNew());
        QVERIFY(!ui.rule().isStored());
        ui.rule().close();
        ui.open({PolicyKind::NetworkAcl, "office", {}});
        QCOMPARE(ui.rule().sources(), QStringList({QStringLiteral("group:office")}));
        // What only the draft has goes with its edit.
        ui.rule().removeInDraft();
        ui.settle();
        QVERIFY(!ui.rule().isOpen());
        QCOMPARE(ui.markOf("office"), QStringLiteral("not listed"));
    }

    void aDeleteGoesIntoTheDraft() {
        EditingFixture ui;
        ui.open(kCameras);

        ui.rule().removeInDraft();
        ui.settle();

        QVERIFY(ui.rules().find(kCameras) != nullptr);
        QVERIFY(!ui.kept().edits.front().after);
        QCOMPARE(ui.markOf("cameras-stay-in"), QStringLiteral("Removed by the draft"));
        QVERIFY(ui.rule().draftText().contains(QStringLiteral("removes it")));
    }

    void saveNowStillWritesAtOnceAndEndsTheEdit() {
        EditingFixture ui;
        ui.draftPriority("150");
        ui.rule().setPriority(QStringLiteral("160"));

        ui.rule().save();
        ui.settle();

        QCOMPARE(ui.storedPriority(), 160);
        QCOMPARE(ui.changes().count(), 0);
        QCOMPARE(ui.rule().priority(), QStringLiteral("160"));
    }

    void whatIsTypedStaysWhenAnotherWindowWroteTheDraft() {
        EditingFixture ui;
        ui.open(kCameras);
        ui.rule().setPriority(QStringLiteral("150"));
        ui.editElsewhere();

        ui.rule().addToDraft();
        ui.settle();
        QVERIFY(ui.rule().errorText().contains(QStringLiteral("in another window")));
        QCOMPARE(ui.rule().priority(), QStringLiteral("150"));
        QVERIFY(ui.rule().dirty());

        ui.rule().addToDraft();
        ui.settle();
        QCOMPARE(ui.rule().errorText(), QString());
        QCOMPARE(ui.changes().count(), 1);
    }

    void nothingWrongGoesIntoTheDraft() {
        EditingFixture ui;
        ui.open(kCameras);
        ui.rule().setPriority(QStringLiteral("high"));

        ui.rule().addToDraft();
        ui.settle();

        QVERIFY(ui.rule().problems().contains(QStringLiteral("priority")));
        QCOMPARE(ui.controller.count(FakeCall::EditDraft), std::size_t{0});
    }

    void undoTakesAnEditOutOfTheDraft() {
        EditingFixture ui;
        ui.draftPriority("150");
        ui.draftPriority("175");
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.access().undo();
        ui.settle();
        QCOMPARE(std::get<NetworkAcl>(*ui.kept().edits.front().after).priority, 150);
        ui.access().undo();
        ui.settle();
        QVERIFY(ui.kept().edits.empty());
        ui.access().undo();
        ui.settle();

        QCOMPARE(toast.count(), 3);
        QCOMPARE(
            toast.at(1).at(0).toString(),
            QStringLiteral("Undone: Rule cameras-stay-in in the draft"));
        QCOMPARE(toast.at(2).at(0).toString(), QStringLiteral("There is nothing to take back"));
    }

    void undoTakesBackWhatWasSaved() {
        EditingFixture ui;
        ui.open(kCameras);
        ui.rule().setPriority(QStringLiteral("150"));
        ui.rule().save();
        ui.settle();
        QCOMPARE(ui.storedPriority(), 150);
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.access().undo();
        ui.settle();

        QCOMPARE(ui.storedPriority(), 100);
        QCOMPARE(ui.controller.count(FakeCall::RevertChange), std::size_t{1});
        QCOMPARE(
            toast.at(0).at(0).toString(),
            QStringLiteral("Undone: Rule cameras-stay-in is as it was before"));
    }

    void undoBringsBackWhatWasDeletedWithoutTheRightToReadTheHistory() {
        EditingFixture ui;
        ui.open(kCameras);
        ui.rule().remove();
        ui.settle();
        QVERIFY(ui.rules().find(kCameras) == nullptr);
        ui.controller.failNext(
            FakeCall::ListChanges, weft::permissionDenied("only the administrator may"), 9);

        ui.access().undo();
        ui.settle();

        QVERIFY(ui.rules().find(kCameras) != nullptr);
        QCOMPARE(ui.controller.count(FakeCall::RevertChange), std::size_t{0});
    }

    void undoLeavesAloneWhatSomebodyChangedSince() {
        EditingFixture ui;
        ui.open(kCameras);
        ui.rule().setPriority(QStringLiteral("150"));
        ui.rule().save();
        ui.settle();
        auto theirs = std::get<NetworkAcl>(ui.rules().find(kCameras)->object);
        theirs.priority = 300;
        ui.controller.putPolicyObject(ui.mesh(), theirs, std::nullopt, [](const auto&) {});
        ui.settle();
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.access().undo();
        ui.settle();

        QCOMPARE(ui.storedPriority(), 300);
        QVERIFY(toast.at(0).at(0).toString().contains(QStringLiteral("was not undone")));
    }

    void undoRemembersSoManyAndForgetsWithTheMesh() {
        EditingFixture ui;
        weft::bridge::Bridge bridge(ui.controller);
        weft::viewmodels::EditUndo undo(bridge, ui.changes().desk());
        for (std::size_t i = 0; i <= weft::viewmodels::EditUndo::kMost; ++i) {
            undo.note(weft::viewmodels::EditUndo::Saved{{kCameras, {}, {}}});
        }
        QCOMPARE(undo.count(), weft::viewmodels::EditUndo::kMost);

        undo.setMesh(weft::api::ProfileId{"other"});
        QVERIFY(undo.isEmpty());
    }
};

QTEST_MAIN(DraftEditingTest)
#include "draft_editing_test.moc"
