// SPDX-License-Identifier: Apache-2.0
// The tests of who must reach whom, in the window.
#include "tests/ui/draft_fixture.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

using weft::api::KeptPolicyTests;
using weft::api::PolicyTest;
using weft::tests::columnOf;
using weft::tests::DraftFixture;
using weft::tests::FakeCall;
using weft::tests::FakePlan;
using weft::tests::FakePolicy;
using weft::viewmodels::NoteModel;
using weft::viewmodels::PolicyTestsViewModel;
using weft::viewmodels::TestEditor;
using weft::viewmodels::TestsModel;

namespace {

struct TestsFixture : DraftFixture {
    explicit TestsFixture(const char* scene = "draft") : DraftFixture(scene) {
        tests().show(true);
        ask();
    }

    PolicyTestsViewModel& tests() { return *app.tests(); }
    TestEditor& editor() { return *tests().editor(); }
    /// Without the pause.
    void ask() {
        tests().askNow();
        settle();
    }
    void openRow(int row) { editor().openKey(tests().tests()->keyAt(row)); }
    KeptPolicyTests stored() {
        KeptPolicyTests found;
        controller.updatePolicy(mesh(), [&](FakePolicy& policy) { found = policy.tests; });
        settle();
        return found;
    }
    /// As another administrator writes them, unseen by this window.
    void writeElsewhere(const std::function<void(std::vector<PolicyTest>&)>& change) {
        controller.updatePolicy(mesh(), [&](FakePolicy& policy) {
            change(policy.tests.tests);
            policy.tests.revision = ++policy.state.revision;
        });
        QCoreApplication::sendPostedEvents();
    }
    void fillNew(const QString& name) {
        editor().openNew();
        editor().setName(name);
        editor().setFrom(QStringLiteral("group:office"));
        editor().setTo(QStringLiteral("nas"));
    }
};

}  // namespace

class PolicyTestsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsThemOnTheRulesAndOnTheDraft() {
        TestsFixture ui;

