// SPDX-License-Identifier: Apache-2.0
// What was changed in a mesh, the ways back, and the change that waits to be kept.
#include "tests/ui/draft_fixture.h"
#include "ui/viewmodels/access/policy_diff.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using weft::api::ObjectRef;
using weft::api::PolicyKind;
using weft::tests::columnOf;
using weft::tests::DraftFixture;
using weft::tests::FakeCall;
using weft::tests::FakePlan;
using weft::tests::FakePolicy;
using weft::viewmodels::HistoryModel;

namespace {

const ObjectRef kGuests{PolicyKind::Group, "guests", {}};

struct CountdownFixture : DraftFixture {
    CountdownFixture() : DraftFixture("countdown") {}

    /// Lets the clock of the window run, which tells once a second.
    void pass(std::chrono::seconds time) {
        for (auto each = 0s; each < time; ++each) {
            clock.advance(1s);
            app.refreshClock();
        }
        settle();
    }
    bool isStored() {
        return rules().find({PolicyKind::NetworkAcl, "office-to-nas", {}}) != nullptr;
    }
};

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsNewestFirstWhoDidWhatAndWhen() {
        DraftFixture ui;
        ui.look();
        const HistoryModel& changes = *ui.history().changes();

        QVERIFY(ui.history().known());
        QCOMPARE(
            columnOf(changes, HistoryModel::NumberRole),
            QStringList(
                {QStringLiteral("5"),
                 QStringLiteral("4"),
                 QStringLiteral("3"),
                 QStringLiteral("2"),
                 QStringLiteral("1")}));
        const QModelIndex newest = changes.index(0);
        QCOMPARE(newest.data(HistoryModel::AgeRole).toString(), QStringLiteral("35 min ago"));
        QVERIFY(!newest.data(HistoryModel::TimeRole).toString().isEmpty());
        QCOMPARE(newest.data(HistoryModel::VerbRole).toString(), QStringLiteral("Took back"));
        QCOMPARE(
            newest.data(HistoryModel::AuthorRole).toString(),
            QStringLiteral("laptop, known by a certificate, from 172.16.0.5"));
        QCOMPARE(newest.data(HistoryModel::RevertsRole).toULongLong(), 4ULL);
        QCOMPARE(changes.index(1).data(HistoryModel::RevertedByRole).toULongLong(), 5ULL);
        QCOMPARE(changes.rowOf(4), 1);
        const QVariantMap object = newest.data(HistoryModel::ObjectsRole).toList().at(0).toMap();
        QCOMPARE(
            object[QStringLiteral("title")].toString(), QStringLiteral("Rule cameras-stay-in"));
        QCOMPARE(object[QStringLiteral("fields")].toList().size(), 2);
        // It was too large to be kept.
        QVERIFY(!changes.index(4).data(HistoryModel::UndoHintRole).toString().isEmpty());
    }

    void takesBackOneObjectOfAChange() {
        DraftFixture ui("home");
        const weft::api::Group guests{"guests", {{"tablet-kitchen", weft::api::SubjectKind::Node}}};
        const weft::api::Group crew{"crew", {{"laptop", weft::api::SubjectKind::Node}}};
        weft::api::AppliedChange made;
        ui.controller.changes().apply(
            ui.mesh(),
            {{{kGuests, {}, guests}, {{PolicyKind::Group, "crew", {}}, {}, crew}}, "", 0s},
            [&made](const auto& applied) { made = applied.value(); });
        ui.settle();
        ui.look();
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.history().undo(made.id, weft::viewmodels::toObjectKey(kGuests));
        QVERIFY(ui.history().busy());
        ui.settle();

        QVERIFY(ui.rules().find(kGuests) == nullptr);
        QVERIFY(ui.rules().find({PolicyKind::Group, "crew", {}}) != nullptr);
        QCOMPARE(toast.count(), 1);
        // The history that is shown has it.
        QCOMPARE(
            ui.history().changes()->index(0).data(HistoryModel::RevertsRole).toULongLong(),
            qulonglong{made.id});
    }

