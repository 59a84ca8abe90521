// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <fmt/format.h>

#include <QSignalSpy>
#include <QTest>

using weft::api::AccessExplanation;
using weft::tests::FakeCall;
using weft::tests::FakePlan;
using weft::tests::UiFixture;
using weft::viewmodels::NoteModel;
using weft::viewmodels::SimulatorViewModel;
namespace look = weft::viewmodels::look;

namespace {

QString textAt(NoteModel& notes, int row, int role = NoteModel::TextRole) {
    return notes.index(row, 0).data(role).toString();
}

SimulatorViewModel& opened(UiFixture& ui, const char* from, const char* to) {
    SimulatorViewModel& simulator = *ui.app.simulator();
    simulator.open(QString::fromUtf8(from), QString::fromUtf8(to));
    ui.settle();
    return simulator;
}

/// An answer with `skipped` rules before the one that decides.
AccessExplanation answerOf(bool forward, bool backward, int skipped = 0) {
    AccessExplanation answer;
    answer.forward.accepted = forward;
    answer.backward.accepted = backward;
    answer.tunnelPossible = forward && backward;
    weft::api::FamilyVerdict family;
    family.fromAddress = "172.16.0.1";
    family.toAddress = "172.16.0.2";
    family.accepted = forward;
    family.acl = "the-rule";
    for (int i = 0; i < skipped; ++i) {
        family.trace.push_back(
            {.acl = fmt::format("rule-{}", i), .reason = "the source is not in its list"});
    }
    family.trace.push_back({.acl = "the-rule", .matched = true, .reason = {}});
    answer.forward.families.push_back(family);
    return answer;
}

/// What is asked of the draft is answered so.
void answerDraft(UiFixture& ui, const AccessExplanation& answer) {
    const weft::api::ProfileId id{ui.app.currentProfile().toStdString()};
    ui.controller.updatePlan(id, [answer](FakePlan& plan) {
        plan.explain = [answer](const auto&, const auto&, const auto&) { return answer; };
    });
    ui.settle();
}

}  // namespace

class SimulatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhichRuleDecidesInBothDirections() {
        UiFixture ui("home");
        SimulatorViewModel& simulator = opened(ui, "laptop", "nas");

