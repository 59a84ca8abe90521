// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using weft::api::LogLevel;
using weft::api::LogLine;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::DiagnoseViewModel;
using weft::viewmodels::HealthModel;
using weft::viewmodels::LogModel;
using weft::viewmodels::NoteModel;
namespace look = weft::viewmodels::look;
using Part = DiagnoseViewModel::Part;

namespace {

QString textAt(NoteModel& notes, int row, NoteModel::Role role = NoteModel::TextRole) {
    return notes.index(row, 0).data(role).toString();
}

QString lineAt(LogModel& lines, int row, LogModel::Role role = LogModel::TextRole) {
    return lines.index(row, 0).data(role).toString();
}

LogLine line(weft::WallTime time, std::string text, LogLevel level = LogLevel::Info) {
    return {time, level, "mesh", std::move(text)};
}

/// The window with the log in view.
struct LogFixture : UiFixture {
    explicit LogFixture(const char* scene = "home") : UiFixture(scene) {
        app.setActive(true);
        app.diagnose()->show(Part::Log);
        settle();
    }
    weft::viewmodels::LogView& log() { return *app.diagnose()->log(); }
    LogModel& lines() { return *log().lines(); }
    void write(std::string text, LogLevel level = LogLevel::Info, std::uint64_t missed = 0) {
        written += std::chrono::milliseconds(1);
        controller.addLog({line(clock.wallNow() + written, std::move(text), level)}, missed);
        settle();
    }
    std::chrono::milliseconds written{0};
};

}  // namespace

class DiagnoseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheChecksOfEachMeshWithTheShownOneFirst() {
        UiFixture ui("several");
        HealthModel& health = *ui.app.diagnose()->health();
        const QAbstractItemModelTester tester(&health);
        QCOMPARE(health.count(), ui.app.profiles()->rowCount());

        ui.app.showNextProfile();
        ui.settle();