        QCOMPARE(ui.tests().count(), 4);
        QVERIFY(ui.tests().withDraft());
        const QString fails = QStringLiteral("Fails");
        const QString passes = QStringLiteral("Passes");
        QCOMPARE(
            columnOf(*ui.tests().tests(), TestsModel::WordRole),
            QStringList({fails, fails, passes, passes}));
        QCOMPARE(
            columnOf(*ui.tests().tests(), TestsModel::DraftWordRole),
            QStringList({fails, passes, passes, passes}));
        QCOMPARE(
            columnOf(*ui.tests().tests(), TestsModel::SentenceRole).at(2),
            QStringLiteral("laptop must reach 10.1.0.0/24 by IPv4"));
    }

    void hasOneColumnWithoutADraft() {
        TestsFixture ui;
        ui.changes().discardAll();
        ui.settle();

        ui.ask();

        QVERIFY(!ui.tests().withDraft());
        QCOMPARE(
            columnOf(*ui.tests().tests(), TestsModel::DraftWordRole),
            QStringList({QString(), QString(), QString(), QString()}));
    }

    void asksNothingWhileNobodyLooks() {
        TestsFixture ui;
        ui.tests().show(false);
        const auto asked = [&ui] {
            return std::ranges::count(ui.controller.calls(), FakeCall::GetPolicyTests);
        };
        const auto before = asked();

        ui.controller.updatePolicy(ui.mesh(), [](FakePolicy& policy) { ++policy.state.revision; });
        ui.settle();

        QVERIFY(!ui.tests().running());
        QCOMPARE(asked(), before);
    }

    void tellsWhatTheDaemonFoundByItself() {
        TestsFixture ui;

        QCOMPARE(
            ui.tests().figuresText(),
            QStringLiteral("The background service ran them 3 min ago: 2 pass, 2 fail"));
    }

    void namesThePairsThatFailAndTheRulesThatDecided() {
        TestsFixture ui;

        ui.openRow(1);
        ui.settle();

        QCOMPARE(
            columnOf(*ui.tests().reasons(), NoteModel::TextRole).mid(1),
            QStringList({QStringLiteral("workstation to nas"), QStringLiteral("build-01 to nas")}));
        QCOMPARE(
            columnOf(*ui.tests().reasons(), NoteModel::DetailRole).at(1),
            QStringLiteral("The rule default-accept allows it."));
        QCOMPARE(ui.tests().draftReasons()->count(), 0);
    }

    void keepsTheResultsOfTheNewestQuestionOnly() {
        TestsFixture ui;
        ui.plan([](FakePlan& plan) {
            plan.test = [](const auto&, const auto&) { return weft::unavailable("too late"); };
        });
        ui.tests().askNow();
        ui.tests().askNow();
        ui.settle();

        QVERIFY(!ui.tests().running());
        QVERIFY(ui.tests().errorText().contains(QStringLiteral("could not be run")));
        QCOMPARE(
            columnOf(*ui.tests().tests(), TestsModel::WordRole).at(0), QStringLiteral("Not run"));
    }

    void aNewTestIsWrittenBehindTheOthers() {
        TestsFixture ui;
        QSignalSpy done(&ui.app, &weft::viewmodels::AppViewModel::toast);
        ui.fillNew(QStringLiteral("office-to-nas-again"));
        QCOMPARE(ui.editor().sentence(), QStringLiteral("Group office must reach nas."));

        ui.editor().save();
        ui.settle();

        QCOMPARE(ui.stored().tests.size(), std::size_t{5});
        QCOMPARE(
            ui.stored().tests.back(),
            (PolicyTest{"office-to-nas-again", true, "group:office", "nas"}));
        QCOMPARE(ui.tests().count(), 5);
        QVERIFY(!ui.editor().dirty());
        QCOMPARE(done.count(), 1);
    }

    void saysWhatIsWrongWithTheFields() {
        TestsFixture ui;
        ui.editor().openNew();
        QVERIFY(ui.editor().problems().isEmpty());

        ui.editor().save();
        QCOMPARE(
            ui.editor().problems().keys(),
            QStringList({QStringLiteral("from"), QStringLiteral("name"), QStringLiteral("to")}));

        ui.fillNew(QStringLiteral("office-to-nas"));
        QCOMPARE(
            ui.editor().problems().value(QStringLiteral("name")).toString(),
            QStringLiteral("There is a test of that name already."));
        ui.editor().setName(QStringLiteral("new"));
        ui.editor().setNetwork(QStringLiteral("10.1.0.1/24"));
        QVERIFY(ui.editor().problems().contains(QStringLiteral("network")));
        ui.editor().setNetwork(QStringLiteral("10.1.0.0/24"));
        QVERIFY(ui.editor().problems().isEmpty());
        ui.editor().setFamily(2);
        QVERIFY(ui.editor().problems().contains(QStringLiteral("network")));
        const auto before = ui.stored();
        ui.editor().save();
        ui.settle();
        QCOMPARE(ui.stored(), before);
    }

    void aMeshIsFullAtItsLimit() {
        TestsFixture ui;
        const auto fill = [&ui](std::size_t count) {
            ui.writeElsewhere([count](std::vector<PolicyTest>& tests) {
                tests.clear();
                for (std::size_t i = 0; i < count; ++i) {
                    tests.push_back({"test-" + std::to_string(i), true, "*", "*"});
                }
            });
            ui.ask();
        };
        fill(TestEditor::kMostTests - 1);
        ui.fillNew(QStringLiteral("last"));
        QVERIFY(ui.editor().problems().isEmpty());

        fill(TestEditor::kMostTests);

        QVERIFY(ui.editor().problems().contains(QStringLiteral("name")));
    }

    void takesOverWhatOthersDidToOtherTests() {
        TestsFixture ui;
        ui.openRow(0);
        ui.editor().setTo(QStringLiteral("laptop"));
        ui.writeElsewhere([](auto& tests) { tests.push_back({"theirs", true, "*", "nas"}); });

        ui.editor().save();
        ui.settle();

        QCOMPARE(ui.stored().tests.size(), std::size_t{5});
        QCOMPARE(ui.stored().tests.front().to, std::string("laptop"));
        QCOMPARE(ui.stored().tests.back().name, std::string("theirs"));
        QVERIFY(!ui.editor().conflict());
    }

    void showsBothWhenSomebodyElseChangedTheSameTest() {
        TestsFixture ui;
        ui.openRow(0);
        ui.editor().setTo(QStringLiteral("laptop"));
        ui.writeElsewhere([](auto& tests) { tests.front().to = "workstation"; });

        ui.editor().save();
        ui.settle();

        QVERIFY(ui.editor().conflict());
        QCOMPARE(ui.editor().to(), QStringLiteral("laptop"));
        QCOMPARE(
            ui.editor().conflictDetail(),
            QStringLiteral("To: yours is laptop, theirs is workstation"));
        QCOMPARE(ui.stored().tests.front().to, std::string("workstation"));
        ui.editor().save();
        ui.settle();
        QCOMPARE(ui.stored().tests.front().to, std::string("workstation"));

        ui.editor().writeMine();
        ui.settle();
        QVERIFY(!ui.editor().conflict());
        QCOMPARE(ui.stored().tests.front().to, std::string("laptop"));
    }

    void takesTheirsOnDemand() {
        TestsFixture ui;
        ui.openRow(0);
        ui.editor().setTo(QStringLiteral("laptop"));
        ui.writeElsewhere([](auto& tests) { tests.front().to = "workstation"; });
        ui.ask();

        QVERIFY(ui.editor().conflict());
        ui.editor().takeTheirs();

        QCOMPARE(ui.editor().to(), QStringLiteral("workstation"));
        QVERIFY(!ui.editor().dirty());
    }

    void followsTheirsWhenNothingWasTyped() {
        TestsFixture ui;
        ui.openRow(0);
        ui.writeElsewhere([](auto& tests) { tests.front().to = "workstation"; });

        ui.ask();

        QVERIFY(!ui.editor().conflict());
        QCOMPARE(ui.editor().to(), QStringLiteral("workstation"));
    }

    void aTestThatSomebodyDeletedCanBeKeptAgain() {
        TestsFixture ui;
        ui.openRow(0);
        ui.editor().setTo(QStringLiteral("laptop"));
        ui.writeElsewhere([](auto& tests) { tests.erase(tests.begin()); });
        ui.ask();
        QVERIFY(ui.editor().conflict());

        ui.editor().writeMine();
        ui.settle();

        QCOMPARE(ui.stored().tests.size(), std::size_t{4});
        QCOMPARE(ui.stored().tests.back().to, std::string("laptop"));
    }

    void nothingIsLostWithTheConnection() {
        TestsFixture ui;
        ui.fillNew(QStringLiteral("mine"));
        ui.controller.failNext(FakeCall::PutPolicyTests, weft::unavailable("gone"));

        ui.editor().save();
        ui.settle();

        QVERIFY(ui.editor().isOpen());
        QVERIFY(!ui.editor().busy());
        QCOMPARE(ui.editor().name(), QStringLiteral("mine"));
        QVERIFY(ui.editor().errorText().startsWith(QStringLiteral("It is not saved")));
        ui.editor().save();
        ui.settle();
        QCOMPARE(ui.stored().tests.back().name, std::string("mine"));
    }

    void deletesOneAndTheLast() {
        TestsFixture ui;
        for (int left = 3; left >= 0; --left) {
            ui.openRow(0);
            ui.editor().remove();
            ui.settle();
            QCOMPARE(ui.stored().tests.size(), static_cast<std::size_t>(left));
            QVERIFY(!ui.editor().isOpen());
        }
        QCOMPARE(ui.stored().revision, std::uint64_t{0});
        QCOMPARE(ui.tests().count(), 0);
        QVERIFY(ui.tests().known());
    }

    void aDaemonWithoutTestsSaysSo() {
        TestsFixture ui;
        ui.controller.failNext(FakeCall::GetPolicyTests, weft::unimplemented("too old"));

        ui.ask();

        QVERIFY(!ui.tests().available());
        QVERIFY(ui.tests().errorText().isEmpty());
    }

    void theCommandDoesTheSame() {
        TestsFixture ui;

        QCOMPARE(
            ui.tests().command(), QStringLiteral("weftctl policy test --draft --profile home"));
    }
};

QTEST_MAIN(PolicyTestsTest)
#include "policy_tests_test.moc"
