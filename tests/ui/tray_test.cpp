// SPDX-License-Identifier: Apache-2.0
// The menu and the icon in the panel, without a panel.
#include "app/gui/tray.h"

#include "app/gui/menu_lines.h"
#include "tests/ui/ui_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using weft::api::ConnectionState;
using weft::app::Tray;
using weft::app::TrayEntry;
using weft::app::TrayInk;
using weft::app::updateMenu;
using weft::tests::UiFixture;
using weft::viewmodels::Preferences;
using weft::viewmodels::look::Shape;

namespace {

/// The line of that id in the menu or below; null when there is none.
// NOLINTNEXTLINE(misc-no-recursion): menus lie in menus
QAction* lineOf(const QMenu& menu, const QString& id) {
    for (QAction* action : menu.actions()) {
        if (action->objectName() == id) {
            return action;
        }
        if (action->menu() != nullptr) {
            if (QAction* found = lineOf(*action->menu(), id)) {
                return found;
            }
        }
    }
    return nullptr;
}

QString textOf(const QMenu& menu, const char* id) {
    const QAction* line = lineOf(menu, QString::fromLatin1(id));
    return line == nullptr ? QString() : line->text();
}

QStringList idsOf(const QMenu& menu) {
    QStringList ids;
    for (const QAction* action : menu.actions()) {
        ids.append(action->objectName());
    }
    return ids;
}

TrayEntry line(const char* id, const char* text) {
    TrayEntry made;
    made.id = QString::fromLatin1(id);
    made.text = QString::fromLatin1(text);
    return made;
}

template <typename... Lines>
std::vector<TrayEntry> lines(Lines... each) {
    std::vector<TrayEntry> made;
    made.reserve(sizeof...(each));
    (made.push_back(std::move(each)), ...);
    return made;
}

struct TrayFixture {
    explicit TrayFixture(const char* scene) : ui(scene) { tray.setApp(&ui.app); }
    ~TrayFixture() { tray.setApp(nullptr); }
    QMenu& menu() { return tray.menu(); }
    void choose(const QString& id) {
        QAction* found = lineOf(menu(), id);
        QVERIFY2(found != nullptr, qPrintable(id));
        QVERIFY2(found->isEnabled(), qPrintable(id));
        found->trigger();
        ui.settle();
    }
    void become(ConnectionState state) {
        ui.controller.updateState(
            [state](weft::api::DaemonState& all) { all.connections.front().state = state; });
        ui.settle();
    }

    UiFixture ui;
    Tray tray;
};

}  // namespace

class TrayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheWindowSays() {
        TrayFixture fixture("home");