        QCOMPARE(
            health.index(0, 0).data(HealthModel::NameRole).toString(),
            ui.app.connection()->profileName());
        QCOMPARE(
            health.index(0, 0).data(HealthModel::WordRole).toString(), ui.app.connection()->word());
    }

    void countsWhatIsWrong() {
        UiFixture ui("degraded");
        HealthModel& health = *ui.app.diagnose()->health();
        auto* problems = health.index(0, 0).data(HealthModel::ProblemsRole).value<NoteModel*>();

        QVERIFY(problems->count() > 0);
        QVERIFY(health.summary().contains(QString::number(problems->count())));
        QVERIFY(!textAt(*problems, 0).isEmpty());

        ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        ui.settle();
        QCOMPARE(problems->count(), 0);
        QCOMPARE(health.summary(), QString());
    }

    void checksTheNetworkOnceItIsSeenAndNotBefore() {
        UiFixture ui("home");
        auto& network = *ui.app.diagnose()->network();
        const QAbstractItemModelTester tester(network.checks());
        ui.app.setActive(true);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::CheckNetwork), 0U);

        ui.app.diagnose()->show(Part::Network);
        QVERIFY(network.busy());
        ui.settle();

        QVERIFY(!network.busy());
        QVERIFY(network.known());
        QCOMPARE(network.ranText(), QStringLiteral("Checked just now"));
        QCOMPARE(textAt(*network.checks(), 1), QStringLiteral("Endpoints"));
        QCOMPARE(
            network.checks()->index(1, 0).data(NoteModel::ToneRole).value<look::Tone>(),
            look::Tone::Warn);
        QVERIFY(textAt(*network.checks(), 1, NoteModel::DetailRole)
                    .endsWith(QStringLiteral("give the profile an endpoint.")));

        ui.app.diagnose()->show(Part::Health);
        ui.app.diagnose()->show(Part::Network);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::CheckNetwork), 1U);
        network.run();
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::CheckNetwork), 2U);
    }

    void takesNoAnswerToACancelledCheck() {
        UiFixture ui("home");
        auto& network = *ui.app.diagnose()->network();
        ui.controller.hold();
        network.run();
        ui.settle();

        network.cancel();
        QVERIFY(!network.busy());
        ui.controller.release();
        ui.settle();

        QVERIFY(!network.known());
    }

    void saysWhyTheNetworkCouldNotBeChecked() {
        UiFixture ui("home");
        auto& network = *ui.app.diagnose()->network();
        ui.controller.failNext(FakeCall::CheckNetwork, weft::unavailable("nobody there"));

        network.run();
        ui.settle();

        QVERIFY(network.errorText().contains(QStringLiteral("Nobody there")));
        network.run();
        ui.settle();
        QCOMPARE(network.errorText(), QString());
    }

    void forgetsWhatItKnewOfAnotherMesh() {
        UiFixture ui("several");
        auto& network = *ui.app.diagnose()->network();
        network.run();
        ui.settle();
        QVERIFY(network.known());

        ui.app.showNextProfile();

        QVERIFY(!network.known());
        QCOMPARE(network.checks()->count(), 0);
    }

    void pingsAndDrawsTheTimes() {
        UiFixture ui("home");
        auto& ping = *ui.app.diagnose()->ping();
        ui.app.setActive(true);
        ui.app.diagnose()->show(Part::Ping);
        QVERIFY(!ping.startHint().isEmpty());

        ping.setTarget(QStringLiteral(" nas "));
        QCOMPARE(ping.startHint(), QString());
        ping.start(0, 0);
        QVERIFY(ping.running());
        ui.settle();
        for (int second = 1; second < 10; ++second) {
            ui.advance(std::chrono::seconds(1));
        }

        QVERIFY(!ping.running());
        QCOMPARE(ping.startedText(), QStringLiteral("nas (172.16.0.2)"));
        QCOMPARE(ping.countText(), QStringLiteral("10 sent, 0 lost (0 %)"));
        QCOMPARE(
            ping.timeText(),
            QStringLiteral("11.8 ms to 13.2 ms, 12.5 ms on average, deviation 0.5 ms"));
        QCOMPARE(ping.tone(), look::Tone::Ok);
        QCOMPARE(ping.times()->data()->times.size(), std::size_t{10});
        QCOMPARE(ping.command(), QStringLiteral("weftctl ping nas -c 10"));
    }

    void marksWhatWasLost() {
        UiFixture ui("home");
        auto& ping = *ui.app.diagnose()->ping();
        ui.app.setActive(true);
        ui.app.diagnose()->show(Part::Ping);

        ping.setTarget(QStringLiteral("build-01"));
        ping.start(1, 2);
        ui.settle();
        ui.advance(std::chrono::seconds(1));

        QVERIFY(ping.running());
        QCOMPARE(ping.tone(), look::Tone::Error);
        QVERIFY(!ping.doubtText().isEmpty());
        QCOMPARE(ping.countText(), QStringLiteral("2 sent, 2 lost (100 %)"));
        QVERIFY(!ping.times()->hasValues());
        QCOMPARE(ping.command(), QStringLiteral("weftctl ping build-01 -4"));
        ping.stop();
        QVERIFY(!ping.running());
        ui.advance(std::chrono::seconds(5));
        QCOMPARE(ping.countText(), QStringLiteral("2 sent, 2 lost (100 %)"));
    }

    void asksEachMemberOnTheWay() {
        UiFixture ui("home");
        auto& ping = *ui.app.diagnose()->ping();
        ui.app.setActive(true);
        ui.app.diagnose()->show(Part::Ping);
        auto& hops = *ping.trace()->hops();
        const QAbstractItemModelTester tester(&hops);

        ping.setTarget(QStringLiteral("nas"));
        ping.start(0, 2);
        ui.settle();
        ui.advance(std::chrono::seconds(1));
        ui.advance(std::chrono::seconds(1));

        QCOMPARE(hops.count(), 1);
        QCOMPARE(textAt(hops, 0), QStringLiteral("nas"));
        QVERIFY(textAt(hops, 0, NoteModel::WordRole).endsWith(QStringLiteral(" ms")));
    }

    void endsThePingWhenNobodyLooks() {
        UiFixture ui("home");
        auto& ping = *ui.app.diagnose()->ping();
        ui.app.setActive(true);
        ui.app.diagnose()->show(Part::Ping);
        ping.setTarget(QStringLiteral("nas"));
        ping.start(0, 2);
        ui.settle();
        QVERIFY(ping.running());

        ui.app.diagnose()->show(Part::Health);

        QVERIFY(!ping.running());
    }

    void keepsABoundedNumberOfRoundTrips() {
        UiFixture ui("home");
        auto& ping = *ui.app.diagnose()->ping();
        ui.app.setActive(true);
        ui.app.diagnose()->show(Part::Ping);
        ping.setTarget(QStringLiteral("nas"));
        ping.start(0, 2);
        ui.settle();

        const auto most = weft::viewmodels::PingView::kMostPoints;
        for (std::size_t second = 0; second < most; ++second) {
            ui.advance(std::chrono::seconds(1));
        }

        QCOMPARE(ping.times()->data()->times.size(), most);
        QVERIFY(ping.countText().startsWith(QStringLiteral("601 sent")));
    }

    void saysWhyAPingCannotStartOrFailed() {
        UiFixture readOnly("read-only");
        auto& locked = *readOnly.app.diagnose()->ping();
        locked.setTarget(QStringLiteral("nas"));
        QVERIFY(locked.startHint().contains(QStringLiteral("look")));
        locked.start(0, 0);
        QVERIFY(!locked.running());

        UiFixture ui("home");
        auto& ping = *ui.app.diagnose()->ping();
        ui.app.setActive(true);
        ui.app.diagnose()->show(Part::Ping);
        ping.setTarget(QStringLiteral("nobody"));
        ping.start(0, 0);
        ui.settle();
        QVERIFY(!ping.running());
        QVERIFY(!ping.errorText().isEmpty());
    }

    void readsTheStateOfTheNamesOnceItIsSeen() {
        UiFixture ui("home");
        auto& names = *ui.app.diagnose()->names();
        const QAbstractItemModelTester tester(names.facts());
        ui.app.setActive(true);
        QVERIFY(!names.known());

        ui.app.diagnose()->show(Part::Names);
        ui.settle();

        QVERIFY(names.known());
        QCOMPARE(names.facts()->count(), 4);
        QCOMPARE(
            textAt(*names.facts(), 0, NoteModel::DetailRole),
            QStringLiteral("172.16.0.1:53, for this host alone"));
        QCOMPARE(
            textAt(*names.facts(), 2, NoteModel::DetailRole),
            QStringLiteral("home.internal · 6 members, 1 without a name"));
    }

    void looksNamesUp() {
        UiFixture ui("home");
        auto& names = *ui.app.diagnose()->names();
        const QAbstractItemModelTester tester(names.records());

        names.lookUp(QStringLiteral(" nas "), 2);
        QVERIFY(names.asking());
        ui.settle();

        QVERIFY(!names.asking());
        QCOMPARE(names.answerTone(), look::Tone::Ok);
        QVERIFY(names.answerText().startsWith(QStringLiteral("nas.home.internal has 1 record")));
        QVERIFY(names.answerText().endsWith(QStringLiteral("of type AAAA.")));
        QCOMPARE(names.answerSource(), QStringLiteral("172.16.0.1:53 answered after 3.0 ms"));
        QVERIFY(textAt(*names.records(), 0).startsWith(QStringLiteral("fd5e:")));
        QCOMPARE(names.command(), QStringLiteral("weftctl dns nas -t AAAA"));
    }

    void saysWhatCameOfALookUpInVain() {
        UiFixture ui("home");
        auto& names = *ui.app.diagnose()->names();

        names.lookUp(QStringLiteral("nobody"), 0);
        ui.settle();
        QCOMPARE(names.answerTone(), look::Tone::Warn);
        QCOMPARE(names.answerText(), QStringLiteral("There is no nobody.home.internal."));
        QCOMPARE(names.records()->count(), 0);

        names.lookUp(QStringLiteral("empty"), 0);
        ui.settle();
        QCOMPARE(
            names.answerText(), QStringLiteral("empty.home.internal has no records of type A."));

        names.lookUp(QStringLiteral("  "), 0);
        QCOMPARE(names.answerText(), QStringLiteral("Write a name, or an address."));
        QVERIFY(!names.asking());
        const auto asked = ui.controller.count(FakeCall::LookUpName);
        names.lookUp(QString(254, QLatin1Char('a')), 0);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::LookUpName), asked);
        names.lookUp(QString(253, QLatin1Char('a')), 0);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::LookUpName), asked + 1);

        ui.controller.failNext(FakeCall::LookUpName, weft::unavailable("nobody answers now"));
        names.lookUp(QStringLiteral("nas"), 0);
        ui.settle();
        QCOMPARE(names.answerTone(), look::Tone::Error);
        QVERIFY(names.answerText().contains(QStringLiteral("Nobody answers now")));
    }

    void followsTheLogWhileItIsSeenAlone() {
        UiFixture ui("home");
        ui.app.setActive(true);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::WatchLogs), 0U);
        auto& log = *ui.app.diagnose()->log();
        const QAbstractItemModelTester tester(log.lines());

        ui.app.diagnose()->show(Part::Log);
        ui.settle();
        const int kept = log.lines()->count();
        QVERIFY(kept > 10);
        QVERIFY(log.subsystems().contains(QStringLiteral("wireguard")));
        ui.controller.addLog({line(ui.clock.wallNow(), "brand new")});
        ui.settle();
        QCOMPARE(log.lines()->count(), kept + 1);
        QCOMPARE(lineAt(*log.lines(), kept), QStringLiteral("brand new"));

        ui.app.setActive(false);
        ui.controller.addLog({line(ui.clock.wallNow() + std::chrono::seconds(1), "unseen")});
        ui.settle();
        QCOMPARE(log.lines()->count(), kept + 1);
        // It begins anew, and what is known is not shown twice.
        ui.app.setActive(true);
        ui.settle();
        QCOMPARE(log.lines()->count(), kept + 2);
        QCOMPARE(lineAt(*log.lines(), kept + 1), QStringLiteral("unseen"));
    }

    void filtersByLevelPartAndText() {
        LogFixture ui;
        const QAbstractItemModelTester tester(&ui.lines());
        const int all = ui.lines().count();

        ui.log().setLeast(static_cast<int>(LogLevel::Warn));
        QVERIFY(ui.lines().count() < all);
        for (int row = 0; row < ui.lines().count(); ++row) {
            QVERIFY(lineAt(ui.lines(), row, LogModel::LevelRole) != QStringLiteral("Info"));
        }
        const int warnings = ui.lines().count();
        ui.write("not important", LogLevel::Info);
        QCOMPARE(ui.lines().count(), warnings);
        ui.write("important", LogLevel::Error);
        QCOMPARE(ui.lines().count(), warnings + 1);

        ui.log().toggleSubsystem(QStringLiteral("routes"));
        QCOMPARE(ui.lines().count(), 1);
        QCOMPARE(lineAt(ui.lines(), 0, LogModel::SubsystemRole), QStringLiteral("routes"));
        ui.log().toggleSubsystem(QStringLiteral("routes"));
        ui.log().setFilterText(QStringLiteral(" BUILD-01 "));
        QCOMPARE(ui.lines().count(), 2);
        QCOMPARE(
            ui.log().command(),
            QStringLiteral("weftctl logs --follow --level warn --text BUILD-01"));

        QVERIFY(ui.log().filtered());
        ui.log().clearFilter();
        QCOMPARE(ui.lines().count(), all + 2);
    }

    void keepsLinesBackWhilePaused() {
        LogFixture ui;
        const int before = ui.lines().count();

        ui.log().setPaused(true);
        ui.write("one");
        ui.write("two");
        QCOMPARE(ui.lines().count(), before);
        QVERIFY(ui.log().waitingText().startsWith(QStringLiteral("2 new line")));

        ui.log().setPaused(false);
        QCOMPARE(ui.lines().count(), before + 2);
        QCOMPARE(ui.log().waitingText(), QString());
        QCOMPARE(lineAt(ui.lines(), before + 1), QStringLiteral("two"));
    }

    void saysWhichLinesAreMissing() {
        LogFixture ui;
        const int before = ui.lines().count();

        ui.write("after the gap", LogLevel::Info, 7);

        QVERIFY(lineAt(ui.lines(), before).startsWith(QStringLiteral("7 line")));
        QVERIFY(ui.lines().index(before, 0).data(LogModel::NoteRole).toBool());
        QCOMPARE(lineAt(ui.lines(), before + 1), QStringLiteral("after the gap"));
    }

    void marksCopiesAndClears() {
        LogFixture ui;
        const int before = ui.lines().count();

        ui.log().mark();
        QCOMPARE(lineAt(ui.lines(), before), QStringLiteral("Mark 1"));
        QCOMPARE(ui.log().copyText().count(QLatin1Char('\n')), before + 1);
        QVERIFY(ui.log().copyText().contains(
            QStringLiteral("Z warn wireguard: no answer to a handshake peer=build-01 tries=4\n")));

        ui.log().clear();
        QCOMPARE(ui.lines().count(), 0);
        ui.write("after it");
        QCOMPARE(ui.lines().count(), 1);
    }

    void keepsABoundedNumberOfLines() {
        LogModel lines;
        const QAbstractItemModelTester tester(&lines);
        lines.setFilter({LogLevel::Info, {}, {}});
        std::vector<LogLine> many;
        for (std::size_t i = 0; i < LogModel::kMostRows; ++i) {
            many.push_back(line(
                weft::WallTime(),
                std::to_string(i),
                i % 2 == 0 ? LogLevel::Info : LogLevel::Debug));
        }
        lines.append(many);
        QCOMPARE(lines.count(), static_cast<int>(LogModel::kMostRows / 2));

        lines.append({line(weft::WallTime(), "one more")});

        QCOMPARE(lines.count(), static_cast<int>(LogModel::kMostRows / 2));
        QCOMPARE(lineAt(lines, 0), QStringLiteral("2"));
        QCOMPARE(lineAt(lines, lines.count() - 1), QStringLiteral("one more"));
        many.push_back(line(weft::WallTime(), "past the bound", LogLevel::Error));
        lines.append(many);
        QCOMPARE(lineAt(lines, lines.count() - 1), QStringLiteral("past the bound"));
        lines.setFilter({});
        QCOMPARE(lines.count(), static_cast<int>(LogModel::kMostRows));
    }

    void changesWhatTheServiceWrites() {
        LogFixture ui;
        QCOMPARE(ui.log().written(), static_cast<int>(LogLevel::Debug));
        QVERIFY(ui.log().writtenText().contains(QStringLiteral("Debug")));
        const QSignalSpy toasts(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.log().write(static_cast<int>(LogLevel::Warn));
        ui.settle();

        QCOMPARE(ui.log().written(), static_cast<int>(LogLevel::Warn));
        QCOMPARE(toasts.size(), 1);
    }

    void explainsWhatIsMissingToReadTheLog() {
        LogFixture ui("read-only");

        QVERIFY(!ui.log().deniedText().isEmpty());
        QVERIFY(!ui.log().writtenHint().isEmpty());
        QCOMPARE(ui.lines().count(), 0);
    }

    void goesOnWhenTheServiceIsBack() {
        LogFixture ui;
        const int before = ui.lines().count();

        ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        ui.settle();
        QCOMPARE(ui.lines().count(), before);
        QVERIFY(!ui.log().errorText().isEmpty());

        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.settle();
        ui.write("back");
        QCOMPARE(ui.log().errorText(), QString());
        QCOMPARE(ui.lines().count(), before + 1);
    }

    void showsForeignTextWithoutControlCharacters() {
        LogFixture ui("hostile");
        ui.write("a\x1b[31mb");

        QCOMPARE(lineAt(ui.lines(), ui.lines().count() - 1), QStringLiteral("a[31mb"));
    }
};

QTEST_MAIN(DiagnoseTest)
#include "diagnose_test.moc"
