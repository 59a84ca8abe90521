// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::NoteModel;
using weft::viewmodels::look::Action;

class AppViewModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheDefaultMesh() {
        UiFixture ui("home");

        QVERIFY(ui.app.ready());
        QVERIFY(!ui.app.loading());
        QVERIFY(!ui.app.needsFirstRun());
        QCOMPARE(ui.app.connection()->profileName(), QStringLiteral("Home"));
        QCOMPARE(ui.app.connection()->word(), QStringLiteral("Connected"));
        QCOMPARE(ui.app.connection()->addressIpv4(), QStringLiteral("172.16.0.1"));
        const QString running = QStringLiteral("42:10");
        QCOMPARE(ui.app.connection()->runningText(), running);
        QCOMPARE(ui.app.allPeers()->count(), 12);
        QCOMPARE(ui.app.connection()->checklist()->count(), 8);
    }

    void saysOfEachCheckHowOldItIs() {
        UiFixture ui("degraded");
        const auto detailOf = [&ui](const char* check) {
            auto& checks = *ui.app.connection()->checklist();
            for (int row = 0; row < checks.count(); ++row) {
                const QModelIndex at = checks.index(row, 0);
                if (at.data(NoteModel::TextRole).toString() == QLatin1String(check)) {
                    return at.data(NoteModel::DetailRole).toString();
                }
            }
            return QString();
        };
        QCOMPARE(detailOf("Tunnel"), QStringLiteral("weft0 is up, UDP port 51820 · for 42 min"));
        QCOMPARE(
            detailOf("Leader"),
            QStringLiteral("vps-fra has not answered for 2 minutes · 2 min ago"));
        ui.controller.updateState([&ui](weft::api::DaemonState& state) {
            auto& checks = state.connections.front().checklist;
            const auto now = ui.clock.wallNow();
            checks.back() = {"dns", weft::api::CheckState::Ok, "Answers", now - 20s};
            checks.push_back({"lockdown", weft::api::CheckState::Ok, "Nothing leaves", now - 3s});
        });
        ui.settle();

        QCOMPARE(detailOf("Names"), QStringLiteral("Answers · 20 s ago"));
        QCOMPARE(detailOf("Lockdown"), QStringLiteral("Nothing leaves"));
        ui.clock.advance(5min);
        ui.app.refreshClock();
        QCOMPARE(detailOf("Lockdown"), QStringLiteral("Nothing leaves · for 5 min"));
    }

    void asksForFirstRunWithoutProfiles() {
        UiFixture ui("first-run");

        QVERIFY(ui.app.needsFirstRun());
        QVERIFY(ui.app.firstRun()->unavailableText().isEmpty());
    }

    void saysAfterFiveSecondsThatItStillWaits() {
        UiFixture ui("waiting");
        QVERIFY(ui.app.loading());
        QVERIFY(!ui.app.waitingLong());

        ui.clock.advance(6s);
        ui.app.refreshClock();

        QVERIFY(ui.app.waitingLong());
    }

    void keepsTheDataWhenTheDaemonIsLost() {
        UiFixture ui("home");

        ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        ui.settle();

        QVERIFY(ui.app.lost());
        QVERIFY(ui.app.linkErrorText().contains(QStringLiteral("gone")));
        QVERIFY(!ui.app.canChange());
        QCOMPARE(ui.app.allPeers()->count(), 12);
        QVERIFY(ui.app.connection()->stale());
        QCOMPARE(ui.app.connection()->addressIpv4(), QStringLiteral("172.16.0.1"));

        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.settle();

        QVERIFY(!ui.app.connection()->stale());
        QVERIFY(ui.app.canChange());
    }

    void saysThatTheDaemonHangs() {
        UiFixture ui("home");

        ui.controller.setLink(
            weft::api::LinkState::Lost, weft::deadlineExceeded("nothing for 5000 ms"));
        ui.settle();

        QCOMPARE(ui.app.connection()->word(), u"Background service is not answering"_qs);
        QVERIFY(ui.app.linkErrorText().startsWith(u"It is there and has not answered"_qs));
        QVERIFY(!ui.app.linkErrorText().contains(u"5000"_qs));
        QVERIFY(ui.app.connection()->stale());
        QCOMPARE(
            ui.app.profiles()->index(0).data(weft::viewmodels::ProfilesModel::StateRole).toString(),
            u"Background service is not answering"_qs);

        ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        ui.settle();
        QCOMPARE(ui.app.connection()->word(), u"Background service is not running"_qs);
    }

    void disconnectsAndConnectsWithOneButton() {
        UiFixture ui("home");

        ui.app.connection()->act();
        QVERIFY(ui.app.connection()->busy());
        ui.settle();

        QVERIFY(!ui.app.connection()->busy());
        QCOMPARE(ui.app.connection()->action(), Action::Connect);

        ui.app.connection()->act();
        ui.settle();
        QCOMPARE(ui.app.connection()->action(), Action::Cancel);
        QCOMPARE(ui.app.connection()->stepNumber(), 1);
        ui.advance(6 * weft::tests::FakeController::kStepTime);

        QCOMPARE(ui.app.connection()->word(), QStringLiteral("Connected"));
        QCOMPARE(ui.app.connection()->stepCount(), 0);
    }

    void showsWhyAConnectFailed() {
        UiFixture ui("off");
        ui.controller.failNext(FakeCall::Connect, weft::permissionDenied("rule 7 says no"));

        ui.app.connection()->act();
        ui.settle();

        QVERIFY(ui.app.connection()->errorText().contains(QStringLiteral("Rule 7 says no.")));
        ui.app.connection()->dismissError();
        QVERIFY(ui.app.connection()->errorText().isEmpty());
    }

    void doesNotActWithoutTheGrade() {
        UiFixture ui("read-only");

        ui.app.connection()->act();
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::Disconnect), std::size_t{0});
        QVERIFY(!ui.app.readOnlyText().isEmpty());
        QVERIFY(!ui.app.connection()->canInvite());
    }

    void turnsToAnotherMesh() {
        UiFixture ui("several");
        const QSignalSpy changed(&ui.app, &weft::viewmodels::AppViewModel::currentProfileChanged);

        ui.app.showNextProfile();
        ui.settle();

        QCOMPARE(changed.count(), 1);
        QCOMPARE(ui.app.connection()->profileName(), QStringLiteral("Work"));
        QCOMPARE(ui.app.allPeers()->count(), 0);
        for (int i = 0; i < 3; ++i) {
            ui.app.showNextProfile();
        }
        ui.settle();
        QCOMPARE(ui.app.connection()->profileName(), QStringLiteral("Home"));
        QCOMPARE(ui.app.allPeers()->count(), 12);
    }

    void saysNothingAboutTheFirstState() {
        weft::tests::FakeClock clock;
        weft::viewmodels::Appearance appearance(nullptr);
        weft::tests::FakeController controller(
            UiFixture::sceneAt("home", clock.wallNow()),
            weft::tests::FakeController::Delivery::Manual);
        weft::viewmodels::AppViewModel app(controller, {clock, appearance, nullptr, nullptr});
        app.start();
        controller.run();
        QCoreApplication::sendPostedEvents();

        QVERIFY(!app.loading());
        QCOMPARE(app.notifications()->count(), 0);
    }

    void reportsNoChangeWhenNothingChanged() {
        UiFixture ui("home");
        const QSignalSpy changed(
            ui.app.connection(), &weft::viewmodels::ConnectionViewModel::changed);

        ui.controller.updateState([](weft::api::DaemonState&) {});
        ui.settle();
        ui.app.refreshClock();

        QCOMPARE(changed.count(), 0);
    }

    void showsWhatADaemonWithoutProfilesCanDo() {
        UiFixture ui("reference");

        QVERIFY(!ui.app.loading());
        QVERIFY(ui.app.firstRun()->unavailableText().contains(
            QStringLiteral("another implementation")));
    }

    void copiesAndSaysSo() {
        UiFixture ui("home");
        const QSignalSpy toasts(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.app.copy(QStringLiteral("172.16.0.1"), QStringLiteral("IPv4"));

        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("172.16.0.1"));
        QCOMPARE(toasts.at(0).at(0).toString(), QStringLiteral("Copied: IPv4"));
    }

    void dropsControlCharactersOfNames() {
        UiFixture ui("hostile");
        const QString all = ui.app.connection()->profileName() + ui.app.connection()->domain()
                            + ui.app.connection()->leader();
        for (const QChar c : all) {
            QVERIFY2(c.isPrint() && c.category() != QChar::Other_Format, qPrintable(all));
        }
        QCOMPARE(ui.app.connection()->profileName(), QStringLiteral("<h1>Home</h1>evil"));
    }
};

QTEST_MAIN(AppViewModelTest)
#include "app_view_model_test.moc"
