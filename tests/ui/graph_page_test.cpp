// SPDX-License-Identifier: Apache-2.0
// The page of the graph in a window: keyboard, menus, list, editing, export.
#include "tests/support/temp_dir.h"
#include "tests/ui/item_walk.h"
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/main_window.h"

#include <QAccessible>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::GraphViewModel;

namespace {

/// The window with the page of the graph, its nodes at their places.
struct GraphWindow {
    explicit GraphWindow(const char* scene, QSize size = {1120, 740}, int percent = 100)
        : ui(scene), graph(*ui.app.graph()) {
        ui.appearance.setTextPercent(percent);
        ui.appearance.setReduceMotion(true);
        main = std::make_unique<weft::qml::MainWindow>(ui.app);
        shown = main->window();
        shown->resize(size);
        shown->show();
        main->open(QStringLiteral("graph"));
        settle();
    }

    void settle() {
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
            shown->grabWindow();
        }
    }
    bool isActive() {
        shown->requestActivate();
        return QTest::qWaitForWindowActive(shown) && waitForPlaces();
    }
    bool waitForPlaces() {
        QSignalSpy moved(&graph, &GraphViewModel::positionsChanged);
        for (int round = 0; round < 500 && !graph.settled(); ++round) {
            moved.wait(10000);
        }
        settle();
        return graph.settled();
    }
    QQuickItem& root() const { return *shown->contentItem(); }
    bool shows(const QString& text) const {
        bool found = false;
        weft::tests::walkVisible(&root(), [&](QQuickItem& item) {
            found = found || item.property("text").toString() == text;
        });
        return found;
    }
    QQuickItem* canvas() const {
        QQuickItem* found = nullptr;
        weft::tests::walkVisible(&root(), [&found](QQuickItem& item) {
            if (item.inherits("weft::qml::GraphCanvas")) {
                found = &item;
            }
        });
        return found;
    }
    /// Presses the button of that name or text.
    bool press(const QString& name) {
        QQuickItem* found = nullptr;
        weft::tests::walkVisible(&root(), [&](QQuickItem& item) {
            if (item.inherits("QQuickAbstractButton")
                && (item.property("name").toString() == name
                    || item.property("text").toString() == name
                    || item.property("label").toString() == name
                    || item.property("modelData").toString() == name)) {
                found = &item;
            }
        });
        const bool pressed = found != nullptr && QMetaObject::invokeMethod(found, "clicked");
        settle();
        return pressed;
    }
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(shown, static_cast<Qt::Key>(key), modifiers);
        settle();
    }
    void type(const char* text) {
        for (; *text != '\0'; ++text) {
            QTest::keyClick(shown, *text);
        }
        settle();
    }
    void focusCanvas() {
        canvas()->forceActiveFocus(Qt::TabFocusReason);
        settle();
    }
    int find(const char* id) const { return static_cast<int>(graph.map().find(id)); }
    QPoint placeOf(const char* id) const {
        QPointF at;
        QMetaObject::invokeMethod(
            canvas(), "positionOf", Q_RETURN_ARG(QPointF, at), Q_ARG(int, find(id)));
        return canvas()->mapToScene(at).toPoint();
    }
    QStringList faults() const {
        return weft::tests::namelessFocusable(root()) + weft::tests::textsWithMarkup(root())
               + weft::tests::textsOutside(root(), shown->size());
    }

    UiFixture ui;
    GraphViewModel& graph;
    std::unique_ptr<weft::qml::MainWindow> main;
    QQuickWindow* shown = nullptr;
};

}  // namespace

class GraphPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void everyState_data() {
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        for (const char* scene :
             {"linked",
              "alone",
              "off",
              "lost",
              "reconnecting",
              "hostile",
              "waiting",
              "read-only"}) {
            QTest::addRow("%s", scene) << QByteArray(scene) << QSize(1120, 740) << 100;
            QTest::addRow("%s small with large text", scene)
                << QByteArray(scene) << QSize(840, 560) << 150;
        }
    }
    void everyState() {
        QFETCH(QByteArray, scene);
        QFETCH(QSize, size);
        QFETCH(int, percent);
        GraphWindow window(scene.constData(), size, percent);
        QCOMPARE(window.faults(), QStringList());
        window.graph.setCurrent(1);
        window.graph.setPermissions(true);
        window.graph.askLoss(1);
        window.settle();
        QCOMPARE(window.faults(), QStringList());
        window.graph.setListing(true);
        window.settle();
        QCOMPARE(window.faults(), QStringList());
    }

    void nothingIsAskedBeforeSomebodyLooks() {
        UiFixture ui("linked");
        weft::qml::MainWindow main(ui.app);
        main.window()->show();
        QCoreApplication::processEvents();
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{0});

        main.open(QStringLiteral("graph"));
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{1});
        main.open(QStringLiteral("settings"));
        ui.settle();
        ui.controller.updatePeers(weft::api::ProfileId{"home"}, {false, {}, {"nas"}});
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{1});
    }

    void arrowKeysGoAlongLinks() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        window.key(Qt::Key_3, Qt::ControlModifier);
        window.focusCanvas();
        QCOMPARE(window.graph.current(), -1);

        window.key(Qt::Key_Right);
        QVERIFY(window.graph.current() >= 0);
        int walked = 0;
        for (const int direction : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
            window.graph.setCurrent(window.find("vps-fra"));
            window.key(direction);
            const int next = window.graph.current();
            if (next == window.find("vps-fra")) {
                continue;
            }
            ++walked;
            const auto neighbours =
                window.graph.map().neighboursOf(static_cast<std::uint32_t>(window.find("vps-fra")));
            QVERIFY(
                std::ranges::find(neighbours, static_cast<std::uint32_t>(next))
                != neighbours.end());
        }
        QVERIFY(walked >= 2);
    }

    void enterShowsTheDetailsAndEscapeLeaves() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        window.focusCanvas();
        window.graph.setCurrent(window.find("nas"));

        window.key(Qt::Key_Return);
        QVERIFY(window.ui.app.peer()->isOpen());
        QCOMPARE(window.ui.app.peer()->name(), QStringLiteral("nas"));
        QCOMPARE(window.faults(), QStringList());
        window.key(Qt::Key_Escape);
        QVERIFY(!window.ui.app.peer()->isOpen());
        window.key(Qt::Key_Escape);
        QCOMPARE(window.graph.current(), -1);
    }

    void lListsTheNeighbours() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        window.focusCanvas();
        window.graph.setCurrent(window.find("nas"));

        window.key(Qt::Key_L);
        QVERIFY(QTest::qWaitFor([&] { return window.shows(QStringLiteral("printer-hall")); }));
        QCOMPARE(window.faults(), QStringList());
        window.key(Qt::Key_Down);
        window.key(Qt::Key_Return);

        QCOMPARE(window.graph.currentName(), QStringLiteral("laptop"));
        // The keyboard is in the picture again.
        QVERIFY(window.canvas()->hasActiveFocus());
    }

    void theSearchGoesFromMatchToMatch() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());

        window.key(Qt::Key_F, Qt::ControlModifier);
        window.type("build");
        QCOMPARE(window.shown->property("page").toString(), QStringLiteral("graph"));
        QVERIFY(window.shows(QStringLiteral("2 of 12 members")));
        window.key(Qt::Key_Return);
        QCOMPARE(window.graph.currentName(), QStringLiteral("build-01"));
        window.key(Qt::Key_Return);
        QCOMPARE(window.graph.currentName(), QStringLiteral("build-02"));

        window.type("xyz");
        QVERIFY(window.shows(QStringLiteral("No nodes match")));
        QCOMPARE(window.faults(), QStringList());
        QVERIFY(window.press(QStringLiteral("Clear filters")));
        QVERIFY(!window.shows(QStringLiteral("No nodes match")));
        QCOMPARE(window.graph.filter()->searchText(), QString());
    }

    void theNameOfANodeWouldNotBeACommand() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        window.graph.setCurrent(window.find("nas"));

        window.key(Qt::Key_F, Qt::ControlModifier);
        window.type("l0-+");

        QCOMPARE(window.graph.filter()->searchText(), QStringLiteral("l0-+"));
        QVERIFY(!window.shows(QStringLiteral("camera-door")));
    }

    void keysZoom() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        window.focusCanvas();
        const auto zoom = [&window] { return window.canvas()->property("zoom").toReal(); };
        const qreal fitted = zoom();

        window.key(Qt::Key_Plus);
        QVERIFY(zoom() > fitted);
        window.key(Qt::Key_0);
        QCOMPARE(zoom(), fitted);
        window.key(Qt::Key_Minus, Qt::ControlModifier);
        QVERIFY(zoom() < fitted);
        window.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(zoom(), fitted);
        window.key(Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(zoom() > fitted);
    }

    void theListIsTheGraphInWords() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());

        QVERIFY(window.press(QStringLiteral("View as list")));
        QVERIFY(window.canvas() == nullptr);
        QStringList lines;
        QQuickItem* list = nullptr;
        weft::tests::walkVisible(&window.root(), [&](QQuickItem& item) {
            const QString line = item.property("line").toString();
            if (!line.isEmpty()) {
                const auto* read = QAccessible::queryAccessibleInterface(&item);
                QVERIFY(read != nullptr);
                lines.append(read->text(QAccessible::Name));
            }
            list = item.inherits("QQuickListView") ? &item : list;
        });
        QVERIFY2(
            lines.contains(QStringLiteral("nas, Reachable, Direct, 4 links")),
            qPrintable(lines.join(QLatin1Char('|'))));
        QCOMPARE(window.faults(), QStringList());

        list->forceActiveFocus(Qt::TabFocusReason);
        window.key(Qt::Key_Down);
        QCOMPARE(window.graph.currentName(), QStringLiteral("build-01"));
        window.key(Qt::Key_Return);
        QCOMPARE(window.ui.app.peer()->name(), QStringLiteral("build-01"));
        window.ui.app.peer()->close();
        QVERIFY(window.press(QStringLiteral("View as picture")));
        QVERIFY(window.canvas() != nullptr);
    }

    void theMenuOfANodeDoesWhatItSays() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        const auto choose = [&window](const char* id, int down) {
            QTest::mouseClick(window.shown, Qt::RightButton, {}, window.placeOf(id));
            window.settle();
            for (int step = 0; step < down; ++step) {
                window.key(Qt::Key_Down);
            }
            window.key(Qt::Key_Return);
        };

        choose("nas", 4);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("nas"));
        choose("nas", 5);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("172.16.0.2"));
        choose("nas", 2);
        QCOMPARE(window.ui.app.simulator()->from(), QStringLiteral("laptop"));
        QCOMPARE(window.ui.app.simulator()->to(), QStringLiteral("nas"));
        window.key(Qt::Key_Escape);
        window.settle();
        choose("nas", 3);
        QVERIFY(window.shows(QStringLiteral("If nas were gone")));
        QCOMPARE(window.faults(), QStringList());
        window.key(Qt::Key_Escape);
        QVERIFY(!window.graph.loss()->isOpen());
        choose("vps-fra", 1);
        QVERIFY(window.graph.permissions());
        QCOMPARE(window.graph.currentName(), QStringLiteral("vps-fra"));
        choose("vps-fra", 0);
        QCOMPARE(window.ui.app.peer()->name(), QStringLiteral("vps-fra"));
    }

    void theLegendNamesEveryKindOfLine() {
        GraphWindow window("linked");
        for (const char* line : {"Direct", "ICE", "libp2p", "No traffic"}) {
            QVERIFY2(window.shows(QString::fromLatin1(line)), line);
        }

        window.graph.setPermissions(true);
        window.settle();

        QVERIFY(window.shows(QStringLiteral("One-sided")));
        QVERIFY(!window.shows(QStringLiteral("libp2p")));
        QCOMPARE(window.faults(), QStringList());
    }

    void theChosenNodeIsCopied() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        window.graph.setCurrent(window.find("nas"));

        window.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("172.16.0.2"));
        window.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("nas"));
    }

    void aDragGoesOnWhileFiguresCome() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        const QPoint corner = window.canvas()->mapToScene(QPointF(8, 8)).toPoint();
        QTest::mousePress(window.shown, Qt::LeftButton, {}, corner);
        QTest::mouseMove(window.shown, corner + QPoint(30, 30));
        window.settle();
        const QPoint before = window.placeOf("nas");

        weft::api::Peer peer = *window.ui.app.allPeers()->find("nas");
        window.ui.clock.advance(std::chrono::seconds(1));
        peer.tunnel->receivedBytes += 50'000;
        const QSignalSpy drawn(&window.graph, &GraphViewModel::sceneChanged);
        window.ui.controller.updatePeers(weft::api::ProfileId{"home"}, {false, {peer}, {}});
        window.settle();
        QVERIFY(drawn.count() > 0);
        QTest::mouseMove(window.shown, corner + QPoint(70, 50));
        window.settle();

        QCOMPARE(window.placeOf("nas") - before, QPoint(40, 20));
        QTest::mouseRelease(window.shown, Qt::LeftButton, {}, corner + QPoint(70, 50));
    }

    void aClickChoosesAndTwoShowTheDetails() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());

        QTest::mouseClick(window.shown, Qt::LeftButton, {}, window.placeOf("vps-ams"));
        window.settle();
        QCOMPARE(window.graph.currentName(), QStringLiteral("vps-ams"));
        QTest::mouseDClick(window.shown, Qt::LeftButton, {}, window.placeOf("vps-ams"));
        window.settle();
        QCOMPARE(window.ui.app.peer()->name(), QStringLiteral("vps-ams"));
    }

    void aDrawnLineOpensTheEditorOfTheLink() {
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        QVERIFY(window.press(QStringLiteral("Edit the links")));
        QVERIFY(window.shows(QStringLiteral("Draw a line from one node to another to link them.")));

        QMetaObject::invokeMethod(
            window.canvas(),
            "linkDrawn",
            Q_ARG(int, window.find("nas")),
            Q_ARG(int, window.find("build-01")));
        window.settle();
        auto& edge = *window.ui.app.access()->edge();
        QVERIFY(edge.isOpen());
        QCOMPARE(edge.source(), QStringLiteral("nas"));
        QCOMPARE(edge.target(), QStringLiteral("build-01"));
        QVERIFY(window.shows(QStringLiteral("New edge")));
        QCOMPARE(window.faults(), QStringList());

        // What was drawn is not lost by a key.
        window.key(Qt::Key_Escape);
        QVERIFY(edge.isOpen());
        QVERIFY(window.shows(QStringLiteral("Throw away what you typed?")));
        window.key(Qt::Key_Escape);
        QVERIFY(window.press(QStringLiteral("Save now")));
        QCOMPARE(window.ui.controller.count(FakeCall::PutPolicyObject), std::size_t{1});
        const auto links = window.graph.neighboursOf(window.find("nas"));
        QCOMPARE(links.size(), 4);
        QVERIFY(window.press(QStringLiteral("Done")));
        QVERIFY(
            !window.shows(QStringLiteral("Draw a line from one node to another to link them.")));
    }

    void whoMayOnlyLookCannotDraw() {
        GraphWindow window("read-only");
        QVERIFY(!window.press(QStringLiteral("Edit the links")));
    }

    void filesAreWrittenFromTheSheet() {
        const weft::tests::TempDir folder;
        GraphWindow window("linked");
        QVERIFY(window.isActive());
        const auto write = [&](int down, const char* name) {
            window.press(QStringLiteral("Export…"));
            for (int step = 0; step < down; ++step) {
                window.key(Qt::Key_Down);
            }
            window.key(Qt::Key_Return);
            QQuickItem* field = nullptr;
            weft::tests::walkVisible(&window.root(), [&field](QQuickItem& item) {
                if (item.inherits("QQuickTextField")
                    && item.property("name").toString() == QStringLiteral("File")) {
                    field = &item;
                }
            });
            const QString path = QString::fromStdString((folder / name).string());
            if (field != nullptr) {
                field->setProperty("text", path);
            }
            window.settle();
            window.press(QStringLiteral("Write the file"));
            return QFileInfo(path).size() > 0;
        };

        QVERIFY(write(0, "a.svg"));
        QVERIFY(write(1, "a.png"));
        QVERIFY(write(2, "a.dot"));
        QVERIFY(write(3, "a.json"));
        QImage picture(QString::fromStdString((folder / "a.png").string()));
        QVERIFY(!picture.isNull());
        // A sheet that could not write stays and says why.
        QVERIFY(!write(0, "none/a.svg"));
        QVERIFY(window.shows(QStringLiteral("Export as SVG")));
        QVERIFY(!write(1, "none/a.png"));
        QCOMPARE(window.faults(), QStringList());
    }
};

QTEST_MAIN(GraphPageTest)
#include "graph_page_test.moc"
