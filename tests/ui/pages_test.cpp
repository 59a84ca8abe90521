// SPDX-License-Identifier: Apache-2.0
// Walks every page and sheet of the window in every scene that shows something of its own.
#include "tests/ui/item_walk.h"
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/main_window.h"

#include <QAccessible>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using weft::tests::UiFixture;

namespace {

/// The window over a scene, laid out and polished.
struct OpenWindow {
    OpenWindow(const char* scene, const QString& place, QSize size = {1120, 740}, int percent = 100)
        : ui(scene) {
        ui.appearance.setTextPercent(percent);
        // Nothing moves: what a transition would hide for a moment is there at once.
        ui.appearance.setReduceMotion(true);
        main = std::make_unique<weft::qml::MainWindow>(ui.app);
        main->window()->resize(size);
        main->window()->show();
        go(place);
    }

    void go(const QString& place) {
        main->open(place);
        if (place == QLatin1String("peers")) {
            ui.app.peer()->show(ui.app.peers()->idAt(1));
        }
        if (place == QLatin1String("routes")) {
            ui.app.access()->route()->openNew();
        }
        if (place == QLatin1String("access")) {
            ui.app.access()->rule()->openNew();
        }
        settle();
    }
    void settle() {
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
            main->window()->grabWindow();
        }
    }
    QQuickItem& root() const { return *main->window()->contentItem(); }

    UiFixture ui;
    std::unique_ptr<weft::qml::MainWindow> main;
};

}  // namespace

class PagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void everyPage_data() {
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QString>("place");
        const QStringList places{
            QStringLiteral("overview"),
            QStringLiteral("peers"),
            QStringLiteral("routes"),
            QStringLiteral("access"),
            QStringLiteral("settings"),
            QStringLiteral("invite"),
            QStringLiteral("shortcuts"),
            QStringLiteral("choose"),
            QStringLiteral("create"),
            QStringLiteral("join"),
            QStringLiteral("attach")};
        for (const QString& place : places) {
            for (const char* scene : {"home", "hostile"}) {
                QTest::addRow("%s in %s", qPrintable(place), scene) << QByteArray(scene) << place;
            }
        }
        for (const std::string& scene : weft::tests::fakeSceneNames()) {
            if (scene != "crowd") {
                QTest::addRow("start in %s", scene.c_str())
                    << QByteArray(scene.c_str()) << QStringLiteral("overview");
            }
        }
    }
    void everyPage() {
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);
        OpenWindow window(scene.constData(), place);

        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QCOMPARE(weft::tests::textsWithMarkup(window.root()), QStringList());
        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
    }

    void smallWindowWithLargeText_data() { everyPage_data(); }
    void smallWindowWithLargeText() {
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);
        OpenWindow window(scene.constData(), place, QSize(840, 560), 150);

        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
    }

    void theInvitationCodeIsNamedToo() {
        OpenWindow window("home", QStringLiteral("invite"));
        window.ui.app.invite()->create({}, QStringLiteral("<b>x</b>"), 1);
        window.settle();

        QVERIFY(window.ui.app.invite()->hasCode());
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QCOMPARE(weft::tests::textsWithMarkup(window.root()), QStringList());
    }

    void showsHostileNamesAsTheyAre() {
        OpenWindow window("hostile", QStringLiteral("peers"));
        QStringList texts;
        weft::tests::walkVisible(&window.root(), [&texts](QQuickItem& item) {
            if (item.inherits("QQuickText")) {
                texts.append(item.property("text").toString());
            }
        });

        QVERIFY(texts.contains(QStringLiteral("<b>bold</b><img src='file:///etc/passwd'>")));
        QVERIFY(texts.contains(QStringLiteral("twolinesandmore")));
    }

    // The walk above proves nothing unless it can fail.
    void theWalkFindsWhatItLooksFor() {
        QQmlEngine engine;
        QQmlComponent component(&engine);
        component.setData(
            R"(import QtQuick
               Item {
                   width: 100; height: 100
                   Item { width: 9; height: 9; activeFocusOnTab: true }
                   Item { width: 9; height: 9; activeFocusOnTab: true
                          Accessible.role: Accessible.Button; Accessible.name: "named" }
                   Text { text: "<b>bold</b>" }
                   Text { text: "plain"; textFormat: Text.PlainText }
                   Text { x: 90; width: 50; text: "cut"; textFormat: Text.PlainText }
               })",
            QUrl());
        const std::unique_ptr<QObject> made(component.create());
        auto* root = qobject_cast<QQuickItem*>(made.get());
        QVERIFY2(root != nullptr, qPrintable(component.errorString()));

        QCOMPARE(weft::tests::namelessFocusable(*root).size(), 1);
        QCOMPARE(weft::tests::textsWithMarkup(*root).size(), 1);
        QCOMPARE(weft::tests::textsOutside(*root, QSizeF(100, 100)).size(), 1);
    }

    void pagesAreReachedByTheirKeys() {
        OpenWindow window("home", QStringLiteral("overview"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));

        QTest::keyClick(shown, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(shown->property("page").toString(), QStringLiteral("peers"));
        QTest::keyClick(shown, Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(shown->property("page").toString(), QStringLiteral("settings"));
        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(shown->property("page").toString(), QStringLiteral("peers"));
        window.settle();
        QTest::keyClick(shown, Qt::Key_N);
        QTest::keyClick(shown, Qt::Key_A);
        QTest::keyClick(shown, Qt::Key_S);
        QCOMPARE(window.ui.app.peers()->searchText(), QStringLiteral("nas"));
    }

    // Qt 6.4 warns when rows go that a list is still making ahead of their being seen.
    void aSearchTakesRowsAwayAtAnyMomentOfTheirMaking() {
        for (int moment = 0; moment < 6; ++moment) {
            OpenWindow window("home", QStringLiteral("overview"), QSize(840, 560));
            window.main->open(QStringLiteral("peers"));
            for (int frame = 0; frame < moment; ++frame) {
                QCoreApplication::processEvents();
                window.main->window()->grabWindow();
            }
            window.ui.app.peers()->setSearchText(QStringLiteral("nas"));
            window.settle();

            QCOMPARE(window.ui.app.peers()->count(), 1);
        }
    }

    void theWindowIsMadeAgainAfterItWasDropped() {
        UiFixture ui("home");
        for (int round = 0; round < 2; ++round) {
            weft::qml::MainWindow main(ui.app);
            QVERIFY(main.window() != nullptr);
            main.window()->show();
            QCoreApplication::processEvents();
        }
    }
};

QTEST_MAIN(PagesTest)
#include "pages_test.moc"