        QVERIFY(simulator.known());
        QVERIFY(!simulator.summary().isEmpty());
        QVERIFY(simulator.forwardText().startsWith(QStringLiteral("laptop to nas: ")));
        QVERIFY(simulator.backwardText().startsWith(QStringLiteral("nas to laptop: ")));
        QVERIFY(simulator.forward()->count() > 0);
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), 1);
        QCOMPARE(simulator.command(), QStringLiteral("weftctl explain access laptop nas"));
    }

    void asksNothingUntilBothAreMembers() {
        UiFixture ui("home");
        SimulatorViewModel& simulator = opened(ui, "laptop", "");
        simulator.setTo(QStringLiteral("na"));
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), 0);
        QCOMPARE(simulator.toProblem(), QStringLiteral("There is no member of that name"));
        QVERIFY(simulator.fromProblem().isEmpty());
        simulator.setTo(QStringLiteral(" nas "));
        ui.settle();
        QVERIFY(simulator.known());
        QVERIFY(simulator.toProblem().isEmpty());
    }

    void doesNotAskWhetherAMemberReachesItself() {
        UiFixture ui("home");
        SimulatorViewModel& simulator = opened(ui, "nas", "nas");

        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), 0);
        QVERIFY(simulator.errorText().contains(QStringLiteral("itself")));
    }

    void turnsRound() {
        UiFixture ui("home");
        SimulatorViewModel& simulator = opened(ui, "laptop", "nas");
        simulator.swap();
        ui.settle();

        QCOMPARE(simulator.from(), QStringLiteral("nas"));
        QVERIFY(simulator.forwardText().startsWith(QStringLiteral("nas to laptop: ")));
    }

    void asksTheDraft() {
        UiFixture ui("home");
        answerDraft(ui, answerOf(true, false));
        SimulatorViewModel& simulator = opened(ui, "laptop", "nas");
        simulator.setWithDraft(true);
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::ExplainPlan), 1);
        QCOMPARE(simulator.verdictWord(), QStringLiteral("One-sided: no tunnel"));
        QCOMPARE(simulator.tone(), look::Tone::Warn);
        QVERIFY(simulator.command().endsWith(QStringLiteral(" --draft")));
    }

    void hasAWordForEachVerdict_data() {
        QTest::addColumn<bool>("forward");
        QTest::addColumn<bool>("backward");
        QTest::addColumn<QString>("word");
        QTest::newRow("both") << true << true << QStringLiteral("They may talk");
        QTest::newRow("there") << true << false << QStringLiteral("One-sided: no tunnel");
        QTest::newRow("back") << false << true << QStringLiteral("One-sided: no tunnel");
        QTest::newRow("none") << false << false << QStringLiteral("They may not talk");
    }
    void hasAWordForEachVerdict() {
        QFETCH(bool, forward);
        QFETCH(bool, backward);
        UiFixture ui("home");
        answerDraft(ui, answerOf(forward, backward));
        ui.app.simulator()->setWithDraft(true);

        QTEST(opened(ui, "laptop", "nas").verdictWord(), "word");
    }

    void listsSomeOfManyRulesThatAreNotAboutIt() {
        UiFixture ui("home");
        ui.app.simulator()->setWithDraft(true);
        const int most = static_cast<int>(SimulatorViewModel::kMostSkipped);

        answerDraft(ui, answerOf(true, true, most));
        SimulatorViewModel& simulator = opened(ui, "laptop", "nas");
        QCOMPARE(simulator.forward()->count(), 1 + most);
        QCOMPARE(textAt(*simulator.forward(), 1), QStringLiteral("rule-0"));

        answerDraft(ui, answerOf(true, true, most + 1));
        opened(ui, "laptop", "nas");
        QCOMPARE(simulator.forward()->count(), 2 + most);
        QCOMPARE(
            textAt(*simulator.forward(), 1 + most), QStringLiteral("1 more rule is not about it"));
    }

    void countsTheNewestQuestionAlone() {
        UiFixture ui("home");
        SimulatorViewModel& simulator = *ui.app.simulator();
        simulator.open(QStringLiteral("laptop"), QStringLiteral("nas"));
        simulator.setTo(QStringLiteral("build-01"));
        ui.settle();

        QVERIFY(simulator.forwardText().startsWith(QStringLiteral("laptop to build-01: ")));
        QVERIFY(!simulator.busy());
    }

    void saysWhatFailedAndGoesOn() {
        UiFixture ui("home");
        ui.controller.failNext(FakeCall::ExplainAccess, weft::unavailable("the disk is full"));
        SimulatorViewModel& simulator = opened(ui, "laptop", "nas");
        QVERIFY(simulator.errorText().contains(QStringLiteral("disk is full")));
        QVERIFY(!simulator.known());

        simulator.swap();
        ui.settle();
        QVERIFY(simulator.known());
        QVERIFY(simulator.errorText().isEmpty());
    }

    void asksAnewWhenTheRulesChangeWhileSomebodyLooks() {
        UiFixture ui("home");
        SimulatorViewModel& simulator = opened(ui, "laptop", "nas");
        const auto before = ui.controller.count(FakeCall::ExplainAccess);
        const weft::api::ProfileId mesh{ui.app.currentProfile().toStdString()};
        const auto change = [&] {
            ui.controller.updatePolicy(mesh, [&](weft::tests::FakePolicy& policy) {
                weft::api::Group group;
                group.name = fmt::format("group-{}", policy.state.objects.size());
                static_cast<void>(policy.put(group, std::nullopt, ui.clock.wallNow()));
            });
            ui.settle();
        };

        change();
        QVERIFY(ui.controller.count(FakeCall::ExplainAccess) > before);
        simulator.close();
        const auto closed = ui.controller.count(FakeCall::ExplainAccess);
        change();
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), closed);
    }

    void offersMembersWhileTyping() {
        UiFixture ui("home");
        const QStringList offered = ui.app.simulator()->suggestions(QStringLiteral("NA"));
        QVERIFY(offered.contains(QStringLiteral("nas")));
        QVERIFY(offered.size() <= SimulatorViewModel::kMostSuggestions);
        QVERIFY(ui.app.simulator()->suggestions(QStringLiteral("no such")).isEmpty());
    }
};

QTEST_MAIN(SimulatorTest)
#include "simulator_test.moc"