    void offersToLeaveAloneWhatOthersChangedSince() {
        DraftFixture ui("home");
        const weft::api::Group before{"guests", {{"laptop", weft::api::SubjectKind::Node}}};
        const weft::api::Group later{"guests", {{"nas", weft::api::SubjectKind::Node}}};
        const weft::api::Group crew{"crew", {{"laptop", weft::api::SubjectKind::Node}}};
        ui.controller.changes().apply(
            ui.mesh(),
            {{{kGuests, {}, before}, {{PolicyKind::Group, "crew", {}}, {}, crew}}, "", 0s},
            [](const auto&) {});
        ui.settle();
        ui.controller.updatePolicy(ui.mesh(), [&](FakePolicy& policy) {
            static_cast<void>(policy.put(later, std::nullopt, ui.clock.wallNow()));
        });
        ui.look();

        ui.history().undo(1, {});
        ui.settle();
        QVERIFY(ui.history().canSkip());
        QVERIFY(ui.history().refusalText().contains(QStringLiteral("Nothing was changed")));
        QVERIFY(ui.rules().find({PolicyKind::Group, "crew", {}}) != nullptr);

        ui.history().undoRest();
        ui.settle();
        QVERIFY(!ui.history().canSkip());
        QVERIFY(ui.rules().find({PolicyKind::Group, "crew", {}}) == nullptr);
        QCOMPARE(ui.rules().find(kGuests)->object, weft::api::PolicyObject(later));
    }

    void aRefusalIsToldInWordsAndOffersNothing() {
        DraftFixture ui;
        ui.look();
        ui.controller.failNext(
            FakeCall::RevertChange, weft::failedPrecondition("another change waits"));

        ui.history().undo(4, {});
        ui.settle();

        QVERIFY(!ui.history().canSkip());
        QVERIFY(ui.history().refusalText().contains(QStringLiteral("Another change waits")));
        ui.history().dismissRefusal();
        QCOMPARE(ui.history().refusalText(), QString());
    }

    void restoresThroughTheDraftOrAtOnce() {
        DraftFixture ui;
        ui.look();
        const weft::api::Group guests{"guests", {{"tablet-kitchen", weft::api::SubjectKind::Node}}};
        ui.plan([&guests](FakePlan& plan) {
            plan.review = [&guests](const weft::api::PlanSubject& subject) {
                weft::api::PlanReview review;
                const auto* past = std::get_if<weft::api::PastRules>(&subject);
                if (past != nullptr && past->change == 2) {
                    review.edits = {{kGuests, {}, guests}};
                }
                return review;
            };
        });

        ui.history().lookAtRestore(2);
        QVERIFY(!ui.history().restoreKnown());
        ui.settle();
        QCOMPARE(ui.history().restoreEdits()->count(), 1);
        QCOMPARE(
            ui.history().restoreDraftHint(),
            QStringLiteral("The 5 edits in your draft would be replaced."));
        ui.history().restoreToDraft();
        ui.settle();
        QCOMPARE(ui.changes().count(), 1);
        QVERIFY(ui.rules().find(kGuests) == nullptr);

        ui.history().lookAtRestore(2);
        ui.settle();
        ui.history().restoreNow();
        ui.settle();
        QVERIFY(ui.rules().find(kGuests) != nullptr);
        QCOMPARE(
            ui.history().changes()->index(0).data(HistoryModel::NoteRole).toString(),
            QStringLiteral("restore of change 2"));
    }

    void saysWhatIsMissingToReadIt() {
        DraftFixture ui("home");
        ui.controller.failNext(
            FakeCall::ListChanges, weft::permissionDenied("only the administrator may"), 9);
        ui.look();

        QVERIFY(!ui.history().known());
        QVERIFY(ui.history().deniedText().contains(QStringLiteral("lacks a role")));
        QCOMPARE(ui.history().errorText(), QString());
    }

