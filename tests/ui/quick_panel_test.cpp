// SPDX-License-Identifier: Apache-2.0
#include "app/gui/quick_panel.h"

#include "tests/ui/item_walk.h"
#include "tests/ui/ui_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QQuickItem>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using weft::app::panelPlace;
using weft::app::QuickPanel;
using weft::tests::UiFixture;

namespace {

const QRect kScreen(0, 0, 1280, 900);
const QSize kSize(380, 560);

struct Fixture {
    explicit Fixture(const char* scene, std::chrono::milliseconds keptFor = 30s)
        : ui(scene), panel(keptFor) {}
    void open() {
        panel.toggle(ui.app, {});
        settle();
    }
    void settle() {
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
        }
    }
    QQuickItem* find(const QString& name, const char* property) const {
        QQuickItem* found = nullptr;
        weft::tests::walkVisible(panel.window()->contentItem(), [&](QQuickItem& item) {
            if (found == nullptr && item.property(property).toString() == name) {
                found = &item;
            }
        });
        return found;
    }

    UiFixture ui;
    QuickPanel panel;
};

}  // namespace

class QuickPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML"))); }

    void standsBesideTheIcon() {
        const QRect icon(1200, 876, 24, 24);
        const QRect available(0, 0, 1280, 872);
        const auto place = panelPlace(icon, kScreen, available, kSize);
        QVERIFY(place.has_value());
        QVERIFY(available.contains(*place));
        QCOMPARE(place->bottom(), 872 - 1 - 4);
        const auto under = panelPlace(QRect(600, 0, 24, 24), kScreen, kScreen, kSize);
        QCOMPARE(under->top(), 4);
        QVERIFY(std::abs(under->center().x() - 611) <= 1);
    }

    void standsInTheCornerBesideTheBarOfTheDesktop() {
        const auto bottom = panelPlace({}, kScreen, QRect(0, 0, 1280, 872), kSize);
        QCOMPARE(bottom->bottom(), 872 - 1 - 4);
        QCOMPARE(bottom->right(), 1280 - 1 - 4);
        const auto top = panelPlace({}, kScreen, QRect(0, 28, 1280, 872), kSize);
        QCOMPARE(top->top(), 32);
        const auto side = panelPlace({}, kScreen, QRect(60, 0, 1220, 900), kSize);
        QCOMPARE(side->left(), 64);
        QVERIFY(!panelPlace({}, kScreen, kScreen, kSize).has_value());
    }

    void fitsOnASmallScreen() {
        const QRect small(0, 0, 320, 400);
        const auto place = panelPlace(QRect(300, 380, 20, 20), small, small, kSize);
        QVERIFY(place->width() <= 320);
        QVERIFY(place->height() <= 400);
    }

    void showsWhatTheWindowShows_data() {
        QTest::addColumn<QByteArray>("scene");
        for (const char* scene :
             {"home", "off", "connecting", "failed", "degraded", "lost", "hostile", "first-run"}) {
            QTest::addRow("%s", scene) << QByteArray(scene);
        }
    }
    void showsWhatTheWindowShows() {
        QFETCH(QByteArray, scene);
        Fixture fixture(scene.constData());

        fixture.open();

        QVERIFY(fixture.panel.window() != nullptr);
        QVERIFY(fixture.panel.window()->isVisible());
        QVERIFY(fixture.find(fixture.ui.app.connection()->word(), "text") != nullptr);
        QVERIFY(fixture.find(QStringLiteral("Open console"), "text") != nullptr);
    }

    void listsFiveMembersAndCopiesAnAddress() {
        Fixture fixture("home");
        fixture.open();
        int rows = 0;
        QQuickItem* first = nullptr;
        weft::tests::walkVisible(fixture.panel.window()->contentItem(), [&](QQuickItem& item) {
            if (item.property("stateText").isValid() && item.height() > 0) {
                first = rows == 0 ? &item : first;
                ++rows;
            }
        });
        QCOMPARE(rows, 5);
        const QString address = first->property("address").toString();
        QVERIFY(!address.isEmpty());

        QVERIFY(QMetaObject::invokeMethod(first, "clicked"));

        QCOMPARE(QGuiApplication::clipboard()->text(), address);
    }

    void theButtonDoesWhatItSays() {
        Fixture fixture("home");
        fixture.open();
        QQuickItem* button = fixture.find(QStringLiteral("Disconnect"), "text");
        QVERIFY(button != nullptr);

        QVERIFY(QMetaObject::invokeMethod(button, "clicked"));
        fixture.settle();

        QCOMPARE(fixture.ui.app.connection()->word(), QStringLiteral("Not connected"));
    }

    void leadsToTheConsoleAndCloses() {
        Fixture fixture("home");
        fixture.open();
        const QSignalSpy opened(&fixture.panel, &QuickPanel::openAsked);

        QVERIFY(QMetaObject::invokeMethod(
            fixture.find(QStringLiteral("Open console"), "text"), "clicked"));

        QCOMPARE(opened.count(), 1);
        QVERIFY(!fixture.panel.window()->isVisible());
    }

    void escapeAndTheNextClickOnTheIconCloseIt() {
        Fixture fixture("home");
        fixture.open();
        QTest::keyClick(fixture.panel.window(), Qt::Key_Escape);
        QVERIFY(!fixture.panel.window()->isVisible());
        fixture.open();
        QVERIFY(fixture.panel.window()->isVisible());

        fixture.open();

        QVERIFY(!fixture.panel.window()->isVisible());
    }

    void losingTheKeyboardClosesIt() {
        Fixture fixture("home");
        fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(fixture.panel.window()));
        QWindow other;
        other.show();
        other.requestActivate();

        QVERIFY(QTest::qWaitFor([&] { return !fixture.panel.window()->isVisible(); }));
    }

    void goesAWhileAfterItWasClosed() {
        Fixture fixture("home", 20ms);
        fixture.open();
        QVERIFY(fixture.panel.window() != nullptr);

        fixture.panel.close();

        QVERIFY(fixture.panel.window() != nullptr);
        QVERIFY(QTest::qWaitFor([&] { return fixture.panel.window() == nullptr; }));
    }

    void goesBeforeTheViewModels() {
        QuickPanel panel;
        {
            UiFixture ui("home");
            panel.toggle(ui.app, {});
            panel.drop();
        }
        QVERIFY(panel.window() == nullptr);
    }
};

QTEST_MAIN(QuickPanelTest)
#include "quick_panel_test.moc"
