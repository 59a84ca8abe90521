// SPDX-License-Identifier: Apache-2.0
// The bell in the head of the window, and what is asked from the tray.
#include "tests/ui/item_walk.h"
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/main_window.h"

#include <QAccessible>
#include <QQuickItem>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using weft::tests::UiFixture;
using weft::viewmodels::Preferences;
using weft::viewmodels::look::Tone;
using Category = Preferences::Category;

namespace {

struct BellFixture {
    explicit BellFixture(QSize size = {1120, 740}, int percent = 100) : ui("home") {
        ui.appearance.setTextPercent(percent);
        ui.appearance.setReduceMotion(true);
        main = std::make_unique<weft::qml::MainWindow>(ui.app);
        main->window()->resize(size);
        main->window()->show();
        ui.app.setActive(true);
        settle();
    }
    void post(const QString& title, const char* place) {
        ui.app.notifications()->post(
            {Category::Connection, Tone::Warn, title, u"why"_qs, QString::fromLatin1(place), {}});
        settle();
    }
    void open() {
        main->open(u"notifications"_qs);
        settle();
    }
    void settle() {
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
            main->window()->grabWindow();
        }
    }
    void press(Qt::Key key) {
        QTest::keyClick(main->window(), key);
        settle();
    }
    QQuickItem* find(const QString& text) const {
        QQuickItem* found = nullptr;
        weft::tests::walkVisible(&root(), [&](QQuickItem& item) {
            if (found == nullptr && item.property("text").toString() == text) {
                found = &item;
            }
        });
        return found;
    }
    QQuickItem& root() const { return *main->window()->contentItem(); }

    UiFixture ui;
    std::unique_ptr<weft::qml::MainWindow> main;
};

}  // namespace

class BellTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void saysHowMuchIsNew() {
        BellFixture bell;
        QVERIFY(bell.find(u"2"_qs) == nullptr);

        bell.post(u"one"_qs, "overview");
        bell.post(u"two"_qs, "overview");

        QVERIFY(bell.find(u"2"_qs) != nullptr);
    }

    void leadsThereByKeys() {
        BellFixture bell;
        bell.post(u"rules"_qs, "access");
        bell.post(u"members"_qs, "peers");
        bell.open();
        QVERIFY(bell.find(u"members"_qs) != nullptr);

        bell.press(Qt::Key_Down);
        bell.press(Qt::Key_Return);

        QCOMPARE(bell.main->window()->property("page").toString(), u"access"_qs);
        QCOMPARE(bell.ui.app.notifications()->unread(), 1);
    }

    void marksAllReadAndClears() {
        BellFixture bell;
        bell.post(u"one"_qs, "overview");
        bell.open();
        QVERIFY(QMetaObject::invokeMethod(bell.find(u"Mark all read"_qs), "clicked"));
        bell.settle();
        QCOMPARE(bell.ui.app.notifications()->unread(), 0);

        QVERIFY(QMetaObject::invokeMethod(bell.find(u"Clear"_qs), "clicked"));
        bell.settle();

        QCOMPARE(bell.ui.app.notifications()->count(), 0);
        bell.open();
        QVERIFY(bell.find(u"Nothing has happened yet"_qs) != nullptr);
        bell.press(Qt::Key_Escape);
        QVERIFY(bell.find(u"Nothing has happened yet"_qs) == nullptr);
    }

    void isNamedPlainAndWhole_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        QTest::newRow("large") << QSize(1120, 740) << 100;
        QTest::newRow("small") << QSize(840, 560) << 150;
    }
    void isNamedPlainAndWhole() {
        QFETCH(QSize, size);
        QFETCH(int, percent);
        BellFixture bell(size, percent);
        bell.post(u"<b>x</b> "_qs + QString(300, QLatin1Char('y')), "overview");
        bell.post(u"two"_qs, "overview");

        bell.open();

        QCOMPARE(weft::tests::namelessFocusable(bell.root()), QStringList());
        QCOMPARE(weft::tests::textsWithMarkup(bell.root()), QStringList());
        QCOMPARE(weft::tests::textsOutside(bell.root(), size), QStringList());
    }

    void aWayToTheInternetIsAskedAboutOnAnyPage() {
        BellFixture bell;
        const auto& offers = bell.ui.app.exits()->offers();
        QVERIFY(offers.count() > 0);

        bell.ui.app.exits()->choose(
            offers.index(0).data(weft::viewmodels::RoutesModel::RouteKeyRole).toString());
        bell.settle();

        QVERIFY(bell.find(bell.ui.app.exits()->question()) != nullptr);
        QVERIFY(QMetaObject::invokeMethod(bell.find(u"Accept"_qs), "clicked"));
        bell.settle();
        bell.ui.controller.updateState(
            [](weft::api::DaemonState& state) { ++state.connections.front().policyChanges; });
        bell.settle();
        QCOMPARE(bell.ui.app.exits()->inUse(), u"nas"_qs);
    }
};

QTEST_MAIN(BellTest)
#include "bell_test.moc"