    void countsDownAndKeeps() {
        CountdownFixture ui;
        QVERIFY(ui.waiting().waits());
        QCOMPARE(
            ui.waiting().text(), QStringLiteral("Keep these changes? They are taken back in 42 s"));
        QCOMPARE(
            ui.waiting().detail(), QStringLiteral("Applied by laptop: the office reaches the nas"));
        ui.pass(2s);
        QCOMPARE(
            ui.waiting().text(), QStringLiteral("Keep these changes? They are taken back in 40 s"));
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.waiting().keep();
        ui.settle();

        QVERIFY(!ui.waiting().waits());
        QVERIFY(ui.isStored());
        QCOMPARE(toast.count(), 1);
        QCOMPARE(toast.at(0).at(0).toString(), QStringLiteral("The changes are kept"));
    }

    void takesBackAtOnce() {
        CountdownFixture ui;

        ui.waiting().takeBack();
        ui.settle();

        QVERIFY(!ui.waiting().waits());
        QVERIFY(!ui.isStored());
    }

    void hearsOfWhatOthersDidByAsking() {
        CountdownFixture ui;
        ui.controller.updatePolicy(
            ui.mesh(), [](FakePolicy& policy) { policy.history.front().change.revertAt.reset(); });
        // That is no change of the rules for the daemon either; the window asks while it waits.
        ui.pass(std::chrono::ceil<std::chrono::seconds>(weft::viewmodels::WaitingChange::kPoll));

        QVERIFY(!ui.waiting().waits());
    }

    void asksNothingWhileNothingWaits() {
        DraftFixture ui("home");
        const auto asked = ui.controller.count(FakeCall::ListChanges);
        for (int second = 0; second < 60; ++second) {
            ui.clock.advance(1s);
            ui.app.refreshClock();
        }
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::ListChanges), asked);
    }

    void goesOnCountingWhileTheDaemonIsLost() {
        CountdownFixture ui;
        ui.controller.setLink(weft::api::LinkState::Lost);
        ui.settle();

        QVERIFY(ui.waiting().waits());
        QVERIFY(!ui.waiting().lockedText().isEmpty());
        QVERIFY(ui.waiting().detail().contains(QStringLiteral("counts on by the time")));
        ui.pass(12s);
        QCOMPARE(
            ui.waiting().text(), QStringLiteral("Keep these changes? They are taken back in 30 s"));
        ui.waiting().keep();
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::ConfirmChange), std::size_t{0});
        ui.pass(31s);
        QVERIFY(ui.waiting().text().startsWith(QStringLiteral("The time is over")));

        // Somebody took it back meanwhile.
        ui.controller.updatePolicy(ui.mesh(), [](FakePolicy& policy) {
            policy.history.front().change.revertAt.reset();
            policy.history.front().change.revertedBy = {7};
        });
        QSignalSpy toast(&ui.app, &weft::viewmodels::AppViewModel::toast);
        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.settle();
        QVERIFY(!ui.waiting().waits());
        QCOMPARE(toast.at(0).at(0).toString(), QStringLiteral("The changes were taken back"));
    }

    void anOwnChangeCountsDownWithoutTheRightToReadTheHistory() {
        DraftFixture ui;
        ui.controller.failNext(
            FakeCall::ListChanges, weft::permissionDenied("only the administrator may"), 99);
        ui.look();

        ui.changes().apply({}, 30);
        ui.settle();

        QVERIFY(ui.waiting().waits());
        QVERIFY(ui.waiting().text().contains(QStringLiteral("30 s")));
        for (int second = 0; second < 61; ++second) {
            ui.clock.advance(1s);
            ui.app.refreshClock();
        }
        ui.settle();
        QVERIFY(!ui.waiting().waits());
    }

    void isReadOutAtItsStartAndNearItsEndOnly() {
        CountdownFixture ui;
        QSignalSpy told(&ui.waiting(), &weft::viewmodels::WaitingChange::announced);
        QVERIFY(ui.waiting().announcement().contains(QStringLiteral("42 s")));

        ui.pass(11s);
        QCOMPARE(told.count(), 0);
        ui.pass(1s);
        QCOMPARE(told.count(), 1);
        QVERIFY(ui.waiting().announcement().contains(QStringLiteral("30 s")));
        ui.pass(20s);
        QCOMPARE(told.count(), 2);
    }
};

QTEST_MAIN(HistoryTest)
#include "history_test.moc"