        QVERIFY(textOf(fixture.menu(), "state").startsWith(QStringLiteral("Home: Connected · ")));
        QCOMPARE(textOf(fixture.menu(), "address"), QStringLiteral("Copy 172.16.0.1"));
        QCOMPARE(textOf(fixture.menu(), "act"), QStringLiteral("Disconnect"));
        fixture.choose(QStringLiteral("address"));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("172.16.0.1"));

        fixture.choose(QStringLiteral("act"));

        QCOMPARE(textOf(fixture.menu(), "act"), QStringLiteral("Connect"));
        QCOMPARE(textOf(fixture.menu(), "state"), QStringLiteral("Home: Not connected"));
        QVERIFY(lineOf(fixture.menu(), QStringLiteral("address")) == nullptr);
        fixture.choose(QStringLiteral("act"));
        QCOMPARE(textOf(fixture.menu(), "act"), QStringLiteral("Cancel"));
        QCOMPARE(fixture.tray.look().shape, Shape::Filling);
    }

    void theOneLineFollowsTheState() {
        TrayFixture fixture("home");

        fixture.become(ConnectionState::Failed);

        QCOMPARE(textOf(fixture.menu(), "act"), QStringLiteral("Retry now"));
        QCOMPARE(fixture.tray.look().shape, Shape::Failed);
        fixture.become(ConnectionState::Disconnecting);
        QVERIFY(lineOf(fixture.menu(), QStringLiteral("act")) == nullptr);
    }

    void whoMayOnlyLookCannotConnect() {
        TrayFixture fixture("read-only");

        QVERIFY(!lineOf(fixture.menu(), QStringLiteral("act"))->isEnabled());
    }

    void listsTheMeshesAndTurnsToThem() {
        TrayFixture fixture("several");
        const QAction* meshes = lineOf(fixture.menu(), QStringLiteral("meshes"));
        QVERIFY(meshes != nullptr);
        const auto lines = meshes->menu()->actions();
        QCOMPARE(lines.size(), fixture.ui.app.profiles()->count() + 2);
        QVERIFY(lines.at(0)->isChecked());
        QVERIFY(lines.at(1)->text().contains(QLatin1Char('(')));

        fixture.choose(lines.at(1)->objectName());

        const auto after = lineOf(fixture.menu(), QStringLiteral("meshes"))->menu()->actions();
        QVERIFY(!after.at(0)->isChecked());
        QVERIFY(after.at(1)->isChecked());
        const QSignalSpy opened(&fixture.tray, &Tray::openAsked);
        fixture.choose(QStringLiteral("add-mesh"));
        QCOMPARE(opened.at(0).at(0).toString(), QStringLiteral("choose"));
    }

    void anExitNodeIsAskedAboutBeforeItIsUsed() {
        TrayFixture fixture("home");
        const QAction* exits = lineOf(fixture.menu(), QStringLiteral("exits"));
        QVERIFY(exits != nullptr);
        QVERIFY(exits->menu()->actions().at(0)->isChecked());
        QAction* offer = exits->menu()->actions().at(1);
        QVERIFY(offer->text().startsWith(QStringLiteral("nas, 0.0.0.0/0 (")));
        const QSignalSpy asked(fixture.ui.app.exits(), &weft::viewmodels::ExitNodes::asked);
        const QSignalSpy opened(&fixture.tray, &Tray::openAsked);

        fixture.choose(offer->objectName());

        QCOMPARE(asked.count(), 1);
        QCOMPARE(opened.count(), 1);
        QVERIFY(fixture.ui.app.exits()->question().contains(QStringLiteral("nas")));
        QVERIFY(!fixture.ui.app.exits()->consequences().isEmpty());
        QVERIFY(fixture.ui.app.exits()->inUse().isEmpty());
        // What the sheet does when people agree.
        fixture.ui.app.routes()->accept(fixture.ui.app.exits()->askedKey());
        fixture.ui.settle();
        fixture.ui.controller.updateState(
            [](weft::api::DaemonState& state) { ++state.connections.front().policyChanges; });
        fixture.ui.settle();

        QCOMPARE(fixture.ui.app.exits()->inUse(), QStringLiteral("nas"));
        QCOMPARE(fixture.tray.look().shape, Shape::Exit);
        fixture.choose(QStringLiteral("exit-none"));
        QVERIFY(fixture.ui.app.exits()->inUse().isEmpty());
        QCOMPARE(fixture.tray.look().shape, Shape::Filled);
    }

    void listsTenMembersThatWereHeardLast() {
        TrayFixture fixture("crowd");
        const QAction* peers = lineOf(fixture.menu(), QStringLiteral("peers"));
        QVERIFY(peers != nullptr);

        const auto lines = peers->menu()->actions();
        QCOMPARE(lines.size(), 10 + 2);
        QCOMPARE(lines.last()->objectName(), QStringLiteral("all-peers"));
        const QString first = lines.front()->menu()->actions().front()->text();
        QVERIFY(first.startsWith(QStringLiteral("Copy address ")));
        lines.front()->menu()->actions().front()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), first.section(QLatin1Char(' '), -1));
        lines.front()->menu()->actions().at(1)->trigger();
        QVERIFY(lines.front()->text().startsWith(QGuiApplication::clipboard()->text()));
    }

    void listsProblemsOnlyWhenThereAreAny() {
        TrayFixture well("home");
        QVERIFY(lineOf(well.menu(), QStringLiteral("problems")) == nullptr);
        TrayFixture ill("degraded");
        const int count = ill.ui.app.connection()->problems()->count();
        QVERIFY(count > 0);

        QCOMPARE(textOf(ill.menu(), "problems"), QStringLiteral("Problems (%1)").arg(count));
        QCOMPARE(lineOf(ill.menu(), QStringLiteral("problems"))->menu()->actions().size(), count);
    }

    void keepsAChangeThatWaits() {
        TrayFixture fixture("countdown");
        QVERIFY(lineOf(fixture.menu(), QStringLiteral("keep")) != nullptr);
        QVERIFY(lineOf(fixture.menu(), QStringLiteral("take-back")) != nullptr);

        fixture.choose(QStringLiteral("keep"));

        QVERIFY(!fixture.ui.app.changes()->waiting()->waits());
        QVERIFY(lineOf(fixture.menu(), QStringLiteral("waiting")) == nullptr);
    }

    void saysThatQuittingDisconnects() {
        TrayFixture fixture("home");
        QCOMPARE(textOf(fixture.menu(), "quit"), QStringLiteral("Quit"));

        fixture.ui.preferences.setDisconnectOnQuit(true);

        QCOMPARE(textOf(fixture.menu(), "quit"), QStringLiteral("Disconnect and quit"));
        const QSignalSpy quit(&fixture.tray, &Tray::quitAsked);
        fixture.choose(QStringLiteral("quit"));
        QCOMPARE(quit.count(), 1);
    }

    void linesThatStayAreTheSameLines() {
        TrayFixture fixture("home");
        const QAction* state = lineOf(fixture.menu(), QStringLiteral("state"));
        const QAction* quit = lineOf(fixture.menu(), QStringLiteral("quit"));

        fixture.become(ConnectionState::Off);

        QCOMPARE(lineOf(fixture.menu(), QStringLiteral("state")), state);
        QCOMPARE(lineOf(fixture.menu(), QStringLiteral("quit")), quit);
    }

    void putsLinesInOrder() {
        QMenu menu;
        updateMenu(menu, lines(line("a", "A"), line("b", "B"), line("c", "C")));
        const QAction* second = lineOf(menu, QStringLiteral("b"));

        updateMenu(menu, lines(line("c", "C"), line("d", "D"), line("b", "B too")));

        QCOMPARE(
            idsOf(menu),
            (QStringList{QStringLiteral("c"), QStringLiteral("d"), QStringLiteral("b")}));
        QCOMPARE(lineOf(menu, QStringLiteral("b")), second);
        QCOMPARE(second->text(), QStringLiteral("B too"));
    }

    void anOpenMenuKeepsItsLinesUnderThePointer() {
        QMenu menu;
        updateMenu(menu, lines(line("a", "A"), line("b", "B")));
        menu.popup(QPoint(0, 0));
        QVERIFY(menu.isVisible());

        updateMenu(menu, lines(line("b", "B too"), line("c", "C")));

        QCOMPARE(idsOf(menu), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(textOf(menu, "b"), QStringLiteral("B too"));
        menu.close();
        updateMenu(menu, lines(line("b", "B too"), line("c", "C")));
        QCOMPARE(idsOf(menu), (QStringList{QStringLiteral("b"), QStringLiteral("c")}));
    }

    void whatWasPutOffIsDoneWhenTheMenuCloses() {
        TrayFixture fixture("home");
        fixture.menu().popup(QPoint(0, 0));
        fixture.become(ConnectionState::Off);
        QVERIFY(lineOf(fixture.menu(), QStringLiteral("address")) != nullptr);

        fixture.menu().close();

        QVERIFY(QTest::qWaitFor(
            [&fixture] { return lineOf(fixture.menu(), QStringLiteral("address")) == nullptr; }));
    }

    void aLineThatBecomesAMenuIsAnotherLine() {
        QMenu menu;
        updateMenu(menu, lines(line("a", "A")));
        TrayEntry deep = line("a", "A");
        deep.children.push_back(line("b", "B"));

        updateMenu(menu, lines(std::move(deep)));
        QVERIFY(menu.actions().at(0)->menu() != nullptr);
        updateMenu(menu, lines(line("a", "A")));

        QVERIFY(menu.actions().at(0)->menu() == nullptr);
    }

    void membersAreFollowedWhileTheMenuIsOpen() {
        TrayFixture fixture("home");
        fixture.ui.app.setActive(false);
        fixture.ui.settle();
        const int before = fixture.ui.app.allPeers()->count();
        weft::api::PeersUpdate update;
        weft::api::Peer guest;
        guest.id = "guest";
        update.changed.push_back(guest);
        fixture.ui.controller.updatePeers(
            weft::api::ProfileId{fixture.ui.app.currentProfile().toStdString()}, update);
        fixture.ui.settle();
        QCOMPARE(fixture.ui.app.allPeers()->count(), before);

        fixture.menu().popup(QPoint(0, 0));
        fixture.ui.settle();

        QCOMPARE(fixture.ui.app.allPeers()->count(), before + 1);
        fixture.menu().close();
    }

    void keepsNamesFromBeingKeysOrMarkup() {
        QCOMPARE(weft::app::menuText(QStringLiteral("a&b")), QStringLiteral("a&&b"));
        QVERIFY(weft::app::menuText(QString(500, QLatin1Char('x'))).size() < 60);
        const QString safe = weft::app::markupSafe(QStringLiteral("<b>&amp;"));
        QVERIFY(!safe.contains(QLatin1Char('<')) && !safe.contains(QLatin1Char('&')));
    }

    void outlivesTheViewModels() {
        Tray tray;
        {
            UiFixture ui("several");
            tray.setApp(&ui.app);
            tray.setApp(nullptr);
        }
        QVERIFY(lineOf(tray.menu(), QStringLiteral("quit")) != nullptr);
        QCOMPARE(tray.look().shape, Shape::Dashed);
    }

    void theStyleOfTheIconIsAChoice() {
        TrayFixture fixture("home");
        fixture.ui.preferences.setTrayIconStyle(Preferences::TrayIconStyle::Colour);
        QCOMPARE(fixture.tray.look().ink, TrayInk::Colour);
        fixture.ui.preferences.setTrayIconStyle(Preferences::TrayIconStyle::Light);
        QCOMPARE(fixture.tray.look().ink, TrayInk::LightMono);
        fixture.ui.preferences.setTrayIconStyle(Preferences::TrayIconStyle::Auto);
        qputenv("XDG_CURRENT_DESKTOP", "KDE");
        fixture.tray.setDark(true);
        QCOMPARE(fixture.tray.look().ink, TrayInk::LightMono);
        fixture.tray.setDark(false);
        QCOMPARE(fixture.tray.look().ink, TrayInk::DarkMono);
    }

    void theIconMovesWhileConnectingAndStandsAfterwards() {
        TrayFixture fixture("off");
        fixture.choose(QStringLiteral("act"));
        const int first = fixture.tray.look().frame;

        QVERIFY(QTest::qWaitFor([&] { return fixture.tray.look().frame != first; }));
        fixture.ui.advance(6 * weft::tests::FakeController::kStepTime);

        QCOMPARE(fixture.tray.look().shape, Shape::Filled);
        QCOMPARE(fixture.tray.look().frame, 0);
    }

    void theDotStaysUntilSomebodyHasSeenTheWindow() {
        TrayFixture fixture("home");
        fixture.ui.app.setActive(false);
        fixture.become(ConnectionState::Failed);
        QVERIFY(fixture.tray.look().attention);

        fixture.ui.app.setActive(true);

        QVERIFY(!fixture.tray.look().attention);
    }
};

QTEST_MAIN(TrayTest)
#include "tray_test.moc"
