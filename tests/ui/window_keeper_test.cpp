// SPDX-License-Identifier: Apache-2.0
#include "app/gui/window_keeper.h"

#include "app/gui/close_rules.h"
#include "tests/support/fake_clock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using weft::app::closeOutcome;
using weft::app::CloseOutcome;
using weft::app::startOutcome;
using weft::app::StartOutcome;
using weft::app::TrayHost;
using weft::app::WindowKeeper;
using weft::viewmodels::NotificationCentre;
using weft::viewmodels::Preferences;
using CloseAction = weft::viewmodels::Preferences::CloseAction;

namespace {

/// A window with a panel that can come and go.
struct Desk {
    explicit Desk(bool withPanel)
        : panel(withPanel)
        , settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat) {
        host.begin();
        keeper.keep(&window, &centre);
    }
    void setPanel(bool there) {
        panel = there;
        host.look();
    }

    QTemporaryDir folder;
    bool panel;
    QSettings settings;
    weft::tests::FakeClock clock;
    Preferences preferences{nullptr};
    NotificationCentre centre{clock, preferences};
    TrayHost host{[this] { return panel; }};
    QWindow window;
    WindowKeeper keeper{settings, preferences, host};
};

}  // namespace

class WindowKeeperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingHidesWithoutAPanel() {
        QCOMPARE(closeOutcome(CloseAction::Auto, true), CloseOutcome::Hide);
        QCOMPARE(closeOutcome(CloseAction::Auto, false), CloseOutcome::Minimise);
        QCOMPARE(closeOutcome(CloseAction::Hide, false), CloseOutcome::Minimise);
        QCOMPARE(closeOutcome(CloseAction::Minimise, true), CloseOutcome::Minimise);
        QCOMPARE(closeOutcome(CloseAction::Quit, true), CloseOutcome::Quit);
        QCOMPARE(startOutcome(true, true), StartOutcome::Hide);
        QCOMPARE(startOutcome(true, false), StartOutcome::Minimise);
        QCOMPARE(startOutcome(false, true), StartOutcome::Show);
    }

    void closingHidesAndSaysSoOnce() {
        Desk desk(true);
        desk.window.show();
        const QSignalSpy closing(&desk.keeper, &WindowKeeper::closing);

        desk.window.close();
        QVERIFY(!desk.window.isVisible());
        QCOMPARE(desk.centre.count(), 1);
        QCOMPARE(closing.count(), 1);
        desk.window.show();
        desk.window.close();

        QCOMPARE(desk.centre.count(), 1);
        QVERIFY(!desk.window.isVisible());
    }

    void closingMinimisesWithoutAPanel() {
        Desk desk(false);
        desk.window.show();

        desk.window.close();

        QVERIFY(desk.window.isVisible());
        QVERIFY(desk.window.windowStates().testFlag(Qt::WindowMinimized));
        QCOMPARE(desk.centre.count(), 1);
    }

    void aPanelThatWentUnnoticedHidesNothing() {
        Desk desk(true);
        desk.window.show();
        desk.panel = false;

        desk.window.close();

        QVERIFY(desk.window.isVisible());
    }

    void closingQuitsForWhomItShall() {
        Desk desk(true);
        desk.preferences.setCloseAction(CloseAction::Quit);
        desk.window.show();
        const QSignalSpy quit(&desk.keeper, &WindowKeeper::quitAsked);

        desk.window.close();

        QCOMPARE(quit.count(), 1);
        QCOMPARE(desk.centre.count(), 0);
    }

    void aHiddenWindowComesBackWhenThePanelGoes() {
        Desk desk(true);
        QVERIFY(!desk.keeper.begin(true));
        QVERIFY(!desk.window.isVisible());

        desk.setPanel(false);

        QVERIFY(desk.window.isVisible());
        desk.setPanel(true);
        QVERIFY(desk.window.isVisible());
    }

    void aStartWithoutAPanelIsWithinReach() {
        Desk desk(false);

        QVERIFY(desk.keeper.begin(true));

        QVERIFY(desk.window.isVisible());
        QVERIFY(desk.window.windowStates().testFlag(Qt::WindowMinimized));
    }

    void aWindowThatIsNotKeptClosesByItself() {
        Desk desk(true);
        desk.window.show();
        desk.keeper.keep(nullptr, nullptr);

        QVERIFY(desk.window.close());
        QCOMPARE(desk.centre.count(), 0);
    }
};

QTEST_MAIN(WindowKeeperTest)
#include "window_keeper_test.moc"
